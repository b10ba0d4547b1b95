//! Tests of bodies that contain a customer's password or card number and cannot be decoded or encoded.

use spektrix_v2::operations::{AuthenticateCustomer, GetCustomers, GetTransactions};
use spektrix_v2::{CustomerCredentials, CustomerId, OrderId, Secret};

use super::{CARD, PASSWORD, assert_log_unseen, assert_silent, assert_unseen, listen, session};
use crate::scripted::{Reply, Scripted};

/// Returns ways to corrupt a body around an element with a secret.
fn corrupted(name: &str, secret: &str) -> Vec<String> {
    let escaped = secret.replace('&', "&amp;").replace('<', "&lt;");
    vec![
        format!("<{name}>{secret}</{name}>"),
        format!("<{name}>&{secret}</{name}>"),
        format!("<{name}>&{secret};</{name}>"),
        format!("<{name}>{escaped}"),
        format!("<{name}>{escaped}</Other>"),
        format!("<{name}>{escaped}&bogus;</{name}>"),
        format!("<{name}>&bogus;{escaped}</{name}>"),
        format!("<{name}>{escaped}&#0;</{name}>"),
        format!("<{name}>{escaped}&#xFFFFFFFF;</{name}>"),
        format!("<{name}>{escaped}<![CDATA[{escaped}</{name}>"),
        format!("<{name}>{escaped}<!-- {escaped}</{name}>"),
        format!("<{name} kind=\"{escaped}>{escaped}</{name}>"),
        format!("<{name} {escaped}>{escaped}</{name}>"),
        format!("<{name}>{escaped}</{name}><Id>x</Id>"),
        format!("<{name}><{name}>{escaped}</{name}></{name}><Balance>x</Balance><Amount>x</Amount>"),
        format!("<{name}>{escaped}</{name}>"),
    ]
}

#[tokio::test]
async fn no_error_quotes_a_password_or_a_card_number() {
    let log = listen();
    for inside in corrupted("Password", PASSWORD) {
        let body = format!("<Customers><Customer id=\"no number\">{inside}</Customer></Customers>");
        let whole = format!("<Customers><Customer id=\"1\">{inside}</Customer></Customers>");
        for body in [body, whole] {
            let session = session(Scripted::new([Reply::ok(body.clone())]).builder());
            match session.send(GetCustomers::new().customer(CustomerId::new(1))).await {
                Ok(customers) => assert_unseen(&format!("{customers:#?}"), &body),
                Err(error) => assert_silent(&error, &body),
            }
        }
    }
    for inside in corrupted("CardNumber", CARD) {
        let body = format!(
            "<Transactions><Transaction id=\"1\"><Payments><Payment>{inside}</Payment></Payments></Transaction></Transactions>"
        );
        let session = session(Scripted::new([Reply::ok(body.clone())]).builder());
        match session.send(GetTransactions::new().order(OrderId::new(1))).await {
            Ok(transactions) => assert_unseen(&format!("{transactions:#?}"), &body),
            Err(error) => assert_silent(&error, &body),
        }
    }
    assert_log_unseen(log);
}

#[tokio::test]
async fn no_error_quotes_a_password_that_is_not_valid_xml() {
    let log = listen();
    let session = session(Scripted::default().builder());
    for invalid in ['\0', '\u{1}', '\u{FFFE}'] {
        let password = Secret::new(format!("{PASSWORD}{invalid}"));
        let credentials = CustomerCredentials::new("web@theatre.example", password);
        let error = session.send(AuthenticateCustomer::new(credentials)).await.unwrap_err();
        assert!(
            error.is_invalid_request() && error.to_string().contains("Password"),
            "{error}"
        );
        assert_silent(&error, "a character that XML does not allow");
    }
    assert_log_unseen(log);
}
