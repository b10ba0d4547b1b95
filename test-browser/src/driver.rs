//! The process `chromedriver`, and how it starts Chromium.

use std::process::Stdio;

use serde_json::json;
use thirtyfour::prelude::*;
use thirtyfour::{ChromeCapabilities, LoggingPrefsLogLevel};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use crate::ThirdPartyCookies;

/// A running driver. It ends when it is dropped.
pub(super) struct DriverProcess {
    url: String,
    _process: Child,
}

impl DriverProcess {
    /// Starts the driver on any free port. `None` if it or Chromium is not installed.
    pub(super) async fn start() -> Option<Self> {
        let installed = Command::new("chromium")
            .arg("--version")
            .stderr(Stdio::null())
            .output()
            .await;
        installed.ok().filter(|output| output.status.success())?;
        let mut command = Command::new("chromedriver");
        command
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true);
        let mut process = command.spawn().ok()?;
        let mut lines = BufReader::new(process.stdout.take().expect("standard output")).lines();
        while let Some(line) = lines.next_line().await.expect("text") {
            let port = line.strip_prefix("ChromeDriver was started successfully on port ");
            if let Some(port) = port {
                let url = format!("http://127.0.0.1:{}", port.trim_end_matches('.'));
                return Some(Self { url, _process: process });
            }
        }
        panic!("chromedriver did not start");
    }

    /// Returns where the driver listens.
    pub(super) fn url(&self) -> &str {
        &self.url
    }
}

/// Returns how Chromium is to start.
pub(super) fn capabilities(cookies: ThirdPartyCookies) -> ChromeCapabilities {
    let mut capabilities = DesiredCapabilities::chrome();
    let arguments = [
        "--headless=new",
        // Its sandbox does not work for root and in containers. The pages are the tests' own.
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        // It must not reach any address but this machine.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1",
        "--no-proxy-server",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--hide-scrollbars",
    ];
    for argument in arguments {
        capabilities.add_arg(argument).expect(argument);
    }
    // 0 allows the cookies of other sites, 1 blocks them.
    let mode = i32::from(cookies == ThirdPartyCookies::Blocked);
    let preferences = json!({
        "profile.cookie_controls_mode": mode,
        "profile.block_third_party_cookies": cookies == ThirdPartyCookies::Blocked,
    });
    capabilities
        .add_experimental_option("prefs", preferences)
        .expect("preferences");
    capabilities
        .set_browser_log_level(LoggingPrefsLogLevel::All)
        .expect("a level");
    capabilities
}
