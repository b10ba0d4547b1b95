//! Tests of the pages for browsers over plain HTTP: parameters, escaping, headers, and every way through a payment. Real
//! cookies and frames are tested in a browser: see `tests/browser`.

use reqwest::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, COOKIE, LOCATION, REFERRER_POLICY, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response};
use spektrix_v2::iframe::{Payer, WebPage};
use spektrix_v2::{Delivery, InstanceId, Session, Ticket};
use spektrix_v2_sandbox::Sandbox;

use crate::support::{TODAY, plain_http, sandbox};

const PAYER: Payer<'_> = Payer {
    name: "A. <b>Visitor</b>",
    line1: "1 High Street",
    town: "Ely",
    postcode: "CB7 4AA",
    country: "UK",
};
const THANKS: &str = "http://localhost:8000/thanks?basket=7";
const EMAIL: &str = "ada.sample@example.org";

/// A browser that keeps no cookies: each request is called with the session.
struct Browser(Client);

/// A response as a test reads it.
#[derive(Debug)]
struct Page {
    status: u16,
    location: String,
    cookie: String,
    html: String,
}

impl Browser {
    fn new() -> Self {
        let client = Client::builder()
            .tls_backend_preconfigured(plain_http())
            .redirect(Policy::none())
            // Browsers do this by themselves.
            .resolve("bank.localhost", ([127, 0, 0, 1], 0).into())
            .no_proxy()
            .build();
        Self(client.expect("a client"))
    }

    async fn get(&self, url: &str, session: &str) -> Page {
        Self::send(self.0.get(url), session).await
    }

    async fn post(&self, url: &str, session: &str, form: &[(&str, &str)]) -> Page {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        let request = self.0.post(url).body(body.extend_pairs(form).finish());
        Self::send(request, session).await
    }

    async fn send(request: RequestBuilder, session: &str) -> Page {
        let request = if session.is_empty() {
            request
        } else {
            request.header(COOKIE, format!("SessionId={session}"))
        };
        let response = request.send().await.expect("a response");
        let header = |name| header(&response, name);
        Page {
            status: response.status().as_u16(),
            location: header(LOCATION),
            cookie: header(SET_COOKIE),
            html: response.text().await.expect("a body"),
        }
    }
}

fn header(response: &Response, name: reqwest::header::HeaderName) -> String {
    let value = response.headers().get(name).map(|value| value.to_str().expect("text"));
    value.unwrap_or_default().to_owned()
}

impl Page {
    /// Returns the session that the page starts.
    fn session(&self) -> String {
        let id = self
            .cookie
            .strip_prefix("SessionId=")
            .and_then(|rest| rest.split(';').next());
        id.expect("a session").to_owned()
    }

    fn assert_contains(&self, parts: &[&str]) {
        for part in parts {
            assert!(self.html.contains(part), "{part} is not in {}", self.html);
        }
    }
}

/// Returns an instance that is on sale, a plan with one band that has free seats at it, and the field for a ticket.
async fn seats(client: &spektrix_v2::Client) -> (InstanceId, Ticket, String) {
    let instances = client.instances().all().await.expect("instances");
    let statuses = client.instance_status().all().await.expect("statuses");
    let lists = client.price_lists().all().await.expect("price lists");
    for status in statuses
        .iter()
        .filter(|status| status.bands.len() == 1 && status.available > 9)
    {
        let instance = instances.iter().find(|instance| instance.id == status.instance);
        let instance = instance.expect("an instance");
        let list = lists
            .iter()
            .find(|list| list.id == instance.price_list)
            .expect("a price list");
        let price = list.prices.iter().find(|price| price.is_band_default).expect("a price");
        if instance.is_on_sale {
            let field = format!("{}.{}.{}", status.plan, status.bands[0], price.ticket_type);
            return (instance.id, Ticket::to_add(instance.id, status.plan), field);
        }
    }
    panic!("nothing is on sale");
}

/// Returns a session whose basket is complete.
async fn complete_session(client: &spektrix_v2::Client, password: &str) -> Session {
    let (_, ticket, _) = seats(client).await;
    let session = client.session();
    session.add([ticket.clone(), ticket]).await.expect("tickets");
    let signed_in = session.authenticate(EMAIL, password).await;
    signed_in.expect("a customer");
    let delivery = session.set_ticket_delivery(Delivery::care_of_box_office()).await;
    delivery.expect("a delivery");
    session
}

fn payment_url(session: &Session) -> String {
    let payment = session.payment_iframe(PAYER, THANKS).expect("a payment");
    payment.line2("Flat <2>").url().expose().to_owned()
}

#[tokio::test]
async fn every_page_is_marked_and_may_not_be_cached() {
    let sandbox = sandbox().await;
    let (instance, _, _) = seats(&sandbox.client().expect("a client")).await;
    let site = sandbox.site().expect("a site");
    let event = sandbox
        .client()
        .expect("a client")
        .events()
        .limit(1)
        .await
        .expect("an event")[0]
        .id;
    let pages = [
        WebPage::EventList,
        WebPage::EventDetails(event),
        WebPage::ChooseSeats(instance),
        WebPage::Basket,
        WebPage::Checkout,
        WebPage::LoginLogout,
        WebPage::MyAccount,
        WebPage::Donations,
    ];
    let browser = Browser::new();
    for page in pages {
        let response = browser.0.get(site.page(page).url()).send().await.expect("a response");
        let expected = if page == WebPage::Donations { 404 } else { 200 };
        assert_eq!(response.status(), expected, "{page:?}");
        assert!(header(&response, CONTENT_SECURITY_POLICY).contains("default-src 'none'"));
        assert_eq!(header(&response, CACHE_CONTROL), "no-store");
        assert_eq!(header(&response, REFERRER_POLICY), "no-referrer");
        let html = response.text().await.expect("a body");
        assert!(
            html.contains("<strong>Sandbox. </strong>This venue does not exist"),
            "{html}"
        );
        assert!(!html.contains("style=") && !html.contains("<script>"), "{html}");
    }
    let url = |path: &str| format!("{}{path}", sandbox.site_url());
    for (path, part) in [
        ("", "SpektrixIFrame"),
        ("_assets/pages.css", "prefers-color-scheme"),
        ("_assets/resize.js", "postMessage"),
        ("sandbox/website/scripts/integrate.js", "SpektrixIFrame"),
    ] {
        let page = browser.get(&url(path), "").await;
        assert_eq!(page.status, 200, "{path}");
        page.assert_contains(&[part]);
    }
    assert_eq!(browser.get(&url("other/website/EventList.aspx"), "").await.status, 404);
    let deleted = browser.0.delete(url("")).send().await.expect("a response");
    assert_eq!(deleted.status(), 405);
    let rebound = browser.0.get(url("")).header("Host", "venue.example").send().await;
    assert_eq!(rebound.expect("a response").status(), 403);
}

#[tokio::test]
async fn values_from_outside_are_escaped() {
    let sandbox = sandbox().await;
    let attack = "\"><script>alert(1)</script>";
    let site = sandbox.site().expect("a site");
    let browser = Browser::new();
    let list = site.page(WebPage::EventList);
    let urls = [
        list.clone().stylesheet(attack).url(),
        list.clone().parameter(attack, "1").url(),
        list.parameter("Attribute_Season", attack).url(),
        site.page(WebPage::Basket).parameter("added", attack).url(),
        format!(
            "{}sandbox/api/v2/basket/payment?{attack}=1&confirmation_url={attack}",
            sandbox.site_url()
        ),
        format!("{}_bank?payment={attack}", sandbox.site_url()),
        format!(
            "{}sandbox/website/EventDetails.aspx?EventId={attack}",
            sandbox.site_url()
        ),
    ];
    for url in urls {
        let page = browser.get(&url, attack).await;
        assert!(!page.html.contains("<script>alert"), "{url}: {}", page.html);
    }
    let form = [("email", attack), ("password", attack), ("promo_code", attack)];
    for page in [WebPage::LoginLogout, WebPage::Basket, WebPage::Checkout] {
        let page = browser
            .post(&site.page(page).url(), sandbox.seeded_session_id(), &form)
            .await;
        assert!(!page.html.contains("<script>alert"), "{}", page.html);
    }
}

#[tokio::test]
async fn payments_are_taken_declined_and_abandoned() {
    let sandbox = sandbox().await;
    let session = complete_session(&sandbox.client().expect("a client"), sandbox.seeded_password()).await;
    let (browser, url) = (Browser::new(), payment_url(&session));
    let page = browser.get(&url, "").await;
    assert_eq!(page.status, 200, "{}", page.html);
    page.assert_contains(&[
        "A. &lt;b&gt;Visitor&lt;/b&gt;",
        "Flat &lt;2&gt;",
        "Total",
        "no checkout link",
    ]);

    for (outcome, part) in [
        ("decline", "The card was declined"),
        ("abandon", "You left the payment"),
    ] {
        let page = browser.post(&url, "", &[("outcome", outcome)]).await;
        assert_eq!(page.status, 200);
        page.assert_contains(&[part]);
    }
    assert_eq!(browser.post(&url, "", &[("outcome", "other")]).await.status, 400);
    assert_eq!(session.basket().await.expect("a basket").tickets.len(), 2);

    let page = browser.post(&url, "", &[("outcome", "pay")]).await;
    assert_eq!((page.status, page.location.as_str()), (303, THANKS));
    let basket = session.basket().await.expect("a basket");
    assert!(basket.tickets.is_empty());
    let orders = session
        .client()
        .orders()
        .customer(basket.customer.expect("a customer"))
        .await;
    assert_eq!(orders.expect("orders").last().expect("an order").tickets.len(), 2);

    let page = browser.post(&url, "", &[("outcome", "pay")]).await;
    assert_eq!(page.status, 400);
    page.assert_contains(&["it is empty"]);
}

#[tokio::test]
async fn the_bank_is_another_site_and_can_refuse() {
    let sandbox = sandbox().await;
    let session = complete_session(&sandbox.client().expect("a client"), sandbox.seeded_password()).await;
    let (browser, url) = (Browser::new(), payment_url(&session));
    let refused = through_bank(&browser, &url, "refused").await;
    assert!(
        refused.location.starts_with("/sandbox/api/v2/basket/payment?session="),
        "{refused:?}"
    );
    let page = browser
        .get(
            &format!("{}{}", sandbox.site_url().trim_end_matches('/'), refused.location),
            "",
        )
        .await;
    page.assert_contains(&["The bank refused the payment"]);
    assert_eq!(session.basket().await.expect("a basket").tickets.len(), 2);

    let confirmed = through_bank(&browser, &url, "confirmed").await;
    assert_eq!((confirmed.status, confirmed.location.as_str()), (303, THANKS));
    assert!(session.basket().await.expect("a basket").tickets.is_empty());
}

/// Goes to the bank, and returns with a result. The same result is not accepted twice.
async fn through_bank(browser: &Browser, payment_url: &str, result: &str) -> Page {
    let page = browser.post(payment_url, "", &[("outcome", "bank")]).await;
    assert!(page.location.starts_with("http://bank.localhost:"), "{page:?}");
    let id = page.location.split("payment=").nth(1).expect("a payment");
    let bank = browser.get(&page.location, "").await;
    let action = bank
        .html
        .split("action=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let action = action.expect("a form");
    assert!(action.starts_with("http://127.0.0.1:"), "{action}");
    let returned = browser.post(action, "", &[("payment", id), ("result", result)]).await;
    assert_eq!(
        browser
            .post(action, "", &[("payment", id), ("result", result)])
            .await
            .status,
        404
    );
    assert_eq!(browser.get(&page.location, "").await.status, 404);
    returned
}

#[tokio::test]
async fn payments_need_a_complete_basket_and_valid_values() {
    let sandbox = Sandbox::builder()
        .today(TODAY)
        .checkout_link("https://www.venue.example/checkout")
        .start()
        .await
        .expect("a sandbox");
    let (_, ticket, _) = seats(&sandbox.client().expect("a client")).await;
    let session = sandbox.client().expect("a client").session();
    session.add(ticket).await.expect("a ticket");
    let browser = Browser::new();
    let page = browser.get(&payment_url(&session), "").await;
    assert_eq!(page.status, 400);
    page.assert_contains(&["'www.venue.example', not 'localhost'"]);

    let payment = session
        .payment_iframe(PAYER, "https://www.venue.example/thanks")
        .expect("a payment");
    let url = payment.url().expose().to_owned();
    for (change, status, part) in [
        (("session=", "session=other"), 404, "does not exist, or it has expired"),
        (("address_town=Ely", "address_town="), 400, "address_town is required"),
        (("", ""), 400, "it has no Customer"),
    ] {
        let page = browser.get(&url.replace(change.0, change.1), "").await;
        assert_eq!(page.status, status, "{part}");
        page.assert_contains(&[part]);
    }
    let error = Sandbox::builder().checkout_link("venue.example").start().await;
    assert!(
        error
            .expect_err("no URL")
            .to_string()
            .contains("checkout link 'venue.example'")
    );
}

#[tokio::test]
async fn a_visitor_buys_tickets_on_the_pages_alone() {
    let sandbox = sandbox().await;
    let (instance, _, field) = seats(&sandbox.client().expect("a client")).await;
    let site = sandbox.site().expect("a site");
    let url = |page| site.page(page).url();
    let browser = Browser::new();

    let seats = url(WebPage::ChooseSeats(instance));
    browser.get(&seats, "").await.assert_contains(&[&field]);
    browser
        .post(&seats, "", &[(&field, "0")])
        .await
        .assert_contains(&["Choose at least one ticket"]);
    let added = browser.post(&seats, "", &[(&field, "2")]).await;
    assert_eq!(added.status, 303);
    assert!(
        added.cookie.ends_with("; Path=/; HttpOnly; Secure; SameSite=None"),
        "{}",
        added.cookie
    );
    let session = added.session();
    browser
        .get(&added.location, &session)
        .await
        .assert_contains(&["2 tickets were added"]);
    // A browser that blocks cookies of other sites sends none.
    browser
        .get(&added.location, "")
        .await
        .assert_contains(&["did not send the cookie"]);

    browser
        .get(&url(WebPage::Checkout), &session)
        .await
        .assert_contains(&["Sign in"]);
    let wrong = [("email", EMAIL), ("password", "a guess")];
    let page = browser.post(&url(WebPage::Checkout), &session, &wrong).await;
    page.assert_contains(&["No customer has this email address and this password"]);
    let right = [("email", EMAIL), ("password", sandbox.seeded_password())];
    let page = browser.post(&url(WebPage::Checkout), &session, &right).await;
    assert_eq!(
        (page.status, page.location.as_str()),
        (303, url(WebPage::Checkout).as_str())
    );
    browser
        .get(&page.location, &session)
        .await
        .assert_contains(&["Collect from the box office", "Pay"]);

    let pay = [("ticket_delivery", "Cobo"), ("outcome", "pay")];
    let page = browser.post(&url(WebPage::Checkout), &session, &pay).await;
    let thanks = browser.get(&page.location, &session).await;
    thanks.assert_contains(&["Thank you", "Your order is <strong>MP-"]);
    browser
        .get(&page.location, "")
        .await
        .assert_contains(&["Sign in to see your order"]);
    let number = thanks
        .html
        .split("<strong>MP-")
        .nth(1)
        .and_then(|rest| rest.split('<').next());
    let account = browser.get(&url(WebPage::MyAccount), &session).await;
    account.assert_contains(&[&format!("MP-{}", number.expect("a number")), "Ada"]);

    let out = browser
        .post(&url(WebPage::LoginLogout), &session, &[("sign_out", "true")])
        .await;
    assert!(out.cookie.starts_with("SessionId=; Max-Age=0;"), "{}", out.cookie);
    browser
        .get(&url(WebPage::MyAccount), &session)
        .await
        .assert_contains(&["Sign in"]);
}

#[tokio::test]
async fn baskets_are_changed_and_events_filtered() {
    let sandbox = sandbox().await;
    let site = sandbox.site().expect("a site");
    let browser = Browser::new();
    let basket = site.page(WebPage::Basket).url();
    let seeded = sandbox.seeded_session_id();
    let page = browser.post(&basket, seeded, &[("promo_code", "NONSENSE")]).await;
    page.assert_contains(&["No offer has the promotional code"]);
    let page = browser.post(&basket, seeded, &[("promo_code", "EARLY")]).await;
    page.assert_contains(&["value=\"EARLY\""]);
    let removals = page.html.matches("name=\"remove\"").count();
    let id = page
        .html
        .split("name=\"remove\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let page = browser.post(&basket, seeded, &[("remove", id.expect("an item"))]).await;
    assert_eq!(page.html.matches("name=\"remove\"").count(), removals - 1);

    let list = site.page(WebPage::EventList);
    let count = |page: &Page| page.html.matches("EventDetails.aspx").count();
    let all = browser.get(&list.url(), "").await;
    let drama = browser
        .get(&list.clone().parameter("Attribute_Drama", "1").url(), "")
        .await;
    let none = browser
        .get(&list.clone().parameter("Attribute_Drama", "x").url(), "")
        .await;
    assert!(
        count(&all) > count(&drama) && count(&drama) > 0,
        "{} {}",
        count(&all),
        count(&drama)
    );
    none.assert_contains(&["No event matches"]);
    let by_date = browser.get(&list.parameter("SortBy", "date").url(), "").await;
    assert_eq!(count(&by_date), count(&all));
    assert_ne!(by_date.html, all.html);
}

#[tokio::test]
async fn every_venue_has_its_pages() {
    let builder = Sandbox::builder().today(TODAY).venues(2);
    let sandbox = builder.start().await.expect("a sandbox");
    let venue = sandbox.venue("sandbox-2").expect("a venue");
    let client = venue.client().expect("a client");
    let session = complete_session(&client, sandbox.seeded_password()).await;
    let (browser, url) = (Browser::new(), payment_url(&session));
    assert!(url.contains("/sandbox-2/api/v2/basket/payment?"), "{url}");
    let other = browser.get(&url.replace("sandbox-2", "sandbox"), "").await;
    assert_eq!(other.status, 404, "the first venue does not have the session");
    let confirmed = through_bank(&browser, &url, "confirmed").await;
    assert_eq!((confirmed.status, confirmed.location.as_str()), (303, THANKS));
    assert!(session.basket().await.expect("a basket").tickets.is_empty());
    let unknown = browser.get(&url.replace("sandbox-2", "sandbox-3"), "").await;
    assert_eq!(unknown.status, 404);
    unknown.assert_contains(&["There is no client"]);
}

#[tokio::test]
async fn a_read_only_service_still_sells_on_its_own_pages() {
    let builder = Sandbox::builder().today(TODAY).read_only(true);
    let sandbox = builder.start().await.expect("a sandbox");
    let client = sandbox.client().expect("a client");
    let (browser, session) = (Browser::new(), sandbox.seeded_session_id());
    let id = spektrix_v2::SessionId::new(session).expect("an id");
    let page = browser.get(&payment_url(&client.resume_session(id)), "").await;
    assert_eq!(page.status, 403);
    page.assert_contains(&["ConfirmOrder is refused"]);
    let pay = [("ticket_delivery", "Cobo"), ("outcome", "pay")];
    let checkout = client.site().page(WebPage::Checkout).url();
    let page = browser.post(&checkout, session, &pay).await;
    assert_eq!(page.status, 303, "{}", page.html);
}

#[tokio::test]
async fn a_replay_has_no_pages() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("GetBands.xml"), "<Bands></Bands>").expect("a file");
    let sandbox = Sandbox::builder()
        .replay(folder.path())
        .start()
        .await
        .expect("a sandbox");
    let browser = Browser::new();
    let site = sandbox.site().expect("a site");
    let page = browser.get(&site.page(WebPage::EventList).url(), "").await;
    assert_eq!(page.status, 404);
    page.assert_contains(&["replays recorded bodies"]);
    assert_eq!(sandbox.client().expect("a client").site(), site);
}
