//! Tests of `Session::save` and `Session::restore`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::*;
use spektrix_v2::{Client, Session, SessionId};

use super::id_of;
use crate::scripted::Scripted;

fn saved(client: &Client, id: &str) -> String {
    let session = client.resume_session(SessionId::new(id).unwrap());
    session.save().unwrap().expose().to_owned()
}

#[test]
fn only_a_valid_session_of_this_client_is_restored() {
    let client = Scripted::default().client();
    let saved = saved(&client, "s3ss10n==");
    assert_eq!(
        id_of(&Session::restore(&client, &saved).unwrap()).as_deref(),
        Some("s3ss10n==")
    );
    assert!(!saved.contains("s3ss10n"), "{saved}");

    let of = |content: &str| format!("spektrix-session.1.{}", URL_SAFE_NO_PAD.encode(content));
    let root = "https://api.system.spektrix.com/venue/api/v2/";
    let cases = [
        (String::new(), "is not a saved session"),
        ("s3ss10n==".to_owned(), "is not a saved session"),
        (format!(" {saved}"), "is not a saved session"),
        (
            saved.replace(".1.", ".4."),
            "has a version that this version of spektrix-v2 does not support",
        ),
        ("spektrix-session.".to_owned(), "has a version"),
        (format!("{saved}\n"), "is corrupted"),
        (saved[..saved.len() - 2].to_owned(), "is corrupted"),
        ("spektrix-session.1.".to_owned(), "is corrupted"),
        ("spektrix-session.1.é".to_owned(), "is corrupted"),
        (of(root), "is corrupted"),
        (of(&format!("{root}\ns3ss10n==")), "is corrupted"),
        (of(&format!("{root}\n\n")), "is corrupted"),
        (of(&format!("{root}\ns3ss10n==\n\n")), "is corrupted"),
        (of(&format!("{root}\na;b\n")), "is corrupted"),
        (of(&format!("{root}\na1\n2\n")), "is corrupted"),
        (of(&format!("{root}\na1\n")).replace(".1.", ".2."), "is corrupted"),
        (of(&format!("{root}\na1\n")).replace(".1.", ".3."), "is corrupted"),
        (of(&format!("{root}\na1\n0\n")).replace(".1.", ".3."), "is corrupted"),
        (of(&format!("{root}\na1\nmany\n")).replace(".1.", ".3."), "is corrupted"),
        (
            of(&format!("{root}\na1\n2\nlb\n")).replace(".1.", ".3."),
            "is corrupted",
        ),
        (
            of("https://api.system.spektrix.com/other/api/v2/\ns3ss10n==\n"),
            "belongs to another venue",
        ),
        (
            of("http://localhost/venue/api/v2/\ns3ss10n==\n"),
            "belongs to another venue",
        ),
    ];
    for (text, why) in cases {
        let error = Session::restore(&client, &text).unwrap_err();
        assert!(error.is_invalid_request());
        assert!(error.to_string().contains(why), "{text}: {error}");
        assert!(
            !error.to_string().contains("s3ss10n") && !error.to_string().contains("localhost"),
            "{error}"
        );
    }
}

proptest! {
    #[test]
    fn every_saved_session_can_be_restored(id in "[!#-+\\--:<-\\[\\]-~]{1,60}") {
        let client = Scripted::default().client();
        let restored = Session::restore(&client, &saved(&client, &id)).unwrap();
        prop_assert_eq!(id_of(&restored), Some(id));
    }

    #[test]
    fn arbitrary_strings_are_refused(text in "(spektrix-session\\.(1\\.)?)?\\PC*") {
        prop_assert!(Session::restore(&Scripted::default().client(), &text).is_err());
    }
}
