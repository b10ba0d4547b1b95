//! Offers: which are applied to a basket depends on its items, its promotional codes and its customer.

use spektrix_v2::rust_decimal::Decimal;
use spektrix_v2::{Basket, CustomerId, OfferId};

use crate::support::{Visitor, amount, expect_refusal, sandbox, ticket};

/// Returns the offer, the group and the discount of each ticket.
fn discounts(basket: &Basket) -> Vec<(Option<OfferId>, Option<i32>, Option<Decimal>)> {
    basket
        .tickets
        .iter()
        .map(|ticket| (ticket.offer, ticket.offer_group, ticket.discount))
        .collect()
}

#[tokio::test]
async fn offers_follow_items_and_promotional_codes() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    let film = visitor.on_sale(431, 9).await;
    visitor.add_tickets(vec![ticket(film, 431); 5]).await.expect("tickets");
    assert_eq!(
        discounts(&visitor.basket().await),
        [(None, None, None); 5],
        "no offer applies without its code"
    );
    let unknown = Basket::new().with_promo_codes(["NONSENSE".to_owned()]);
    expect_refusal(
        visitor.update_basket(unknown).await,
        400,
        "No offer has the promotional code 'NONSENSE'",
    );

    let friend = (Some(OfferId::new(302)), Some(amount("1.90")));
    visitor
        .update_basket(Basket::new().with_promo_codes(["friend".to_owned()]))
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

    // Without the first ticket, other tickets form the pairs. With a second code, the single ticket gets the other offer.
    let first = basket.tickets[0].id.expect("an id");
    visitor.remove(first.get()).await.expect("a ticket is removed");
    assert_eq!(discounts(&visitor.basket().await), [pair(1), pair(1), pair(2), pair(2)]);
    let codes = ["FRIEND".to_owned(), "EARLY".to_owned()];
    visitor
        .update_basket(Basket::new().with_promo_codes(codes))
        .await
        .expect("codes");
    visitor.add_tickets([ticket(film, 431)]).await.expect("a ticket");
    assert_eq!(
        discounts(&visitor.basket().await)[4],
        (Some(OfferId::new(304)), Some(3), Some(amount("2.00")))
    );

    visitor
        .update_basket(Basket::new().with_promo_codes([String::new()]))
        .await
        .expect("no codes");
    let basket = visitor.basket().await;
    assert_eq!(
        (discounts(&basket), basket.offers, basket.promo_codes),
        (vec![(None, None, None); 5], vec![], vec![])
    );
}

#[tokio::test]
async fn offers_for_families_and_members_are_applied() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    let family = visitor.on_sale_of_genre("Family", 411).await;
    let child = ticket(family, 411).with_band(12).with_ticket_type(22);
    let adult = ticket(family, 411).with_band(12);
    visitor
        .add_tickets([adult.clone(), child.clone(), adult.clone(), child, adult])
        .await
        .expect("tickets");
    let basket = visitor.basket().await;
    let paid = (Some(OfferId::new(301)), Some(1), Some(amount("0.00")));
    let free = (paid.0, paid.1, basket.tickets[1].price);
    assert_eq!(discounts(&basket), [paid, free, paid, paid, (None, None, None)]);

    let play = visitor.on_sale_of_genre("Drama", 401).await;
    let mut member = Visitor::new(&sandbox);
    member
        .add_tickets([ticket(play, 402).with_band(12)])
        .await
        .expect("a ticket");
    assert_eq!(discounts(&member.basket().await), [(None, None, None)]);
    for (customer, offer) in [(9001, Some(OfferId::new(303))), (9002, None)] {
        member
            .update_basket(Basket::new().with_customer(CustomerId::new(customer)))
            .await
            .expect("a change");
        assert_eq!(member.basket().await.tickets[0].offer, offer, "{customer}");
    }
}
