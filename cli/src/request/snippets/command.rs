//! A request as a command of this program.

use super::{Context, plain_shell_word, shown};
use crate::request::Request;

/// Returns `spektrix call` with its arguments. In a session, the cookie is kept in a file. Without a venue or `--sandbox`, it
/// reads the configuration as usual.
pub fn command(request: &Request, context: Context<'_>) -> String {
    let target = match request.info() {
        Some(info) => vec![info.name.to_owned()],
        None => vec![request.method.to_string(), request.path.clone()],
    };
    let pairs = request.parameters.iter();
    let pairs = pairs.map(|(name, value)| format!("{name}={}", shown(name, value)));
    let words: Vec<_> = target.into_iter().chain(pairs).collect();
    // Without it, a word that begins with a hyphen would be an option.
    let separator = if words.iter().any(|word| word.starts_with('-')) {
        " --"
    } else {
        ""
    };
    let words: Vec<_> = words.iter().map(|word| plain_shell_word(word)).collect();
    let words = format!(" {}", words.join(" "));
    let body = if request.body.is_some() {
        format!(" --body {}", context.file())
    } else {
        String::new()
    };
    let session = if context.in_session {
        " --session visitor.session"
    } else {
        ""
    };
    // Options come last, where a user changes them, unless the separator has ended them.
    let options = format!("{body}{session}");
    let arguments = if separator.is_empty() {
        format!("{words}{options}")
    } else {
        format!("{options}{separator}{words}")
    };
    format!("{}spektrix call{arguments}\n", context.write_body(request))
}

#[cfg(test)]
mod tests {
    use spektrix_v2::Method;

    use super::*;

    #[test]
    fn words_with_hyphens_are_no_options() {
        let command = |path: &str, name: &str| {
            let request = Request {
                method: Method::Post,
                path: path.to_owned(),
                parameters: vec![(name.to_owned(), "it's".to_owned())],
                body: Some(b"<A/>".to_vec()),
            };
            let context = Context {
                in_session: true,
                body_file: Some("a.xml"),
            };
            super::command(&request, context)
        };
        let options = "--body a.xml --session visitor.session";
        assert_eq!(
            command("x", "a"),
            format!("spektrix call POST x 'a=it'\\''s' {options}\n")
        );
        for (path, name) in [("--yes", "a"), ("x", "--config")] {
            assert_eq!(
                command(path, name),
                format!("spektrix call {options} -- POST {path} '{name}=it'\\''s'\n")
            );
        }
    }
}
