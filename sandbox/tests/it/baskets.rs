//! Items of baskets: which are refused, how they are completed, and their prices.

use std::time::Duration;

use spektrix_v2::operations::{AddBasketItems, UpdateBasketItems};
use spektrix_v2::{Attributes, BandId, Basket, BasketItems, MerchandiseItem, OfferId, Ticket, TicketId};

use crate::support::{Visitor, amount, expect_refusal, sandbox, ticket};

/// Items that are refused: a kind of item, more of its XML, and the message. The kind is `house` or `film` for a ticket
/// for an instance that is on sale, `merchandise`, or the XML of an instance.
const REFUSED: &[(&str, &str, &str)] = &[
    ("", "<Plan id='431'/>", "Ticket 1: Instance must be set"),
    (
        "<Instance id='7'/>",
        "<Plan id='431'/>",
        "Ticket 1: there is no instance 7",
    ),
    (
        "<Instance id='21001'/>",
        "<Plan id='402'/>",
        "Ticket 1: instance 21001 is not on sale",
    ),
    ("film", "", "Ticket 1: Plan must be set"),
    ("film", "<Plan id='7'/>", "Ticket 1: there is no plan 7"),
    ("film", "<Plan id='421'/>", "has no plan 421"),
    (
        "house",
        "<Plan id='401'/>",
        "plan 401 cannot be booked, because it has sub-plans: book 402 or 403",
    ),
    ("house", "<Plan id='402'/>", "Band must be set, as plan 402 has several"),
    ("house", "<Plan id='402'/><Band id='14'/>", "plan 402 has no band 14"),
    (
        "film",
        "<Plan id='431'/><TicketType id='26'/>",
        "has no price for ticket type 26 in band 15",
    ),
    (
        "film",
        "<Plan id='431'/><OverridePrice>true</OverridePrice>",
        "Price must be set when OverridePrice is true",
    ),
    (
        "film",
        "<Plan id='431'/><OverridePrice>true</OverridePrice><Price>-1</Price>",
        "Price must not be negative",
    ),
    ("merchandise", "", "MerchandiseItem 2: StockItem must be set"),
    ("merchandise", "<StockItem id='7'/>", "there is no stock item 7"),
    (
        "merchandise",
        "<StockItem id='504'/>",
        "1 more of stock item 504 were requested, and its stock level is 0",
    ),
    (
        "merchandise",
        "<StockItem id='503'/><OverridePrice>1</OverridePrice>",
        "Price must be set",
    ),
];

#[tokio::test]
async fn items_that_are_not_sold_are_refused() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    let (house, film) = (visitor.on_sale(401, 3).await, visitor.on_sale(431, 3).await);
    let before = (visitor.statuses(film).await, visitor.stock_level(503).await);
    let valid = format!("<Ticket><Instance id='{film}'/><Plan id='431'/></Ticket>");
    for (kind, rest, message) in REFUSED {
        let item = match *kind {
            "merchandise" => format!("<MerchandiseItem>{rest}</MerchandiseItem>"),
            "film" => format!("<Ticket><Instance id='{film}'/>{rest}</Ticket>"),
            "house" => format!("<Ticket><Instance id='{house}'/>{rest}</Ticket>"),
            instance => format!("<Ticket>{instance}{rest}</Ticket>"),
        };
        // Valid items before and after it are not added either.
        let merchandise = "<MerchandiseItem><StockItem id='503'/></MerchandiseItem>";
        let body = format!("<BasketItems>{merchandise}{item}{valid}</BasketItems>");
        expect_refusal(visitor.send("POST", "basket/items", Some(&body)).await, 400, message);
    }
    assert_eq!(visitor.session, None);
    assert_eq!((visitor.statuses(film).await, visitor.stock_level(503).await), before);
}

#[tokio::test]
async fn a_ticket_is_completed_and_priced() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    let (house, film) = (visitor.on_sale(401, 3).await, visitor.on_sale(431, 3).await);
    let requested = ticket(house, 403)
        .with_band(14)
        .with_attributes(Attributes::from_iter([("Seat", "C1")]));
    // The sandbox ignores an id, a price and a discount that a visitor sends.
    let mut with_discount = ticket(film, 431).with_id(7).with_price(amount("0.01"));
    with_discount.discount = Some(amount("5"));
    (with_discount.offer, with_discount.offer_group) = (Some(OfferId::new(302)), Some(1));
    visitor
        .add_tickets([requested.clone(), with_discount])
        .await
        .expect("tickets");
    let basket = visitor.basket().await;
    let mut expected = requested
        .with_id(51_015)
        .with_ticket_type(21)
        .with_override_price(false);
    expected.price = basket.tickets[0].price;
    assert_eq!(
        basket.tickets[0], expected,
        "ids continue, and the ticket type defaults to adult"
    );
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
async fn an_update_is_checked_like_a_new_item() {
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
            "has no plan 421",
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
    for (items, message) in cases {
        let body = format!("<BasketItems>{items}</BasketItems>");
        let response = visitor.send("PATCH", "basket/items", Some(&body)).await;
        expect_refusal(response, 400, message);
    }
    expect_refusal(visitor.remove(7).await, 400, "There is no item 7 in the basket");
    assert_eq!(visitor.basket().await, before);
    let items = Basket::new().with_tickets(before.tickets);
    expect_refusal(visitor.update_basket(items).await, 400, "Items cannot be changed here");
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
    // Each with the ticket's price, the mug's price and discount, and the total. An overridden price has no discount.
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
        let item = &basket.merchandise_items[0];
        assert_eq!(
            (basket.tickets[0].price, item.price, item.discount),
            (
                Some(amount(ticket_price)),
                Some(amount(mug_price)),
                discount.map(amount)
            )
        );
        assert_eq!(basket.total, Some(amount(total)));
    }
}

#[tokio::test]
async fn returned_seats_can_be_bought_again() {
    let sandbox = sandbox().await;
    let (mut first, mut second) = (Visitor::new(&sandbox), Visitor::new(&sandbox));
    let film = first.on_sale(431, 5).await;
    let free = first.statuses(film).await[0].available;
    let seats = usize::try_from(free).expect("seats");
    let too_many = vec![ticket(film, 431); seats + 1];
    expect_refusal(first.add_tickets(too_many.clone()).await, 400, "were requested");
    first.add_tickets(too_many[1..].to_vec()).await.expect("all free seats");
    assert_eq!(first.statuses(film).await[0].available, 0);
    expect_refusal(
        second.add_tickets([ticket(film, 431)]).await,
        400,
        "There are not enough seats: 1 more of plan 431",
    );
    let basket = first.basket().await;
    let id = basket.tickets[0].id.expect("an id");
    first.remove(id.get()).await.expect("a ticket is removed");
    second.add_tickets([ticket(film, 431)]).await.expect("it is free again");

    let mugs = usize::try_from(first.stock_level(503).await).expect("mugs");
    let mug = MerchandiseItem::new().with_stock_item(503);
    let all = BasketItems::new().with_merchandise_items(vec![mug; mugs]);
    first.call(AddBasketItems::new(all)).await.expect("all mugs");
    assert_eq!(first.stock_level(503).await, 0);
    expect_refusal(second.add_merchandise(503).await, 400, "its stock level is 0");
}

/// The clock of the sandbox decides, because the flag of the instance does not change.
#[tokio::test]
async fn an_instance_is_not_sold_after_its_sale_ends() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    let film = visitor.on_sale(431, 3).await;
    visitor.add_tickets([ticket(film, 431)]).await.expect("a ticket");
    sandbox.advance(Duration::from_secs(90 * 24 * 60 * 60));
    expect_refusal(
        visitor.add_tickets([ticket(film, 431)]).await,
        400,
        "is not on sale since",
    );
}

#[tokio::test]
async fn moving_a_ticket_releases_its_old_seat() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    let house = visitor.on_sale(401, 3).await;
    let before = visitor.statuses(house).await;
    visitor
        .add_tickets([ticket(house, 402).with_band(BandId::new(12))])
        .await
        .expect("a ticket");
    let id = visitor.basket().await.tickets[0].id.expect("an id");
    let in_circle = Ticket::new().with_id(id).with_plan(403);
    visitor
        .call(UpdateBasketItems::new(BasketItems::new().with_tickets([in_circle])))
        .await
        .expect("a change");
    let free: Vec<_> = visitor
        .statuses(house)
        .await
        .iter()
        .map(|status| status.available)
        .collect();
    assert_eq!(
        free,
        [before[0].available - 1, before[1].available, before[2].available - 1]
    );
}
