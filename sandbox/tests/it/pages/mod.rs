//! Tests of the pages for browsers over plain HTTP: headers and escaping here, payments and bookings in the modules. Real
//! cookies and frames are tested in a browser: see `tests/browser`.

mod booking;
mod payments;
mod random_requests;

use reqwest::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, COOKIE, LOCATION, REFERRER_POLICY, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response};
use spektrix_v2::iframe::{Payer, WebPage};
use spektrix_v2::{Delivery, InstanceId, Session, Ticket};
use spektrix_v2_sandbox::Sandbox;

use crate::support::{plain_http, sandbox};

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
