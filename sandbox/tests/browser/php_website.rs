//! The website of TESTING.md, in PHP: a visitor buys tickets on it, and it survives when the service fails.

use std::io::Write as _;
use std::net::TcpListener;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use spektrix_v2_sandbox::{Fault, Sandbox};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

use crate::purchase::{EMAIL, orders};
use spektrix_v2_test_browser::{Chromium, ThirdPartyCookies};

const GUIDE: &str = include_str!("../../TESTING.md");

/// Returns the website of the guide.
fn program() -> &'static str {
    let mut programs = GUIDE
        .split("```php\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next());
    programs
        .find(|program| program.contains("function whats_on"))
        .expect("a website")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_website_in_php_sells_tickets_and_survives() {
    let test = "a_website_in_php_sells_tickets_and_survives";
    let mut check = Command::new("php");
    let check = check.args(["-r", "curl_init(); simplexml_load_string('<a/>');"]);
    let is_installed = check.stdout(Stdio::null()).stderr(Stdio::null()).status().await;
    if !is_installed.is_ok_and(|status| status.success()) {
        let message = format!("NOT RUN: {test}: php with its extensions curl and SimpleXML is not installed");
        writeln!(std::io::stderr(), "{message}").expect("standard error");
        return;
    }
    Chromium::run(test, ThirdPartyCookies::Allowed, buy_tickets).await;
}

async fn buy_tickets(browser: Chromium) {
    let port = TcpListener::bind("127.0.0.1:0")
        .expect("a port")
        .local_addr()
        .expect("an address")
        .port();
    let url = |path: &str| format!("http://localhost:{port}{path}");
    let builder = Sandbox::builder().checkout_link(url("/checkout"));
    let sandbox = builder.start().await.expect("a sandbox");
    let client = sandbox.client().expect("a client");
    let folder = tempfile::tempdir().expect("a folder");
    let _website = start_website(&sandbox, folder.path(), port).await;
    let before = orders(&client).await;

    buy_in_browser(&browser, &url, sandbox.seeded_password()).await;
    let after = orders(&client).await;
    assert_eq!(after.len(), before.len() + 1);
    let order = after.last().expect("an order");
    browser.follow("My account").await;
    browser
        .see_in_frame(order.friendly_id.as_deref().expect("a number"))
        .await;

    survive_failures(&browser, &sandbox, &url("/")).await;
}

/// Buys two tickets, starting with the first page of the website.
async fn buy_in_browser(browser: &Chromium, url: &impl Fn(&str) -> String, password: &str) {
    browser.open(&url("/")).await;
    browser.see("What's on").await;
    browser.follow("Book for").await;
    browser.see_in_frame("seats are free").await;
    browser.fill_in("input[type=number]", "2").await;
    browser.click("Add to basket").await;
    browser.see_in_frame("2 tickets were added").await;
    browser.frame_height(|height| (height - 1000.0).abs() > 1.0).await;
    browser.see_in_frame("2 tickets were added").await;
    browser.follow("Checkout").await;
    browser.see_in_frame("Email").await;
    assert_eq!(browser.url().await, url("/checkout"));
    browser.see_in_frame("Email").await;
    browser.fill_in("input[type=email]", EMAIL).await;
    browser.fill_in("input[type=password]", password).await;
    browser.click("Sign in").await;
    browser.see_in_frame("Delivery of the tickets").await;
    browser.click("Pay, and confirm at the bank").await;
    browser.see_in_frame("Is it you who is paying?").await;
    browser.click("Yes, confirm the payment").await;
    browser.see_in_frame("Thank you").await;
}

/// The website shows its last list, whatever the service does.
async fn survive_failures(browser: &Chromium, sandbox: &Sandbox, url: &str) {
    for fault in [
        Fault::Status {
            status: 503,
            retry_after: None,
        },
        Fault::HtmlPage { status: 200 },
        Fault::Reset,
    ] {
        sandbox.inject(fault.on("GetInstances").times(1)).expect("a fault");
        browser.open(url).await;
        browser.see("not available at the moment").await;
        browser.see("Book for").await;
    }
    assert!(
        sandbox.faults().iter().all(|fault| fault.fired == 1),
        "{:?}",
        sandbox.faults()
    );
}

/// Starts the website, and waits until it listens.
async fn start_website(sandbox: &Sandbox, folder: &Path, port: u16) -> Child {
    let file = folder.join("site.php");
    std::fs::write(&file, program()).expect("a file");
    let mut command = Command::new("php");
    command
        .args(["-S", &format!("127.0.0.1:{port}")])
        .arg(&file)
        .envs(sandbox.environment())
        .env("LIST_FILE", folder.join("whats-on.json"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true);
    let process = command.spawn().expect("it runs");
    for _ in 0..100 {
        if TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
            return process;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the website does not listen");
}
