//! Customers, addresses and passwords: updates, refusals, and that a refused request changes nothing.

use std::fmt::Write as _;

use spektrix_v2::operations::{
    AddCustomers, AuthenticateCustomer, GetCustomerAddresses, GetCustomers, GetOffers2, ResetCustomerPassword,
    UpdateCustomers,
};
use spektrix_v2::{Attributes, Customer, CustomerCredentials, CustomerId, OfferId, Secret, StatementId, TagId};
use spektrix_v2_sandbox::{MailContent, Sandbox};

use crate::support::{Visitor, expect_refusal, sandbox};

const ADA: CustomerId = CustomerId::new(9001);
const EMAIL: &str = "ada.sample@example.org";

#[tokio::test]
async fn an_update_changes_only_the_fields_sent() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    let before = visitor
        .call(GetCustomers::new().customer(ADA))
        .await
        .expect("a customer")
        .remove(0);
    let sent = Customer::new()
        .with_id(ADA)
        .with_email("ada@example.org")
        .with_attributes(Attributes::from_iter([("Access Notes", "Lift")]))
        .with_friendly_id("not-theirs-to-say")
        .with_title("")
        .with_tags([TagId::new(1103)]);
    visitor.call(UpdateCustomers::new([sent])).await.expect("a change");
    let mut expected = before.clone();
    expected.email = Some("ada@example.org".to_owned());
    expected.attributes.insert("Access Notes", "Lift");
    expected.title = Some(String::new());
    expected.tags = vec![TagId::new(1103)];
    let found = visitor
        .call(GetCustomers::new().email("ADA@example.org"))
        .await
        .expect("a customer");
    assert_eq!(found, [expected]);
    assert_eq!(
        visitor.call(GetCustomers::new().email(EMAIL)).await.expect("nobody"),
        []
    );
    // The old email address is free again.
    let other = Customer::new().with_email(EMAIL).with_last_name("Other");
    let ids = visitor.call(AddCustomers::new([other])).await.expect("a customer");
    assert_eq!(ids, [CustomerId::new(9007)], "ids continue");
    // The customer no longer has the tag of members, and so not their offer.
    let offers = visitor.call(GetOffers2::new().customer(ADA)).await.expect("offers");
    assert!(offers.iter().all(|offer| offer.id != OfferId::new(303)));
}

#[tokio::test]
async fn passwords_are_checked_reset_and_changed() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    let sign_in = |password: &str| AuthenticateCustomer::new(CustomerCredentials::new(EMAIL, Secret::new(password)));
    visitor
        .call(sign_in("sandbox-password"))
        .await
        .expect("the documented password");
    assert_eq!(sandbox.seeded_password(), "sandbox-password");
    for wrong in ["x", "Sandbox-password", "sandbox-password "] {
        expect_refusal(
            visitor.call(sign_in(wrong)).await,
            400,
            "No customer has this email address and this password",
        );
    }
    visitor
        .call(ResetCustomerPassword::new(ADA))
        .await
        .expect("a new password");
    expect_refusal(visitor.call(sign_in("sandbox-password")).await, 400, "No customer");
    let mails = sandbox.outbox();
    let MailContent::NewPassword(password) = &mails[0].content else {
        panic!("{mails:?}")
    };
    assert_eq!((mails[0].customer, mails[0].email.as_str()), (ADA, EMAIL));
    assert!(!format!("{mails:?}").contains(password.expose()));
    visitor
        .call(sign_in(password.expose()))
        .await
        .expect("the password from the email");
    let changed = Customer::new().with_id(ADA).with_password(Secret::new("my own"));
    visitor.call(UpdateCustomers::new([changed])).await.expect("a change");
    visitor.call(sign_in("my own")).await.expect("the changed password");
}

/// Customers that are refused. A valid customer is sent before each of them.
const NEW_CUSTOMERS: &[(&str, &str)] = &[
    ("<LastName>A</LastName>", "Email must be set"),
    ("<Email> </Email><LastName>A</LastName>", "Email must be set"),
    ("<Email>a@b</Email>", "LastName must be set"),
    (
        "<Email>a b@c</Email><LastName>A</LastName>",
        "Email is not a valid email address",
    ),
    (
        "<Email>@c</Email><LastName>A</LastName>",
        "Email is not a valid email address",
    ),
    (
        "<Email>GUS@example.org</Email><LastName>A</LastName>",
        "another customer has this Email already",
    ),
    (
        "<Email>ada.sample@example.org</Email><LastName>A</LastName>",
        "another customer has this Email already",
    ),
    (
        "<Email>a@b</Email><LastName>A</LastName><Tag id='7'/>",
        "there is no tag 7",
    ),
    (
        "<Email>a@b</Email><LastName>A</LastName><Statement id='7'/>",
        "there is no statement 7",
    ),
    (
        "<Email>a@b</Email><LastName>A</LastName><Password/>",
        "Password must not be empty",
    ),
];

/// Addresses that are refused.
const NEW_ADDRESSES: &[(&str, &str)] = &[
    ("<Customer id='9001'/>", "Country must be set"),
    ("<Country>UK</Country>", "Customer must be set"),
    ("<Country>UK</Country><Customer id='7'/>", "there is no customer 7"),
];

/// Updates that are refused. If there are several customers, the first one is valid.
const UPDATES: &[(&str, &str, &str)] = &[
    (
        "customers",
        "<Customer><Title>Dr</Title></Customer>",
        "Customer 1: id must be set",
    ),
    (
        "customers",
        "<Customer id='9001'><Title>Dr</Title></Customer><Customer id='7'/>",
        "There is no customer 7",
    ),
    (
        "customers",
        "<Customer id='9001'><Title>Dr</Title></Customer><Customer id='9002'><LastName/></Customer>",
        "Customer 2: LastName must be set",
    ),
    (
        "customers",
        "<Customer id='9002'><Email>Ada.Sample@example.org</Email></Customer>",
        "Customer 9002: another customer has this Email already",
    ),
    (
        "customers/addresses",
        "<CustomerAddress><Customer id='9001'/></CustomerAddress>",
        "CustomerAddress 1: id must be set",
    ),
    (
        "customers/addresses",
        "<CustomerAddress id='1201'><Town>Elsewhere</Town></CustomerAddress>",
        "CustomerAddress 1: Customer must be set",
    ),
    (
        "customers/addresses",
        "<CustomerAddress id='1201'><Customer id='9002'/></CustomerAddress>",
        "Customer 9002 has no address 1201",
    ),
    (
        "customers/addresses",
        "<CustomerAddress id='1201'><Town/><Customer id='9001'/></CustomerAddress>",
        "CustomerAddress 1: Town must be set",
    ),
];

/// Requests without a body that are refused.
const WITHOUT_BODY: &[(&str, &str, &str)] = &[
    (
        "DELETE",
        "customers/addresses?customer_id=9002&address_id=1201",
        "Customer 9002 has no address 1201",
    ),
    (
        "DELETE",
        "customers/addresses?customer_id=9001",
        "address_id must be set",
    ),
    (
        "POST",
        "customers/reset-password?customer_id=7",
        "There is no customer 7",
    ),
    ("POST", "customers/reset-password", "customer_id must be set"),
    ("POST", "orders/send-confirmation?order_id=7", "There is no order 7"),
];

const CREDENTIALS: &[(&str, &str)] = &[
    ("<Email>ada.sample@example.org</Email>", "Password must be set"),
    ("<Password>sandbox-password</Password>", "Email must be set"),
    (
        "<Email/><Password>sandbox-password</Password>",
        "Email and Password must be set",
    ),
    (
        "<Email>ada.sample@example.org</Email><Password/>",
        "Email and Password must be set",
    ),
];

#[tokio::test]
async fn a_refused_request_changes_nothing() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    let before = all_customers(&mut visitor).await;
    for (sent, message) in NEW_CUSTOMERS {
        let valid = "<Customer><Email>gus@example.org</Email><LastName>Dummy</LastName></Customer>";
        let body = format!("<Customers>{valid}<Customer>{sent}</Customer></Customers>");
        let response = visitor.send("POST", "customers", Some(&body)).await;
        expect_refusal(response, 400, &format!("Customer 2: {message}"));
    }
    for (sent, message) in NEW_ADDRESSES {
        let lines = "<Name>Home</Name><Line1>1 Quay</Line1><Town>Mallowmere</Town><Postcode>QV1</Postcode>";
        let address = format!("<CustomerAddress>{lines}{sent}</CustomerAddress>");
        let body = format!("<CustomerAddresses>{address}</CustomerAddresses>");
        let response = visitor.send("POST", "customers/addresses", Some(&body)).await;
        expect_refusal(response, 400, &format!("CustomerAddress 1: {message}"));
    }
    for (path, sent, message) in UPDATES {
        let root = if *path == "customers" {
            "Customers"
        } else {
            "CustomerAddresses"
        };
        let body = format!("<{root}>{sent}</{root}>");
        expect_refusal(visitor.send("PATCH", path, Some(&body)).await, 400, message);
    }
    for (method, path, message) in WITHOUT_BODY {
        expect_refusal(visitor.send(method, path, None).await, 400, message);
    }
    for (sent, message) in CREDENTIALS {
        let body = format!("<Credentials>{sent}</Credentials>");
        let response = visitor.send("POST", "customers/authenticate", Some(&body)).await;
        expect_refusal(response, 400, message);
    }
    assert_eq!(all_customers(&mut visitor).await, before);
    assert_eq!((sandbox.outbox(), visitor.session), (Vec::new(), None));
}

/// Returns all customers with their addresses, including those that a test may have created.
async fn all_customers(visitor: &mut Visitor<'_>) -> String {
    let mut all = String::new();
    for id in 9000..9010 {
        let customers = visitor.call(GetCustomers::new().customer(CustomerId::new(id))).await;
        let addresses = visitor.call(GetCustomerAddresses::new(CustomerId::new(id))).await;
        writeln!(all, "{customers:?} {addresses:?}").expect("a string");
    }
    all
}

#[tokio::test]
async fn two_customers_can_exchange_email_addresses() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    let ben = CustomerId::new(9002);
    let sent = [
        Customer::new().with_id(ADA).with_email("ben.example@example.org"),
        Customer::new()
            .with_id(ben)
            .with_email(EMAIL)
            .with_statements([StatementId::new(102)]),
    ];
    visitor.call(UpdateCustomers::new(sent)).await.expect("a change");
    let found = visitor
        .call(GetCustomers::new().email(EMAIL))
        .await
        .expect("a customer");
    assert_eq!(
        found.iter().map(|customer| customer.id).collect::<Vec<_>>(),
        [Some(ben)]
    );
    let credentials = CustomerCredentials::new(EMAIL, sandbox.seeded_password());
    let authenticated = visitor
        .call(AuthenticateCustomer::new(credentials))
        .await
        .expect("a customer");
    assert_eq!(authenticated.id, Some(ben));
}

#[tokio::test]
async fn retired_customers_can_only_be_read() {
    let sandbox = Sandbox::builder()
        .retired_customers(true)
        .start()
        .await
        .expect("a sandbox");
    let mut visitor = Visitor::new(&sandbox);
    let cases = [
        ("POST", "customers"),
        ("PATCH", "customers"),
        ("POST", "customers/addresses"),
        ("PATCH", "customers/addresses"),
        ("DELETE", "customers/addresses?customer_id=9001&address_id=1201"),
        ("POST", "customers/reset-password?customer_id=9001"),
    ];
    for (method, path) in cases {
        expect_refusal(visitor.send(method, path, None).await, 403, "is retired");
    }
    visitor
        .send("GET", "customers?customer_id=9001", None)
        .await
        .expect("a customer");
    let credentials = CustomerCredentials::new(EMAIL, sandbox.seeded_password());
    visitor
        .call(AuthenticateCustomer::new(credentials))
        .await
        .expect("a customer");
}
