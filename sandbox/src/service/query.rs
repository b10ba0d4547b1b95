//! The query of a request as names and values, each name once.

use http::StatusCode;
use url::form_urlencoded;

use super::Refusal;

/// Names and values in the order in which they were sent.
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

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}
