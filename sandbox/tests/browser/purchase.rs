//! Tests of the whole purchase on the service's own pages: from the seats to the order, in frames on another site.

use spektrix_v2::iframe::WebPage;
use spektrix_v2::{Client, InstanceId};
use spektrix_v2_sandbox::Sandbox;

use crate::website::{Website, WebsitePage};
use spektrix_v2_test_browser::{Chromium, ThirdPartyCookies};

pub(crate) const EMAIL: &str = "ada.sample@example.org";

/// Returns an instance with free seats that is on sale.
pub(crate) async fn instance_on_sale(client: &Client) -> InstanceId {
    let instances = client.instances().all().await.expect("instances");
    let statuses = client.instance_status().all().await.expect("statuses");
    let is_free = |id| {
        let mut of_instance = statuses
            .iter()
            .filter(|status| status.instance == id && status.sub_plans.is_empty());
        of_instance.all(|status| status.available > 4)
    };
    let found = instances
        .iter()
        .find(|instance| instance.is_on_sale && is_free(instance.id));
    found.expect("an instance").id
}

/// Returns a page of the website with a page of the service in a frame, with the strictest policy that works.
pub(crate) fn page_with_frame(client: &Client, page: WebPage) -> WebsitePage {
    let site = client.site();
    let script = site.resize_script_url();
    let policy = format!(
        "default-src 'none'; script-src {script}; style-src-attr 'unsafe-inline'; frame-src http://127.0.0.1:* \
         http://bank.localhost:*"
    );
    WebsitePage {
        head: site.resize_script_html(),
        body: format!("<h1>A website</h1>{}", site.page(page).html("Booking")),
        policy: Some(policy),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tickets_are_bought_in_frames_on_another_site() {
    let test = "tickets_are_bought_in_frames_on_another_site";
    Chromium::run(test, ThirdPartyCookies::Allowed, buy_tickets).await;
}

async fn buy_tickets(browser: Chromium) {
    let website = Website::start().await;
    let builder = Sandbox::builder().checkout_link(website.url("/checkout"));
    let sandbox = builder.start().await.expect("a sandbox");
    let client = sandbox.client().expect("a client");
    let instance = instance_on_sale(&client).await;
    website.set("/book", page_with_frame(&client, WebPage::ChooseSeats(instance)));
    website.set("/checkout", page_with_frame(&client, WebPage::Checkout));
    let before = orders(&client).await;

    fill_basket(&browser, &website.url("/book")).await;
    check_out(&browser, sandbox.seeded_password()).await;
    assert_eq!(browser.url().await, website.url("/checkout"));
    pay_through_bank(&browser).await;

    let after = orders(&client).await;
    assert_eq!(after.len(), before.len() + 1);
    assert_eq!(after.last().expect("an order").tickets.len(), 2);
}

async fn fill_basket(browser: &Chromium, url: &str) {
    browser.open(url).await;
    browser.see_in_frame("seats are free").await;
    browser.fill_in("input[type=number]", "2").await;
    browser.click("Add to basket").await;
    browser.see_in_frame("2 tickets were added").await;
    // The script of the website's page has made the frame as high as the basket.
    browser
        .frame_height(|height| height > 300.0 && (height - 1000.0).abs() > 1.0)
        .await;
    browser.take_picture("basket").await;
}

/// Leaves the frame with the basket, signs in, and waits for the choice of a delivery.
async fn check_out(browser: &Chromium, password: &str) {
    // The checkout link leads out of the frame, to the page of the website that contains the next frame.
    browser.see_in_frame("Your basket").await;
    browser.follow("Checkout").await;
    browser.see_in_frame("Sign in").await;
    browser.take_picture("sign-in").await;
    browser.see_in_frame("Sign in").await;
    browser.fill_in("input[type=email]", EMAIL).await;
    browser.fill_in("input[type=password]", password).await;
    browser.click("Sign in").await;
    browser.see_in_frame("Delivery of the tickets").await;
    browser.take_picture("checkout").await;
}

/// Has the bank refuse the payment once, and then confirm it.
async fn pay_through_bank(browser: &Chromium) {
    // The bank is on a third site, and returns with a form.
    browser.see_in_frame("Delivery of the tickets").await;
    browser.click("Pay, and confirm at the bank").await;
    browser.see_in_frame("Is it you who is paying?").await;
    browser.take_picture("bank").await;
    browser.see_in_frame("Is it you who is paying?").await;
    browser.click("No, refuse it").await;
    browser.see_in_frame("The bank refused the payment").await;
    browser.click("Pay, and confirm at the bank").await;
    browser.see_in_frame("Is it you who is paying?").await;
    browser.click("Yes, confirm the payment").await;
    browser.see_in_frame("Thank you").await;
    browser.take_picture("thank-you").await;
}

async fn orders(client: &Client) -> Vec<spektrix_v2::Order> {
    let customers = client.customers().email(EMAIL).await.expect("customers");
    let id = customers[0].id.expect("an id");
    client.orders().customer(id).await.expect("orders")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn visitors_find_their_way_from_the_list_to_the_seats() {
    let test = "visitors_find_their_way_from_the_list_to_the_seats";
    Chromium::run(test, ThirdPartyCookies::Allowed, browse).await;
}

async fn browse(browser: Chromium) {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let client = sandbox.client().expect("a client");
    let instance = instance_on_sale(&client).await;
    let instances = client.instances().all().await.expect("instances");
    let event = instances
        .iter()
        .find(|other| other.id == instance)
        .expect("an instance")
        .event;
    let events = client.events().all().await.expect("events");
    let name = &events.iter().find(|other| other.id == event).expect("an event").name;

    browser.open(&sandbox.site_url()).await;
    browser.see("The pages of a sandbox").await;
    browser.take_picture("index").await;
    browser.follow("the events").await;
    browser.see("Events").await;
    browser.take_picture("events").await;
    browser.follow(name.split(['\'', ':']).next().unwrap_or(name)).await;
    browser.see("Dates").await;
    browser.take_picture("event").await;
    browser.follow("Choose seats").await;
    browser.see("seats are free").await;
    browser.take_picture("seats").await;
    browser.open(&client.site().page(WebPage::MyAccount).url()).await;
    browser.fill_in("input[type=email]", EMAIL).await;
    browser.fill_in("input[type=password]", sandbox.seeded_password()).await;
    browser.click("Sign in").await;
    browser.see("Orders").await;
    browser.take_picture("account").await;
}
