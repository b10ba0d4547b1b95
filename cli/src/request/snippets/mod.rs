//! A request as commands and programs to copy.
//!
//! They read the client name, the API key and the certificate from the environment variables that the crate reads. So they
//! contain none of these, and no process list shows one.

mod command;
mod curl;
mod php;
mod rust;

pub use command::command;
pub use curl::curl;
pub use php::php;
pub use rust::rust;
use url::form_urlencoded;

use super::{Request, shown};

/// The base URL of the service, for when `SPEKTRIX_BASE_URL` is not set.
const SERVICE: &str = "https://api.system.spektrix.com/";

/// What else a command needs to know of a request.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    /// Whether it is sent in a visitor's session, whose cookie is kept in a file.
    pub in_session: bool,
    /// The file that contains the body. Without one, commands contain the body and write it to a file.
    pub body_file: Option<&'a str>,
}

impl Context<'_> {
    /// Returns the file that contains the body, as a word of a shell.
    fn file(&self) -> String {
        plain_shell_word(self.body_file.unwrap_or("body.xml"))
    }

    /// Returns a command that writes the body to a file, unless there is none, or it is in a file already.
    fn write_body(&self, request: &Request) -> String {
        let Some(body) = body(request).filter(|_| self.body_file.is_none()) else {
            return String::new();
        };
        // A line of the body must not end it.
        let mut end = "END".to_owned();
        while body.lines().any(|line| line == end) {
            end.push('_');
        }
        format!("cat > {} <<'{end}'\n{body}\n{end}\n", self.file())
    }
}

/// Quotes a string as one word of a shell.
pub fn shell_word(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Quotes a string as one word of a shell, unless it is one without quotes.
fn plain_shell_word(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@,+".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        shell_word(text)
    }
}

/// Returns the path and the query without the API key, percent-encoded, with `?` or `&` at the end: the key comes next.
fn target(request: &Request) -> String {
    let path: Vec<_> = request.path.split('/').map(encoded).collect();
    let mut pairs = String::new();
    for (name, value) in &request.parameters {
        pairs.extend([&encoded(name), "=", &encoded(shown(name, value)), "&"]);
    }
    format!("{}?{pairs}", path.join("/"))
}

fn encoded(text: &str) -> String {
    let encoded: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
    encoded.replace('+', "%20")
}

/// Returns the body as text.
fn body(request: &Request) -> Option<String> {
    let body = request.body.as_deref()?;
    Some(String::from_utf8_lossy(body).trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use spektrix_v2::Method;

    use super::*;

    fn request(body: Option<&str>) -> Request {
        Request {
            method: Method::Post,
            path: "customers/by name".to_owned(),
            parameters: vec![
                ("e-mail".to_owned(), "o'neill & $HOME".to_owned()),
                ("password".to_owned(), "s3cret".to_owned()),
            ],
            body: body.map(|body| body.as_bytes().to_vec()),
        }
    }

    #[test]
    fn targets_have_nothing_that_a_shell_expands() {
        let target = target(&request(None));
        assert_eq!(
            target,
            "customers/by%20name?e-mail=o%27neill%20%26%20%24HOME&password=***&"
        );
    }

    #[test]
    fn bodies_do_not_end_early() {
        let request = request(Some("<A>\nEND\n</A>\n"));
        let written = Context::default().write_body(&request);
        assert_eq!(written, "cat > body.xml <<'END_'\n<A>\nEND\n</A>\nEND_\n");
        let in_file = Context {
            body_file: Some("a b.xml"),
            ..Context::default()
        };
        assert_eq!(in_file.write_body(&request), "");
        assert_eq!(in_file.file(), "'a b.xml'");
    }

    #[test]
    fn words_are_quoted_if_a_shell_would_change_them() {
        let table = [
            ("plain", "limit=3", "limit=3"),
            ("an apostrophe", "a=o'neill", r"'a=o'\''neill'"),
            ("empty", "", "''"),
        ];
        for (name, text, expected) in table {
            assert_eq!(plain_shell_word(text), expected, "{name}");
        }
    }
}
