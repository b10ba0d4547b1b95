//! Checks what is asked of a piece of merchandise against what is in stock, and prices it.

use spektrix_v2::MerchandiseItem;

use super::catalogue::Catalogue;
use super::price;

/// The item as it lies in the basket, with its price. Says what is wrong, as a sentence. Whether it is in stock is
/// counted later, for all items together.
pub(super) fn check(catalogue: &Catalogue, mut item: MerchandiseItem) -> Result<MerchandiseItem, String> {
    let id = item.stock_item.ok_or("StockItem must be set")?;
    let stock = catalogue
        .stock_item(id)
        .ok_or_else(|| format!("there is no stock item {id}"))?;
    item.price = Some(price::of(item.override_price, item.price, stock.price)?);
    item.override_price = Some(item.override_price.unwrap_or_default());
    Ok(item)
}
