//! Every operation of the API as a value.
use super::ids::*;
use super::types::*;
use crate::operation::*;
use crate::xml::BodyNames;

/// Lists the events.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct GetEvents {
    /// The part of the list.
    pub page: Page,
    /// Only the event with this identifier.
    pub event_id: Option<EventId>,
    /// Only from this date.
    pub instance_start_from: Option<QueryDate>,
    /// Only to this date.
    pub instance_start_to: Option<QueryDate>,
}

impl GetEvents {
    /// The operation with no parameter set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Only the event with this identifier.
    #[must_use]
    pub fn event(mut self, event: impl Into<EventId>) -> Self {
        self.event_id = Some(event.into());
        self
    }
}

impl Operation for GetEvents {
    const INFO: OperationInfo = OperationInfo {
        name: "GetEvents",
        method: Method::Get,
        path: "events",
        parameters: &[
            "offset",
            "limit",
            "all",
            "event_id",
            "instance_start_from",
            "instance_start_to",
        ],
        requirements: &[],
        request: BodyNames::EMPTY,
        response: BodyNames {
            root: "Events",
            item: "Event",
        },
        effect: Effect::Read,
        session: SessionUse::None,
        lifecycle: Lifecycle::Maintained,
    };
    type Request = ();
    type Response = Vec<Event>;

    fn parameters(&self, parameters: &mut Parameters) {
        self.page.parameters(parameters);
        parameters.set("event_id", self.event_id.as_ref());
        parameters.set("instance_start_from", self.instance_start_from.as_ref());
        parameters.set("instance_start_to", self.instance_start_to.as_ref());
    }

    fn request(&self) -> &() {
        &()
    }
}

impl Paged for GetEvents {
    type Item = Event;

    fn page(&self) -> &Page {
        &self.page
    }

    fn page_mut(&mut self) -> &mut Page {
        &mut self.page
    }
}

/// Reads the basket.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct GetBasket {}

impl GetBasket {
    /// The operation.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Operation for GetBasket {
    const INFO: OperationInfo = OperationInfo {
        name: "GetBasket",
        method: Method::Get,
        path: "basket",
        parameters: &[],
        requirements: &[],
        request: BodyNames::EMPTY,
        response: BodyNames {
            root: "Basket",
            item: "",
        },
        effect: Effect::Read,
        session: SessionUse::Needs,
        lifecycle: Lifecycle::Deprecated,
    };
    type Request = ();
    type Response = Basket;

    fn parameters(&self, _: &mut Parameters) {}

    fn request(&self) -> &() {
        &()
    }
}

/// Changes the basket.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateBasket {
    /// What changes.
    pub basket: Basket,
}

impl UpdateBasket {
    /// The operation with its body.
    pub fn new(basket: Basket) -> Self {
        Self { basket }
    }
}

impl Operation for UpdateBasket {
    const INFO: OperationInfo = OperationInfo {
        name: "UpdateBasket",
        method: Method::Patch,
        path: "basket",
        parameters: &[],
        requirements: &[],
        request: BodyNames {
            root: "Basket",
            item: "",
        },
        response: BodyNames::EMPTY,
        effect: Effect::Write,
        session: SessionUse::Begins,
        lifecycle: Lifecycle::Deprecated,
    };
    type Request = Basket;
    type Response = ();

    fn parameters(&self, _: &mut Parameters) {}

    fn request(&self) -> &Basket {
        &self.basket
    }
}

/// What is known about every operation, by name.
pub const ALL: &[OperationInfo] = &[GetBasket::INFO, GetEvents::INFO, UpdateBasket::INFO];

/// Hands the operation of this name to a visitor.
pub fn visit<V: OperationVisitor>(name: &str, visitor: V) -> Option<V::Output> {
    match name {
        "GetBasket" => Some(visitor.visit::<GetBasket>()),
        "GetEvents" => Some(visitor.visit::<GetEvents>()),
        "UpdateBasket" => Some(visitor.visit::<UpdateBasket>()),
        _ => None,
    }
}
