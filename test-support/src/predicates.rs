//! Names the predicates of an error.

use spektrix_v2::Error;

/// Returns the names of the predicates that hold, except `unavailable`, which follows from the others.
pub fn predicates(error: &Error) -> Vec<&'static str> {
    let all = [
        ("certificate", error.is_certificate()),
        ("configuration", error.is_configuration()),
        ("connect", error.is_connect()),
        ("decode", error.is_decode()),
        ("file", error.is_file()),
        ("forbidden", error.is_forbidden()),
        ("implausible", error.is_implausible()),
        ("invalid_request", error.is_invalid_request()),
        ("not_found", error.is_not_found()),
        ("rate_limited", error.is_rate_limited()),
        ("retired", error.is_retired()),
        ("server", error.is_server()),
        ("session_expired", error.is_session_expired()),
        ("timeout", error.is_timeout()),
        ("unauthorized", error.is_unauthorized()),
        ("validation", error.is_validation()),
    ];
    all.into_iter()
        .filter(|(_, holds)| *holds)
        .map(|(name, _)| name)
        .collect()
}
