//! The website of TESTING.md, in PHP, tried with the commands of the page: a visitor buys tickets, the service fails, and the
//! website survives.

use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use roxmltree::Document;
use spektrix_v2_test_browser::{Chromium, ThirdPartyCookies};

use crate::program::{Folder, Running, outcome};
use crate::testing_guide::{GUIDE, LAST_LINE, code_block};

const EMAIL: &str = "ada.sample@example.org";
const PASSWORD: &str = "sandbox-password";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_website_in_php_sells_tickets_and_survives() {
    let test = "a_website_in_php_sells_tickets_and_survives";
    let checks = [
        ("curl", "--version"),
        ("php", "-rcurl_init(); simplexml_load_string('<a/>');"),
    ];
    for (program, argument) in checks {
        let mut check = Command::new(program);
        let check = check.arg(argument).stdout(Stdio::null()).stderr(Stdio::null()).status();
        if !check.is_ok_and(|status| status.success()) {
            println!("NOT RUN: {test}: curl, and php with its extensions curl and SimpleXML, are not installed");
            return;
        }
    }
    Chromium::run(test, ThirdPartyCookies::Allowed, try_the_website).await;
}

async fn try_the_website(browser: Chromium) {
    let mut trial = Trial::start().await;
    let orders_before = trial.orders().len();
    buy_two_tickets(&browser, &trial).await;
    let orders = trial.orders();
    assert_eq!(orders.len(), orders_before + 1);
    browser.follow("My account").await;
    browser.see_in_frame(orders.last().unwrap()).await;

    survive_failures(&browser, &trial).await;
    let key = trial.run("echo $SPEKTRIX_KEY");
    let (code, printed) = trial.sandbox.end_with("-TERM");
    assert_eq!(code, Some(0), "{printed}");
    assert!(!Path::new(key.trim()).exists(), "the key was not removed");
    assert!(
        !trial.folder.file("sandbox.env").exists(),
        "the variables were not removed"
    );
    see_old_list(&browser, &trial).await;
}

/// A sandbox and the website, started with the commands of the page.
struct Trial {
    folder: Folder,
    port: String,
    sandbox: Running,
    _website: Running,
}

impl Trial {
    async fn start() -> Self {
        let folder = Folder::new();
        folder.write("site.php", code_block("php", "function whats_on"));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port().to_string();
        drop(listener);
        let commands = code_block("sh", "php -S localhost:8000 site.php").replace("8000", &port);
        let (sandbox, website) = commands.split_once('\n').unwrap();

        let mut sandbox = Running::spawn(folder.shell(&format!("exec {sandbox}")));
        sandbox.lines_until(LAST_LINE);
        // `exec`, so that the end of the test ends the website, and not only its shell.
        let mut website = folder.shell(&website.replace("php -S", "exec php -S"));
        website.env("LIST_FILE", folder.file("whats-on.json"));
        let website = Running::spawn(website);
        wait_until_it_listens(&port).await;
        Self {
            folder,
            port,
            sandbox,
            _website: website,
        }
    }

    fn url(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }

    /// Runs a command in another shell, with the variables of the sandbox.
    fn run(&self, command: &str) -> String {
        let script = format!("{}{command}", code_block("sh", ". ./sandbox.env"));
        outcome(self.folder.shell(&script).output().unwrap()).success()
    }

    /// Returns the numbers of the customer's orders, with the command of the page.
    fn orders(&self) -> Vec<String> {
        let orders = self.run(code_block("sh", "GET orders"));
        let orders = Document::parse(&orders).unwrap();
        let numbers = orders.descendants().filter(|node| node.has_tag_name("FriendlyId"));
        numbers.map(|node| node.text().unwrap().to_owned()).collect()
    }
}

async fn wait_until_it_listens(port: &str) {
    for _ in 0..100 {
        if TcpStream::connect(format!("localhost:{port}")).is_ok() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the website does not listen");
}

/// Buys tickets as the page describes it, starting with the first page of the website.
async fn buy_two_tickets(browser: &Chromium, trial: &Trial) {
    assert!(GUIDE.contains(&format!("`{EMAIL}` with the password `{PASSWORD}`")));
    browser.open(&trial.url("/")).await;
    browser.see("What's on").await;
    browser.follow("Book for").await;
    browser.see_in_frame("seats are free").await;
    browser.fill_in("input[type=number]", "2").await;
    browser.click("Add to basket").await;
    browser.see_in_frame("2 tickets were added").await;
    // The script of the frame has run.
    browser.frame_height(|height| (height - 1000.0).abs() > 1.0).await;
    browser.see_in_frame("2 tickets were added").await;
    browser.follow("Checkout").await;
    browser.see_in_frame("Email").await;
    assert_eq!(browser.url().await, trial.url("/checkout"));
    browser.see_in_frame("Email").await;
    browser.fill_in("input[type=email]", EMAIL).await;
    browser.fill_in("input[type=password]", PASSWORD).await;
    browser.click("Sign in").await;
    browser.see_in_frame("Delivery of the tickets").await;
    browser.click("Pay, and confirm at the bank").await;
    browser.see_in_frame("Is it you who is paying?").await;
    browser.click("Yes, confirm the payment").await;
    browser.see_in_frame("Thank you").await;
}

/// The website shows its last list, whatever the service does.
async fn survive_failures(browser: &Chromium, trial: &Trial) {
    let of_the_page = r#"{"kind": "status", "status": 503}"#;
    let inject = code_block("sh", &format!("{{\"fault\": {of_the_page}}}"));
    for fault in [
        of_the_page,
        r#"{"kind": "html_page", "status": 200}"#,
        r#"{"kind": "empty_list"}"#,
        r#"{"kind": "reset"}"#,
    ] {
        trial.run(&inject.replace(of_the_page, fault));
        see_old_list(browser, trial).await;
        let faults = trial.run("curl -sS \"${SPEKTRIX_SANDBOX_CONTROL}faults\"");
        assert!(faults.contains(r#""fired":1"#), "{faults}");
        trial.run(code_block("sh", "curl -X DELETE"));
    }
    browser.open(&trial.url("/")).await;
    browser.see("Book for").await;
    assert!(!browser.shows("not available at the moment").await);
}

async fn see_old_list(browser: &Chromium, trial: &Trial) {
    browser.open(&trial.url("/")).await;
    browser.see("not available at the moment").await;
    browser.see("Book for").await;
}
