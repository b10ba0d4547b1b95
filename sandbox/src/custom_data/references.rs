//! References between objects: finds dangling ones in custom lists, and removes them from the venue's lists.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use spektrix_v2::{
    Band, BandId, Customer, CustomerAddress, CustomerId, Event, EventId, FixedSeries, Instance, InstanceId,
    InstancePlanStatus, Membership, Plan, PlanId, Price, PriceList, PriceListId, Statement, StatementId, StockItem,
    StockItemId, Tag, TagGroup, TagGroupId, TagId, TicketType, TicketTypeId,
};

use crate::venue::Venue;

/// Ids that exist.
enum Ids<T> {
    Only(HashSet<T>),
    Except(HashSet<T>),
}

impl<T: Eq + Hash> Ids<T> {
    fn contains(&self, id: &T) -> bool {
        match self {
            Self::Only(ids) => ids.contains(id),
            Self::Except(ids) => !ids.contains(id),
        }
    }
}

macro_rules! known_ids {
    ($($list:ident: $id:ty = $id_of:expr),* $(,)?) => {
        /// The ids of all objects that others can refer to.
        pub(crate) struct KnownIds {
            $($list: Ids<$id>,)*
        }

        impl KnownIds {
            pub(super) fn of(venue: &Venue) -> Self {
                Self {
                    $($list: Ids::Only(venue.$list.iter().filter_map($id_of).collect()),)*
                }
            }

            /// Returns the ids of both venues.
            pub(super) fn of_both(one: &Venue, other: &Venue) -> Self {
                Self {
                    $($list: Ids::Only(one.$list.iter().chain(&other.$list).filter_map($id_of).collect()),)*
                }
            }

            /// Returns all ids except those that were removed, whether an object has them or not.
            pub(super) fn except_removed(before: &Venue, now: &Venue) -> Self {
                Self {
                    $($list: {
                        let mut removed: HashSet<$id> = before.$list.iter().filter_map($id_of).collect();
                        now.$list.iter().filter_map($id_of).for_each(|id| {
                            removed.remove(&id);
                        });
                        Ids::Except(removed)
                    },)*
                }
            }

            /// Accepts any id of an object in these lists, because the lists are not complete.
            pub(super) fn accepting(mut self, incomplete: &[&str]) -> Self {
                $(if incomplete.contains(&stringify!($list)) {
                    self.$list = Ids::Except(HashSet::new());
                })*
                self
            }
        }
    };
}

known_ids!(
    bands: BandId = |object| Some(object.id),
    customers: CustomerId = |object| object.id,
    events: EventId = |object| Some(object.id),
    instances: InstanceId = |object| Some(object.id),
    plans: PlanId = |object| Some(object.id),
    price_lists: PriceListId = |object| Some(object.id),
    statements: StatementId = |object| Some(object.id),
    stock_items: StockItemId = |object| Some(object.id),
    tag_groups: TagGroupId = |object| Some(object.id),
    tags: TagId = |object| Some(object.id),
    ticket_types: TicketTypeId = |object| Some(object.id),
);

/// An object that can refer to others.
pub(crate) trait Referring {
    /// Identifies the object within its list.
    type Key: Eq + Hash;

    /// Returns the key, or `None` if it is missing.
    fn key(&self) -> Option<Self::Key>;

    /// Describes the first dangling reference, if there is one.
    fn dangling(&self, known: &KnownIds) -> Option<String>;

    /// Removes dangling references. Returns `false` if one of them is required, so that the object must be removed.
    fn prune(&mut self, known: &KnownIds) -> bool;
}

/// Checks that the objects of a list have unique keys and no dangling references.
pub(super) fn check<T: Referring>(name: &str, list: &[T], known: &KnownIds) -> Result<(), String> {
    check_each(name, list, |_| Some(known))
}

/// The ids that references can have before and after an edit.
pub(super) struct EditedIds {
    before: KnownIds,
    now: KnownIds,
    before_or_now: KnownIds,
    pub(super) not_removed: KnownIds,
}

impl EditedIds {
    /// Accepts any reference to an object in the lists that are not complete.
    pub(super) fn new(before: &Venue, now: &Venue, incomplete: &[&str]) -> Self {
        Self {
            before: KnownIds::of(before).accepting(incomplete),
            now: KnownIds::of(now).accepting(incomplete),
            before_or_now: KnownIds::of_both(before, now).accepting(incomplete),
            not_removed: KnownIds::except_removed(before, now),
        }
    }

    /// Follows the removal of objects.
    pub(super) fn update(&mut self, before: &Venue, now: &Venue, incomplete: &[&str]) {
        *self = Self::new(before, now, incomplete);
    }
}

/// Checks the objects of an edited list.
///
/// Objects that were there before the edit can refer to what it removed. Those that had a dangling reference before, as
/// recorded objects may have, are not checked.
pub(super) fn check_edited<T: Referring>(name: &str, before: &[T], list: &[T], ids: &EditedIds) -> Result<(), String> {
    let before: HashMap<_, _> = before
        .iter()
        .filter_map(|object| Some((object.key()?, object)))
        .collect();
    check_each(name, list, |key| match before.get(key) {
        Some(object) if object.dangling(&ids.before).is_some() => None,
        Some(_) => Some(&ids.before_or_now),
        None => Some(&ids.now),
    })
}

/// Checks the objects of a list, each against the ids that `known` returns for its key. Without ids, only its key is
/// checked.
fn check_each<'a, T: Referring>(
    name: &str,
    list: &[T],
    known: impl Fn(&T::Key) -> Option<&'a KnownIds>,
) -> Result<(), String> {
    let mut keys = HashSet::new();
    for (index, object) in list.iter().enumerate() {
        let key = object.key().ok_or_else(|| format!("{name}[{index}] has no id"))?;
        let known = known(&key);
        if !keys.insert(key) {
            return Err(format!("{name}[{index}] has the same id as an item before it"));
        }
        if let Some(problem) = known.and_then(|known| object.dangling(known)) {
            return Err(format!("{name}[{index}].{problem}"));
        }
    }
    Ok(())
}

/// Removes dangling references from a list, and objects for which such a reference is required.
pub(super) fn prune<T: Referring>(list: &mut Vec<T>, known: &KnownIds) {
    list.retain_mut(|object| object.prune(known));
}

/// Implements [`Referring`]. Lists the fields that refer to one object, to an optional object, and to many objects, each
/// with the list that contains the objects.
macro_rules! references {
    ($type:ty, $key:ident: $id:ty; $(one $one:ident in $of:ident,)* $(maybe $maybe:ident in $maybe_of:ident,)* $(many $many:ident in $many_of:ident,)*) => {
        impl Referring for $type {
            type Key = $id;

            references!(@$key);

            fn dangling(&self, known: &KnownIds) -> Option<String> {
                let _ = known;
                $(if !known.$of.contains(&self.$one) {
                    return Some(describe_dangling(stringify!($one), &self.$one, stringify!($of)));
                })*
                $(if let Some(id) = self.$maybe.filter(|id| !known.$maybe_of.contains(id)) {
                    return Some(describe_dangling(stringify!($maybe), &id, stringify!($maybe_of)));
                })*
                $(for (index, id) in self.$many.iter().enumerate() {
                    if !known.$many_of.contains(id) {
                        let field = format!("{}[{index}]", stringify!($many));
                        return Some(describe_dangling(&field, id, stringify!($many_of)));
                    }
                })*
                None
            }

            fn prune(&mut self, known: &KnownIds) -> bool {
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
    (@instance_and_plan) => {
        fn key(&self) -> Option<Self::Key> {
            Some((self.instance, self.plan))
        }
    };
    (@band_and_ticket_type) => {
        fn key(&self) -> Option<Self::Key> {
            Some((self.band, self.ticket_type))
        }
    };
}

references!(Band, id: BandId;);
references!(TicketType, id: TicketTypeId;);
references!(StockItem, id: StockItemId;);
references!(Statement, id: StatementId;);
references!(Membership, id: spektrix_v2::MembershipId;);
references!(TagGroup, id: TagGroupId; many tags in tags,);
references!(Tag, id: TagId; maybe tag_group in tag_groups,);
references!(Plan, id: PlanId; many bands in bands, many sub_plans in plans,);
references!(Price, band_and_ticket_type: (Option<BandId>, TicketTypeId); one ticket_type in ticket_types, maybe band in bands,);
references!(Event, id: EventId; many related_events in events, many related_stock_items in stock_items,);
references!(Instance, id: InstanceId; one event in events, one plan in plans, one price_list in price_lists,);
references!(InstancePlanStatus, instance_and_plan: (InstanceId, PlanId);
    one instance in instances, one plan in plans, many bands in bands, many sub_plans in plans,);
references!(FixedSeries, id: spektrix_v2::FixedSeriesId; many instances in instances,);
references!(Customer, maybe_id: CustomerId; many statements in statements, many tags in tags,);
references!(CustomerAddress, maybe_id: spektrix_v2::CustomerAddressId; maybe customer in customers,);

impl Referring for PriceList {
    type Key = PriceListId;

    fn key(&self) -> Option<Self::Key> {
        Some(self.id)
    }

    fn dangling(&self, known: &KnownIds) -> Option<String> {
        check("prices", &self.prices, known).err()
    }

    fn prune(&mut self, known: &KnownIds) -> bool {
        prune(&mut self.prices, known);
        true
    }
}

fn describe_dangling(field: &str, id: &dyn std::fmt::Display, list: &str) -> String {
    format!(
        "{field} is {id}, but none of the {} has this id",
        list.replace('_', " ")
    )
}
