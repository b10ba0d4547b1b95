//! What a user has entered: read from a form, from the address of a page, or from an earlier request, and made into a request.

use jiff::civil::Date;
use spektrix_v2::{Method, OperationInfo, Requirement};

use super::bodies;
use super::exchange::Exchange;
use super::masking::{MASK, passwords};
use super::operations::{self, Field, Kind};
use crate::request::{self, Request};

/// Fields of the form with the value of a parameter are called this and its name, so that no parameter can have the name of
/// another field.
pub(super) const PARAMETER: &str = "p.";

/// What the request is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    Operation(&'static OperationInfo),
    /// Any path. They are as they were entered.
    Path {
        method: String,
        path: String,
    },
}

/// What a user has entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) target: Target,
    /// The parameters that the operation has.
    pub(super) values: Vec<(String, String)>,
    /// Further parameters, one a line as NAME=VALUE.
    pub(super) extra: String,
    pub(super) body: String,
    /// Whether to send a body that the check has refused.
    pub(super) is_forced: bool,
}

impl Draft {
    /// Returns the form to start from.
    pub(super) fn new(target: Target) -> Self {
        let body = match &target {
            Target::Operation(info) => bodies::of(info.name),
            Target::Path { .. } => None,
        };
        Self {
            target,
            values: Vec::new(),
            extra: String::new(),
            body: body.unwrap_or_default().to_owned(),
            is_forced: false,
        }
    }

    /// Returns the form of an operation with some parameters, and identifiers of its body, set. Unknown names are ignored.
    pub(super) fn with_values(info: &'static OperationInfo, values: Vec<(String, String)>) -> Self {
        let body = bodies::with_ids(info.name, &values).unwrap_or_default();
        let known = |(name, _): &(String, String)| info.parameters.contains(&name.as_str());
        Self {
            values: values.into_iter().filter(known).collect(),
            body,
            ..Self::new(Target::Operation(info))
        }
    }

    /// Returns the form with which a request was sent. Secrets have to be entered again.
    pub(super) fn from_exchange(exchange: &Exchange) -> Self {
        let request = &exchange.request;
        let target = match exchange.operation {
            Some(info) => Target::Operation(info),
            None => Target::Path {
                method: request.method.to_string(),
                path: request.path.clone(),
            },
        };
        let known = |name: &str| exchange.operation.is_some_and(|info| info.parameters.contains(&name));
        let parameters = request.parameters.iter().cloned();
        let (values, extra): (Vec<_>, Vec<_>) = parameters.partition(|(name, _)| known(name));
        let extra: Vec<_> = extra.iter().map(|(name, value)| format!("{name}={value}")).collect();
        Self {
            target,
            values,
            extra: extra.join("\n"),
            body: exchange.sent_body().unwrap_or_default().to_owned(),
            is_forced: false,
        }
    }

    /// Reads a form; `None` if its operation does not exist.
    pub(super) fn from_form(form: &[(String, String)]) -> Option<Self> {
        let field = |name: &str| {
            form.iter()
                .find(|(known, _)| known == name)
                .map(|(_, value)| value.as_str())
        };
        let target = match field("operation") {
            Some(name) => Target::Operation(operations::find(name)?),
            None => Target::Path {
                method: field("method")?.to_owned(),
                path: field("path")?.trim().to_owned(),
            },
        };
        let values = form.iter().filter_map(|(name, value)| {
            let name = name.strip_prefix(PARAMETER)?;
            let value = value.trim();
            (!value.is_empty()).then(|| (name.to_owned(), value.to_owned()))
        });
        // Browsers send the lines of a text area with CR LF.
        let text = |name: &str| field(name).unwrap_or_default().replace("\r\n", "\n");
        Some(Self {
            target,
            values: values.collect(),
            extra: text("extra"),
            body: text("body"),
            is_forced: field("force").is_some(),
        })
    }

    /// Returns the value of a parameter.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        let found = self.values.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Returns the operation, if it is one.
    pub(super) fn operation(&self) -> Option<&'static OperationInfo> {
        match self.target {
            Target::Operation(info) => Some(info),
            Target::Path { .. } => None,
        }
    }

    /// Makes the request.
    ///
    /// # Errors
    ///
    /// With everything that is wrong, in the order of the form.
    pub(super) fn request(&self) -> Result<Request, Vec<String>> {
        let mut problems = Vec::new();
        let (method, path) = match &self.target {
            Target::Operation(info) => {
                problems.extend(self.wrong_values(info));
                (info.method, info.path.to_owned())
            }
            Target::Path { method, path } => {
                let parsed = request::path(path).unwrap_or_else(|_| {
                    problems.push("The path must not contain ? or #: enter each parameter below.".to_owned());
                    String::new()
                });
                if path.trim_matches('/').is_empty() {
                    problems.push("The path is missing: for example events.".to_owned());
                }
                let known = request::method(method);
                if known.is_none() {
                    problems.push("The method must be GET, POST, PATCH, PUT or DELETE.".to_owned());
                }
                (known.unwrap_or(Method::Get), parsed)
            }
        };
        let mut parameters = self.values.clone();
        for line in self.extra.lines().map(str::trim).filter(|line| !line.is_empty()) {
            match request::parameter(line) {
                Ok((name, _)) if name.eq_ignore_ascii_case("api_key") => {
                    problems.push("The API key is added when the request is sent: remove api_key.".to_owned());
                }
                Ok(pair) => parameters.push(pair),
                Err(_) => problems.push("Each line of further parameters must be NAME=VALUE.".to_owned()),
            }
        }
        let has_body = !self.body.trim().is_empty() && method != Method::Get;
        let request = Request {
            method,
            path,
            parameters,
            body: has_body.then(|| self.body.clone().into_bytes()),
        };
        let is_masked = target_is_masked(&request) || passwords(&self.body).iter().any(|password| password == MASK);
        if is_masked {
            problems.push(format!("Enter the secrets again: {MASK} takes the place of one."));
        }
        if !self.is_forced {
            problems.extend(body_problems(&request, self.operation()));
        }
        if problems.is_empty() {
            Ok(request)
        } else {
            Err(problems)
        }
    }

    fn wrong_values(&self, info: &OperationInfo) -> Vec<String> {
        let fields = operations::fields(info);
        let fields = fields
            .iter()
            .filter_map(|field| wrong_value(field, self.value(field.name)));
        let is_set = |name: &&&str| self.value(name).is_some();
        let rules = info.requirements.iter().filter_map(|requirement| match requirement {
            Requirement::AnyOf(names) if !names.iter().any(|name| is_set(&name)) => {
                Some(format!("At least one of these is required: {}.", names.join(", ")))
            }
            Requirement::AtMostOne(names) if names.iter().filter(is_set).count() > 1 => {
                Some(format!("Only one of these can be set: {}.", names.join(", ")))
            }
            _ => None,
        });
        fields.chain(rules).collect()
    }
}

fn target_is_masked(request: &Request) -> bool {
    let is_masked = |(name, value): &(String, String)| name.contains(MASK) || value == MASK;
    request.path.contains(MASK) || request.parameters.iter().any(is_masked)
}

fn wrong_value(field: &Field, value: Option<&str>) -> Option<String> {
    let name = field.name;
    let Some(value) = value else {
        return field.is_required.then(|| format!("{name} is required."));
    };
    let (is_valid, expected) = match field.kind {
        Kind::Number => (value.parse::<u32>().is_ok(), "a whole number"),
        Kind::Date => (value.parse::<Date>().is_ok(), "a date such as 2026-12-31"),
        Kind::Flag => (matches!(value, "true" | "false"), "true or false"),
        Kind::Text | Kind::Email => (true, ""),
    };
    (!is_valid).then(|| format!("{name} must be {expected}."))
}

fn body_problems(request: &Request, operation: Option<&OperationInfo>) -> Vec<String> {
    let needs_body = operation.is_some_and(|info| !info.request.root.is_empty());
    if needs_body && request.body.is_none() {
        return vec!["The body is missing.".to_owned()];
    }
    let problems = request.problems().into_iter();
    let sentences = problems.map(|problem| match problem.line {
        Some(line) => format!("Body, line {line}: {}", problem.message),
        None => format!("Body: {}", problem.message),
    });
    sentences.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The fields of a form.
    type Pairs<'a> = &'a [(&'a str, &'a str)];

    fn form(pairs: Pairs<'_>) -> Draft {
        let pairs: Vec<_> = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        Draft::from_form(&pairs).expect("a form")
    }

    #[test]
    fn forms_become_requests() {
        let table: [(&str, Pairs<'_>, &str); 3] = [
            (
                "an operation",
                &[
                    ("operation", "GetEvents"),
                    ("p.limit", " 3 "),
                    ("p.event_id", ""),
                    ("extra", "a=b\r\n\r\nc=d=e"),
                ],
                "GET events?limit=3&a=b&c=d=e&api_key=***",
            ),
            (
                "any path",
                &[("method", "get"), ("path", "/events/")],
                "GET events?api_key=***",
            ),
            (
                "a write without a body",
                &[("operation", "KeepAlive")],
                "POST keep-alive?api_key=***",
            ),
        ];
        for (name, pairs, expected) in table {
            let request = form(pairs).request().expect(name);
            assert_eq!(request.line(), expected, "{name}");
            assert_eq!(request.body, None, "{name}");
        }
    }

    #[test]
    fn problems_name_the_field_or_the_line() {
        let table: [(&str, Pairs<'_>, &[&str]); 11] = [
            (
                "a secret that was masked",
                &[
                    ("operation", "AuthenticateCustomer"),
                    (
                        "body",
                        "<Credentials><Email>a</Email><Password>***</Password></Credentials>",
                    ),
                ],
                &["Enter the secrets again: *** takes the place of one."],
            ),
            ("a required one", &[("operation", "Echo")], &["message is required."]),
            (
                "none of several",
                &[("operation", "GetOrders")],
                &["At least one of these is required: order_id, customer_id, friendly_id."],
            ),
            (
                "two of one",
                &[("operation", "GetOffers2"), ("p.event_id", "1"), ("p.instance_id", "2")],
                &["Only one of these can be set: event_id, instance_id."],
            ),
            (
                "a number",
                &[("operation", "GetBands"), ("p.limit", "x")],
                &["limit must be a whole number."],
            ),
            (
                "a date",
                &[("operation", "GetEvents"), ("p.instance_start_from", "31/12/2026")],
                &["instance_start_from must be a date such as 2026-12-31."],
            ),
            (
                "a key",
                &[("operation", "GetBands"), ("extra", "API_KEY=x")],
                &["The API key is added when the request is sent: remove api_key."],
            ),
            (
                "no path",
                &[("method", "TRACE"), ("path", "/")],
                &[
                    "The path is missing: for example events.",
                    "The method must be GET, POST, PATCH, PUT or DELETE.",
                ],
            ),
            (
                "a path with a key",
                &[("method", "GET"), ("path", "events?api_key=x")],
                &["The path must not contain ? or #: enter each parameter below."],
            ),
            ("no body", &[("operation", "AddCustomers")], &["The body is missing."]),
            (
                "a part of the body",
                &[
                    ("operation", "AddBasketItems"),
                    (
                        "body",
                        "<BasketItems>\r\n<Ticket><Instance id='1'/></Ticket></BasketItems>",
                    ),
                ],
                &["Body, line 2: BasketItems/Ticket[1]/Plan must be set"],
            ),
        ];
        for (name, pairs, expected) in table {
            let problems = form(pairs).request().expect_err(name);
            assert_eq!(problems, expected, "{name}");
        }
        let forced = form(&[
            ("operation", "AddBasketItems"),
            ("body", "<BasketItems/>"),
            ("force", "on"),
        ]);
        assert!(forced.request().is_ok());
    }
}
