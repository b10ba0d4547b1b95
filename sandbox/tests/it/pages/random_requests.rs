//! Tests of the pages with random requests: no server error, no markup from outside, and the venue still adds up.

use super::Browser;
use crate::support::sandbox;

/// A generator of pseudo-random numbers: Marsaglia's xorshift.
struct Random(u64);

impl Random {
    fn pick<'a>(&mut self, values: &[&'a str]) -> &'a str {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let index = usize::try_from(self.0 % values.len() as u64).expect("an index");
        values[index]
    }

    /// Returns up to three pairs of a name and a value.
    fn pairs(&mut self) -> Vec<(&'static str, &'static str)> {
        let count = self.pick(&["", "1", "12", "123"]).len();
        (0..count).map(|_| (self.pick(NAMES), self.pick(VALUES))).collect()
    }
}

/// Markup that must never arrive in a page.
const MARKUP: &str = "<i id=x>";

const PATHS: &[&str] = &[
    "",
    "_bank",
    "_bank/result",
    "sandbox/api/v2/basket/payment",
    "sandbox/website/EventList.aspx",
    "sandbox/website/EventDetails.aspx",
    "sandbox/website/ChooseSeats.aspx",
    "sandbox/website/Basket2.aspx",
    "sandbox/website/secure/Checkout.aspx",
    "sandbox/website/secure/LoginLogout.aspx",
    "sandbox/website/secure/MyAccount.aspx",
    "sandbox/website/%3Ci%20id=x%3E.aspx",
    "%3Ci%20id=x%3E/website/EventList.aspx",
];

const NAMES: &[&str] = &[
    "EventId",
    "EventInstanceId",
    "SortBy",
    "Attribute_Season",
    "stylesheet",
    "resize",
    "added",
    "order",
    "sandbox_notice",
    "payment",
    "result",
    "outcome",
    "session",
    "name",
    "address_line1",
    "confirmation_url",
    "email",
    "password",
    "remove",
    "promo_code",
    "ticket_delivery",
    "merchandise_delivery",
    "402.11.1",
    MARKUP,
    "",
];

const VALUES: &[&str] = &[
    MARKUP,
    "",
    "0",
    "1",
    "-1",
    "7004",
    "21143",
    "2147483648",
    "99999999999999999999",
    "true",
    "date",
    "pay",
    "bank",
    "decline",
    "confirmed",
    "Postal",
    "Cobo",
    "EARLY",
    "http://localhost/\r\nSet-Cookie: a=b",
    "ada.sample@example.org",
    "sandbox-session-1",
    "\u{0}\u{202e}🎭",
];

#[tokio::test]
async fn random_requests_get_no_error_of_the_server() {
    let sandbox = sandbox().await;
    let (browser, mut random) = (Browser::new(), Random(0x9e37_79b9_7f4a_7c15));
    for number in 0..1500 {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let query = query.extend_pairs(random.pairs()).finish();
        let url = format!("{}{}?{query}", sandbox.site_url(), random.pick(PATHS));
        let session = random.pick(&["", sandbox.seeded_session_id(), "unknown"]);
        let page = if number % 2 == 0 {
            browser.get(&url, session).await
        } else {
            browser.post(&url, session, &random.pairs()).await
        };
        assert!(page.status < 500, "{url}: {page:?}");
        assert!(
            !page.html.contains(MARKUP) && !page.location.contains(MARKUP),
            "{url}: {page:?}"
        );
        assert!(!page.cookie.starts_with("a=b"), "{url}: {page:?}");
    }
    let basket = sandbox
        .client()
        .expect("a client")
        .resume_session(spektrix_v2::SessionId::new(sandbox.seeded_session_id()).expect("an id"));
    basket.basket().await.expect("a basket");
}
