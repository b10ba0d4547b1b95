//! Tests of the payment page: parameters, validation and secrets.

use spektrix_v2::SessionId;
use spektrix_v2::iframe::{Payer, Payment, Site};
use url::Url;

use crate::random_strings::{random_string, source_of};

pub(crate) const PAYER: Payer<'_> = Payer {
    name: "A. Visitor",
    line1: "1 High Street",
    town: "Ely",
    postcode: "CB7 4AA",
    country: "United Kingdom",
};
const THANKS: &str = "https://venue.example/thanks?order=1&x=y";

fn payment(payer: Payer<'_>, confirmation_url: &str) -> Result<Payment, spektrix_v2::Error> {
    let session = SessionId::new("s3ss10n+/==").unwrap();
    Site::new("venue").unwrap().payment(&session, payer, confirmation_url)
}

fn pairs(payment: &Payment) -> Vec<(String, String)> {
    let url = Url::parse(payment.url().expose()).unwrap();
    assert_eq!(url.host_str(), Some("system.spektrix.com"));
    assert_eq!(url.path(), "/venue/api/v2/basket/payment");
    url.query_pairs().into_owned().collect()
}

fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).into(), (*value).into()))
        .collect()
}

const REQUIRED: [(&str, &str); 7] = [
    ("session", "s3ss10n+/=="),
    ("name", "A. Visitor"),
    ("address_line1", "1 High Street"),
    ("address_town", "Ely"),
    ("address_postcode", "CB7 4AA"),
    ("address_country", "United Kingdom"),
    ("confirmation_url", THANKS),
];

#[test]
fn the_url_has_required_and_optional_parameters() {
    let payment = payment(PAYER, THANKS).unwrap();
    assert_eq!(pairs(&payment), owned(&REQUIRED));

    let payment = payment
        .line2("b")
        .line3("c")
        .line4("d")
        .line5("e")
        .county("x")
        .county("f");
    let mut all = owned(&REQUIRED);
    all.splice(
        6..6,
        owned(&[
            ("address_line2", "b"),
            ("address_line3", "c"),
            ("address_line4", "d"),
            ("address_line5", "e"),
            ("address_county", "f"),
        ]),
    );
    assert_eq!(pairs(&payment), all);
}

#[test]
fn random_values_can_be_read_back_from_the_url() {
    let mut random = fastrand::Rng::with_seed(11);
    for _ in 0..2_000 {
        let [name, line1, town, postcode, country] = [(); 5].map(|()| format!("x{}", random_string(&mut random)));
        let values = [&name, &line1, &town, &postcode, &country].map(Clone::clone);
        let payer = Payer {
            name: &name,
            line1: &line1,
            town: &town,
            postcode: &postcode,
            country: &country,
        };
        let payment = payment(payer, THANKS).unwrap();
        let read: Vec<_> = pairs(&payment).into_iter().map(|(_, value)| value).collect();
        assert_eq!(read[1..6], values);
        let html = payment.html(&random_string(&mut random));
        assert_eq!(source_of(html.expose()).unwrap(), payment.url().expose());
    }
}

#[test]
fn empty_fields_of_the_payer_are_named() {
    let error_after = |change: fn(&mut Payer<'_>)| {
        let mut payer = PAYER;
        change(&mut payer);
        payment(payer, THANKS).unwrap_err()
    };
    let cases = [
        (error_after(|payer| payer.name = ""), "name"),
        (error_after(|payer| payer.line1 = " \t"), "address_line1"),
        (error_after(|payer| payer.town = ""), "address_town"),
        (error_after(|payer| payer.postcode = ""), "address_postcode"),
        (error_after(|payer| payer.country = "\n"), "address_country"),
    ];
    for (error, name) in cases {
        assert!(error.is_invalid_request());
        assert_eq!(error.to_string(), format!("not sent: {name} is required for a payment"));
    }
}

#[test]
fn the_confirmation_url_must_be_absolute_and_https() {
    let cases = [
        ("http://venue.example/thanks", "is not https"),
        ("http://localhost.example/thanks", "is not https"),
        ("javascript:alert(1)", "is not "),
        ("//venue.example/thanks", "is not absolute"),
        ("/thanks", "is not absolute"),
        ("", "is not a URL"),
        ("https://", "is not a URL"),
        ("https://s3cret@venue.example/", "contains a user name"),
        ("https://ven ue.example/", "is not a URL"),
    ];
    for (url, why) in cases {
        let error = payment(PAYER, url).unwrap_err();
        assert!(error.is_invalid_request());
        let text = error.to_string();
        assert!(
            text.contains(&format!("the confirmation_url of a payment {why}")),
            "{url}: {text}"
        );
        assert!(!text.contains("s3cret"));
    }
    for url in [
        "https://venue.example",
        "https://venue.example:8443/a/b?c=d#e",
        "http://localhost:8000/thanks",
        "http://127.0.0.1/thanks",
    ] {
        assert!(payment(PAYER, url).is_ok(), "{url}");
    }
}

#[test]
fn debug_output_contains_no_secrets() {
    let payment = payment(PAYER, THANKS).unwrap().county("Cambridgeshire");
    let printed = format!(
        "{payment:?} {:?} {:?} {PAYER:?}",
        payment.url(),
        payment.html("Payment")
    );
    for hidden in ["s3ss10n", "Visitor", "High", "Ely", "Cambridgeshire", "thanks"] {
        assert!(!printed.contains(hidden), "{hidden} is in {printed}");
    }
}
