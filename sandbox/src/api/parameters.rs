//! The query of a request, and the parameters of an operation that it contains: known, well-formed, and complete.

use http::StatusCode;
use spektrix_v2::OperationInfo;
use url::form_urlencoded;

use super::date_filter::DateFilter;
use super::paging::{Page, PagingFaults};
use super::refusal::Refusal;

/// The names and values of a query, in the order in which they were sent. Every name occurs once.
#[derive(Debug, Default)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    pub(crate) fn parse(text: &str) -> Result<Self, Refusal> {
        let mut query = Self::default();
        for (name, value) in form_urlencoded::parse(text.as_bytes()) {
            if query.get(&name).is_some() {
                return Err(Refusal::new(
                    StatusCode::BAD_REQUEST,
                    format!("The parameter '{name}' is given more than once."),
                ));
            }
            query.0.push((name.into_owned(), value.into_owned()));
        }
        Ok(query)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// The parameters of a request. All of them are known to the operation and well-formed.
#[derive(Debug, Default)]
pub(crate) struct Parameters {
    values: Vec<(String, Value)>,
    paging_faults: PagingFaults,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    Count(usize),
    Flag(bool),
    Id(i32),
    Date(DateFilter),
    Text(String),
}

impl Parameters {
    /// Reads the parameters of an operation from a query. Refuses unknown and malformed ones, and reports missing ones.
    pub(crate) fn parse(operation: &OperationInfo, query: &Query) -> Result<Self, Refusal> {
        let sent = query.iter().filter(|(name, _)| *name != "api_key");
        let values = sent
            .map(|(name, value)| parse_value(operation, name, value).map(|value| (name.to_owned(), value)))
            .collect::<Result<_, _>>()?;
        check_required(operation, query)?;
        Ok(Self {
            values,
            paging_faults: PagingFaults::default(),
        })
    }

    /// Sets how the server deviates from the requested paging.
    pub(crate) fn set_paging_faults(&mut self, faults: PagingFaults) {
        self.paging_faults = faults;
    }

    pub(crate) fn page(&self) -> Page {
        Page::new(
            matches!(self.get("all"), Some(Value::Flag(true))),
            self.count("offset"),
            self.count("limit"),
            &self.paging_faults,
        )
    }

    pub(crate) fn id(&self, name: &str) -> Option<i32> {
        match self.get(name) {
            Some(Value::Id(id)) => Some(*id),
            _ => None,
        }
    }

    pub(crate) fn date(&self, name: &str) -> Option<DateFilter> {
        match self.get(name) {
            Some(Value::Date(date)) => Some(*date),
            _ => None,
        }
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Returns the string of a parameter, unless it is empty.
    pub(crate) fn non_empty_text(&self, name: &str) -> Option<&str> {
        self.text(name).filter(|text| !text.is_empty())
    }

    /// Returns the names of the parameters that filter items, which excludes those for paging.
    pub(crate) fn filters(&self) -> impl Iterator<Item = &str> {
        let names = self.values.iter().map(|(name, _)| name.as_str());
        names.filter(|name| !matches!(*name, "all" | "offset" | "limit"))
    }

    fn count(&self, name: &str) -> Option<usize> {
        match self.get(name) {
            Some(Value::Count(count)) => Some(*count),
            _ => None,
        }
    }

    fn get(&self, name: &str) -> Option<&Value> {
        self.values
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }
}

fn parse_value(operation: &OperationInfo, name: &str, value: &str) -> Result<Value, Refusal> {
    if !operation.parameters.contains(&name) {
        return Err(unknown(operation, name));
    }
    let (value, expected) = value_by_name(name, value);
    value.ok_or_else(|| {
        let message = format!("The parameter '{name}' is malformed: {expected} is expected.");
        Refusal::new(StatusCode::BAD_REQUEST, message)
    })
}

/// Parses a value, with a description of the expected form. The name of a parameter determines its type.
fn value_by_name(name: &str, value: &str) -> (Option<Value>, &'static str) {
    match name {
        "offset" | "limit" => (count(value).map(Value::Count), "a whole number from 0 on"),
        "all" => (flag(value).map(Value::Flag), "true or false"),
        "instance_start_from" | "instance_start_to" => (
            DateFilter::parse(value).map(Value::Date),
            "YYYY-MM-DD or YYYY-MM-DDThh:mm:ss[Z]",
        ),
        // The only ids that are not numbers.
        "friendly_id" | "postcode_lookup_id" => (Some(Value::Text(value.to_owned())), "text"),
        name if name.ends_with("_id") => (value.parse().ok().map(Value::Id), "a number"),
        _ => (Some(Value::Text(value.to_owned())), "text"),
    }
}

/// Parses an `xs:int` that is not negative, because that is the type in the service.
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

/// The only operation for which an empty string is a value.
const ECHO: &str = "Echo";

fn check_required(operation: &OperationInfo, query: &Query) -> Result<(), Refusal> {
    let sent = sent_parameters(operation, query);
    let Err(problem) = sent.check(operation) else {
        return Ok(());
    };
    let message = format!("{} cannot be called like this: {problem}.", operation.name);
    Err(Refusal::new(StatusCode::BAD_REQUEST, message))
}

/// Returns the parameters that have a value, in the form in which the client crate checks them.
fn sent_parameters(operation: &OperationInfo, query: &Query) -> spektrix_v2::Parameters {
    let mut sent = spektrix_v2::Parameters::new();
    for name in operation.parameters {
        let value = query
            .get(name)
            .filter(|value| !value.is_empty() || operation.name == ECHO);
        sent.set(name, value.map(str::to_owned).as_ref());
    }
    sent
}

#[cfg(test)]
mod tests {
    use spektrix_v2::operations::{DeleteCustomerAddress, Echo, GetAddress, GetCustomers, GetEvents, GetOffers2};
    use spektrix_v2::{Operation, OperationInfo};

    use super::{DateFilter, Page, PagingFaults, Parameters, Query};

    fn parse(operation: &OperationInfo, query: &str) -> Result<Parameters, String> {
        Query::parse(query)
            .and_then(|query| Parameters::parse(operation, &query))
            .map_err(|refusal| refusal.summary_with_message())
    }

    #[test]
    fn well_formed_parameters_are_typed() {
        let query = "offset=5&limit=7&all=False&event_id=12&instance_start_from=2014-06-14";
        let parameters = parse(&GetEvents::INFO, query).expect("all well-formed");
        let page = |all, offset, limit| Page::new(all, offset, limit, &PagingFaults::default());
        assert_eq!(parameters.page(), page(false, Some(5), Some(7)));
        assert_eq!(parameters.id("event_id"), Some(12));
        assert_eq!(parameters.date("instance_start_from"), DateFilter::parse("2014-06-14"));
        let filters: Vec<_> = parameters.filters().collect();
        assert_eq!(filters, ["event_id", "instance_start_from"]);
        let all = parse(&GetEvents::INFO, "all=true&limit=1").expect("well-formed");
        assert_eq!(all.page(), page(true, None, None));
        let customer = parse(&GetCustomers::INFO, "email=a%40b&friendly_id=").expect("well-formed");
        assert_eq!(
            (customer.text("email"), customer.text("friendly_id")),
            (Some("a@b"), Some(""))
        );
        assert_eq!(customer.non_empty_text("friendly_id"), None);
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
            ("event_id=", "'event_id' is malformed"),
            ("event_id=2147483648", "'event_id' is malformed"),
            ("instance_start_from=14/06/2014", "YYYY-MM-DD"),
            (
                "colour=red",
                "GetEvents has no parameter 'colour': it takes offset, limit",
            ),
            ("limit=1&limit=1", "'limit' is given more than once"),
        ];
        for (query, expected) in cases {
            let message = parse(&GetEvents::INFO, query).expect_err(query);
            assert!(
                message.starts_with("400") && message.contains(expected),
                "{query}: {message}"
            );
        }
    }

    #[test]
    fn missing_parameters_are_refused() {
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
            (
                &DeleteCustomerAddress::INFO,
                "customer_id=1",
                Some("customer_id and address_id must be set"),
            ),
            (&GetAddress::INFO, "postcode_lookup_id=a", None),
            (&Echo::INFO, "", Some("message must be set")),
            (&Echo::INFO, "message=", None),
        ];
        for (operation, query, expected) in cases {
            let refusal = parse(operation, query).err();
            let expected =
                expected.map(|problem| format!("400 {} cannot be called like this: {problem}.", operation.name));
            assert_eq!(refusal, expected, "{query}");
        }
    }
}
