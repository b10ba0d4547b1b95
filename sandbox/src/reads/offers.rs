//! Offers that might apply: to an event or an instance, and to a customer.

use spektrix_v2::operations::{GetOffers, GetOffers2};
use spektrix_v2::{CustomerId, EventId, InstanceId, TagId};

use crate::answers::{Call, page};
use crate::service::{Refusal, Reply};
use crate::state::World;
use crate::venue::Venue;

/// Whoever the customer is.
pub(super) fn offers(venue: &Venue, call: &Call<'_>) -> Result<Reply, Refusal> {
    let target = Target::of(venue, call);
    let offers = venue
        .offers
        .iter()
        .filter(|terms| target.is_met_by(|event| terms.applies_to(event)));
    page::<GetOffers>(call, offers.map(|terms| &terms.offer))
}

/// Only what the customer is eligible for; without a customer, what everybody is.
pub(super) fn offers_for_customer(world: &World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let venue = &world.catalogue.venue;
    let target = Target::of(venue, call);
    let tags = call
        .parameters
        .id("customer_id")
        .map_or_else(Vec::new, |id| tags(world, CustomerId::new(id)));
    let offers = venue.offers.iter().filter(|terms| terms.is_for(&tags));
    let offers = offers.filter(|terms| target.is_met_by(|event| terms.applies_to(event)));
    page::<GetOffers2>(call, offers.map(|terms| &terms.offer))
}

fn tags(world: &World, customer: CustomerId) -> Vec<TagId> {
    let state = world.state();
    let found = state.people.customer(customer);
    found.map(|customer| customer.tags.clone()).unwrap_or_default()
}

/// What offers are asked for.
enum Target {
    Anything,
    Event(EventId),
    /// An event or instance that there is not.
    Nothing,
}

impl Target {
    fn of(venue: &Venue, call: &Call<'_>) -> Self {
        let event = call.parameters.id("event_id").map(EventId::new);
        let instance = call.parameters.id("instance_id").map(InstanceId::new);
        let found = match (event, instance) {
            (None, None) => return Self::Anything,
            (Some(id), _) => venue.events.iter().find(|event| event.id == id).map(|event| event.id),
            (None, Some(id)) => {
                let found = venue.instances.iter().find(|instance| instance.id == id);
                found.map(|instance| instance.event)
            }
        };
        found.map_or(Self::Nothing, Self::Event)
    }

    fn is_met_by(&self, applies_to: impl Fn(EventId) -> bool) -> bool {
        match self {
            Self::Anything => true,
            Self::Event(event) => applies_to(*event),
            Self::Nothing => false,
        }
    }
}
