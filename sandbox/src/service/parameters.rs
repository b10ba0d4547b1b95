//! Checks the parameters of a request against its operation, and keeps them typed.

use http::StatusCode;
use spektrix_v2::OperationInfo;

use super::Refusal;
use super::query::Query;
use super::required;
use crate::paging::Page;
use crate::when::When;

/// The parameters of one request, all of them known to the operation and well-formed.
#[derive(Debug, Default)]
pub(crate) struct Parameters(Vec<(String, Value)>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    Count(usize),
    Flag(bool),
    Id(i32),
    When(When),
    Text(String),
}

impl Parameters {
    pub(crate) fn check(operation: &OperationInfo, query: &Query) -> Result<Self, Refusal> {
        let given = query.iter().filter(|(name, _)| *name != "api_key");
        given
            .map(|(name, value)| check(operation, name, value).map(|value| (name.to_owned(), value)))
            .collect::<Result<_, _>>()
            .and_then(|values| required::check(operation, query).map(|()| Self(values)))
    }

    pub(crate) fn page(&self) -> Page {
        Page::new(
            matches!(self.get("all"), Some(Value::Flag(true))),
            self.count("offset"),
            self.count("limit"),
        )
    }

    pub(crate) fn id(&self, name: &str) -> Option<i32> {
        match self.get(name) {
            Some(Value::Id(id)) => Some(*id),
            _ => None,
        }
    }

    pub(crate) fn when(&self, name: &str) -> Option<When> {
        match self.get(name) {
            Some(Value::When(when)) => Some(*when),
            _ => None,
        }
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The names of those that choose among the items, rather than pages of them.
    pub(crate) fn filters(&self) -> impl Iterator<Item = &str> {
        let names = self.0.iter().map(|(name, _)| name.as_str());
        names.filter(|name| !matches!(*name, "all" | "offset" | "limit"))
    }

    fn count(&self, name: &str) -> Option<usize> {
        match self.get(name) {
            Some(Value::Count(count)) => Some(*count),
            _ => None,
        }
    }

    fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }
}

fn check(operation: &OperationInfo, name: &str, value: &str) -> Result<Value, Refusal> {
    if !operation.parameters.contains(&name) {
        return Err(unknown(operation, name));
    }
    let (value, expected) = read(name, value);
    value.ok_or_else(|| {
        let message = format!("The parameter '{name}' is malformed: {expected} is expected.");
        Refusal::new(StatusCode::BAD_REQUEST, message)
    })
}

/// A value by the kind that its parameter's name tells, and what that kind looks like.
fn read(name: &str, value: &str) -> (Option<Value>, &'static str) {
    match name {
        "offset" | "limit" => (count(value).map(Value::Count), "a whole number from 0 on"),
        "all" => (flag(value).map(Value::Flag), "true or false"),
        "instance_start_from" | "instance_start_to" => (
            When::parse(value).map(Value::When),
            "YYYY-MM-DD or YYYY-MM-DDThh:mm:ss[Z]",
        ),
        // The only ids that are not numbers.
        "friendly_id" | "postcode_lookup_id" => (Some(Value::Text(value.to_owned())), "text"),
        name if name.ends_with("_id") => (value.parse().ok().map(Value::Id), "a number"),
        _ => (Some(Value::Text(value.to_owned())), "text"),
    }
}

/// The service reads an `xs:int` here, so larger numbers are refused.
fn count(value: &str) -> Option<usize> {
    usize::try_from(value.parse::<i32>().ok()?).ok()
}

fn flag(value: &str) -> Option<bool> {
    let is = |word: &str| value.eq_ignore_ascii_case(word);
    if is("true") {
        Some(true)
    } else {
        is("false").then_some(false)
    }
}

fn unknown(operation: &OperationInfo, name: &str) -> Refusal {
    let known = match operation.parameters {
        [] => "it takes none besides api_key".to_owned(),
        names => format!("it takes {}", names.join(", ")),
    };
    Refusal::new(
        StatusCode::BAD_REQUEST,
        format!("{} has no parameter '{name}': {known}.", operation.name),
    )
}

#[cfg(test)]
mod tests {
    use spektrix_v2::operations::{Echo, GetAddress, GetCustomers, GetEvents, GetOffers2};
    use spektrix_v2::{Operation, OperationInfo};

    use super::{Page, Parameters, Query, When};

    fn check(operation: &OperationInfo, query: &str) -> Result<Parameters, String> {
        Query::parse(query)
            .and_then(|query| Parameters::check(operation, &query))
            .map_err(|refusal| refusal.summary_with_message())
    }

    #[test]
    fn well_formed_parameters_are_typed() {
        let query = "offset=5&limit=7&all=False&event_id=12&instance_start_from=2014-06-14";
        let parameters = check(&GetEvents::INFO, query).expect("all well-formed");
        assert_eq!(parameters.page(), Page::Part { offset: 5, limit: 7 });
        assert_eq!(parameters.id("event_id"), Some(12));
        assert_eq!(parameters.when("instance_start_from"), When::parse("2014-06-14"));
        let filters: Vec<_> = parameters.filters().collect();
        assert_eq!(filters, ["event_id", "instance_start_from"]);
        let all = check(&GetEvents::INFO, "all=true&limit=1").expect("well-formed");
        assert_eq!(all.page(), Page::All);
        let customer = check(&GetCustomers::INFO, "email=a%40b&friendly_id=").expect("well-formed");
        assert_eq!(
            (customer.text("email"), customer.text("friendly_id")),
            (Some("a@b"), Some(""))
        );
    }

    #[test]
    fn a_refusal_names_the_parameter() {
        let cases = [
            ("offset=-1", "'offset' is malformed"),
            ("offset=", "'offset' is malformed"),
            ("limit=ten", "'limit' is malformed"),
            ("limit=2147483648", "'limit' is malformed"),
            ("all=1", "'all' is malformed"),
            ("event_id=14a", "'event_id' is malformed"),
            ("event_id=2147483648", "'event_id' is malformed"),
            ("instance_start_from=14/06/2014", "YYYY-MM-DD"),
            (
                "colour=red",
                "GetEvents has no parameter 'colour': it takes offset, limit",
            ),
            ("limit=1&limit=1", "'limit' is given more than once"),
        ];
        for (query, expected) in cases {
            let message = check(&GetEvents::INFO, query).expect_err(query);
            assert!(
                message.starts_with("400") && message.contains(expected),
                "{query}: {message}"
            );
        }
    }

    #[test]
    fn what_an_operation_cannot_be_without_is_asked_for() {
        let cases = [
            (
                &GetCustomers::INFO,
                "",
                Some("one of customer_id, email, friendly_id must be set"),
            ),
            (
                &GetCustomers::INFO,
                "email=",
                Some("one of customer_id, email, friendly_id must be set"),
            ),
            (&GetCustomers::INFO, "customer_id=1", None),
            (
                &GetOffers2::INFO,
                "event_id=1&instance_id=2",
                Some("only one of event_id and instance_id may be set"),
            ),
            (&GetOffers2::INFO, "event_id=1&customer_id=2", None),
            (&GetAddress::INFO, "", Some("postcode_lookup_id must be set")),
            (&GetAddress::INFO, "postcode_lookup_id=a", None),
            (&Echo::INFO, "", Some("message must be set")),
            (&Echo::INFO, "message=", None),
        ];
        for (operation, query, expected) in cases {
            let refusal = check(operation, query).err();
            let expected = expected.map(|message| format!("400 {} cannot be answered: {message}.", operation.name));
            assert_eq!(refusal, expected, "{query}");
        }
    }
}
