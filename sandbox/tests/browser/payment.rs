//! Tests of the payment page in a frame on another site: the way through the bank, the confirmation page and its cookies,
//! and the policy that the website's page needs.

use std::collections::BTreeSet;

use spektrix_v2::iframe::Payer;
use spektrix_v2::{Delivery, OrderId, Session, Ticket};
use spektrix_v2_sandbox::Sandbox;

use crate::purchase::EMAIL;
use crate::website::{Website, WebsitePage};
use spektrix_v2_test_browser::{Chromium, ThirdPartyCookies};

const PAYER: Payer<'_> = Payer {
    name: "Ada Sample",
    line1: "1 High Street",
    town: "Ely",
    postcode: "CB7 4AA",
    country: "United Kingdom",
};

/// Confirmation pages, which are shown in the frame and lead out of it: with a link, and with a script.
const LINK: &str = "<a href=/order target=_top>Your order is complete: continue</a>";
const SCRIPT: &str = "<script>top.location.replace('/order')</script>";

/// A website with a complete basket, which it has filled with the API.
struct Shop {
    website: Website,
    sandbox: Sandbox,
    session: Session,
    orders_before: BTreeSet<OrderId>,
}

impl Shop {
    /// Opens a shop whose confirmation page has this content.
    async fn open(thanks: &str) -> Self {
        let website = Website::start().await;
        let builder = Sandbox::builder().checkout_link(website.url("/checkout"));
        let sandbox = builder.start().await.expect("a sandbox");
        let session = session(&sandbox).await;
        let orders_before = orders(&session).await;
        website.set(
            "/thanks",
            WebsitePage {
                body: thanks.to_owned(),
                policy: Some("frame-ancestors 'self'".to_owned()),
                ..WebsitePage::default()
            },
        );
        website.set(
            "/order",
            WebsitePage {
                body: "<h1>Thank you for your order</h1>".to_owned(),
                ..WebsitePage::default()
            },
        );
        Self {
            website,
            sandbox,
            session,
            orders_before,
        }
    }

    /// Sets the page with the payment frame.
    fn set_checkout(&self, policy: String) {
        let payment = self.session.payment_iframe(PAYER, &self.website.url("/thanks"));
        let html = payment.expect("a payment").html("Payment");
        let page = WebsitePage {
            body: format!("<h1>A website</h1>{}", html.expose()),
            policy: Some(policy),
            ..WebsitePage::default()
        };
        self.website.set("/checkout", page);
    }

    /// Returns the orders that were placed since the shop opened.
    async fn new_orders(&self) -> Vec<OrderId> {
        let now = orders(&self.session).await;
        now.difference(&self.orders_before).copied().collect()
    }

    /// Returns a policy for the page with the frame, which allows frames from these URLs.
    fn policy(frames: &[&str]) -> String {
        let frames = frames.join(" ");
        format!("default-src 'none'; style-src 'unsafe-inline'; frame-src {frames}")
    }

    fn bank(&self) -> String {
        self.sandbox.site_url().replace("127.0.0.1", "bank.localhost")
    }
}

async fn session(sandbox: &Sandbox) -> Session {
    let client = sandbox.client().expect("a client");
    let instances = client.instances().all().await.expect("instances");
    let statuses = client.instance_status().all().await.expect("statuses");
    let seats = statuses.iter().find(|seats| {
        let on_sale = instances
            .iter()
            .any(|instance| instance.id == seats.instance && instance.is_on_sale);
        on_sale && seats.bands.len() == 1 && seats.available > 4
    });
    let seats = seats.expect("seats");
    let session = client.session();
    let ticket = Ticket::to_add(seats.instance, seats.plan);
    session.add([ticket.clone(), ticket]).await.expect("two tickets");
    session
        .authenticate(EMAIL, sandbox.seeded_password())
        .await
        .expect("a customer");
    let delivery = Delivery::care_of_box_office();
    session.set_ticket_delivery(delivery).await.expect("a delivery");
    session
}

async fn orders(session: &Session) -> BTreeSet<OrderId> {
    let customer = session.basket().await.expect("a basket").customer.expect("a customer");
    let orders = session.client().orders().customer(customer).await;
    orders.expect("orders").iter().map(|order| order.id).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_basket_of_the_api_is_paid_in_a_frame() {
    // The session is in the URL of the frame, so it makes no difference whether the browser sends cookies.
    let cases = [
        (ThirdPartyCookies::Allowed, LINK),
        (ThirdPartyCookies::Blocked, LINK),
        (ThirdPartyCookies::Allowed, SCRIPT),
    ];
    for (cookies, thanks) in cases {
        Chromium::run("a_basket_of_the_api_is_paid_in_a_frame", cookies, |browser| {
            pay(browser, thanks)
        })
        .await;
    }
}

async fn pay(browser: Chromium, thanks: &str) {
    let shop = Shop::open(thanks).await;
    // The policy names both sites that the frame visits, the payment page and the bank, and the website for the end.
    let frames = [shop.sandbox.site_url(), shop.bank(), "'self'".to_owned()];
    shop.set_checkout(Shop::policy(&frames.each_ref().map(String::as_str)));

    browser.open(&shop.website.url("/checkout")).await;
    browser.see_in_frame("Pay for your basket").await;
    browser.take_picture("payment").await;
    browser.see_in_frame("Pay for your basket").await;
    browser.click("Have the card declined").await;
    browser.see_in_frame("The card was declined").await;
    assert!(shop.new_orders().await.is_empty());
    browser.click("Pay, and confirm at the bank").await;
    browser.see_in_frame("Is it you who is paying?").await;
    browser.click("Yes, confirm the payment").await;

    // The visitor leaves the frame.
    if thanks == LINK {
        browser.see_in_frame("Your order is complete").await;
        browser.follow("continue").await;
    }
    browser.see("Thank you for your order").await;
    assert_eq!(shop.new_orders().await.len(), 1);
    // The confirmation page was requested by another site, so it gets only cookies for that.
    let visited = shop.website.last_visit("/thanks").expect("a visit");
    assert_eq!(visited.destination, "iframe", "{visited:?}");
    assert_eq!(visited.cookies, "venue_none=1");
    // For the next page, the browser sends all cookies.
    assert_eq!(browser.url().await, shop.website.url("/order"));
    let order = shop.website.last_visit("/order").expect("a visit");
    assert_eq!(order.destination, "document", "{order:?}");
    assert_eq!(order.cookies, "venue_strict=1; venue_lax=1; venue_none=1");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_policy_without_the_bank_blocks_the_payment() {
    let test = "a_policy_without_the_bank_blocks_the_payment";
    Chromium::run(test, ThirdPartyCookies::Allowed, pay_with_policy).await;
}

async fn pay_with_policy(browser: Chromium) {
    let shop = Shop::open(LINK).await;
    shop.set_checkout(Shop::policy(&[&shop.sandbox.site_url(), "'self'"]));
    browser.open(&shop.website.url("/checkout")).await;
    browser.see_in_frame("Pay for your basket").await;
    browser.click("Pay, and confirm at the bank").await;
    browser.see_error_in_frame().await;
    let console = browser.console().await;
    let blocked = |line: &String| line.contains("frame-src") && line.contains("bank.localhost");
    assert!(console.iter().any(blocked), "{console:?}");
    assert!(shop.new_orders().await.is_empty());
}
