//! Offers that can apply to an event or an instance, and to a customer.

use spektrix_v2::operations::{GetOffers, GetOffers2};
use spektrix_v2::{CustomerId, EventId, InstanceId, TagId};

use crate::api::{Call, Refusal, Reply};
use crate::state::LiveVenue;
use crate::venue::Venue;
use crate::venue::offers::OfferTerms;

/// Returns offers, for any customer.
pub(super) fn offers(venue: &Venue, call: &Call<'_>) -> Result<Reply, Refusal> {
    let filter = EventFilter::of(venue, call);
    let offers = venue.offers.iter().filter(|terms| filter.matches(terms));
    Reply::encode_page::<GetOffers>(call, offers.map(|terms| &terms.offer))
}

/// Returns the offers that a customer is eligible for. Without a customer, returns the offers that everybody is
/// eligible for.
pub(super) fn offers_for_customer(live: &LiveVenue<'_>, call: &Call<'_>) -> Result<Reply, Refusal> {
    let venue = live.venue();
    let filter = EventFilter::of(venue, call);
    let tags = call
        .parameters
        .id("customer_id")
        .map_or_else(Vec::new, |id| tags(live, CustomerId::new(id)));
    let offers = venue.offers.iter().filter(|terms| terms.is_eligible(&tags));
    let offers = offers.filter(|terms| filter.matches(terms));
    Reply::encode_page::<GetOffers2>(call, offers.map(|terms| &terms.offer))
}

fn tags(live: &LiveVenue<'_>, customer: CustomerId) -> Vec<TagId> {
    let state = live.state();
    let found = state.customers.get(customer);
    found.map(|customer| customer.tags.clone()).unwrap_or_default()
}

/// The event that offers must apply to.
enum EventFilter {
    Any,
    Event(EventId),
    /// The event or the instance does not exist.
    Nothing,
}

impl EventFilter {
    fn of(venue: &Venue, call: &Call<'_>) -> Self {
        let event = call.parameters.id("event_id").map(EventId::new);
        let instance = call.parameters.id("instance_id").map(InstanceId::new);
        let found = match (event, instance) {
            (None, None) => return Self::Any,
            (Some(id), _) => venue.events.iter().find(|event| event.id == id).map(|event| event.id),
            (None, Some(id)) => {
                let found = venue.instances.iter().find(|instance| instance.id == id);
                found.map(|instance| instance.event)
            }
        };
        found.map_or(Self::Nothing, Self::Event)
    }

    fn matches(&self, terms: &OfferTerms) -> bool {
        match self {
            Self::Any => true,
            Self::Event(event) => terms.applies_to(*event),
            Self::Nothing => false,
        }
    }
}
