//! Which objects refer to which, and whether those are there.

use std::collections::HashSet;
use std::hash::Hash;

use spektrix_v2::{
    Band, BandId, Customer, CustomerAddress, CustomerId, Event, EventId, FixedSeries, Instance, InstanceId,
    InstancePlanStatus, Membership, Plan, PlanId, Price, PriceList, PriceListId, Statement, StatementId, StockItem,
    StockItemId, Tag, TagGroup, TagGroupId, TagId, TicketType, TicketTypeId,
};

use crate::venue::Venue;

/// The objects that others can refer to.
pub(super) struct Known {
    bands: HashSet<BandId>,
    customers: HashSet<CustomerId>,
    events: HashSet<EventId>,
    instances: HashSet<InstanceId>,
    plans: HashSet<PlanId>,
    price_lists: HashSet<PriceListId>,
    statements: HashSet<StatementId>,
    stock_items: HashSet<StockItemId>,
    tag_groups: HashSet<TagGroupId>,
    tags: HashSet<TagId>,
    ticket_types: HashSet<TicketTypeId>,
}

impl Known {
    pub(super) fn of(venue: &Venue) -> Self {
        Self {
            bands: venue.bands.iter().map(|one| one.id).collect(),
            customers: venue.customers.iter().filter_map(|one| one.id).collect(),
            events: venue.events.iter().map(|one| one.id).collect(),
            instances: venue.instances.iter().map(|one| one.id).collect(),
            plans: venue.plans.iter().map(|one| one.id).collect(),
            price_lists: venue.price_lists.iter().map(|one| one.id).collect(),
            statements: venue.statements.iter().map(|one| one.id).collect(),
            stock_items: venue.stock_items.iter().map(|one| one.id).collect(),
            tag_groups: venue.tag_groups.iter().map(|one| one.id).collect(),
            tags: venue.tags.iter().map(|one| one.id).collect(),
            ticket_types: venue.ticket_types.iter().map(|one| one.id).collect(),
        }
    }
}

/// An object of a list.
pub(super) trait Refers {
    /// What no two of a list have in common; none when it is missing.
    type Key: Eq + Hash;

    fn key(&self) -> Option<Self::Key>;

    /// The first reference that leads nowhere: `event is 7, and the events have no such`.
    fn dangling(&self, known: &Known) -> Option<String>;

    /// Takes references out that lead nowhere; `false` when it cannot be without one of them.
    fn prune(&mut self, known: &Known) -> bool;
}

/// Whether everything in a list can be told apart, and refers to something.
pub(super) fn check<T: Refers>(name: &str, list: &[T], known: &Known) -> Result<(), String> {
    let mut keys = HashSet::new();
    for (place, one) in list.iter().enumerate() {
        let key = one.key().ok_or_else(|| format!("{name}[{place}] has no id"))?;
        if !keys.insert(key) {
            return Err(format!("{name}[{place}] cannot be told apart from one before it"));
        }
        if let Some(problem) = one.dangling(known) {
            return Err(format!("{name}[{place}].{problem}"));
        }
    }
    Ok(())
}

pub(super) fn prune<T: Refers>(list: &mut Vec<T>, known: &Known) {
    list.retain_mut(|one| one.prune(known));
}

/// The fields of a type that refer: to one object that must be there, perhaps to one, and to many.
macro_rules! refers {
    ($type:ty, $key:ident: $id:ty; $(one $one:ident in $of:ident,)* $(maybe $maybe:ident in $maybe_of:ident,)* $(many $many:ident in $many_of:ident,)*) => {
        impl Refers for $type {
            type Key = $id;

            refers!(@$key);

            fn dangling(&self, known: &Known) -> Option<String> {
                let _ = known;
                $(if !known.$of.contains(&self.$one) {
                    return Some(nowhere(stringify!($one), &self.$one, stringify!($of)));
                })*
                $(if let Some(id) = self.$maybe.filter(|id| !known.$maybe_of.contains(id)) {
                    return Some(nowhere(stringify!($maybe), &id, stringify!($maybe_of)));
                })*
                $(for (place, id) in self.$many.iter().enumerate() {
                    if !known.$many_of.contains(id) {
                        let field = format!("{}[{place}]", stringify!($many));
                        return Some(nowhere(&field, id, stringify!($many_of)));
                    }
                })*
                None
            }

            fn prune(&mut self, known: &Known) -> bool {
                let _ = known;
                $(self.$maybe = self.$maybe.filter(|id| known.$maybe_of.contains(id));)*
                $(self.$many.retain(|id| known.$many_of.contains(id));)*
                true $(&& known.$of.contains(&self.$one))*
            }
        }
    };
    (@id) => {
        fn key(&self) -> Option<Self::Key> {
            Some(self.id)
        }
    };
    (@maybe_id) => {
        fn key(&self) -> Option<Self::Key> {
            self.id
        }
    };
    (@place) => {
        fn key(&self) -> Option<Self::Key> {
            Some((self.instance, self.plan))
        }
    };
    (@price) => {
        fn key(&self) -> Option<Self::Key> {
            Some((self.band, self.ticket_type))
        }
    };
}

refers!(Band, id: BandId;);
refers!(TicketType, id: TicketTypeId;);
refers!(StockItem, id: StockItemId;);
refers!(Statement, id: StatementId;);
refers!(Membership, id: spektrix_v2::MembershipId;);
refers!(TagGroup, id: TagGroupId; many tags in tags,);
refers!(Tag, id: TagId; maybe tag_group in tag_groups,);
refers!(Plan, id: PlanId; many bands in bands, many sub_plans in plans,);
refers!(Price, price: (Option<BandId>, TicketTypeId); one ticket_type in ticket_types, maybe band in bands,);
refers!(Event, id: EventId; many related_events in events, many related_stock_items in stock_items,);
refers!(Instance, id: InstanceId; one event in events, one plan in plans, one price_list in price_lists,);
refers!(InstancePlanStatus, place: (InstanceId, PlanId);
    one instance in instances, one plan in plans, many bands in bands, many sub_plans in plans,);
refers!(FixedSeries, id: spektrix_v2::FixedSeriesId; many instances in instances,);
refers!(Customer, maybe_id: CustomerId; many statements in statements, many tags in tags,);
refers!(CustomerAddress, maybe_id: spektrix_v2::CustomerAddressId; maybe customer in customers,);

impl Refers for PriceList {
    type Key = PriceListId;

    fn key(&self) -> Option<Self::Key> {
        Some(self.id)
    }

    fn dangling(&self, known: &Known) -> Option<String> {
        check("prices", &self.prices, known).err()
    }

    fn prune(&mut self, known: &Known) -> bool {
        prune(&mut self.prices, known);
        true
    }
}

fn nowhere(field: &str, id: &dyn std::fmt::Display, list: &str) -> String {
    format!(
        "{field} is {id}, and there is no such id among the {}",
        list.replace('_', " ")
    )
}
