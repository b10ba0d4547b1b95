//! The Mallowmere Playhouse, which does not exist: a season of events, and everything else that the service knows.
//!
//! The same setting gives the same venue. A module for each kind of object; `season` decides what is on when.

mod archive;
mod availability;
pub(crate) mod basket;
mod chance;
pub(crate) mod clock;
mod customers;
pub(crate) mod delivery;
mod events;
mod instances;
mod memberships;
pub(crate) mod money;
pub(crate) mod offers;
pub(crate) mod orders;
mod postcodes;
mod prices;
pub(crate) mod print_at_home;
mod programme;
pub(crate) mod related;
mod run;
mod season;
mod seats;
mod series;
mod setting;
mod shelf;
mod stock;
mod tags;
mod text;
pub(crate) mod transactions;

use spektrix_v2::{
    Band, Basket, Customer, CustomerAddress, Event, FixedSeries, Instance, InstancePlanStatus, Membership, Order, Plan,
    PriceList, PrintAtHomeLink, Statement, StockItem, Tag, TagGroup, TicketType, Transaction,
};

use archive::Archive;
use offers::OfferTerms;
use postcodes::KnownAddress;
use season::Season;
pub(crate) use setting::Setting;
use shelf::Shelf;

/// Everything that the venue has. It never changes: what visitors do is kept elsewhere.
#[derive(Debug)]
pub(crate) struct Venue {
    pub(crate) addresses: Vec<CustomerAddress>,
    pub(crate) archive: Archive,
    pub(crate) bands: Vec<Band>,
    /// What a visitor has in the basket when the sandbox starts.
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
    /// The venue as it is in some setting.
    pub(crate) fn open(setting: Setting) -> Self {
        let season = Season::plan(setting);
        let instances = instances::instances(&season);
        let (plans, price_lists, stock_items) = (seats::plans(), prices::price_lists(), stock::stock_items());
        let archive = archive::archive(&season);
        let shelf = Shelf {
            season: &season,
            instances: &instances,
            plans: &plans,
            price_lists: &price_lists,
            stock_items: &stock_items,
        };
        let (basket, orders) = (basket::basket(&shelf), orders::orders(&shelf, &archive));
        Self {
            addresses: customers::addresses(),
            bands: seats::bands(),
            customers: customers::customers(),
            events: events::events(&season, &instances),
            fixed_series: series::fixed_series(&season),
            known_addresses: postcodes::known_addresses(),
            memberships: memberships::memberships(),
            offers: offers::offers(&season),
            print_at_home_links: print_at_home::links(&season, &orders),
            statements: tags::statements(),
            statuses: availability::statuses(&season, &instances),
            tag_groups: tags::tag_groups(),
            tags: tags::tags(),
            ticket_types: prices::ticket_types(),
            transactions: transactions::transactions(&orders),
            archive,
            basket,
            instances,
            orders,
            plans,
            price_lists,
            stock_items,
        }
    }
}
