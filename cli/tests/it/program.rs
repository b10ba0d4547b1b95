//! Runs the program for tests: without a configuration, in a new folder.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

/// A folder to run the program in.
pub(crate) struct Folder(TempDir);

/// What the program printed, and its exit code.
pub(crate) struct Outcome {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: &str) {
        std::fs::write(self.file(name), content).unwrap();
    }

    /// Runs the program with these arguments.
    pub(crate) fn spektrix(&self, arguments: &[&str]) -> Outcome {
        outcome(self.command().args(arguments).output().unwrap())
    }

    /// Returns the program as a command that sees no configuration of the machine.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_spektrix"));
        command.current_dir(self.path()).env_clear();
        command.env("HOME", self.path()).env("PASSPHRASE", "correct horse");
        command
    }

    /// Returns a command that runs a script in a shell as a user does, with the program in the search path.
    #[cfg(unix)]
    pub(crate) fn shell(&self, script: &str) -> Command {
        let [programs, temporary] = ["bin", "tmp"].map(|name| self.file(name));
        if !programs.exists() {
            std::fs::create_dir(&programs).unwrap();
            std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_spektrix"), programs.join("spektrix")).unwrap();
            std::fs::create_dir(&temporary).unwrap();
        }
        let path = std::env::var("PATH").unwrap();
        let mut command = Command::new("sh");
        command.args(["-euc", script]).current_dir(self.path()).env_clear();
        command.env("HOME", self.path()).env("TMPDIR", temporary);
        command.env("PATH", format!("{}:{path}", programs.display()));
        command
    }

    /// Writes a program that can be run by its path.
    #[cfg(unix)]
    pub(crate) fn write_program(&self, name: &str, content: &str) {
        use std::os::unix::fs::PermissionsExt as _;

        std::fs::create_dir_all(self.file(name).parent().unwrap()).unwrap();
        self.write(name, content);
        std::fs::set_permissions(self.file(name), std::fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Runs openssl, which must succeed. Returns what it printed.
    pub(crate) fn openssl(&self, arguments: &str) -> String {
        let mut command = Command::new("openssl");
        command
            .current_dir(self.path())
            .args(arguments.split(' '))
            .env("PASSPHRASE", "correct horse");
        let outcome = outcome(command.output().unwrap());
        assert_eq!(outcome.code, 0, "openssl {arguments}: {}", outcome.stderr);
        format!("{}{}", outcome.stdout, outcome.stderr)
    }
}

pub(crate) fn outcome(output: Output) -> Outcome {
    Outcome {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Outcome {
    /// Returns what was printed, after a check that it succeeded.
    #[track_caller]
    pub(crate) fn success(self) -> String {
        assert_eq!(self.code, 0, "{}", self.stderr);
        self.stdout
    }

    /// Checks the exit code and a part of the message, which must not be a panic.
    #[track_caller]
    pub(crate) fn fails(&self, code: i32, message: &str) {
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
        assert!(self.stderr.contains(message), "{message}: {}", self.stderr);
        assert_eq!(self.code, code, "{}", self.stderr);
    }
}

/// A program that is killed when the test ends, if it still runs.
pub(crate) struct Running(pub(crate) Child);

impl Drop for Running {
    fn drop(&mut self) {
        // Both fail if it has ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Running {
    pub(crate) fn start(folder: &Folder, arguments: &[&str]) -> Self {
        let mut command = folder.command();
        command.args(arguments);
        Self::spawn(command)
    }

    pub(crate) fn spawn(mut command: Command) -> Self {
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        Self(command.spawn().unwrap())
    }

    /// Returns what it prints until a line starts with this.
    pub(crate) fn lines_until(&mut self, last: &str) -> String {
        let mut lines = BufReader::new(self.0.stdout.take().unwrap()).lines();
        let mut text = String::new();
        loop {
            let line = lines.next().unwrap().unwrap();
            text.push_str(&line);
            text.push('\n');
            if line.starts_with(last) {
                return text;
            }
        }
    }

    /// Sends a signal, and returns the exit code and what it printed to standard error.
    pub(crate) fn end_with(&mut self, signal: &str) -> (Option<i32>, String) {
        let id = self.0.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        let status = self.0.wait().unwrap();
        let mut printed = String::new();
        self.0.stderr.take().unwrap().read_to_string(&mut printed).unwrap();
        (status.code(), printed)
    }
}

/// Whether openssl is installed. Tests that compare with it print that they did not run.
pub(crate) fn has_openssl() -> bool {
    let found = Command::new("openssl").arg("version").output().is_ok();
    if !found {
        println!("NOT RUN: openssl is not installed");
    }
    found
}
