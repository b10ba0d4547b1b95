//! Takes the path of a request apart: the client, and what is asked of its API.

use http::StatusCode;

use super::Refusal;

/// `/{client}/api/v2/{path}`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address<'a> {
    pub(super) client: &'a str,
    pub(super) path: &'a str,
}

impl<'a> Address<'a> {
    pub(super) fn parse(path: &'a str) -> Result<Self, Refusal> {
        let parts = path.strip_prefix('/').and_then(|path| path.split_once("/api/v2/"));
        match parts {
            Some((client, path)) if !client.is_empty() && !client.contains('/') => Ok(Self { client, path }),
            _ => Err(Refusal::new(
                StatusCode::NOT_FOUND,
                "There is nothing at this address. The API lives under /{client}/api/v2/.",
            )),
        }
    }

    /// The path of the help page asked for, as the lock file of the pages writes it.
    pub(super) fn help_page(&self) -> Option<&'a str> {
        let is_help = self.path == "help" || self.path.starts_with("help/");
        is_help.then_some(self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn only_the_apis_own_addresses_are_understood() {
        let cases = [
            ("/venue/api/v2/events", Some(("venue", "events"))),
            ("/venue/api/v2/basket/items", Some(("venue", "basket/items"))),
            ("/venue/api/v2/", Some(("venue", ""))),
            ("/venue/api/v2/a/api/v2/b", Some(("venue", "a/api/v2/b"))),
            ("/venue/api/v2", None),
            ("/venue/api/v3/events", None),
            ("/venue/more/api/v2/events", None),
            ("//api/v2/events", None),
            ("/api/v2/events", None),
            ("/", None),
            ("", None),
        ];
        for (path, expected) in cases {
            let address = Address::parse(path).ok();
            assert_eq!(
                address.map(|address| (address.client, address.path)),
                expected,
                "{path}"
            );
        }
    }
}
