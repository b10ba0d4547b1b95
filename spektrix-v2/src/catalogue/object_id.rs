//! Identifies any object of a catalogue: its kind and its identifier.

use std::fmt;

use crate::generated::ids::{BandId, EventId, InstanceId, PlanId, PriceListId, TicketTypeId};

/// An object of a catalogue: its kind and its identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ObjectId {
    /// An event.
    Event(EventId),
    /// An instance.
    Instance(InstanceId),
    /// The availability of a plan at an instance.
    Status(InstanceId, PlanId),
    /// A plan.
    Plan(PlanId),
    /// A price list.
    PriceList(PriceListId),
    /// A band.
    Band(BandId),
    /// A ticket type.
    TicketType(TicketTypeId),
}

macro_rules! from_ids {
    ($($id:ident as $kind:ident),* $(,)?) => {$(
        impl From<$id> for ObjectId {
            fn from(id: $id) -> Self {
                Self::$kind(id)
            }
        }
    )*};
}

from_ids! {
    EventId as Event,
    InstanceId as Instance,
    PlanId as Plan,
    PriceListId as PriceList,
    BandId as Band,
    TicketTypeId as TicketType,
}

impl From<(InstanceId, PlanId)> for ObjectId {
    fn from((instance, plan): (InstanceId, PlanId)) -> Self {
        Self::Status(instance, plan)
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Event(id) => write!(f, "event {id}"),
            Self::Instance(id) => write!(f, "instance {id}"),
            Self::Status(instance, plan) => write!(f, "status of plan {plan} at instance {instance}"),
            Self::Plan(id) => write!(f, "plan {id}"),
            Self::PriceList(id) => write!(f, "price list {id}"),
            Self::Band(id) => write!(f, "band {id}"),
            Self::TicketType(id) => write!(f, "ticket type {id}"),
        }
    }
}
