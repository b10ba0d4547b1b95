//! Every operation that reads: it is answered, with every field of its schema, valid, and the same each time.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use spektrix_v2::{Effect, Operation, OperationVisitor, operations};
use support::{Reader, Schema, TODAY, decode, has_validator, problems};

/// What is asked to see all that an operation answers. Lists that are paged are asked for whole.
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

/// What a response may hold by its schema, and never does: nobody answers a password.
const NEVER: &[&str] = &["Customer/Password"];

/// The paths to ask for, by operation.
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
            // Links to documents have the sandbox's own address, which is another each time.
            bodies.push(body.replace(&reader.sandbox.base_url(), "https://sandbox.example/"));
        }
        all.insert(operation, bodies);
    }
    all
}

struct Decode<'a>(&'a str);

impl OperationVisitor for Decode<'_> {
    type Output = String;

    /// Reads the body and writes it again.
    fn visit<O: Operation>(self) -> String {
        let value = decode::<O>(self.0, O::INFO.name);
        let body = O::encode_response(&value).expect("it can be written");
        body.expect("there is a body")
    }
}

#[tokio::test]
async fn nothing_in_an_answer_is_unknown_or_lost() {
    let bodies = bodies(&Reader::new().await).await;
    assert_eq!(bodies.len(), 26);
    for (operation, bodies) in bodies {
        for body in bodies {
            let again = operations::visit(operation, Decode(&body)).expect("an operation");
            assert_eq!(again, body, "{operation}");
        }
    }
}

#[tokio::test]
async fn every_field_of_every_schema_says_something() {
    // Wherever the season stands.
    for today in [TODAY, date(2031, 7, 20), date(2031, 12, 24)] {
        for (operation, bodies) in bodies(&Reader::on(today).await).await {
            let schema = Schema::of(operation);
            let used: BTreeSet<_> = bodies.iter().flat_map(|body| schema.used(body)).collect();
            let fields = schema.fields();
            let missing: Vec<_> = fields.difference(&used).map(String::as_str).collect();
            let expected: Vec<_> = NEVER.iter().copied().filter(|field| fields.contains(*field)).collect();
            assert_eq!(missing, expected, "{operation} on {today}");
        }
    }
}

#[tokio::test]
async fn answers_are_valid_by_the_vendored_schemas() {
    if !has_validator("answers_are_valid_by_the_vendored_schemas") {
        return;
    }
    let bodies = bodies(&Reader::new().await).await;
    for (operation, bodies) in bodies {
        let problem = problems(operation, &bodies);
        assert_eq!(problem, None, "{operation}");
    }
    // The validator does find something where there is something.
    let broken = ["<Bands><Band><Name>No id</Name></Band></Bands>".to_owned()];
    assert!(problems("GetBands", &broken).is_some());
}

#[tokio::test]
async fn the_same_day_gives_the_same_bytes() {
    let one = bodies(&Reader::new().await).await;
    let two = bodies(&Reader::new().await).await;
    let later = bodies(&Reader::on(date(2031, 6, 1)).await).await;
    assert_eq!(one, two);
    assert_ne!(one["GetInstances"], later["GetInstances"]);
    assert_eq!(one["GetPriceLists"], later["GetPriceLists"]);
}

#[tokio::test]
async fn without_a_day_it_is_today() {
    let sandbox = spektrix_v2_sandbox::Sandbox::start().await.expect("a sandbox");
    let today = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
    let from = |path: &str| format!("{path}?instance_start_from={today}&all=true");
    let (status, body) = support::get(&sandbox, &from("instances")).await;
    assert_eq!(status, 200);
    let upcoming = decode::<operations::GetInstances>(&body, "instances");
    assert!(upcoming.len() > 500, "{}", upcoming.len());
}

#[tokio::test]
async fn a_day_beyond_the_calendar_is_refused() {
    for day in [date(-1, 1, 1), date(1899, 12, 31), date(9001, 1, 1), date(9999, 12, 31)] {
        let refused = spektrix_v2_sandbox::Sandbox::builder()
            .today(day)
            .start()
            .await
            .expect_err("refused");
        assert!(
            refused.to_string().contains("between the years 1900 and 9000"),
            "{refused}"
        );
    }
}
