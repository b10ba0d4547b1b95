//! A PostgreSQL server that only a test uses, so that it may restart it.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::foreign::did_not_run;

/// The password of the user `postgres`.
pub(super) const PASSWORD: &str = "right";

/// The server, which ends with the test.
pub(super) struct PostgresServer {
    folder: TempDir,
    port: u16,
}

impl PostgresServer {
    /// Starts a server that asks for passwords. `None` if its programs are not installed.
    pub(super) fn start() -> Option<Self> {
        let server = Self::new();
        std::fs::write(server.path("password"), PASSWORD).unwrap();
        let password = format!("--pwfile={}", server.path("password").display());
        let initialize = ["--username=postgres", "--auth=scram-sha-256", &password, "--no-sync"];
        if !server.command("initdb", &initialize) || !server.control("start") {
            did_not_run("no PostgreSQL server could be started: initdb and pg_ctl are required");
            return None;
        }
        Some(server)
    }

    /// Starts a server that has the same data: each transaction is sent to it when it has ended.
    pub(super) fn replica(&self) -> Self {
        let replica = Self::new();
        let url = self.url("postgres", PASSWORD, "postgres");
        let copy = [
            "--write-recovery-conf",
            "--checkpoint=fast",
            "--no-sync",
            "--dbname",
            &url,
        ];
        let is_started = replica.command("pg_basebackup", &copy) && replica.control("start");
        assert!(is_started, "the replica did not start");
        replica
    }

    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        // The programs refuse to run as root. Then another user writes to the folder.
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o777)).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        Self { folder, port }
    }

    /// Returns the URL of a database, with a user and a password.
    pub(super) fn url(&self, user: &str, password: &str, database: &str) -> String {
        format!("postgres://{user}:{password}@127.0.0.1:{}/{database}", self.port)
    }

    /// Ends all connections without a farewell, as a crash does, and starts the server again.
    pub(super) fn restart(&self) {
        assert!(self.control("restart"), "the server did not restart");
    }

    fn control(&self, action: &str) -> bool {
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c shared_buffers=16MB -c wal_level=logical",
            self.port
        );
        let log = self.path("log").display().to_string();
        self.command("pg_ctl", &[action, "-w", "-m", "immediate", "-l", &log, "-o", &options])
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, program: &str, arguments: &[&str]) -> bool {
        let is_root = std::fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
        let mut command = Command::new(if is_root { "runuser" } else { program });
        if is_root {
            command.args(["-u", "postgres", "--", program]);
        }
        command.arg("-D").arg(self.path("data")).args(arguments);
        let status = command
            .current_dir("/")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        status.is_ok_and(|status| status.success())
    }
}

impl Drop for PostgresServer {
    fn drop(&mut self) {
        self.control("stop");
    }
}
