//! A request as a command of this program.

use super::{Context, plain_shell_word, shown};
use crate::request::Request;

/// Returns `spektrix call` with its arguments. In a session, the cookie is kept in a file. Without a venue or `--sandbox`, it reads the configuration as usual.
pub fn command(request: &Request, context: Context<'_>) -> String {
    let target = match request.info() {
        Some(info) => info.name.to_owned(),
        None => format!("{} {}", request.method, plain_shell_word(&request.path)),
    };
    let pairs = request.parameters.iter();
    let words = pairs.map(|(name, value)| format!(" {}", plain_shell_word(&format!("{name}={}", shown(name, value)))));
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
    format!(
        "{}spektrix call {target}{}{body}{session}\n",
        context.write_body(request),
        words.collect::<String>()
    )
}
