//! Parses the URI templates of the feed: a path and a query, both with variables.

use crate::error::{Error, Result};

/// A parsed template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// The path, with the slash at its end if it has one: to the service, that is another address. It contains variables as `{id}`, and a variable for the rest of the path as `{*rest}`.
    pub path: String,
    /// The variables of the path, each with whether it represents the rest of the path.
    pub variables: Vec<(String, bool)>,
    /// The query: the name of each parameter, and the variable for its value.
    pub query: Vec<(String, String)>,
    /// The parameters of the query that have a fixed value.
    pub literals: Vec<(String, String)>,
}

/// Parses a template: `events/{id}?offset={offset}&event_id={eventId}`.
pub fn parse(operation: &str, template: &str) -> Result<Template> {
    let (path, query) = template.split_once('?').unwrap_or((template, ""));
    let (mut segments, mut variables) = (Vec::new(), Vec::new());
    for segment in path.trim_start_matches('/').split('/') {
        segments.push(parse_segment(operation, template, segment, &mut variables)?);
    }
    let (mut named, mut literals) = (Vec::new(), Vec::new());
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        match variable(value) {
            Some(variable) => named.push((name.to_owned(), variable.to_owned())),
            None if pair.contains(['{', '}']) => {
                return Err(unsupported(
                    operation,
                    template,
                    "mixes text and variables in one query parameter",
                ));
            }
            None => literals.push((name.to_owned(), value.to_owned())),
        }
    }
    Ok(Template {
        path: segments.join("/"),
        variables,
        query: named,
        literals,
    })
}

/// Parses a segment of the path: `{id}`, `{id=5}`, `{id}.xml`, `{*rest}` or `*`.
///
/// The service applies the default of a variable (`=5`) itself, so it is dropped.
fn parse_segment(
    operation: &str,
    template: &str,
    segment: &str,
    variables: &mut Vec<(String, bool)>,
) -> Result<String> {
    let wildcard = variable(segment).and_then(|name| name.strip_prefix('*'));
    if let Some(name) = wildcard.or((segment == "*").then_some("rest")) {
        variables.push((name.to_owned(), true));
        return Ok(format!("{{*{name}}}"));
    }
    let error = |problem| Err(unsupported(operation, template, problem));
    let (mut path, mut rest) = (String::new(), segment);
    while let Some(at) = rest.find('{') {
        let end = rest[at..].find('}').map(|end| at + end + 1);
        let Some((name, end)) = end.and_then(|end| Some((variable(&rest[at..end])?, end))) else {
            return error("has a brace in its path that is not closed");
        };
        variables.push((name.to_owned(), false));
        path.push_str(&rest[..at]);
        path.extend(["{", name, "}"]);
        rest = &rest[end..];
    }
    path.push_str(rest);
    if rest.contains('}') || path.contains('*') {
        return error("mixes text with a wildcard or a single brace in one segment of its path");
    }
    Ok(path)
}

fn variable(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('{')?.strip_suffix('}')?;
    let name = inner.split('=').next().unwrap_or(inner);
    (!name.contains(['{', '}']) && !name.is_empty()).then_some(name)
}

fn unsupported(operation: &str, template: &str, problem: &str) -> Error {
    let description = format!("the template `{template}` {problem}. Add a rule for this in codegen/src/template.rs");
    Error::new(operation, description)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    }

    #[test]
    fn a_template_is_parsed() {
        let template = parse("GetEvents", "events?offset={offset}&event_id={eventId}&kind=fixed&flag").unwrap();
        assert_eq!(template.path, "events");
        assert_eq!(template.query, pairs(&[("offset", "offset"), ("event_id", "eventId")]));
        assert_eq!(template.literals, pairs(&[("kind", "fixed"), ("flag", "")]));
        assert_eq!(parse("KeepAlive", "keep-alive").unwrap().query, []);
    }

    #[test]
    fn variables_in_a_path_are_parsed() {
        let rows: [(_, _, &[_]); _] = [
            ("events/{id}/seats", "events/{id}/seats", &[("id", false)]),
            ("/events/{id}/", "events/{id}/", &[("id", false)]),
            ("events/{id=5}", "events/{id}", &[("id", false)]),
            ("files/*", "files/{*rest}", &[("rest", true)]),
            ("files/{*path}", "files/{*path}", &[("path", true)]),
            ("events/{id}.xml", "events/{id}.xml", &[("id", false)]),
            (
                "trips/{from}-{to=x}",
                "trips/{from}-{to}",
                &[("from", false), ("to", false)],
            ),
        ];
        for (template, path, variables) in rows {
            let found = parse("GetEvent", template).unwrap();
            let variables: Vec<_> = variables
                .iter()
                .map(|(name, rest)| ((*name).to_owned(), *rest))
                .collect();
            assert_eq!((found.path.as_str(), found.variables), (path, variables), "{template}");
        }
    }

    #[test]
    fn an_unsupported_template_is_an_error_that_quotes_it() {
        for template in [
            "events/x{id",
            "files/a*",
            "files/{*a}b",
            "events/{}",
            "events?{all}",
            "events?a=b{c}",
        ] {
            let error = parse("GetEvents", template).unwrap_err().to_string();
            assert!(
                error.starts_with("GetEvents: the template") && error.contains(template),
                "{error}"
            );
        }
    }
}
