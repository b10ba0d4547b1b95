//! Tests of the commands that join lists, `whats-on` and `prices`, against the sandbox.

use serde_json::Value;

use crate::program::Folder;

fn rows(arguments: &[&str]) -> Vec<Value> {
    let mut all = vec!["--sandbox"];
    all.extend(arguments);
    all.extend(["--format", "json"]);
    let printed = Folder::new().spektrix(&all).success();
    serde_json::from_str(&printed).unwrap()
}

#[test]
fn performances_have_an_event_a_state_and_a_price() {
    let rows = rows(&["whats-on", "--days", "60"]);
    assert!(rows.len() > 10, "{}", rows.len());
    for row in &rows {
        assert!(row["event"].as_str().is_some_and(|name| !name.is_empty()), "{row}");
        assert!(
            row["state"].is_string() && row["left"].is_u64() && row["from_price"].is_string(),
            "{row}"
        );
        assert!(row["left"].as_u64() <= row["capacity"].as_u64(), "{row}");
    }
    let starts: Vec<_> = rows.iter().map(|row| row["start_utc"].as_str().unwrap()).collect();
    assert!(starts.is_sorted(), "{starts:?}");
}

#[test]
fn performances_are_restricted_to_an_event_and_an_attribute() {
    let all = rows(&["whats-on", "--days", "60"]);
    let panto = rows(&["whats-on", "--days", "60", "--attribute", "Panto=1"]);
    let id = panto[0]["event_id"].to_string();
    let one = rows(&["whats-on", "--days", "60", "--event", &id]);
    assert!(!one.is_empty() && one.len() <= panto.len() && panto.len() < all.len());
    assert!(one.iter().all(|row| row["event_id"] == panto[0]["event_id"]));
}

#[test]
fn a_named_first_day_includes_performances_that_started() {
    let all = rows(&["whats-on", "--days", "30"]);
    let day = &all[0]["start"].as_str().unwrap()[..10];
    let rows = rows(&["whats-on", "--from", day, "--days", "1"]);
    assert!(!rows.is_empty());
    assert!(
        rows.iter().all(|row| row["start"].as_str().unwrap().starts_with(day)),
        "{rows:?}"
    );
}

#[test]
fn prices_are_those_of_the_performance() {
    let performance = &rows(&["whats-on", "--days", "60"])[0];
    let id = performance["instance_id"].to_string();
    let prices = rows(&["prices", "--instance", &id]);
    let amount = |value: &Value| value.as_str().unwrap().parse::<f64>().unwrap();
    let highest = prices.iter().map(|row| amount(&row["amount"])).fold(0.0, f64::max);
    assert!(!prices.is_empty());
    assert!(highest >= amount(&performance["from_price"]), "{prices:?}");
    assert!(
        prices
            .iter()
            .all(|row| row["instance"] == performance["instance_id"] && row["band"] != ""),
        "{prices:?}"
    );
}

#[test]
fn unknown_performances_are_not_found() {
    let arguments = ["--sandbox", "prices", "--instance", "1"];
    Folder::new()
        .spektrix(&arguments)
        .fails(4, "there is no such performance");
}
