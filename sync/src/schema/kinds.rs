//! The description of each kind.

use spektrix_v2::{
    Attributes, Band, Client, Event, Instance, InstancePlanStatus, ItemStream, Membership, Offer, Plan, PriceList,
    Statement, StockItem, Tag, TicketType,
};

use super::value::{number, optional};
use super::{Child, Column, Described, Key, Rows, Table, Value};
use crate::kind::Kind;

impl Described for Event {
    const TABLE: Table<Self> = Table {
        kind: Kind::Events,
        name: "spektrix_events",
        key: &[("id", "event_id")],
        columns: &[
            Column("name", |event| Value::Text(&event.name)),
            Column("description", |event| Value::Text(&event.description)),
            Column("html_description", |event| Value::Text(&event.html_description)),
            Column("duration_minutes", |event| Value::Int(event.duration.into())),
            Column("image_url", |event| Value::Text(&event.image_url)),
            Column("thumbnail_url", |event| Value::Text(&event.thumbnail_url)),
            Column("is_on_sale", |event| Value::Bool(event.is_on_sale)),
            Column("attributes", |event| (&event.attributes).into()),
        ],
        children: &[
            attributes("spektrix_event_attributes", |event, row| filled(&event.attributes, row)),
            Child {
                name: "spektrix_related_events",
                columns: &["related_event_id"],
                rows: |event, row| event.related_events.iter().for_each(|id| row(&[number(*id)])),
            },
            Child {
                name: "spektrix_related_stock_items",
                columns: &["stock_item_id"],
                rows: |event, row| event.related_stock_items.iter().for_each(|id| row(&[number(*id)])),
            },
        ],
    };

    fn stream(client: &Client) -> ItemStream<Self> {
        client.events().stream()
    }

    fn key(&self) -> Key {
        Key::One(self.id.get())
    }
}

impl Described for Instance {
    const TABLE: Table<Self> = Table {
        kind: Kind::Instances,
        name: "spektrix_instances",
        key: &[("id", "instance_id")],
        columns: &[
            Column("event_id", |instance| number(instance.event)),
            Column("plan_id", |instance| number(instance.plan)),
            Column("price_list_id", |instance| number(instance.price_list)),
            Column("start_local", |instance| Value::Local(instance.start)),
            Column("start_utc", |instance| Value::Utc(instance.start_utc)),
            Column("start_selling_local", |instance| {
                Value::Local(instance.start_selling_at)
            }),
            Column("start_selling_utc", |instance| {
                Value::Utc(instance.start_selling_at_utc)
            }),
            Column("stop_selling_local", |instance| Value::Local(instance.stop_selling_at)),
            Column("stop_selling_utc", |instance| Value::Utc(instance.stop_selling_at_utc)),
            Column("is_on_sale", |instance| Value::Bool(instance.is_on_sale)),
            Column("attributes", |instance| (&instance.attributes).into()),
        ],
        children: &[attributes("spektrix_instance_attributes", |instance, row| {
            filled(&instance.attributes, row);
        })],
    };

    fn stream(client: &Client) -> ItemStream<Self> {
        client.instances().stream()
    }

    fn key(&self) -> Key {
        Key::One(self.id.get())
    }
}

impl Described for Plan {
    const TABLE: Table<Self> = Table {
        kind: Kind::Plans,
        name: "spektrix_plans",
        key: &[("id", "plan_id")],
        columns: &[
            Column("name", |plan| Value::Text(&plan.name)),
            Column("description", |plan| (&plan.description).into()),
            Column("is_bookable", |plan| Value::Bool(plan.is_bookable)),
        ],
        children: &[
            Child {
                name: "spektrix_plan_bands",
                columns: &["band_id"],
                rows: |plan, row| plan.bands.iter().for_each(|id| row(&[number(*id)])),
            },
            Child {
                name: "spektrix_sub_plans",
                columns: &["sub_plan_id"],
                rows: |plan, row| plan.sub_plans.iter().for_each(|id| row(&[number(*id)])),
            },
        ],
    };

    fn stream(client: &Client) -> ItemStream<Self> {
        client.plans().stream()
    }

    fn key(&self) -> Key {
        Key::One(self.id.get())
    }
}

impl Described for Band {
    const TABLE: Table<Self> = Table {
        kind: Kind::Bands,
        name: "spektrix_bands",
        key: &[("id", "band_id")],
        columns: &[Column("name", |band| Value::Text(&band.name))],
        children: &[],
    };

    fn stream(client: &Client) -> ItemStream<Self> {
        client.bands().stream()
    }

    fn key(&self) -> Key {
        Key::One(self.id.get())
    }
}

impl Described for TicketType {
    const TABLE: Table<Self> = Table {
        kind: Kind::TicketTypes,
        name: "spektrix_ticket_types",
        key: &[("id", "ticket_type_id")],
        columns: &[Column("name", |ticket_type| Value::Text(&ticket_type.name))],
        children: &[],
    };

    fn stream(client: &Client) -> ItemStream<Self> {
        client.ticket_types().stream()
    }

    fn key(&self) -> Key {
        Key::One(self.id.get())
    }
}

impl Described for PriceList {
    const TABLE: Table<Self> = Table {
        kind: Kind::PriceLists,
        name: "spektrix_price_lists",
        key: &[("id", "price_list_id")],
        columns: &[],
        children: &[Child {
            name: "spektrix_prices",
            columns: &["band_id", "ticket_type_id", "amount", "is_band_default"],
            rows: |list, row| {
                for price in &list.prices {
                    row(&[
                        optional(price.band),
                        number(price.ticket_type),
                        Value::Decimal(price.amount),
                        Value::Bool(price.is_band_default),
                    ]);
                }
            },
        }],
    };

    fn stream(client: &Client) -> ItemStream<Self> {
        client.price_lists().stream()
    }

    fn key(&self) -> Key {
        Key::One(self.id.get())
    }
}

/// An availability has no identifier: an instance and a plan identify it together.
impl Described for InstancePlanStatus {
    const TABLE: Table<Self> = Table {
        kind: Kind::Availability,
        name: "spektrix_availability",
        key: &[("instance_id", "instance_id"), ("plan_id", "plan_id")],
        columns: &[
            Column("name", |status| Value::Text(&status.name)),
            Column("available", |status| Value::Int(status.available.into())),
            Column("capacity", |status| Value::Int(status.capacity.into())),
            Column("locked", |status| Value::Int(status.locked.into())),
            Column("reserved", |status| Value::Int(status.reserved.into())),
            Column("selected", |status| Value::Int(status.selected.into())),
            Column("sold", |status| Value::Int(status.sold.into())),
            Column("has_sub_plans", |status| Value::Bool(!status.sub_plans.is_empty())),
        ],
        children: &[Child {
            name: "spektrix_availability_bands",
            columns: &["band_id"],
            rows: |status, row| status.bands.iter().for_each(|id| row(&[number(*id)])),
        }],
    };

    fn stream(client: &Client) -> ItemStream<Self> {
        client.instance_status().stream()
    }

    fn key(&self) -> Key {
        Key::Two(self.instance.get(), self.plan.get())
    }
}

impl Described for Offer {
    const TABLE: Table<Self> = Table {
        kind: Kind::Offers,
        name: "spektrix_offers",
        key: &[("id", "offer_id")],
        columns: &[
            Column("name", |offer| (&offer.name).into()),
            Column("description", |offer| (&offer.description).into()),
        ],
        children: &[Child {
            name: "spektrix_offer_promo_codes",
            columns: &["promo_code"],
            rows: |offer, row| offer.promo_codes.iter().for_each(|code| row(&[Value::Text(code)])),
        }],
    };

    fn stream(client: &Client) -> ItemStream<Self> {
        client.offers().stream()
    }

    fn key(&self) -> Key {
        Key::One(self.id.get())
    }
}

impl Described for Membership {
    const TABLE: Table<Self> = Table {
        kind: Kind::Memberships,
        name: "spektrix_memberships",
        key: &[("id", "membership_id")],
        columns: &[
            Column("name", |membership| (&membership.name).into()),
            Column("description", |membership| (&membership.description).into()),
            Column("html_description", |membership| (&membership.html_description).into()),
            Column("image_url", |membership| (&membership.image_url).into()),
            Column("thumbnail_url", |membership| (&membership.thumbnail_url).into()),
            Column("attributes", |membership| (&membership.attributes).into()),
        ],
        children: &[attributes("spektrix_membership_attributes", |membership, row| {
            filled(&membership.attributes, row);
        })],
    };

    fn stream(client: &Client) -> ItemStream<Self> {
        client.memberships().stream()
    }

    fn key(&self) -> Key {
        Key::One(self.id.get())
    }
}

impl Described for StockItem {
    const TABLE: Table<Self> = Table {
        kind: Kind::StockItems,
        name: "spektrix_stock_items",
        key: &[("id", "stock_item_id")],
        columns: &[
            Column("name", |item| (&item.name).into()),
            Column("description", |item| (&item.description).into()),
            Column("image_url", |item| (&item.image_url).into()),
            Column("thumbnail_url", |item| (&item.thumbnail_url).into()),
            Column("price", |item| Value::Decimal(item.price)),
            Column("stock_level", |item| Value::Int(item.stock_level.into())),
            Column("attributes", |item| (&item.attributes).into()),
        ],
        children: &[attributes("spektrix_stock_item_attributes", |item, row| {
            filled(&item.attributes, row);
        })],
    };

    fn stream(client: &Client) -> ItemStream<Self> {
        client.stock_items().stream()
    }

    fn key(&self) -> Key {
        Key::One(self.id.get())
    }
}

impl Described for Tag {
    const TABLE: Table<Self> = Table {
        kind: Kind::Tags,
        name: "spektrix_tags",
        key: &[("id", "tag_id")],
        columns: &[
            Column("name", |tag| (&tag.name).into()),
            Column("tag_group_id", |tag| optional(tag.tag_group)),
        ],
        children: &[],
    };

    fn stream(client: &Client) -> ItemStream<Self> {
        client.tags().stream()
    }

    fn key(&self) -> Key {
        Key::One(self.id.get())
    }
}

impl Described for Statement {
    const TABLE: Table<Self> = Table {
        kind: Kind::Statements,
        name: "spektrix_statements",
        key: &[("id", "statement_id")],
        columns: &[Column("text", |statement| (&statement.text).into())],
        children: &[],
    };

    fn stream(client: &Client) -> ItemStream<Self> {
        client.statements().stream()
    }

    fn key(&self) -> Key {
        Key::One(self.id.get())
    }
}

/// A table of attributes as rows.
const fn attributes<T>(name: &'static str, rows: Rows<T>) -> Child<T> {
    Child {
        name,
        columns: &["name", "value"],
        rows,
    }
}

/// Attributes with a value. The others are most of them, and a query by name and value never finds them.
fn filled(attributes: &Attributes, row: &mut dyn FnMut(&[Value<'_>])) {
    for attribute in attributes.filled() {
        row(&[attribute.name.into(), attribute.value.into()]);
    }
}
