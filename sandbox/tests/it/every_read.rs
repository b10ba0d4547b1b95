//! Every operation that reads: its responses have every field of the schema, are valid, and are the same each time.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use spektrix_v2::{Effect, Operation, OperationVisitor, operations};
use spektrix_v2_sandbox::Sandbox;

use crate::support::{Reader, Schema, TODAY, decode, get, has_validator, validation_errors};

/// The queries that return everything an operation can return. Paged lists are read with `all=true`.
const QUERIES: &[(&str, &[&str])] = &[
    ("Echo", &["message=Tea%20%26%20%3Ccake%3E"]),
    (
        "GetAddress",
        &["postcode_lookup_id=QV11AB-01", "postcode_lookup_id=QV12AB-04"],
    ),
    (
        "GetCustomerAddresses",
        &["customer_id=9001", "customer_id=9002", "customer_id=9005"],
    ),
    (
        "GetCustomers",
        &[
            "customer_id=9001",
            "email=ben.example@example.org",
            "friendly_id=C-88415",
        ],
    ),
    ("GetFixedSeries", &["", "fixed_series_id=701"]),
    (
        "GetOrders",
        &["customer_id=9001", "customer_id=9002", "customer_id=9003"],
    ),
    ("GetOrderRelatedData", &["customer_id=9001", "customer_id=9003"]),
    ("GetPrintAtHomeDocuments", &["customer_id=9002"]),
    ("GetTransactions", &["order_id=30003", "transaction_id=40001"]),
    ("PostcodeLookup", &["postcode=qv12ab"]),
];

/// Fields of the schema that are never sent.
const NEVER_SENT: &[&str] = &["Customer/Password"];

/// Returns the paths to read, by operation.
fn requests() -> BTreeMap<&'static str, Vec<String>> {
    let reads = operations::ALL.iter().filter(|info| info.effect == Effect::Read);
    reads
        .map(|info| {
            let row = QUERIES.iter().find(|(name, _)| *name == info.name);
            let whole: &[&str] = if info.parameters.contains(&"all") {
                &["all=true"]
            } else {
                &[""]
            };
            let queries = row.map_or(whole, |(_, queries)| queries);
            let paths = queries.iter().map(|query| format!("{}?{query}", info.path));
            (info.name, paths.collect())
        })
        .collect()
}

async fn bodies(reader: &Reader) -> BTreeMap<&'static str, Vec<String>> {
    let mut all = BTreeMap::new();
    for (operation, paths) in requests() {
        let mut bodies = Vec::new();
        for path in paths {
            let body = reader.body(path.trim_end_matches('?')).await;
            // Links to documents contain the port of the sandbox, which differs each time.
            bodies.push(body.replace(&reader.sandbox.base_url(), "https://sandbox.example/"));
        }
        all.insert(operation, bodies);
    }
    all
}

struct Decode<'a>(&'a str);

impl OperationVisitor for Decode<'_> {
    type Output = String;

    /// Decodes the body and encodes the value again.
    fn visit<O: Operation>(self) -> String {
        let value = decode::<O>(self.0, O::INFO.name);
        let body = O::encode_response(&value).expect("it can be encoded");
        body.expect("a body")
    }
}

#[tokio::test]
async fn responses_survive_decoding_and_encoding() {
    let bodies = bodies(&Reader::new().await).await;
    assert_eq!(bodies.len(), 26);
    for (operation, bodies) in bodies {
        for body in bodies {
            let encoded = operations::visit(operation, Decode(&body)).expect("an operation");
            assert_eq!(encoded, body, "{operation}");
        }
    }
}

#[tokio::test]
async fn every_field_of_every_schema_has_a_value() {
    // The pantomime is early, late and in the middle of the season.
    for today in [TODAY, date(2031, 7, 20), date(2031, 12, 24)] {
        for (operation, bodies) in bodies(&Reader::on(today).await).await {
            let schema = Schema::of(operation);
            let used: BTreeSet<_> = bodies.iter().flat_map(|body| schema.used(body)).collect();
            let fields = schema.fields();
            let missing: Vec<_> = fields.difference(&used).map(String::as_str).collect();
            let never_sent = NEVER_SENT.iter().copied();
            let expected: Vec<_> = never_sent.filter(|field| fields.contains(*field)).collect();
            assert_eq!(missing, expected, "{operation} on {today}");
        }
    }
}

#[tokio::test]
async fn responses_are_valid_for_the_vendored_schemas() {
    if !has_validator("responses_are_valid_for_the_vendored_schemas") {
        return;
    }
    let bodies = bodies(&Reader::new().await).await;
    for (operation, bodies) in bodies {
        let errors = validation_errors(operation, &bodies);
        assert_eq!(errors, None, "{operation}");
    }
    // The validator finds an error if there is one.
    let broken = ["<Bands><Band><Name>No id</Name></Band></Bands>".to_owned()];
    assert!(validation_errors("GetBands", &broken).is_some());
}

#[tokio::test]
async fn the_same_date_gives_the_same_bytes() {
    let one = bodies(&Reader::new().await).await;
    let two = bodies(&Reader::new().await).await;
    let later = bodies(&Reader::on(date(2031, 6, 1)).await).await;
    assert_eq!(one, two);
    assert_ne!(one["GetInstances"], later["GetInstances"]);
    assert_eq!(one["GetPriceLists"], later["GetPriceLists"]);
}

#[tokio::test]
async fn the_default_date_is_today() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let today = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
    let from = |path: &str| format!("{path}?instance_start_from={today}&all=true");
    let (status, body) = get(&sandbox, &from("instances")).await;
    assert_eq!(status, 200);
    let upcoming = decode::<operations::GetInstances>(&body, "instances");
    assert!(upcoming.len() > 500, "{}", upcoming.len());
}

#[tokio::test]
async fn dates_near_the_limits_of_the_calendar_are_refused() {
    for day in [date(-1, 1, 1), date(1899, 12, 31), date(9001, 1, 1), date(9999, 12, 31)] {
        let error = Sandbox::builder().today(day).start().await.expect_err("refused");
        assert!(error.to_string().contains("between the years 1900 and 9000"), "{error}");
    }
}
