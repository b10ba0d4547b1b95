//! The environment that a client needs to reach a sandbox, as values and as a file for a shell.

use std::fmt::Write;
use std::io;
use std::path::Path;

use crate::files::write_private;
use crate::sandbox::Sandbox;

pub(crate) fn of(sandbox: &Sandbox) -> Vec<(&'static str, String)> {
    let path = |path: &Path| path.display().to_string();
    let mut environment = vec![
        ("SPEKTRIX_CLIENT", sandbox.client_name().to_owned()),
        ("SPEKTRIX_API_KEY", sandbox.api_key().to_owned()),
        ("SPEKTRIX_CERT", path(sandbox.files().certificate())),
        ("SPEKTRIX_KEY", path(sandbox.files().key())),
        ("SPEKTRIX_CA", path(sandbox.files().ca())),
        ("SPEKTRIX_BASE_URL", sandbox.base_url()),
    ];
    environment.extend(sandbox.control_url().map(|url| ("SPEKTRIX_SANDBOX_CONTROL", url)));
    environment
}

pub(crate) fn write(sandbox: &Sandbox, path: &Path) -> io::Result<()> {
    write_private(path, &lines(&of(sandbox)))
}

/// A line `NAME='value'` for each, as shells read them.
pub(crate) fn lines(environment: &[(&str, String)]) -> String {
    let mut text = String::new();
    for (name, value) in environment {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{name}='{}'", value.replace('\'', r"'\''"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn a_shell_reads_back_what_was_written() {
        let environment = [("A", "plain".to_owned()), ("B", "it's $HOME `x`".to_owned())];
        assert_eq!(lines(&environment), "A='plain'\nB='it'\\''s $HOME `x`'\n");
    }
}
