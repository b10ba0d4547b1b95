//! What a sandbox prints when it has started: the variables, and commands to try.

use std::path::Path;

use spektrix_v2_sandbox::Sandbox;

use crate::request::snippets::shell_word;

/// Returns lines for a shell: the variables, and comments with commands to try.
pub(super) fn text(sandbox: &Sandbox) -> String {
    let control = sandbox.control_url();
    format!(
        "{}# {}\n# Pages for a browser: {}\n{}# A session that has a basket: --cookie 'SessionId={}'\n",
        sandbox.environment_lines(),
        curl(sandbox),
        sandbox.site_url(),
        control.map(|url| format!("# curl {url}\n")).unwrap_or_default(),
        sandbox.seeded_session_id()
    )
}

/// Returns a curl command that needs none of the variables.
fn curl(sandbox: &Sandbox) -> String {
    let files = sandbox.files();
    let path = |path: &Path| shell_word(&path.display().to_string());
    let url = format!(
        "{}{}/api/v2/events?limit=3&api_key={}",
        sandbox.base_url(),
        sandbox.client_name(),
        sandbox.api_key()
    );
    format!(
        "curl --cacert {} --cert {} --key {} {}",
        path(files.ca()),
        path(files.certificate()),
        path(files.key()),
        shell_word(&url)
    )
}
