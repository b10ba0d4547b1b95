//! Chromium, driven over `WebDriver`. Each test has its own driver, and so its own cookies.

use std::future::Future;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use reqwest::redirect::Policy;
use serde_json::json;
use thirtyfour::ChromeCapabilities;
use thirtyfour::prelude::*;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// How long a test waits for what it expects to see.
const PATIENCE: Duration = Duration::from_secs(20);

/// Whether the browser sends cookies from a frame on another site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ThirdPartyCookies {
    Allowed,
    Blocked,
}

/// A window of Chromium.
pub(crate) struct Chromium {
    driver: WebDriver,
    // Ends the driver when it is dropped.
    _process: Child,
}

impl Chromium {
    /// Runs a test in a browser, or prints that it did not run.
    pub(crate) async fn run<F: Future<Output = ()>>(
        test: &str,
        cookies: ThirdPartyCookies,
        body: impl FnOnce(Self) -> F,
    ) {
        match start_driver().await {
            Some((process, url)) => body(Self::connect(process, &url, cookies).await).await,
            None => {
                let message = format!("NOT RUN: {test}: chromium and chromedriver are not installed");
                writeln!(std::io::stderr(), "{message}").expect("standard error");
            }
        }
    }

    async fn connect(process: Child, url: &str, cookies: ThirdPartyCookies) -> Self {
        // For the client that `thirtyfour` creates itself. It fails if another test of this process was faster.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().no_proxy().redirect(Policy::none()).build();
        let driver = WebDriver::builder(url, capabilities(cookies)).client(client.expect("a client"));
        let driver = driver.connect().await.expect("a browser");
        driver.set_window_rect(0, 0, 1000, 1400).await.expect("a window");
        Self {
            driver,
            _process: process,
        }
    }

    pub(crate) async fn open(&self, url: &str) {
        self.driver.goto(url).await.expect(url);
    }

    /// Returns the URL of the window, not of a frame in it.
    pub(crate) async fn url(&self) -> String {
        self.driver.enter_default_frame().await.expect("the window");
        self.driver.current_url().await.expect("a URL").to_string()
    }

    /// Waits until the frame shows a text, and enters the frame.
    pub(crate) async fn see_in_frame(&self, text: &str) {
        self.wait_for(text, true).await;
    }

    /// Waits until the window shows a text.
    pub(crate) async fn see(&self, text: &str) {
        self.wait_for(text, false).await;
    }

    /// Clicks a button of the page or frame that was seen last.
    pub(crate) async fn click(&self, label: &str) {
        self.click_element("button", label).await;
    }

    /// Clicks a link of the page or frame that was seen last.
    pub(crate) async fn follow(&self, label: &str) {
        self.click_element("a", label).await;
    }

    async fn click_element(&self, element: &str, label: &str) {
        let path = format!("//{element}[contains(normalize-space(), '{label}')]");
        let element = self.driver.query(By::XPath(path)).first().await.expect(label);
        element.click().await.expect(label);
    }

    /// Fills in the first field that a selector finds, in the page or frame that was seen last.
    pub(crate) async fn fill_in(&self, selector: &str, value: &str) {
        let field = self.driver.query(By::Css(selector)).first().await.expect(selector);
        field.clear().await.expect(selector);
        field.send_keys(value).await.expect(selector);
    }

    /// Waits until the frame has a height that is as expected. Returns it in CSS pixels.
    pub(crate) async fn frame_height(&self, is_expected: impl Fn(f64) -> bool) -> f64 {
        self.driver.enter_default_frame().await.expect("the window");
        let frame = self.driver.find(By::Id("SpektrixIFrame")).await.expect("a frame");
        let mut height = 0.0;
        for _ in 0..100 {
            height = frame.rect().await.expect("a size").height;
            if is_expected(height) {
                return height;
            }
            tokio::time::sleep(PATIENCE / 100).await;
        }
        panic!("the frame has a height of {height}");
    }

    /// Writes a picture of the window, if the tests are called with a folder for pictures.
    pub(crate) async fn take_picture(&self, name: &str) {
        if let Some(folder) = std::env::var_os("SPEKTRIX_SCREENSHOTS") {
            let path = PathBuf::from(folder).join(format!("{name}.png"));
            self.driver.enter_default_frame().await.expect("the window");
            self.driver.screenshot(&path).await.expect("a picture");
        }
    }

    pub(crate) async fn close(self) {
        self.driver.quit().await.expect("the browser ends");
    }

    /// Waits until the browser shows its own error page in the frame.
    pub(crate) async fn see_error_in_frame(&self) {
        let mut url = String::new();
        for _ in 0..100 {
            if self.text(true).await.is_ok() {
                let shown = self
                    .driver
                    .execute("return document.URL", Vec::new())
                    .await
                    .expect("a URL");
                url = shown.convert().expect("text");
            }
            if url.starts_with("chrome-error:") {
                return;
            }
            tokio::time::sleep(PATIENCE / 100).await;
        }
        panic!("the frame shows {url}");
    }

    async fn wait_for(&self, text: &str, in_frame: bool) {
        let mut shown = String::new();
        for _ in 0..100 {
            // It fails while a page is being replaced.
            if let Ok(now) = self.text(in_frame).await {
                shown = now;
            }
            if shown.contains(text) {
                return;
            }
            tokio::time::sleep(PATIENCE / 100).await;
        }
        panic!("the browser does not show {text:?}, but {shown:?}");
    }

    async fn text(&self, in_frame: bool) -> WebDriverResult<String> {
        self.driver.enter_default_frame().await?;
        if in_frame {
            let frame = self.driver.find(By::Id("SpektrixIFrame")).await?;
            frame.enter_frame().await?;
        }
        self.driver.find(By::Tag("body")).await?.text().await
    }
}

/// Starts the driver on any free port. `None` if it or Chromium is not installed.
async fn start_driver() -> Option<(Child, String)> {
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
            return Some((process, url));
        }
    }
    panic!("chromedriver did not start");
}

fn capabilities(cookies: ThirdPartyCookies) -> ChromeCapabilities {
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
}
