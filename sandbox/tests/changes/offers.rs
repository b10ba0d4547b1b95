//! Offers: nobody asks for one, they come and go with what lies in the basket, and for whom.

use spektrix_v2::rust_decimal::Decimal;
use spektrix_v2::{Basket, CustomerId, OfferId};

use crate::visitor::{Visitor, amount, expect_refusal, sandbox, ticket};

/// What each ticket is discounted by, and by which application of an offer.
fn discounts(basket: &Basket) -> Vec<(Option<OfferId>, Option<i32>, Option<Decimal>)> {
    basket
        .tickets
        .iter()
        .map(|ticket| (ticket.offer, ticket.offer_group, ticket.discount))
        .collect()
}

#[tokio::test]
async fn offers_come_and_go_by_themselves() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    let film = visitor.on_sale(431, 9).await;
    visitor.add_tickets(vec![ticket(film, 431); 5]).await.expect("tickets");
    assert_eq!(
        discounts(&visitor.basket().await),
        [(None, None, None); 5],
        "none without its code"
    );
    let unknown = Basket::new().with_promo_codes(["NONSENSE".to_owned()]);
    expect_refusal(
        visitor.change(unknown).await,
        400,
        "No offer has the promotional code 'NONSENSE'",
    );

    let friend = (Some(OfferId::new(302)), Some(amount("1.90")));
    visitor
        .change(Basket::new().with_promo_codes(["friend".to_owned()]))
        .await
        .expect("a code");
    let basket = visitor.basket().await;
    let pair = |group| (friend.0, Some(group), friend.1);
    assert_eq!(
        discounts(&basket),
        [pair(1), pair(1), pair(2), pair(2), (None, None, None)]
    );
    assert_eq!(
        (basket.offers, basket.total),
        (vec![OfferId::new(302)], Some(amount("39.90")))
    );

    // Without the first ticket, others make the pairs; with another code beside, the one that is left has it.
    let first = basket.tickets[0].id.expect("an id");
    visitor.remove(first.get()).await.expect("one less");
    assert_eq!(discounts(&visitor.basket().await), [pair(1), pair(1), pair(2), pair(2)]);
    let codes = ["FRIEND".to_owned(), "EARLY".to_owned()];
    visitor
        .change(Basket::new().with_promo_codes(codes))
        .await
        .expect("codes");
    visitor.add_tickets([ticket(film, 431)]).await.expect("a ticket");
    assert_eq!(
        discounts(&visitor.basket().await)[4],
        (Some(OfferId::new(304)), Some(3), Some(amount("2.00")))
    );

    visitor
        .change(Basket::new().with_promo_codes([String::new()]))
        .await
        .expect("no codes");
    let basket = visitor.basket().await;
    assert_eq!(
        (discounts(&basket), basket.offers, basket.promo_codes),
        (vec![(None, None, None); 5], vec![], vec![])
    );
}

#[tokio::test]
async fn of_a_family_of_four_the_cheapest_is_free_and_members_save_a_tenth() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    let family = visitor.showing("Family", 411).await;
    let child = ticket(family, 411).with_band(12).with_ticket_type(22);
    let adult = ticket(family, 411).with_band(12);
    visitor
        .add_tickets([adult.clone(), child.clone(), adult.clone(), child, adult])
        .await
        .expect("tickets");
    let basket = visitor.basket().await;
    let own = (Some(OfferId::new(301)), Some(1), Some(amount("0.00")));
    let free = (own.0, own.1, basket.tickets[1].price);
    assert_eq!(discounts(&basket), [own, free, own, own, (None, None, None)]);

    let play = visitor.showing("Drama", 401).await;
    let mut member = Visitor::new(&sandbox);
    member
        .add_tickets([ticket(play, 402).with_band(12)])
        .await
        .expect("a ticket");
    assert_eq!(discounts(&member.basket().await), [(None, None, None)]);
    for (customer, offer) in [(9001, Some(OfferId::new(303))), (9002, None)] {
        member
            .change(Basket::new().with_customer(CustomerId::new(customer)))
            .await
            .expect("a change");
        assert_eq!(member.basket().await.tickets[0].offer, offer, "{customer}");
    }
}
