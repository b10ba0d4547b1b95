//! Sessions that get a new id, and sessions that only one of two servers knows.

use reqwest::header::{COOKIE, SET_COOKIE};
use spektrix_v2::CustomerCredentials;
use spektrix_v2::operations::AuthenticateCustomer;
use spektrix_v2_sandbox::{Fault, Sandbox};

use crate::support::{Visitor, accepted_client, sandbox, url};

const ITEMS: &str = "<BasketItems><MerchandiseItem><StockItem id=\"501\"/></MerchandiseItem></BasketItems>";

#[tokio::test]
async fn signing_in_changes_the_session_id() {
    let sandbox = sandbox().await;
    sandbox
        .inject(Fault::NewSessionId.on("AuthenticateCustomer"))
        .expect("a valid fault");
    let mut visitor = Visitor::new(&sandbox);
    visitor.add_merchandise(501).await.expect("an item");
    let (basket, old) = (visitor.basket().await, visitor.session.clone());
    let credentials = CustomerCredentials::new("ada.sample@example.org", sandbox.seeded_password());
    visitor
        .call(AuthenticateCustomer::new(credentials))
        .await
        .expect("a customer");
    assert_ne!(visitor.session, old);
    assert_eq!(visitor.basket().await, basket, "it is the same basket");
    visitor.session = old;
    let refused = visitor
        .send("GET", "basket", None)
        .await
        .expect_err("the old id is not valid");
    assert_eq!(refused.status, 404);
}

#[tokio::test]
async fn a_request_without_a_session_gets_no_new_id() {
    let sandbox = sandbox().await;
    sandbox.inject(Fault::NewSessionId).expect("a valid fault");
    let mut visitor = Visitor::new(&sandbox);
    visitor.send("GET", "bands", None).await.expect("bands");
    assert_eq!(visitor.session, None);
    visitor.session = Some("unknown".to_owned());
    visitor.send("GET", "bands", None).await.expect("bands");
    assert_eq!(visitor.session.as_deref(), Some("unknown"));
    let customer = visitor.send("POST", "basket/items", Some(ITEMS)).await;
    customer.expect("a new session");
    assert_eq!(
        visitor.basket().await.merchandise_items.len(),
        1,
        "with a session it gets a new id each time"
    );
}

/// A visitor that keeps the cookies of these names.
struct CookieJar<'a> {
    sandbox: &'a Sandbox,
    client: reqwest::Client,
    keeps: &'a [&'a str],
    cookies: Vec<(String, String)>,
    /// The body of the latest response.
    page: String,
}

impl<'a> CookieJar<'a> {
    fn new(sandbox: &'a Sandbox, keeps: &'a [&'a str]) -> Self {
        Self {
            sandbox,
            client: accepted_client(sandbox),
            keeps,
            cookies: Vec::new(),
            page: String::new(),
        }
    }

    /// Returns the status and the names of the cookies that were set.
    async fn send(&mut self, method: &str, path: &str, body: &'static str) -> (u16, Vec<String>) {
        let path = format!("{path}?api_key={}", self.sandbox.api_key());
        let cookies: Vec<_> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = self
            .client
            .request(method.parse().expect("a method"), url(self.sandbox, &path));
        let request = request
            .header(COOKIE, cookies.join("; "))
            .header("Content-Type", "application/xml");
        let response = request.body(body).send().await.expect("a response");
        let mut names = Vec::new();
        for cookie in response.headers().get_all(SET_COOKIE) {
            let cookie = cookie.to_str().expect("text").split(';').next().expect("a pair");
            let (name, value) = cookie.split_once('=').expect("a value");
            names.push(name.to_owned());
            if self.keeps.contains(&name) {
                self.cookies.retain(|(known, _)| known != name);
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        let status = response.status().as_u16();
        self.page = response.text().await.expect("a body");
        (status, names)
    }
}

#[tokio::test]
async fn the_affinity_cookie_leads_to_the_same_server() {
    let sandbox = sandbox().await;
    sandbox.inject(Fault::AffinityCookie).expect("a valid fault");
    let mut visitor = CookieJar::new(&sandbox, &["SessionId", "ARRAffinity"]);
    let (status, cookies) = visitor.send("POST", "basket/items", ITEMS).await;
    assert_eq!(
        (status, cookies),
        (200, vec!["SessionId".to_owned(), "ARRAffinity".to_owned()])
    );
    for _ in 0..6 {
        assert_eq!(visitor.send("GET", "basket", "").await, (200, vec![]));
    }
}

#[tokio::test]
async fn without_the_affinity_cookie_the_basket_is_lost() {
    let sandbox = sandbox().await;
    sandbox.inject(Fault::AffinityCookie).expect("a valid fault");
    let mut visitor = CookieJar::new(&sandbox, &["SessionId"]);
    assert_eq!(visitor.send("POST", "basket/items", ITEMS).await.0, 200);
    let mut statuses = Vec::new();
    for _ in 0..4 {
        let (status, cookies) = visitor.send("GET", "basket", "").await;
        assert_eq!(cookies, ["ARRAffinity"]);
        if status == 404 {
            assert!(
                visitor.page.contains("does not exist, or it has expired"),
                "{}",
                visitor.page
            );
        }
        statuses.push(status);
    }
    assert_eq!(
        statuses,
        [404, 200, 404, 200],
        "every second request is for the other server"
    );
    assert_eq!(
        visitor.send("POST", "basket/items", ITEMS).await.1[0],
        "SessionId",
        "a second basket"
    );
    sandbox.clear_faults();
    assert_eq!(visitor.send("GET", "basket", "").await, (200, vec![]));
}
