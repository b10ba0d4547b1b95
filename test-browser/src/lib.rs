//! Chromium for tests, driven over `WebDriver`. Each test has its own driver, and so its own cookies.
#![allow(clippy::missing_panics_doc, reason = "a test panics where it fails")]

mod driver;

use std::io::Write as _;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::PathBuf;
use std::time::Duration;

use futures_util::FutureExt as _;
use reqwest::redirect::Policy;
use thirtyfour::prelude::*;

use driver::DriverProcess;

/// How long a test waits for what it expects to see.
const PATIENCE: Duration = Duration::from_secs(20);

/// Whether the browser sends cookies from a frame on another site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThirdPartyCookies {
    /// As Chromium is installed.
    Allowed,
    /// As its users can choose.
    Blocked,
}

/// A window of Chromium.
#[derive(Debug)]
pub struct Chromium {
    driver: WebDriver,
}

impl Chromium {
    /// Runs a test in a browser, or prints that it did not run.
    ///
    /// If the test fails, the [console](Self::console) is printed.
    pub async fn run<F: Future<Output = ()>>(test: &str, cookies: ThirdPartyCookies, body: impl FnOnce(Self) -> F) {
        let Some(process) = DriverProcess::start().await else {
            print(&format!("NOT RUN: {test}: chromium and chromedriver are not installed"));
            return;
        };
        let driver = connect(&process, cookies).await;
        let browser = Self { driver: driver.clone() };
        // The console must be read before the browser ends.
        let result = AssertUnwindSafe(async { body(browser).await }).catch_unwind().await;
        if let Err(panic) = result {
            print_console(test, &driver).await;
            // The failure of the test is the one to report.
            let _ = driver.quit().await;
            resume_unwind(panic);
        }
        driver.quit().await.expect("the browser ends");
    }

    /// Opens a page in the window.
    pub async fn open(&self, url: &str) {
        self.driver.goto(url).await.expect(url);
    }

    /// Returns the URL of the window, not of a frame in it.
    pub async fn url(&self) -> String {
        self.driver.enter_default_frame().await.expect("the window");
        self.driver.current_url().await.expect("a URL").to_string()
    }

    /// Waits until the frame shows a text, and enters the frame.
    pub async fn see_in_frame(&self, text: &str) {
        self.wait_for(text, true).await;
    }

    /// Waits until the window shows a text.
    pub async fn see(&self, text: &str) {
        self.wait_for(text, false).await;
    }

    /// Returns whether the window shows a text now.
    pub async fn shows(&self, text: &str) -> bool {
        self.text(false).await.expect("a page").contains(text)
    }

    /// Clicks a button of the page or frame that was seen last.
    pub async fn click(&self, label: &str) {
        self.click_element("button", label).await;
    }

    /// Clicks a link of the page or frame that was seen last.
    pub async fn follow(&self, label: &str) {
        self.click_element("a", label).await;
    }

    async fn click_element(&self, element: &str, label: &str) {
        let path = format!("//{element}[contains(normalize-space(), '{label}')]");
        let element = self.driver.query(By::XPath(path)).first().await.expect(label);
        element.click().await.expect(label);
    }

    /// Fills in the first field that a selector finds, in the page or frame that was seen last.
    pub async fn fill_in(&self, selector: &str, value: &str) {
        let field = self.driver.query(By::Css(selector)).first().await.expect(selector);
        field.clear().await.expect(selector);
        field.send_keys(value).await.expect(selector);
    }

    /// Runs a script in the page or frame that was seen last, and returns the string that it returns.
    pub async fn run_script(&self, script: &str) -> String {
        let result = self.driver.execute(script, Vec::new()).await.expect(script);
        result.convert().expect("a string")
    }

    /// Waits until the frame has a height that is as expected. Returns it in CSS pixels.
    pub async fn frame_height(&self, is_expected: impl Fn(f64) -> bool) -> f64 {
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

    /// Returns the lines of the console since they were last read: messages, errors of scripts, requests that failed.
    pub async fn console(&self) -> Vec<String> {
        console(&self.driver).await.expect("the console")
    }

    /// Writes a picture of the window, if the tests are called with a folder for pictures.
    pub async fn take_picture(&self, name: &str) {
        if let Some(folder) = std::env::var_os("SPEKTRIX_SCREENSHOTS") {
            let path = PathBuf::from(folder).join(format!("{name}.png"));
            self.driver.enter_default_frame().await.expect("the window");
            self.driver.screenshot(&path).await.expect("a picture");
        }
    }

    /// Waits until the browser shows its own error page in the frame.
    pub async fn see_error_in_frame(&self) {
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

async fn connect(process: &DriverProcess, cookies: ThirdPartyCookies) -> WebDriver {
    // For the client that `thirtyfour` creates itself. It fails if another test of this process was faster.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().no_proxy().redirect(Policy::none()).build();
    let driver = WebDriver::builder(process.url(), driver::capabilities(cookies)).client(client.expect("a client"));
    let driver = driver.connect().await.expect("a browser");
    driver.set_window_rect(0, 0, 1000, 1400).await.expect("a window");
    driver
}

/// Returns the lines of the console since they were last read.
async fn console(driver: &WebDriver) -> WebDriverResult<Vec<String>> {
    let entries = driver.browser_log().await?.into_iter();
    Ok(entries
        .map(|entry| format!("{}: {}", entry.level, entry.message))
        .collect())
}

async fn print_console(test: &str, driver: &WebDriver) {
    match console(driver).await {
        Ok(lines) => print(&format!("{test}: the console of the browser: {lines:#?}")),
        // The browser may have crashed, which must not hide the failure of the test.
        Err(error) => print(&format!("{test}: cannot read the console of the browser: {error}")),
    }
}

/// Prints a line that is shown even if the output of tests is captured.
fn print(line: &str) {
    writeln!(std::io::stderr(), "{line}").expect("standard error");
}
