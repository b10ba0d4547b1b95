//! Tests of the three ways to send an update. No other operation is affected by them.

use spektrix_v2::operations::{ConfirmOrder, DeleteBasketItem, UpdateBasket};
use spektrix_v2::{Basket, BasketItemId, ClientBuilder, CustomerId, Operation, Retry, UpdateStyle};

use crate::operations::{ListIds, RetiredWrite};
use crate::scripted::{Reply, Scripted};

/// Returns the method, the override and the body of the only request.
async fn sent<O: Operation>(operation: O, setup: impl FnOnce(ClientBuilder) -> ClientBuilder) -> [String; 3] {
    let transport = Scripted::new([Reply::ok("<Events/>")]);
    let client = setup(transport.builder()).build().unwrap();
    // The response to a write is irrelevant here.
    let _ = client.send(operation).await;
    let request = transport.requests().remove(0);
    let override_header = request.headers().get("x-http-method-override");
    [
        request.method().to_string(),
        override_header.map_or("", |value| value.to_str().unwrap()).to_owned(),
        String::from_utf8(request.body().to_vec()).unwrap(),
    ]
}

fn update() -> UpdateBasket {
    let mut basket = Basket::default();
    basket.customer = Some(CustomerId::new(7));
    UpdateBasket::new(basket)
}

/// Without a method that works, nobody can tell whether the service would have written.
#[tokio::test]
async fn a_blocked_method_has_a_hint_for_retired_writes_too() {
    for (status, has_style) in [(405, true), (501, true), (403, false)] {
        let transport = Scripted::new([Reply::status(status, "")]);
        let error = transport.client().send(RetiredWrite::default()).await.unwrap_err();
        let hint = error.hint().unwrap();
        assert!(hint.contains("ince 2025"), "{error}");
        assert_eq!(hint.contains("`ClientBuilder::update_style`"), has_style, "{error}");
    }
}

#[tokio::test]
async fn the_style_applies_to_updates_only() {
    let body = "<?xml version=\"1.0\" encoding=\"utf-8\"?><Basket><Customer id=\"7\"/></Basket>";
    let cases = [
        (UpdateStyle::Patch, "PATCH", ""),
        (UpdateStyle::PostWithOverride, "POST", "PATCH"),
        (UpdateStyle::Proppatch, "PROPPATCH", ""),
    ];
    for (style, method, override_method) in cases {
        let setup = |builder: ClientBuilder| builder.update_style(style);
        assert_eq!(
            sent(update(), setup).await,
            [method, override_method, body],
            "{style:?}"
        );
        assert_eq!(sent(ListIds::default(), setup).await, ["GET", "", ""]);
        let [method, override_method, _] = sent(DeleteBasketItem::new(BasketItemId::new(1)), setup).await;
        assert_eq!([method, override_method], ["DELETE", ""]);
        let [method, override_method, _] = sent(ConfirmOrder::new(), setup).await;
        assert_eq!([method, override_method], ["POST", ""]);
    }
    assert_eq!(sent(update(), |builder| builder).await[0], "PATCH", "the default");
}

#[tokio::test]
async fn an_update_by_post_is_not_retried() {
    let transport = Scripted::new([Reply::status(503, "")]);
    let builder = transport.builder().retry(Retry::new());
    let client = builder.update_style(UpdateStyle::PostWithOverride).build().unwrap();
    let error = client.send(update()).await.unwrap_err();
    assert_eq!(error.attempts(), 1);
    assert!(error.to_string().starts_with("UpdateBasket: "), "{error}");
}

#[tokio::test]
async fn status_405_of_an_update_has_a_hint() {
    let transport = Scripted::new([Reply::status(405, "")]);
    let error = transport.client().send(update()).await.unwrap_err();
    let setting = "`ClientBuilder::update_style`";
    assert!(error.hint().unwrap().contains(setting), "{error}");
}
