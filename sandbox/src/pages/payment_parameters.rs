//! The parameters of the payment page, checked as its documentation says.

use url::{Host, Url};

use super::address::NOTICE;
use super::request::Values;

const SESSION: &str = "session";
const CONFIRMATION_URL: &str = "confirmation_url";

/// The parameters that are required, as documented. `session` contains the value of the session cookie.
const REQUIRED: [&str; 7] = [
    SESSION,
    "name",
    "address_line1",
    "address_town",
    "address_postcode",
    "address_country",
    CONFIRMATION_URL,
];

const OPTIONAL: [&str; 5] = [
    "address_line2",
    "address_line3",
    "address_line4",
    "address_line5",
    "address_county",
];

/// The parts of the address as a letter has them.
const LETTER: [&str; 10] = [
    "name",
    "address_line1",
    "address_line2",
    "address_line3",
    "address_line4",
    "address_line5",
    "address_town",
    "address_county",
    "address_postcode",
    "address_country",
];

/// The parameters of a payment.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PaymentParameters {
    pub(super) session: String,
    /// The name and the address of the person who pays, line by line.
    pub(super) payer: Vec<String>,
    pub(super) confirmation_url: Url,
}

impl PaymentParameters {
    /// Parses the parameters. The error lists everything that is wrong with them.
    pub(super) fn parse(query: &Values, checkout_link: Option<&Url>) -> Result<Self, Vec<String>> {
        let mut problems = unexpected(query);
        let value = |name| query.get(name).filter(|value| !value.trim().is_empty());
        for name in REQUIRED.iter().filter(|name| value(name).is_none()) {
            problems.push(format!("{name} is required."));
        }
        let url = value(CONFIRMATION_URL).map(|url| check_confirmation_url(url, checkout_link));
        let confirmation_url = match url {
            Some(Ok(url)) => Some(url),
            Some(Err(problem)) => {
                problems.push(problem);
                None
            }
            None => None,
        };
        match (confirmation_url, problems.as_slice()) {
            (Some(confirmation_url), []) => Ok(Self {
                session: value(SESSION).unwrap_or_default().to_owned(),
                payer: LETTER.into_iter().filter_map(value).map(str::to_owned).collect(),
                confirmation_url,
            }),
            _ => Err(problems),
        }
    }
}

/// Returns what is wrong with the names: one that is unknown, or occurs twice.
fn unexpected(query: &Values) -> Vec<String> {
    let is_known = |name: &str| REQUIRED.iter().chain(&OPTIONAL).any(|known| *known == name) || name == NOTICE;
    let mut seen = Vec::new();
    let mut problems = Vec::new();
    for (name, _) in query.iter() {
        if !is_known(name) {
            problems.push(format!("{name} is not a parameter of this page."));
        } else if seen.contains(&name) {
            problems.push(format!("{name} occurs twice."));
        }
        seen.push(name);
    }
    problems
}

/// Checks a confirmation URL. As documented, it must have the same host as the checkout link. Without a checkout link, the
/// sandbox accepts this machine, so that a website can be tried without configuration.
fn check_confirmation_url(url: &str, checkout_link: Option<&Url>) -> Result<Url, String> {
    let url = Url::parse(url).map_err(|error| format!("{CONFIRMATION_URL} is not an absolute URL: {error}."))?;
    let host = url.host_str().unwrap_or_default().to_owned();
    if url.scheme() != "https" && !(url.scheme() == "http" && is_loopback(&url)) {
        return Err(format!("{CONFIRMATION_URL} must be https, or http on this machine."));
    }
    match checkout_link.map(|link| link.host_str().unwrap_or_default()) {
        Some(expected) if expected == host => Ok(url),
        Some(expected) => Err(format!(
            "{CONFIRMATION_URL} must have the same host name as the checkout link: '{expected}', not '{host}'."
        )),
        None if is_loopback(&url) => Ok(url),
        None => Err(format!(
            "{CONFIRMATION_URL} must have the same host name as the checkout link, and this sandbox has none: start it with \
             the checkout link of your website, or use a website on this machine."
        )),
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::{PaymentParameters, Values};

    const COMPLETE: &str = "session=s&name=A&address_line1=1&address_town=T&address_postcode=P&address_country=C";

    fn parse(query: &str, checkout_link: Option<&str>) -> Result<PaymentParameters, Vec<String>> {
        let link = checkout_link.map(|link| Url::parse(link).expect("a URL"));
        PaymentParameters::parse(&Values::parse(query.as_bytes()), link.as_ref())
    }

    #[test]
    fn every_required_parameter_is_named() {
        let problems = parse("", None).expect_err("nothing is set");
        assert_eq!(problems.len(), 7, "{problems:?}");
        let query = format!("{COMPLETE}&confirmation_url=http://localhost/");
        for part in query.split('&') {
            let name = part.split('=').next().unwrap_or_default();
            for value in ["", "%20"] {
                let problems = parse(&query.replace(part, &format!("{name}={value}")), None).expect_err(name);
                assert_eq!(problems, [format!("{name} is required.")]);
            }
        }
    }

    #[test]
    fn all_parameters_become_a_letter() {
        let query = format!(
            "{COMPLETE}&address_line2=2&address_line3=3&address_line4=4&address_line5=5&address_county=Y\
             &confirmation_url=http://localhost:8000/thanks?a=b"
        );
        let parameters = parse(&query, None).expect("all parameters");
        assert_eq!(parameters.session, "s");
        assert_eq!(parameters.payer, ["A", "1", "2", "3", "4", "5", "T", "Y", "P", "C"]);
        assert_eq!(parameters.confirmation_url.as_str(), "http://localhost:8000/thanks?a=b");
        for (added, expected) in [
            ("&api_key=k", "api_key is not a parameter"),
            ("&name=B", "name occurs twice"),
        ] {
            let problems = parse(&format!("{query}{added}"), None).expect_err(added);
            assert!(problems.len() == 1 && problems[0].starts_with(expected), "{problems:?}");
        }
    }

    #[test]
    fn confirmation_url_has_the_host_of_the_checkout_link() {
        let venue = Some("https://www.venue.example/checkout");
        let cases = [
            ("https://www.venue.example/thanks", venue, ""),
            ("https://www.venue.example:8443/thanks", venue, ""),
            (
                "https://venue.example/thanks",
                venue,
                "'www.venue.example', not 'venue.example'",
            ),
            ("https://www.venue.example.other.example/", venue, "the same host name"),
            ("https://www.venue.example@other.example/", venue, "not 'other.example'"),
            ("http://www.venue.example/thanks", venue, "must be https"),
            ("http://localhost/thanks", venue, "not 'localhost'"),
            (
                "http://localhost:8000/thanks",
                Some("http://localhost:8000/checkout"),
                "",
            ),
            ("http://localhost:8000/thanks", None, ""),
            ("http://127.0.0.1/thanks", None, ""),
            ("http://[::1]/thanks", None, ""),
            ("https://www.venue.example/thanks", None, "this sandbox has none"),
            ("javascript:alert(1)", None, "must be https"),
            ("/thanks", None, "is not an absolute URL"),
        ];
        for (url, link, expected) in cases {
            let query = format!("{COMPLETE}&confirmation_url={url}");
            let problems = parse(&query, link).err().unwrap_or_default();
            assert_eq!(problems.len(), usize::from(!expected.is_empty()), "{url}: {problems:?}");
            assert!(problems.concat().contains(expected), "{url}: {problems:?}");
        }
    }
}
