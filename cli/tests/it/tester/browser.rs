//! Tests of the page in Chromium: a read, a basket, an order, an error, and the attacks of another website.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;

use spektrix_v2_test_browser::{Chromium, ThirdPartyCookies};

use super::Tester;
use crate::program::Folder;

const CREDENTIALS: &str = "<Credentials><AddToBasket>true</AddToBasket><Email>ada.sample@example.org</Email>\
    <Password>sandbox-password</Password></Credentials>";

#[tokio::test]
async fn tickets_are_sold_by_hand() {
    let name = "tickets_are_sold_by_hand";
    Chromium::run(name, ThirdPartyCookies::Blocked, |browser| async move {
        let folder = Folder::new();
        let tester = Tester::start(&folder, &["--sandbox", "tester"], &[]);
        browser.open(&tester.url).await;
        browser.see("Send a request").await;
        assert_eq!(
            browser.url().await,
            format!("http://127.0.0.1:{}/", tester.port),
            "the token is removed"
        );
        read(&browser).await;
        fill_basket(&browser).await;
        order(&browser).await;
        fail(&browser).await;
        assert_eq!(
            browser.console().await,
            Vec::<String>::new(),
            "nothing is refused by the policy"
        );
    })
    .await;
}

/// Sends a read, and looks at it in each view.
async fn read(browser: &Chromium) {
    browser.follow("GetEvents").await;
    browser.fill_in("[name='p.limit']", "2").await;
    browser.click("Send").await;
    browser.see("GET events?limit=2&api_key=***").await;
    browser.see("<Name>Jack Frost and the Seven Kettles</Name>").await;
    browser.take_picture("tester-xml").await;
    check_accessibility(browser).await;
    for (view, expected) in [
        ("JSON", "\"id\": 7001"),
        ("Table", "2 objects"),
        ("Headers", "spektrix-v2/"),
        ("Copy as code", "<?php"),
    ] {
        browser.follow(view).await;
        browser.see(expected).await;
        check_accessibility(browser).await;
    }
    browser.click("Copy").await;
    browser.see("Copied").await;
}

/// Checks that a screen reader can name every field and part of the page, and that nothing is wider than the window.
async fn check_accessibility(browser: &Chromium) {
    let script = "const wrong = [];\
        for (const field of document.querySelectorAll('input:not([type=hidden]), select, textarea'))\
            if (!field.labels.length && !field.ariaLabel) wrong.push('no label: ' + field.name);\
        for (const part of document.querySelectorAll('nav, section.panel, [tabindex=\"0\"]'))\
            if (!part.ariaLabel && !part.getAttribute('aria-labelledby')) wrong.push('no name: ' + part.outerHTML.slice(0, 80));\
        for (const button of document.querySelectorAll('button, a'))\
            if (!button.textContent.trim()) wrong.push('no text: ' + button.outerHTML);\
        const ids = [...document.querySelectorAll('[id]')].map(element => element.id);\
        if (new Set(ids).size !== ids.length) wrong.push('an id is used twice');\
        if (document.querySelectorAll('h1').length !== 1) wrong.push('not one heading');\
        if (document.querySelectorAll('main').length !== 1 || !document.documentElement.lang) wrong.push('no main or lang');\
        if (document.documentElement.scrollWidth > innerWidth) wrong.push('wider than the window');\
        return wrong.join('; ')";
    assert_eq!(browser.run_script(script).await, "", "{}", browser.url().await);
}

/// Adds two tickets to the basket of a new session, by the links of the pages.
async fn fill_basket(browser: &Chromium) {
    browser.fill_in("#session-name", "Box office").await;
    browser.click("Start").await;
    browser.see("in use").await;
    browser.fill_in(".operations input", "instancestatus").await;
    browser.follow("GetInstanceStatus").await;
    browser.fill_in("[name='p.limit']", "30").await;
    browser.click("Send").await;
    browser.follow("Table").await;
    browser.see("30 objects").await;
    browser.follow("Sell").await;
    browser.see("starts the session").await;
    browser.take_picture("tester-body").await;
    check_accessibility(browser).await;
    browser.click("Check and confirm").await;
    browser.see("in the session Box office").await;
    browser.click("Yes, send it").await;
    browser.see("Started: its cookie is kept here").await;
    browser.follow("GetBasket").await;
    browser.click("Send").await;
    browser.see("GET basket?api_key=***").await;
    let tickets = "return String(document.querySelector('pre.xml').textContent.split('<Ticket id').length - 1)";
    assert_eq!(browser.run_script(tickets).await, "2");
    browser.take_picture("tester-basket").await;
}

/// Signs a customer in, sets the delivery and confirms the order.
async fn order(browser: &Chromium) {
    browser.follow("AuthenticateCustomer").await;
    browser.fill_in("#body", CREDENTIALS).await;
    browser.click("Check and confirm").await;
    browser.see("<Password>***</Password>").await;
    browser.click("Yes, send it").await;
    browser.see("<Email>ada.sample@example.org</Email>").await;
    browser.follow("UpdateBasket").await;
    browser.click("Check and confirm").await;
    browser.click("Yes, send it").await;
    // The question has the same request line.
    browser.see("Edit and send again").await;
    browser.see("PATCH basket?api_key=***").await;
    browser.follow("ConfirmOrder").await;
    browser.click("Check and confirm").await;
    browser.click("Yes, send it").await;
    browser.see("<Order id=").await;
    browser.see("POST basket/confirm-order?api_key=***").await;
}

/// Reads the basket without a session.
async fn fail(browser: &Chromium) {
    browser.click("Stop using").await;
    browser.see("its cookie is kept here\nUse").await;
    browser.follow("GetBasket").await;
    browser.click("Send").await;
    browser.see("404").await;
    browser.see("What to do: ").await;
    browser.take_picture("tester-error").await;
    check_accessibility(browser).await;
    browser.see("Not Found").await;
}

/// Serves a page at any path, and returns its port. The threads end with the test.
fn serve(page: String) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let page = page.clone();
            // Browsers open connections that they may need later, so one must not wait for the other.
            thread::spawn(move || send_page(&mut stream.unwrap(), &page));
        }
    });
    port
}

fn send_page(stream: &mut TcpStream, page: &str) {
    // The request is not looked at, and the browser may have closed the connection.
    let _ = stream.read(&mut [0; 4096]);
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n";
    let _ = write!(stream, "{head}Content-Length: {}\r\n\r\n{page}", page.len());
}

/// A page of another server on this machine. To a browser it is the same site, so it sends the cookie of the tester.
fn attack(tester: u16) -> String {
    format!(
        "<title>Attack</title><form id=f method=post action='http://127.0.0.1:{tester}/send'>\
         <input name=operation value=Echo><input name=p.message value=attack><button>Win</button></form>\
         <iframe src='http://127.0.0.1:{tester}/'></iframe><pre id=log></pre><script>\
         const to = 'http://127.0.0.1:{tester}';\
         const body = new URLSearchParams({{operation: 'Echo', 'p.message': 'attack'}});\
         const tries = [['/', {{}}], ['/send', {{method: 'POST', body}}]].map(([path, options]) =>\
         fetch(to + path, {{credentials: 'include', ...options}}).then(() => 'read', () => 'refused'));\
         const blind = fetch(to + '/send', {{method: 'POST', body, mode: 'no-cors', credentials: 'include'}});\
         Promise.all(tries).then(async (results) => {{ await blind.catch(() => 0);\
         document.getElementById('log').textContent = 'fetch: ' + results.join(', '); }});</script>"
    )
}

#[tokio::test]
async fn other_websites_can_neither_read_nor_send() {
    let name = "other_websites_can_neither_read_nor_send";
    Chromium::run(name, ThirdPartyCookies::Allowed, |browser| async move {
        let folder = Folder::new();
        let tester = Tester::start(&folder, &["--sandbox", "tester"], &[]);
        let evil = serve(attack(tester.port));
        browser.open(&tester.url).await;
        browser.see("Send a request").await;
        for host in ["127.0.0.1", "localhost", "evil.localhost"] {
            browser.open(&format!("http://{host}:{evil}/")).await;
            browser.see("fetch: refused, refused").await;
            browser.click("Win").await;
            browser.see("was not sent to the service").await;
        }
        // DNS rebinding: a name of the attacker that leads to this machine.
        browser.open(&format!("http://evil.localhost:{}/", tester.port)).await;
        browser.see("This page is only for this machine").await;
        let page = format!("http://127.0.0.1:{}/", tester.port);
        browser.open(&page).await;
        browser.see("Nothing was sent yet").await;
        // The same form of the page itself works, so it was the origin that was refused.
        browser.open(&format!("{page}operation/Echo")).await;
        browser.fill_in("[name='p.message']", "mine").await;
        browser.click("Send").await;
        browser.see("mine").await;
        browser.see("200").await;
    })
    .await;
}
