//! Answers every operation that only reads, from the venue and from what has become of it.

mod documents;
mod offers;
mod people;
mod sales;
mod season;
mod selection;

use http::StatusCode;
use spektrix_v2::Download;
use spektrix_v2::operations::{Echo, GetBands, GetMemberships, GetStatements, GetTagGroups, GetTags, GetTicketTypes};

use crate::answers::{Call, page, whole};
use crate::service::{Refusal, Reply};
use crate::state::World;

/// One line for each operation.
pub(crate) fn answer(world: &World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let venue = &world.catalogue.venue;
    match call.operation.name {
        "Echo" => whole::<Echo>(&call.parameters.text("message").unwrap_or_default().to_owned()),
        "GetAddress" => people::address(venue, call),
        "GetBands" => page::<GetBands>(call, &venue.bands),
        "GetBasket" => sales::basket(world, call),
        "GetBasketRelatedData" => sales::basket_related_data(world, call),
        "GetCustomerAddresses" => people::customer_addresses(world, call),
        "GetCustomers" => people::customers(world, call),
        "GetEvents" => season::events(venue, call),
        "GetFixedSeries" => season::fixed_series(venue, call),
        "GetInstanceStatus" => season::statuses(world, call),
        "GetInstances" => season::instances(venue, call),
        "GetMemberships" => page::<GetMemberships>(call, &venue.memberships),
        "GetOffers" => offers::offers(venue, call),
        "GetOffers2" => offers::offers_for_customer(world, call),
        "GetOrderRelatedData" => sales::order_related_data(world, call),
        "GetOrders" => sales::orders(world, call),
        "GetPlans" => season::plans(venue, call),
        "GetPriceLists" => season::price_lists(venue, call),
        "GetPrintAtHomeDocuments" => documents::links(world, call),
        "GetStatements" => page::<GetStatements>(call, &venue.statements),
        "GetStockItems" => season::stock_items(world, call),
        "GetTagGroups" => page::<GetTagGroups>(call, &venue.tag_groups),
        "GetTags" => page::<GetTags>(call, &venue.tags),
        "GetTicketTypes" => page::<GetTicketTypes>(call, &venue.ticket_types),
        "GetTransactions" => sales::transactions(world, call),
        name if name == Download::INFO.name => documents::download(world, call),
        "PostcodeLookup" => people::postcode_lookup(venue, call),
        name => Err(Refusal::new(
            StatusCode::NOT_IMPLEMENTED,
            format!("The sandbox does not know how to answer {name}."),
        )),
    }
}
