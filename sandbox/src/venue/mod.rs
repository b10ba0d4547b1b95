//! The fictional venue, the Mallowmere Playhouse, as it is when the sandbox starts.
//!
//! The same settings give the same venue. `season` plans what is on and when. Most other modules create one kind of
//! object each.

mod archived_event;
mod availability;
mod customers;
pub(crate) mod delivery;
mod events;
mod instances;
mod item_factory;
pub(crate) mod line_item;
pub(crate) mod local_time;
pub(crate) mod money;
pub(crate) mod offers;
pub(crate) mod orders;
pub(crate) mod payments;
mod prices;
pub(crate) mod print_at_home;
mod products;
mod programme;
mod pseudo_random;
mod run;
mod season;
mod seating;
mod text;

use spektrix_v2::{
    Band, Basket, Customer, CustomerAddress, Event, FixedSeries, Instance, InstancePlanStatus, Membership, Order, Plan,
    PriceList, PrintAtHomeLink, Statement, StockItem, Tag, TagGroup, TicketType, Transaction,
};

use archived_event::Archive;
use customers::KnownAddress;
use item_factory::ItemFactory;
use offers::OfferTerms;
use season::Season;
pub(crate) use season::VenueSettings;

/// Why a builder does not fail here.
pub(crate) const ALL_SET: &str = "all required fields are set";

/// All data of the venue. Edits replace it as a whole. What visitors change is in [`crate::state`].
#[derive(Clone, Debug)]
pub(crate) struct Venue {
    pub(crate) addresses: Vec<CustomerAddress>,
    pub(crate) archive: Archive,
    pub(crate) bands: Vec<Band>,
    /// The basket of the session that the sandbox starts with.
    pub(crate) basket: Basket,
    pub(crate) customers: Vec<Customer>,
    pub(crate) events: Vec<Event>,
    pub(crate) fixed_series: Vec<FixedSeries>,
    pub(crate) instances: Vec<Instance>,
    pub(crate) known_addresses: Vec<KnownAddress>,
    pub(crate) memberships: Vec<Membership>,
    pub(crate) offers: Vec<OfferTerms>,
    pub(crate) orders: Vec<Order>,
    pub(crate) plans: Vec<Plan>,
    pub(crate) price_lists: Vec<PriceList>,
    pub(crate) print_at_home_links: Vec<PrintAtHomeLink>,
    pub(crate) statements: Vec<Statement>,
    pub(crate) statuses: Vec<InstancePlanStatus>,
    pub(crate) stock_items: Vec<StockItem>,
    pub(crate) tag_groups: Vec<TagGroup>,
    pub(crate) tags: Vec<Tag>,
    pub(crate) ticket_types: Vec<TicketType>,
    pub(crate) transactions: Vec<Transaction>,
}

impl Venue {
    /// Creates a venue without any data.
    pub(crate) fn empty() -> Self {
        Self {
            addresses: Vec::new(),
            archive: Archive {
                events: Vec::new(),
                instances: Vec::new(),
            },
            bands: Vec::new(),
            basket: Basket::new(),
            customers: Vec::new(),
            events: Vec::new(),
            fixed_series: Vec::new(),
            instances: Vec::new(),
            known_addresses: Vec::new(),
            memberships: Vec::new(),
            offers: Vec::new(),
            orders: Vec::new(),
            plans: Vec::new(),
            price_lists: Vec::new(),
            print_at_home_links: Vec::new(),
            statements: Vec::new(),
            statuses: Vec::new(),
            stock_items: Vec::new(),
            tag_groups: Vec::new(),
            tags: Vec::new(),
            ticket_types: Vec::new(),
            transactions: Vec::new(),
        }
    }

    /// Creates the venue.
    pub(crate) fn new(settings: VenueSettings) -> Self {
        let season = Season::plan(settings);
        let instances = instances::instances(&season);
        let (plans, price_lists) = (seating::plans(), prices::price_lists());
        let stock_items = products::stock_items();
        let archived = archived_event::archived_event(&season);
        let items = ItemFactory {
            season: &season,
            instances: &instances,
            plans: &plans,
            price_lists: &price_lists,
            stock_items: &stock_items,
        };
        let (basket, orders) = (orders::basket(&items), orders::orders(&items, &archived));
        Self {
            addresses: customers::addresses(),
            bands: seating::bands(),
            customers: customers::customers(),
            events: events::events(&season, &instances),
            fixed_series: products::fixed_series(&season),
            known_addresses: customers::known_addresses(),
            memberships: products::memberships(),
            offers: offers::offers(&season),
            print_at_home_links: print_at_home::links(&season, &orders),
            statements: customers::statements(),
            statuses: availability::statuses(&season, &instances),
            tag_groups: customers::tag_groups(),
            tags: customers::tags(),
            ticket_types: prices::ticket_types(),
            transactions: payments::transactions(&orders),
            archive: archived.into(),
            basket,
            instances,
            orders,
            plans,
            price_lists,
            stock_items,
        }
    }
}
