//! Answers every operation that only reads, from the venue and from the sessions.

mod answer;
mod offers;
mod people;
mod sales;
mod season;
mod selection;

use http::StatusCode;
use spektrix_v2::operations::{
    Echo, GetBands, GetMemberships, GetStatements, GetStockItems, GetTagGroups, GetTags, GetTicketTypes,
};

use crate::answers::Call;
use crate::service::{Fault, Reply};
use crate::sessions::Sessions;
use crate::venue::Venue;
use answer::{page, whole};

/// What can be read.
#[derive(Debug)]
pub(crate) struct Reads {
    venue: Venue,
    sessions: Sessions,
}

impl Reads {
    pub(crate) fn new(venue: Venue) -> Self {
        let sessions = Sessions::seeded(venue.basket.clone());
        Self { venue, sessions }
    }

    /// One line for each operation.
    pub(crate) fn answer(&self, call: &Call<'_>) -> Result<Reply, Fault> {
        let Self { venue, sessions } = self;
        match call.operation.name {
            "Echo" => whole::<Echo>(&call.parameters.text("message").unwrap_or_default().to_owned()),
            "GetAddress" => people::address(venue, call),
            "GetBands" => page::<GetBands>(call, &venue.bands),
            "GetBasket" => sales::basket(sessions, call),
            "GetBasketRelatedData" => sales::basket_related_data(venue, sessions, call),
            "GetCustomerAddresses" => people::customer_addresses(venue, call),
            "GetCustomers" => people::customers(venue, call),
            "GetEvents" => season::events(venue, call),
            "GetFixedSeries" => season::fixed_series(venue, call),
            "GetInstanceStatus" => season::statuses(venue, call),
            "GetInstances" => season::instances(venue, call),
            "GetMemberships" => page::<GetMemberships>(call, &venue.memberships),
            "GetOffers" => offers::offers(venue, call),
            "GetOffers2" => offers::offers_for_customer(venue, call),
            "GetOrderRelatedData" => sales::order_related_data(venue, call),
            "GetOrders" => sales::orders(venue, call),
            "GetPlans" => season::plans(venue, call),
            "GetPriceLists" => season::price_lists(venue, call),
            "GetPrintAtHomeDocuments" => people::print_at_home_documents(venue, call),
            "GetStatements" => page::<GetStatements>(call, &venue.statements),
            "GetStockItems" => page::<GetStockItems>(call, &venue.stock_items),
            "GetTagGroups" => page::<GetTagGroups>(call, &venue.tag_groups),
            "GetTags" => page::<GetTags>(call, &venue.tags),
            "GetTicketTypes" => page::<GetTicketTypes>(call, &venue.ticket_types),
            "GetTransactions" => sales::transactions(venue, call),
            "PostcodeLookup" => people::postcode_lookup(venue, call),
            name => Err(Fault::new(
                StatusCode::NOT_IMPLEMENTED,
                format!("The sandbox does not know how to answer {name}."),
            )),
        }
    }
}
