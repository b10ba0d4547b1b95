//! Tests of sessions with a service that keeps them: from the first ticket to the end, and what happens when one is lost.

use std::collections::BTreeSet;
use std::time::Duration;

use spektrix_v2::{Client, Delivery, MerchandiseItem, Session, StockItemId};
use spektrix_v2_sandbox::Fault;

use crate::table::{self, ADA};
use crate::venue::Venue;

fn programme() -> MerchandiseItem {
    MerchandiseItem::to_add(StockItemId::new(501))
}

async fn item_count(session: &Session) -> usize {
    session.basket().await.unwrap().merchandise_items.len()
}

async fn started_session(client: &Client) -> Session {
    let session = client.session();
    session.add(programme()).await.unwrap();
    session
}

#[tokio::test]
async fn a_session_lives_ten_minutes_after_its_last_change() {
    let venue = Venue::open().await;
    let client = venue.client();
    let session = started_session(&client).await;
    let minutes = |minutes: u64| venue.sandbox.advance(Duration::from_secs(60 * minutes));
    minutes(9);
    assert_eq!(item_count(&session).await, 1);
    session.add(programme()).await.unwrap();
    minutes(9);
    session.keep_alive().await.unwrap();
    minutes(9);
    assert_eq!(item_count(&session).await, 2, "a read");
    minutes(2);
    assert!(
        session.basket().await.unwrap_err().is_session_expired(),
        "a read does not renew the session"
    );
    let before = session.id();
    session.add([programme(), programme(), programme()]).await.unwrap();
    assert_eq!((item_count(&session).await, session.lost_baskets()), (3, 1));
    assert_ne!(session.id(), before);
}

#[tokio::test]
async fn concurrent_first_changes_fill_one_basket() {
    let venue = Venue::open().await;
    let session = venue.client().session();
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let session = session.clone();
            tokio::spawn(async move { session.add(programme()).await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!((item_count(&session).await, session.lost_baskets()), (8, 0));
}

/// One client serves a whole website: no visitor sees the basket of another one.
#[tokio::test]
async fn the_baskets_of_many_visitors_do_not_mix() {
    let venue = Venue::open().await;
    let client = venue.client();
    let visits = (1..=10).map(|count| {
        let session = client.session();
        tokio::spawn(async move {
            for _ in 0..count {
                session.add(programme()).await.unwrap();
            }
            let id = session.id().unwrap().expose().to_owned();
            (count, item_count(&session).await, id)
        })
    });
    let mut ids = BTreeSet::new();
    for visit in visits.collect::<Vec<_>>() {
        let (added, found, id) = visit.await.unwrap();
        assert_eq!(added, found);
        ids.insert(id);
    }
    assert_eq!(ids.len(), 10);
}

#[tokio::test]
async fn a_saved_session_continues_in_another_client() {
    let venue = Venue::open().await;
    let saved = started_session(&venue.client()).await.save().unwrap();
    let session = Session::restore(&venue.client(), saved.expose()).unwrap();
    session.add(programme()).await.unwrap();
    assert_eq!((item_count(&session).await, session.lost_baskets()), (2, 0));
}

/// As when a visitor has two tabs open, each served by a different server.
#[tokio::test]
async fn two_copies_of_a_saved_session_share_its_basket() {
    let venue = Venue::open().await;
    let saved = started_session(&venue.client()).await.save().unwrap();
    let tabs = [venue.client(), venue.client()].map(|client| Session::restore(&client, saved.expose()).unwrap());
    let (one, two) = tokio::join!(tabs[0].add(programme()), tabs[1].add(programme()));
    one.and(two).unwrap();
    for tab in &tabs {
        assert_eq!((item_count(tab).await, tab.lost_baskets()), (3, 0));
    }
}

/// The help feed does not list the download of a document.
#[tokio::test]
async fn tickets_of_an_order_can_be_printed() {
    let venue = Venue::open().await;
    let (client, session) = (venue.client(), venue.client().session());
    session
        .authenticate("ada.sample@example.org", venue.sandbox.seeded_password())
        .await
        .unwrap();
    session.add(table::seat()).await.unwrap();
    session.set_ticket_delivery(Delivery::print_at_home()).await.unwrap();
    let order = session.confirm().await.unwrap();
    assert!(session.basket().await.unwrap().tickets.is_empty());

    let instance = order.tickets[0].instance;
    let link = || async {
        let links = client.print_at_home_documents(ADA).await.unwrap();
        links.into_iter().find(|link| link.instance == instance).unwrap()
    };
    let early = link().await;
    assert!(!early.tickets_ready);
    venue.sandbox.advance(Duration::from_secs(5 * 60));
    assert!(link().await.tickets_ready);
    let mut document = client.download_ticket(ADA, early.id).await.unwrap();
    let first = document.next().await.unwrap().unwrap();
    assert!(first.starts_with(b"%PDF-"));
}

#[tokio::test]
async fn signing_in_starts_a_session_of_the_customer() {
    let venue = Venue::open().await;
    let (client, password) = (venue.client(), venue.sandbox.seeded_password());
    let (session, email) = (client.session(), "ada.sample@example.org");
    let ada = session.authenticate(email, password).await.unwrap();
    assert_eq!(
        (ada.id, session.basket().await.unwrap().customer),
        (Some(ADA), Some(ADA))
    );
    assert_eq!(client.authenticate(email, password).await.unwrap(), ada);
    // An existing session continues, and now belongs to the customer.
    let late = started_session(&client).await;
    late.authenticate(email, password).await.unwrap();
    assert_eq!((item_count(&late).await, late.lost_baskets()), (1, 0));
    assert_eq!(late.basket().await.unwrap().customer, Some(ADA));
}

/// Nobody can reach the basket of the lost response. Its seats are released when it expires.
#[tokio::test]
async fn a_first_change_with_a_lost_response_leaves_no_session() {
    let venue = Venue::open().await;
    let client = venue.client();
    let session = client.session();
    venue
        .sandbox
        .inject(Fault::LoseResponse.on("AddBasketItems").times(1))
        .unwrap();
    let error = session.add(programme()).await.unwrap_err();
    assert!(error.may_have_been_applied(), "{error}");
    assert_eq!((session.id(), error.attempts()), (None, 1));
    session.add(programme()).await.unwrap();
    assert_eq!((item_count(&session).await, session.lost_baskets()), (1, 0));
}

#[tokio::test]
async fn a_forgotten_session_is_replaced_at_the_next_change() {
    let venue = Venue::open().await;
    let session = started_session(&venue.client()).await;
    venue.sandbox.inject(Fault::ForgetSession.times(1)).unwrap();
    session.add(programme()).await.unwrap();
    assert_eq!((item_count(&session).await, session.lost_baskets()), (1, 1));
}

#[tokio::test]
async fn a_payment_page_is_for_the_current_session() {
    use spektrix_v2::iframe::Payer;
    let venue = Venue::open().await;
    let session = started_session(&venue.client()).await;
    let payer = Payer {
        name: "A. Visitor",
        line1: "1 High Street",
        town: "Ely",
        postcode: "CB7 4AA",
        country: "UK",
    };
    let url = session.payment_iframe(payer, "https://venue.example/").unwrap().url();
    let id = session.id().unwrap();
    assert!(
        url.expose()
            .contains(&format!("basket/payment?session={}&name=A.", id.expose()))
    );
}
