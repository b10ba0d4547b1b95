//! URI templates of the feed: a path and a query, both with variables.

use crate::error::{Error, Result};

/// A template taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// The path; a variable stands in it as `{id}`, one for the rest of it as `{*rest}`.
    pub path: String,
    /// The variables in the path, and whether each stands for the rest of it.
    pub variables: Vec<(String, bool)>,
    /// The query: the parameter's name, and the variable that stands for its value.
    pub query: Vec<(String, String)>,
    /// What the query always holds.
    pub literals: Vec<(String, String)>,
}

/// Takes a template apart: `events/{id}?offset={offset}&event_id={eventId}`.
pub fn parse(operation: &str, template: &str) -> Result<Template> {
    let (path, query) = template.split_once('?').unwrap_or((template, ""));
    let (mut parts, mut variables) = (Vec::new(), Vec::new());
    for part in path.trim_matches('/').split('/') {
        parts.push(part_of_path(operation, template, part, &mut variables)?);
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
                    "mixes texts and variables in one query parameter",
                ));
            }
            None => literals.push((name.to_owned(), value.to_owned())),
        }
    }
    Ok(Template {
        path: parts.join("/"),
        variables,
        query: named,
        literals,
    })
}

/// `{id}`, `{*rest}` or `*` are variables, and so are those of `{id}.xml`; what follows an equals sign in one is its
/// default, which the service applies.
fn part_of_path(operation: &str, template: &str, part: &str, variables: &mut Vec<(String, bool)>) -> Result<String> {
    if let Some(name) = variable(part)
        .and_then(|name| name.strip_prefix('*'))
        .or((part == "*").then_some("rest"))
    {
        variables.push((name.to_owned(), true));
        return Ok(format!("{{*{name}}}"));
    }
    let refused = |what| Err(unsupported(operation, template, what));
    let (mut path, mut rest) = (String::new(), part);
    while let Some(at) = rest.find('{') {
        let end = rest[at..].find('}').map(|end| at + end + 1);
        let Some((name, end)) = end.and_then(|end| Some((variable(&rest[at..end])?, end))) else {
            return refused("has a brace in its path that nothing closes");
        };
        variables.push((name.to_owned(), false));
        path.push_str(&rest[..at]);
        path.extend(["{", name, "}"]);
        rest = &rest[end..];
    }
    path.push_str(rest);
    if rest.contains('}') || path.contains('*') {
        return refused("mixes a wildcard, or a lone brace, and text in one part of its path");
    }
    Ok(path)
}

fn variable(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('{')?.strip_suffix('}')?;
    let name = inner.split('=').next().unwrap_or(inner);
    (!name.contains(['{', '}']) && !name.is_empty()).then_some(name)
}

fn unsupported(operation: &str, template: &str, what: &str) -> Error {
    let what = format!(
        "its template `{template}` {what}, for which codegen has no rule yet: add one in codegen/src/template.rs"
    );
    Error::new(operation, what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    }

    #[test]
    fn takes_templates_apart() {
        let template = parse("GetEvents", "events?offset={offset}&event_id={eventId}&kind=fixed&flag").unwrap();
        assert_eq!(template.path, "events");
        assert_eq!(template.query, pairs(&[("offset", "offset"), ("event_id", "eventId")]));
        assert_eq!(template.literals, pairs(&[("kind", "fixed"), ("flag", "")]));
        assert_eq!(parse("KeepAlive", "keep-alive").unwrap().query, []);
    }

    #[test]
    fn paths_have_variables_too() {
        let rows: [(_, _, &[_]); _] = [
            ("events/{id}/seats", "events/{id}/seats", &[("id", false)]),
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
    fn names_what_it_cannot_take_apart() {
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
                error.starts_with("GetEvents: its template") && error.contains(template),
                "{error}"
            );
        }
    }
}
