//! A request as a curl command.

use spektrix_v2::Method;

use super::{Context, SERVICE, target};
use crate::request::Request;

/// Returns a curl command for a POSIX shell. The address is in curl's standard input, because it contains the API key, and
/// every user of the machine can read the arguments of a process. In a session, the cookie is kept in a file.
pub fn curl(request: &Request, context: Context<'_>) -> String {
    let mut options = vec![
        "--silent --show-error".to_owned(),
        r#"--cert "$SPEKTRIX_CERT""#.to_owned(),
        r#"--key "$SPEKTRIX_KEY""#.to_owned(),
        r#"${SPEKTRIX_CA:+--cacert "$SPEKTRIX_CA"}"#.to_owned(),
    ];
    // With a body, both would send a POST.
    if request.method != Method::Get || request.body.is_some() {
        options.push(format!("--request {}", request.method));
    }
    if context.in_session {
        options.push("--cookie cookies.txt --cookie-jar cookies.txt".to_owned());
    }
    if request.body.is_some() {
        options.push(format!(
            "--header 'Content-Type: application/xml' --data-binary @{}",
            context.file()
        ));
    }
    format!(
        "{}curl {} \\\n  --config - <<END\nurl = \"${{SPEKTRIX_BASE_URL:-{SERVICE}}}$SPEKTRIX_CLIENT/api/v2/{}api_key=$SPEKTRIX_API_KEY\"\nEND\n",
        context.write_body(request),
        options.join(" \\\n  "),
        target(request)
    )
}
