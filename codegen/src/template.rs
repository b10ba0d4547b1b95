//! URI templates of the feed: a path, and a query of named variables.

use crate::error::{Error, Result};

/// A template taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// The path, without variables.
    pub path: String,
    /// The query: the parameter's name, and the variable that stands for its value.
    pub query: Vec<(String, String)>,
}

/// Takes a template apart: `events?offset={offset}&event_id={eventId}`.
pub fn parse(operation: &str, template: &str) -> Result<Template> {
    let unsupported = |what: &str| {
        let what = format!(
            "its template `{template}` {what}, for which codegen has no rule yet: add one in codegen/src/template.rs"
        );
        Error::new(operation, what)
    };
    let (path, query) = template.split_once('?').unwrap_or((template, ""));
    if path.contains(['{', '*']) {
        return Err(unsupported("has variables or a wildcard in its path"));
    }
    let mut pairs = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let variable = pair.split_once('=').and_then(|(name, value)| {
            let variable = value.strip_prefix('{')?.strip_suffix('}')?;
            Some((name.to_owned(), variable.to_owned()))
        });
        pairs.push(variable.ok_or_else(|| unsupported("has a query parameter without a variable"))?);
    }
    Ok(Template {
        path: path.trim_matches('/').to_owned(),
        query: pairs,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_templates_apart() {
        let template = parse("GetEvents", "events?offset={offset}&event_id={eventId}").unwrap();
        assert_eq!(template.path, "events");
        let query: Vec<_> = template
            .query
            .iter()
            .map(|(name, variable)| (name.as_str(), variable.as_str()))
            .collect();
        assert_eq!(query, [("offset", "offset"), ("event_id", "eventId")]);
        assert_eq!(parse("KeepAlive", "keep-alive").unwrap().query, []);
    }

    #[test]
    fn names_what_it_cannot_take_apart() {
        for template in ["events/{id}", "files/*", "events?kind=fixed", "events?{all}"] {
            let error = parse("GetEvents", template).unwrap_err().to_string();
            assert!(
                error.starts_with("GetEvents: its template") && error.contains(template),
                "{error}"
            );
        }
    }
}
