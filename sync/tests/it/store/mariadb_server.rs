//! A MariaDB server that only a test uses, so that it may restart it and change its settings.

use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::Duration;

use tempfile::TempDir;

use crate::database::administrate;
use crate::foreign::did_not_run;

/// The server, which ends with the test.
pub(super) struct MariaDbServer {
    folder: TempDir,
    port: u16,
    process: Mutex<Option<Child>>,
}

impl MariaDbServer {
    /// Starts a server whose user `root` has no password. `None` if its programs are not installed.
    pub(super) fn start() -> Option<Self> {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = Self {
            folder: tempfile::tempdir().unwrap(),
            port,
            process: Mutex::new(None),
        };
        let install = Command::new("mariadb-install-db")
            .args([
                "--no-defaults",
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
            ])
            .args(server.options())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        if !install.is_ok_and(|status| status.success()) || !server.spawn() {
            did_not_run("no MariaDB server could be started: mariadb-install-db and mariadbd are required");
            return None;
        }
        Some(server)
    }

    /// Returns the URL of a database.
    pub(super) fn url(&self, database: &str) -> String {
        format!("mysql://root@127.0.0.1:{}/{database}", self.port)
    }

    /// Runs a statement.
    pub(super) async fn administrate(&self, sql: &str) {
        administrate(&self.url("mysql"), sql).await.unwrap();
    }

    /// Ends all connections without a farewell, as a crash does, and starts the server again.
    pub(super) fn restart(&self) {
        self.kill();
        assert!(self.spawn(), "the server did not restart");
    }

    fn options(&self) -> Vec<String> {
        let data: PathBuf = self.folder.path().join("data");
        let mut options = vec![format!("--datadir={}", data.display())];
        // The programs refuse to run as root, unless that is said.
        if std::fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0) {
            options.push("--user=root".to_owned());
        }
        options
    }

    /// Starts the process, and waits until it accepts connections.
    fn spawn(&self) -> bool {
        let socket = self.folder.path().join("socket");
        let spawned = Command::new("mariadbd")
            .arg("--no-defaults")
            .args(self.options())
            .args([
                "--bind-address=127.0.0.1",
                "--innodb-buffer-pool-size=16M",
                "--skip-log-bin",
            ])
            .arg(format!("--port={}", self.port))
            .arg(format!("--socket={}", socket.display()))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let Ok(process) = spawned else { return false };
        *self.process.lock().unwrap() = Some(process);
        (0..1_200).any(|_| {
            std::thread::sleep(Duration::from_millis(50));
            TcpStream::connect(("127.0.0.1", self.port)).is_ok()
        })
    }

    fn kill(&self) {
        if let Some(mut process) = self.process.lock().unwrap().take() {
            // It may have ended by itself.
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

impl Drop for MariaDbServer {
    fn drop(&mut self) {
        self.kill();
    }
}
