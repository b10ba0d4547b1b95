//! What lies in a basket: what may be put there, what it costs, which offers it has, and how it is delivered.

use spektrix_v2::operations::{AddBasketItems, DeleteBasketItem, UpdateBasket, UpdateBasketItems};
use spektrix_v2::rust_decimal::Decimal;
use spektrix_v2::{
    Address, Attributes, BandId, Basket, BasketItemId, BasketItems, CustomerId, Delivery, DeliveryType,
    MerchandiseItem, MerchandiseItemId, OfferId, Ticket, TicketId, TicketTypeId,
};

use crate::visitor::{Visitor, expect_refusal, sandbox, ticket};

fn amount(text: &str) -> Decimal {
    text.parse().expect("an amount")
}

#[tokio::test]
async fn what_is_not_sold_cannot_be_added() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    let (house, film) = (visitor.on_sale(401, 3).await, visitor.on_sale(431, 3).await);
    let over = "21001";
    let ticket = |instance: &str, rest: &str| format!("<Ticket><Instance id=\"{instance}\"/>{rest}</Ticket>");
    let (house, film) = (house.to_string(), film.to_string());
    let cases = [
        (
            "<Ticket><Plan id=\"431\"/></Ticket>".to_owned(),
            "Ticket 1: Instance must be set",
        ),
        (ticket(&film, ""), "Ticket 1: Plan must be set"),
        (ticket("7", "<Plan id=\"431\"/>"), "Ticket 1: there is no instance 7"),
        (ticket(&film, "<Plan id=\"7\"/>"), "Ticket 1: there is no plan 7"),
        (ticket(&film, "<Plan id=\"421\"/>"), "is not played in plan 421"),
        (
            ticket(&house, "<Plan id=\"401\"/>"),
            "plan 401 cannot be booked as it has sub plans: book 402 or 403",
        ),
        (
            ticket(&house, "<Plan id=\"402\"/>"),
            "Band must be set, as plan 402 has several",
        ),
        (
            ticket(&house, "<Plan id=\"402\"/><Band id=\"14\"/>"),
            "plan 402 has no band 14",
        ),
        (
            ticket(&film, "<Plan id=\"431\"/><TicketType id=\"26\"/>"),
            "has no price for ticket type 26 in band 15",
        ),
        (
            ticket(&film, "<Plan id=\"431\"/><OverridePrice>true</OverridePrice>"),
            "Price must be set when OverridePrice is true",
        ),
        (
            ticket(
                &film,
                "<Plan id=\"431\"/><OverridePrice>true</OverridePrice><Price>-1</Price>",
            ),
            "Price must not be negative",
        ),
        (ticket(over, "<Plan id=\"402\"/><Band id=\"11\"/>"), "is not on sale"),
        (
            "<MerchandiseItem/>".to_owned(),
            "MerchandiseItem 1: StockItem must be set",
        ),
        (
            "<MerchandiseItem><StockItem id=\"7\"/></MerchandiseItem>".to_owned(),
            "MerchandiseItem 1: there is no stock item 7",
        ),
        (
            "<MerchandiseItem><StockItem id=\"504\"/></MerchandiseItem>".to_owned(),
            "1 more of stock item 504 were asked for, and its stock level is 0",
        ),
        (
            "<MerchandiseItem><StockItem id=\"503\"/><OverridePrice>1</OverridePrice></MerchandiseItem>".to_owned(),
            "Price must be set",
        ),
    ];
    for (item, words) in cases {
        let body = format!("<BasketItems>{item}</BasketItems>");
        expect_refusal(visitor.send("POST", "basket/items", Some(&body)).await, 400, words);
        // A good item beside it is not added either.
        let good = ticket(&film, "<Plan id=\"431\"/>");
        let body = format!(
            "<BasketItems><MerchandiseItem><StockItem id=\"503\"/></MerchandiseItem>{item}{good}</BasketItems>"
        );
        assert!(
            visitor.send("POST", "basket/items", Some(&body)).await.is_err(),
            "{body}"
        );
    }
    assert_eq!((visitor.session.clone(), visitor.stock(503).await), (None, 36));
}

#[tokio::test]
async fn a_ticket_is_completed_and_priced() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    let (house, film) = (visitor.on_sale(401, 3).await, visitor.on_sale(431, 3).await);
    let asked = ticket(house, 403)
        .with_band(14)
        .with_attributes(Attributes::from_iter([("Seat", "C1")]));
    let mut not_theirs = ticket(film, 431).with_id(7).with_price(amount("0.01"));
    (not_theirs.discount, not_theirs.offer, not_theirs.offer_group) =
        (Some(amount("5")), Some(OfferId::new(302)), Some(1));
    visitor.add_tickets([asked.clone(), not_theirs]).await.expect("tickets");
    let basket = visitor.basket().await;
    let mut expected = asked.with_id(51_015).with_ticket_type(21).with_override_price(false);
    expected.price = basket.tickets[0].price;
    assert_eq!(basket.tickets[0], expected, "ids go on, adults are the default");
    let film_ticket = ticket(film, 431)
        .with_band(15)
        .with_ticket_type(21)
        .with_override_price(false);
    assert_eq!(
        basket.tickets[1],
        film_ticket.with_id(51_016).with_price(amount("9.50"))
    );
    assert_eq!(basket.total, Some(expected.price.expect("a price") + amount("9.50")));
}

#[tokio::test]
async fn an_update_is_checked_as_a_new_item_is() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    let film = visitor.on_sale(431, 3).await;
    visitor.add_tickets([ticket(film, 431)]).await.expect("a ticket");
    visitor.add_merchandise(503).await.expect("a mug");
    let before = visitor.basket().await;
    let (id, mug) = (
        before.tickets[0].id.expect("an id"),
        before.merchandise_items[0].id.expect("an id"),
    );
    let cases = [
        (
            format!("<Ticket id=\"{id}\"><TicketType id=\"22\"/></Ticket><Ticket><Price>1</Price></Ticket>"),
            "Ticket 2: id must be set",
        ),
        (format!("<Ticket id=\"{mug}\"/>"), "there is no such item"),
        (format!("<MerchandiseItem id=\"{id}\"/>"), "there is no such item"),
        (
            format!("<Ticket id=\"{id}\"><TicketType id=\"26\"/></Ticket>"),
            "has no price for ticket type 26",
        ),
        (
            format!("<Ticket id=\"{id}\"><Plan id=\"421\"/></Ticket>"),
            "is not played in plan 421",
        ),
        (
            format!("<Ticket id=\"{id}\"><OverridePrice>true</OverridePrice></Ticket>"),
            "Price must be set when OverridePrice is true",
        ),
        (
            format!("<MerchandiseItem id=\"{mug}\"><StockItem id=\"504\"/></MerchandiseItem>"),
            "its stock level is 0",
        ),
    ];
    for (items, words) in cases {
        let body = format!("<BasketItems>{items}</BasketItems>");
        expect_refusal(visitor.send("PATCH", "basket/items", Some(&body)).await, 400, words);
    }
    let unknown = DeleteBasketItem::new(BasketItemId::new(7));
    expect_refusal(visitor.call(unknown).await, 400, "There is no item 7 in the basket");
    assert_eq!(visitor.basket().await, before);
    let items = Basket::new().with_tickets(before.tickets);
    expect_refusal(
        visitor.call(UpdateBasket::new(items)).await,
        400,
        "Items cannot be changed here",
    );
}

#[tokio::test]
async fn a_price_can_be_overridden_and_restored() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    let film = visitor.on_sale(431, 3).await;
    visitor.add_tickets([ticket(film, 431)]).await.expect("a ticket");
    visitor.add_merchandise(503).await.expect("a mug");
    let basket = visitor.basket().await;
    let id = basket.tickets[0].id.expect("an id");
    let mug = MerchandiseItem::new().with_id(basket.merchandise_items[0].id.expect("an id"));
    let change = |id: TicketId| Ticket::new().with_id(id);
    // With each: the ticket's price, the mug's price and discount, the total. Nothing is taken off a price by hand.
    let cases = [
        (
            change(id).with_override_price(true).with_price(amount("3")),
            mug.clone(),
            ("3.00", "8.95", Some("0.90")),
            "11.05",
        ),
        (
            change(id).with_price(amount("4.5")),
            mug.clone(),
            ("4.50", "8.95", Some("0.90")),
            "12.55",
        ),
        (
            change(id),
            mug.clone().with_override_price(true).with_price(amount("1")),
            ("4.50", "1.00", None),
            "5.50",
        ),
        (
            change(id).with_override_price(false),
            mug.clone(),
            ("9.50", "1.00", None),
            "10.50",
        ),
        (
            change(id).with_price(amount("1")),
            mug.clone().with_override_price(false),
            ("9.50", "8.95", Some("0.90")),
            "17.55",
        ),
    ];
    for (ticket, mug, (ticket_price, mug_price, discount), total) in cases {
        let items = BasketItems::new().with_tickets([ticket]).with_merchandise_items([mug]);
        visitor.call(UpdateBasketItems::new(items)).await.expect("a change");
        let basket = visitor.basket().await;
        let own = &basket.merchandise_items[0];
        assert_eq!(
            (basket.tickets[0].price, own.price, own.discount),
            (
                Some(amount(ticket_price)),
                Some(amount(mug_price)),
                discount.map(amount)
            )
        );
        assert_eq!(basket.total, Some(amount(total)));
    }
}

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
        visitor.call(UpdateBasket::new(unknown)).await,
        400,
        "No offer has the promotional code 'NONSENSE'",
    );

    let friend = (Some(OfferId::new(302)), Some(amount("1.90")));
    visitor
        .call(UpdateBasket::new(Basket::new().with_promo_codes(["friend".to_owned()])))
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
    visitor
        .call(DeleteBasketItem::new(BasketItemId::new(first.get())))
        .await
        .expect("one less");
    assert_eq!(discounts(&visitor.basket().await), [pair(1), pair(1), pair(2), pair(2)]);
    let codes = ["FRIEND".to_owned(), "EARLY".to_owned()];
    visitor
        .call(UpdateBasket::new(Basket::new().with_promo_codes(codes)))
        .await
        .expect("codes");
    visitor.add_tickets([ticket(film, 431)]).await.expect("a ticket");
    assert_eq!(
        discounts(&visitor.basket().await)[4],
        (Some(OfferId::new(304)), Some(3), Some(amount("2.00")))
    );

    visitor
        .call(UpdateBasket::new(Basket::new().with_promo_codes([String::new()])))
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
            .call(UpdateBasket::new(
                Basket::new().with_customer(CustomerId::new(customer)),
            ))
            .await
            .expect("a change");
        assert_eq!(member.basket().await.tickets[0].offer, offer, "{customer}");
    }
}

#[tokio::test]
async fn deliveries_follow_the_items() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    let by = |way| Delivery::new().with_type(way);
    let home = Address::new()
        .with_line1("1 Quay")
        .with_town("Mallowmere")
        .with_postcode("QV1 1AA")
        .with_country("UK");
    let tickets = |delivery| UpdateBasket::new(Basket::new().with_ticket_delivery(delivery));
    let merchandise = |delivery| UpdateBasket::new(Basket::new().with_merchandise_delivery(delivery));
    expect_refusal(
        visitor.call(tickets(by(DeliveryType::Cobo))).await,
        400,
        "TicketDelivery: there is nothing to deliver",
    );

    let family = visitor.showing("Family", 411).await;
    let adult = ticket(family, 411).with_band(12);
    visitor.add_tickets([adult.clone()]).await.expect("a ticket");
    visitor.add_merchandise(503).await.expect("a mug");
    let cases = [
        (tickets(Delivery::new()), "TicketDelivery: Type must be set"),
        (
            tickets(by(DeliveryType::Postal)),
            "Address must be set when Type is Postal",
        ),
        (
            tickets(by(DeliveryType::Postal).with_address(Address::new())),
            "Line1 of the Address must be set",
        ),
        (
            tickets(by(DeliveryType::Unknown("Pigeon".to_owned()))),
            "Type can be Postal, Cobo, PrintAtHome with these items, not 'Pigeon'",
        ),
        (
            merchandise(by(DeliveryType::PrintAtHome)),
            "MerchandiseDelivery: Type can be Postal, Cobo with these items",
        ),
    ];
    for (update, words) in cases {
        expect_refusal(visitor.call(update).await, 400, words);
    }
    visitor
        .call(tickets(by(DeliveryType::PrintAtHome)))
        .await
        .expect("a delivery");
    let posted = by(DeliveryType::Postal).with_address(home.clone());
    visitor
        .call(merchandise(posted.with_fee(Decimal::ZERO)))
        .await
        .expect("a delivery");
    let basket = visitor.basket().await;
    assert_eq!(
        basket.ticket_delivery,
        Some(by(DeliveryType::PrintAtHome).with_fee(Decimal::new(0, 2)))
    );
    let fee = |basket: &Basket| basket.merchandise_delivery.as_ref().and_then(|delivery| delivery.fee);
    assert_eq!(fee(&basket), Some(amount("1.75")), "what is sent does not count");

    // Two more mugs cost more postage. A school's ticket is not printed at home, so that delivery goes.
    visitor.add_merchandise(503).await.expect("a mug");
    visitor.add_merchandise(503).await.expect("a mug");
    assert_eq!(fee(&visitor.basket().await), Some(amount("2.25")));
    visitor
        .add_tickets([adult.with_ticket_type(TicketTypeId::new(26))])
        .await
        .expect("a ticket");
    let basket = visitor.basket().await;
    assert_eq!(
        (basket.ticket_delivery, basket.ticket_delivery_options.len()),
        (None, 2)
    );

    for item in basket.merchandise_items {
        let id: MerchandiseItemId = item.id.expect("an id");
        visitor
            .call(DeleteBasketItem::new(BasketItemId::new(id.get())))
            .await
            .expect("one less");
    }
    let basket = visitor.basket().await;
    assert_eq!(
        (basket.merchandise_delivery, basket.merchandise_delivery_options),
        (None, vec![])
    );
}

#[tokio::test]
async fn what_is_sold_out_can_be_had_when_it_comes_back() {
    let sandbox = sandbox().await;
    let (mut first, mut second) = (Visitor::new(&sandbox), Visitor::new(&sandbox));
    let film = first.on_sale(431, 5).await;
    let left = first.seats(film).await[0].available;
    let seats = usize::try_from(left).expect("seats");
    let too_many = vec![ticket(film, 431); seats + 1];
    expect_refusal(first.add_tickets(too_many.clone()).await, 400, "were asked for");
    first
        .add_tickets(too_many[1..].to_vec())
        .await
        .expect("all that are left");
    assert_eq!(first.seats(film).await[0].available, 0);
    expect_refusal(
        second.add_tickets([ticket(film, 431)]).await,
        400,
        "There are not enough seats: 1 more of plan 431",
    );
    let basket = first.basket().await;
    let id = basket.tickets[0].id.expect("an id");
    first
        .call(DeleteBasketItem::new(BasketItemId::new(id.get())))
        .await
        .expect("one less");
    second.add_tickets([ticket(film, 431)]).await.expect("it came back");

    let mugs = usize::try_from(first.stock(503).await).expect("mugs");
    let mug = MerchandiseItem::new().with_stock_item(503);
    let all = BasketItems::new().with_merchandise_items(vec![mug; mugs]);
    first.call(AddBasketItems::new(all)).await.expect("all mugs");
    assert_eq!(first.stock(503).await, 0);
    expect_refusal(second.add_merchandise(503).await, 400, "its stock level is 0");
}

/// An update that moves a ticket elsewhere gives the old seat back.
#[tokio::test]
async fn a_ticket_can_move() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    let house = visitor.on_sale(401, 3).await;
    let before = visitor.seats(house).await;
    visitor
        .add_tickets([ticket(house, 402).with_band(BandId::new(12))])
        .await
        .expect("a ticket");
    let id = visitor.basket().await.tickets[0].id.expect("an id");
    let upstairs = Ticket::new().with_id(id).with_plan(403);
    visitor
        .call(UpdateBasketItems::new(BasketItems::new().with_tickets([upstairs])))
        .await
        .expect("a change");
    let free: Vec<_> = visitor
        .seats(house)
        .await
        .iter()
        .map(|status| status.available)
        .collect();
    assert_eq!(
        free,
        [before[0].available - 1, before[1].available, before[2].available - 1]
    );
}
