//! Query parameters: which objects, which of their fields, which page.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use spektrix_v2::QueryDate;
use url::form_urlencoded;

use super::problem::Problem;
use crate::whats_on::Filter;

/// What a request selects.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Query {
    pub(super) filter: Filter,
    /// The fields of each object, in this order. Empty: all.
    pub(super) fields: Vec<String>,
    pub(super) limit: Option<usize>,
    pub(super) offset: usize,
}

/// The parameters of every list.
const FILTERS: [&str; 5] = ["from", "to", "event", "instance", "attribute"];
/// The further parameters of lists of JSON objects.
const JSON_ONLY: [&str; 3] = ["fields", "limit", "offset"];

impl Query {
    /// Parses the query of a list whose objects have these fields.
    pub(super) fn parse(raw: &str, known_fields: &[&str], now: Timestamp) -> Result<Self, Problem> {
        let mut query = Self::default();
        for (name, value) in form_urlencoded::parse(raw.as_bytes()) {
            let is_known = known(known_fields).contains(&name.as_ref());
            if !is_known {
                let detail = format!("there is no query parameter `{name}` here");
                return Err(Problem::bad_request(detail).with_known(&known(known_fields)));
            }
            query.set(&name, &value, known_fields, now)?;
        }
        Ok(query)
    }

    fn set(&mut self, name: &str, value: &str, known_fields: &[&str], now: Timestamp) -> Result<(), Problem> {
        let invalid = |expected: &str| Problem::bad_request(format!("{name}={value}: write {expected}"));
        let filter = &mut self.filter;
        match name {
            "from" => filter.from = Some(date(value, now).ok_or_else(|| invalid(A_DATE))?),
            "to" => filter.to = Some(date(value, now).ok_or_else(|| invalid(A_DATE))?),
            "event" => filter
                .events
                .push(value.parse().map_err(|_| invalid("the number of an event"))?),
            "instance" => filter
                .instances
                .push(value.parse().map_err(|_| invalid("the number of an instance"))?),
            "attribute" => {
                let (name, value) = value.split_once('=').ok_or_else(|| invalid("NAME=VALUE"))?;
                filter.attributes.push((name.to_owned(), value.to_owned()));
            }
            "fields" => self.fields = fields(value, known_fields)?,
            "limit" => {
                let limit = value.parse().ok().filter(|limit| *limit > 0);
                self.limit = Some(limit.ok_or_else(|| invalid("a number above 0"))?);
            }
            _ => self.offset = value.parse().map_err(|_| invalid("a number"))?,
        }
        Ok(())
    }
}

const A_DATE: &str = "a day (2027-07-09), a local time (2027-07-09T19:30:00), a time with an offset, or `now`";

/// Returns the query parameters of a list whose objects have these fields. Exports have none.
pub(super) fn known(fields: &[&str]) -> Vec<&'static str> {
    let more: &[&str] = if fields.is_empty() { &[] } else { &JSON_ONLY };
    FILTERS.iter().chain(more).copied().collect()
}

fn fields(value: &str, known: &[&str]) -> Result<Vec<String>, Problem> {
    let fields: Vec<String> = value.split(',').map(|name| name.trim().to_owned()).collect();
    for (index, name) in fields.iter().enumerate() {
        if !known.contains(&name.as_str()) {
            let detail = format!("there is no field `{name}` here");
            return Err(Problem::bad_request(detail).with_known(known));
        }
        // A description, requested a hundred times, would be a response of gigabytes.
        if fields[..index].contains(name) {
            return Err(Problem::bad_request(format!("the field `{name}` occurs twice")));
        }
    }
    Ok(fields)
}

fn date(value: &str, now: Timestamp) -> Option<QueryDate> {
    if value == "now" {
        return Some(now.into());
    }
    // A plus sign that is not escaped is decoded as a space.
    let value = value.replace(' ', "+");
    if value.len() <= 10 {
        return value.parse::<Date>().ok().map(Into::into);
    }
    let moment = value.parse::<Timestamp>().ok().map(QueryDate::from);
    moment.or_else(|| value.parse::<DateTime>().ok().map(Into::into))
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse as _;

    use super::*;

    fn parse(raw: &str) -> Result<Query, Problem> {
        Query::parse(
            raw,
            &["start", "event"],
            "2027-07-09T12:00:00Z".parse().expect("a time"),
        )
    }

    #[test]
    fn invalid_parameters_are_refused() {
        let table = [
            "form=2027-07-09",
            "from=tomorrow",
            "event=abc",
            "attribute=Family",
            "fields=event,title",
            "fields=event,start,event",
            "limit=0",
            "limit=-1",
            "offset=x",
            "from=2027-02-30",
        ];
        for raw in table {
            let status = parse(raw).expect_err(raw).into_response().status();
            assert_eq!(status, 400, "{raw}");
        }
        assert!(Query::parse("limit=3", &[], Timestamp::now()).is_err());
    }

    #[test]
    fn dates_have_four_forms() {
        let table = [
            "from=2027-07-09",
            "from=2027-07-09T19:30:00",
            "from=2027-07-09T19:30:00Z",
            "from=2027-07-09T19:30:00+01:00",
            "from=now",
        ];
        for raw in table {
            assert!(parse(raw).is_ok_and(|query| query.filter.from.is_some()), "{raw}");
        }
    }

    #[test]
    fn attributes_are_split_after_their_name() {
        let query = parse("attribute=Age%20guidance%3D8%2B&attribute=Family=1&event=1&event=2").expect("valid");
        let expected = [("Age guidance", "8+"), ("Family", "1")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(query.filter.attributes, expected);
        assert_eq!(query.filter.events.len(), 2);
    }
}
