//! Merchandise, one item of it out of stock.

use rust_decimal::Decimal;
use spektrix_v2::{Attributes, StockItem, StockItemId};

use super::money::pence;
use super::text;

pub(super) const PROGRAMME: StockItemId = StockItemId::new(501);
pub(super) const LANTERN: StockItemId = StockItemId::new(502);
pub(super) const MUG: StockItemId = StockItemId::new(503);
const TOWEL: StockItemId = StockItemId::new(504);
const SCRIPT: StockItemId = StockItemId::new(505);

pub(super) fn stock_items() -> Vec<StockItem> {
    vec![
        item(
            PROGRAMME,
            "Souvenir Programme",
            "Cast, pictures and a page of puzzles.",
            450,
            820,
        ),
        item(
            LANTERN,
            "Light-up Lantern",
            "Three colours. Batteries are in it.",
            650,
            143,
        ),
        item(MUG, "Playhouse Mug", "Holds a third of a litre, and a grudge.", 895, 37),
        item(
            TOWEL,
            "Tide Table Tea Towel",
            "Next year’s tides, in cotton. Sold out until spring.",
            1100,
            0,
        ),
        item(
            SCRIPT,
            "Play Script",
            "The text of the evening, as it was printed on the first day.",
            999,
            64,
        ),
    ]
}

/// What one piece costs.
pub(super) fn price(items: &[StockItem], id: StockItemId) -> Decimal {
    let item = items.iter().find(|item| item.id == id);
    item.map(|item| item.price).unwrap_or_default()
}

fn item(id: StockItemId, name: &str, about: &str, price: i64, level: i32) -> StockItem {
    let (image, thumbnail) = text::pictures(name);
    let mut item = StockItem::new(id, pence(price), level);
    item.attributes = Attributes::from_iter([("Collect Only", if level == 0 { "1" } else { "0" }), ("Maker", "")]);
    item.description = Some(text::plain(&[about]));
    item.image_url = Some(image);
    item.name = Some(name.to_owned());
    item.thumbnail_url = Some(thumbnail);
    item
}
