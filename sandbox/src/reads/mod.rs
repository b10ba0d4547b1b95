//! The operations that read, one function each.

mod customers;
mod instance_filter;
mod offers;
mod print_at_home;
mod related_data;
mod sales;
mod season;

use http::StatusCode;
use spektrix_v2::Download;
use spektrix_v2::operations::{Echo, GetBands, GetMemberships, GetStatements, GetTagGroups, GetTags, GetTicketTypes};

use crate::api::{Call, Refusal, Reply};
use crate::state::LiveVenue;

/// Calls the function for an operation.
pub(crate) fn respond(live: &LiveVenue<'_>, call: &Call<'_>) -> Result<Reply, Refusal> {
    let venue = live.venue();
    match call.operation.name {
        "Echo" => Reply::encode::<Echo>(&call.parameters.text("message").unwrap_or_default().to_owned()),
        "GetAddress" => customers::address(venue, call),
        "GetBands" => Reply::encode_page::<GetBands>(call, &venue.bands),
        "GetBasket" => sales::basket(live, call),
        "GetBasketRelatedData" => sales::basket_related_data(live, call),
        "GetCustomerAddresses" => customers::customer_addresses(live, call),
        "GetCustomers" => customers::customers(live, call),
        "GetEvents" => season::events(venue, call),
        "GetFixedSeries" => season::fixed_series(venue, call),
        "GetInstanceStatus" => season::statuses(live, call),
        "GetInstances" => season::instances(venue, call),
        "GetMemberships" => Reply::encode_page::<GetMemberships>(call, &venue.memberships),
        "GetOffers" => offers::offers(venue, call),
        "GetOffers2" => offers::offers_for_customer(live, call),
        "GetOrderRelatedData" => sales::order_related_data(live, call),
        "GetOrders" => sales::orders(live, call),
        "GetPlans" => season::plans(venue, call),
        "GetPriceLists" => season::price_lists(venue, call),
        "GetPrintAtHomeDocuments" => print_at_home::links(live, call),
        "GetStatements" => Reply::encode_page::<GetStatements>(call, &venue.statements),
        "GetStockItems" => season::stock_items(live, call),
        "GetTagGroups" => Reply::encode_page::<GetTagGroups>(call, &venue.tag_groups),
        "GetTags" => Reply::encode_page::<GetTags>(call, &venue.tags),
        "GetTicketTypes" => Reply::encode_page::<GetTicketTypes>(call, &venue.ticket_types),
        "GetTransactions" => sales::transactions(live, call),
        name if name == Download::INFO.name => print_at_home::download(live, call),
        "PostcodeLookup" => customers::postcode_lookup(venue, call),
        name => Err(Refusal::new(
            StatusCode::NOT_IMPLEMENTED,
            format!("The sandbox does not support {name}."),
        )),
    }
}
