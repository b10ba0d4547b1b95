//! Tests of every way through a payment: paid, declined, abandoned, through the bank, and refused parameters.

use spektrix_v2::SessionId;
use spektrix_v2::iframe::WebPage;
use spektrix_v2_sandbox::Sandbox;

use super::{Browser, PAYER, Page, THANKS, complete_session, payment_url, seats};
use crate::support::{TODAY, sandbox};

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
    let id = SessionId::new(session).expect("an id");
    let page = browser.get(&payment_url(&client.resume_session(id)), "").await;
    assert_eq!(page.status, 403);
    page.assert_contains(&["ConfirmOrder is refused"]);
    let pay = [("ticket_delivery", "Cobo"), ("outcome", "pay")];
    let checkout = client.site().page(WebPage::Checkout).url();
    let page = browser.post(&checkout, session, &pay).await;
    assert_eq!(page.status, 303, "{}", page.html);
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
