//! Files that a sandbox writes: its certificates in a private temporary folder, and the environment for a shell.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::tls::ClientCertificate;

/// The certificates of a sandbox as files.
///
/// Only their owner can read the folder and the key. The folder is removed when the sandbox is dropped.
#[derive(Debug)]
pub struct CertificateFiles {
    ca: PathBuf,
    certificate: PathBuf,
    key: PathBuf,
    /// The list of venues, if there are several.
    venues: Option<PathBuf>,
    // Removes the folder when it is dropped.
    folder: TempDir,
}

impl CertificateFiles {
    pub(crate) fn write(ca_pem: &str, client: &ClientCertificate) -> io::Result<Self> {
        let folder = private_folder()?;
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            write_new(&path, text).map(|()| path)
        };
        Ok(Self {
            ca: write("ca.pem", ca_pem)?,
            certificate: write("client.crt", client.certificate_pem())?,
            key: write("client.key", client.key_pem())?,
            venues: None,
            folder,
        })
    }

    /// Writes the certificate and the key of a further venue. Returns their paths.
    pub(crate) fn add(&self, client_name: &str, client: &ClientCertificate) -> io::Result<(PathBuf, PathBuf)> {
        let path = |extension: &str| self.folder.path().join(format!("{client_name}.{extension}"));
        let (certificate, key) = (path("crt"), path("key"));
        write_new(&certificate, client.certificate_pem())?;
        write_new(&key, client.key_pem())?;
        Ok((certificate, key))
    }

    /// Writes the list of venues, in JSON.
    pub(crate) fn write_venues(&mut self, json: &str) -> io::Result<()> {
        let path = self.folder.path().join("venues.json");
        write_new(&path, json)?;
        self.venues = Some(path);
        Ok(())
    }

    /// Returns the path of the list of venues, if there are [several](crate::SandboxBuilder::venues).
    ///
    /// It is a JSON array. Each venue has `client_name`, `api_key`, `seed`, and the paths `certificate` and `key`.
    pub fn venues(&self) -> Option<&Path> {
        self.venues.as_deref()
    }

    /// Returns the path of the authority's certificate (`curl --cacert`).
    pub fn ca(&self) -> &Path {
        &self.ca
    }

    /// Returns the path of the client certificate (`curl --cert`).
    pub fn certificate(&self) -> &Path {
        &self.certificate
    }

    /// Returns the path of the client's key (`curl --key`).
    pub fn key(&self) -> &Path {
        &self.key
    }
}

/// The environment variables that a sandbox sets.
pub(crate) mod variable {
    pub(crate) const CLIENT: &str = "SPEKTRIX_CLIENT";
    pub(crate) const API_KEY: &str = "SPEKTRIX_API_KEY";
    pub(crate) const CERT: &str = "SPEKTRIX_CERT";
    pub(crate) const KEY: &str = "SPEKTRIX_KEY";
    pub(crate) const CA: &str = "SPEKTRIX_CA";
    pub(crate) const BASE_URL: &str = "SPEKTRIX_BASE_URL";
    pub(crate) const SITE_URL: &str = "SPEKTRIX_SITE_URL";
    pub(crate) const CONTROL: &str = "SPEKTRIX_SANDBOX_CONTROL";

    pub(crate) const VENUES: &str = "SPEKTRIX_SANDBOX_VENUES";

    pub(super) const ALL: [&str; 9] = [CLIENT, API_KEY, CERT, KEY, CA, BASE_URL, SITE_URL, CONTROL, VENUES];

    /// What not every sandbox writes. Earlier versions wrote no URL of pages.
    pub(super) const OPTIONAL: [&str; 3] = [SITE_URL, CONTROL, VENUES];
}

/// Formats an environment for a shell, with a line `NAME='value'` for each variable.
pub(crate) fn environment_lines(environment: &[(&str, String)]) -> String {
    let mut text = String::new();
    for (name, value) in environment {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{name}='{}'", value.replace('\'', r"'\''"));
    }
    text
}

/// Writes the environment of a sandbox to a file that only its owner can read.
///
/// A file that an earlier sandbox wrote is replaced. Any other existing file is an error.
pub(crate) fn write_environment(path: &Path, environment: &[(&str, String)]) -> io::Result<()> {
    let lines = environment_lines(environment);
    match write_new(path, &lines) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && is_sandbox_environment(path) => {
            replace(path, &lines)
        }
        result => result,
    }
}

/// Returns whether a file contains what [`write_environment`] writes, and nothing else.
///
/// The address must be on loopback, so that a file with the credentials of the real service is never replaced.
fn is_sandbox_environment(path: &Path) -> bool {
    let is_file = path.symlink_metadata().is_ok_and(|metadata| metadata.is_file());
    is_file && std::fs::read_to_string(path).is_ok_and(|text| is_environment_of_sandbox(&text))
}

fn is_environment_of_sandbox(text: &str) -> bool {
    let is_variable = |line: &str| {
        let Some((name, value)) = line.split_once('=') else {
            return false;
        };
        let is_loopback = name != variable::BASE_URL || value.starts_with("'https://127.0.0.1:");
        variable::ALL.contains(&name)
            && is_loopback
            && value.len() > 1
            && value.starts_with('\'')
            && value.ends_with('\'')
    };
    let has = |name: &str| text.lines().any(|line| line.starts_with(&format!("{name}=")));
    let required = variable::ALL.iter().filter(|name| !variable::OPTIONAL.contains(name));
    text.lines().all(is_variable) && required.copied().all(has)
}

/// Replaces a file. A reader sees either the old or the new content.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    // A temporary file is created with permissions for its owner only.
    let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(text.as_bytes())?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

/// Writes a new file that only its owner can read. An existing file is an error.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    restrict_to_owner(&mut options);
    options.open(path)?.write_all(text.as_bytes())
}

#[cfg(unix)]
fn restrict_to_owner(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600);
}

#[cfg(not(unix))]
fn restrict_to_owner(_: &mut OpenOptions) {}

#[cfg(unix)]
fn private_folder() -> io::Result<TempDir> {
    use std::os::unix::fs::PermissionsExt;
    tempfile::Builder::new()
        .prefix("spektrix-sandbox-")
        .permissions(std::fs::Permissions::from_mode(0o700))
        .tempdir()
}

#[cfg(not(unix))]
fn private_folder() -> io::Result<TempDir> {
    tempfile::Builder::new().prefix("spektrix-sandbox-").tempdir()
}

#[cfg(test)]
mod tests {
    use super::{environment_lines, is_environment_of_sandbox, variable};

    #[test]
    fn values_are_quoted_for_a_shell() {
        let environment = [("A", "plain".to_owned()), ("B", "it's $HOME `x`".to_owned())];
        assert_eq!(environment_lines(&environment), "A='plain'\nB='it'\\''s $HOME `x`'\n");
    }

    #[test]
    fn only_the_environment_of_a_sandbox_is_recognized() {
        let environment = [
            (variable::CLIENT, "sandbox".to_owned()),
            (variable::API_KEY, "it's a key".to_owned()),
            (variable::CERT, "/tmp/client.crt".to_owned()),
            (variable::KEY, "/tmp/client.key".to_owned()),
            (variable::CA, "/tmp/ca.pem".to_owned()),
            (variable::BASE_URL, "https://127.0.0.1:8443/".to_owned()),
            (variable::SITE_URL, "http://127.0.0.1:8445/".to_owned()),
            (variable::CONTROL, "http://127.0.0.1:8444/".to_owned()),
        ];
        let lines = environment_lines(&environment);
        assert!(is_environment_of_sandbox(&lines));
        assert!(is_environment_of_sandbox(&environment_lines(&environment[..7])));
        assert!(is_environment_of_sandbox(&environment_lines(&environment[..6])));
        let others = [
            String::new(),
            environment_lines(&environment[..5]),
            format!("{lines}OTHER='1'\n"),
            format!("# Comment\n{lines}"),
            lines.replace("https://127.0.0.1:8443/", "https://api.system.spektrix.com/"),
            lines.replace('\'', "\""),
            lines.replace("SPEKTRIX_CLIENT='sandbox'", "SPEKTRIX_CLIENT='"),
        ];
        for other in others {
            assert!(!is_environment_of_sandbox(&other), "{other}");
        }
    }
}
