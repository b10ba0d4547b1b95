//! Tests of the booking pages: a visitor finds events, fills and changes a basket, signs in and pays.

use spektrix_v2::iframe::WebPage;

use super::{Browser, EMAIL, Page, seats};
use crate::support::sandbox;

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
