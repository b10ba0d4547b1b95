//! Tests of a browser that blocks cookies in frames on another site: what works then, and what does not.

use spektrix_v2::iframe::WebPage;
use spektrix_v2_sandbox::Sandbox;

use crate::purchase::{instance_on_sale, page_with_frame};
use crate::website::Website;
use spektrix_v2_test_browser::{Chromium, ThirdPartyCookies};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn blocked_cookies_are_explained() {
    let test = "blocked_cookies_are_explained";
    Chromium::run(test, ThirdPartyCookies::Blocked, add_tickets).await;
}

async fn add_tickets(browser: Chromium) {
    let website = Website::start().await;
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let client = sandbox.client().expect("a client");
    let instance = instance_on_sale(&client).await;
    website.set("/book", page_with_frame(&client, WebPage::ChooseSeats(instance)));
    let cases = [
        (website.url("/book"), "did not send the cookie"),
        // With a custom domain, the frame is on the website's site.
        (website.url_on_same_site("/book"), "1 ticket was added"),
    ];
    for (url, expected) in cases {
        browser.open(&url).await;
        browser.see_in_frame("seats are free").await;
        browser.fill_in("input[type=number]", "1").await;
        browser.click("Add to basket").await;
        browser.see_in_frame(expected).await;
    }
}
