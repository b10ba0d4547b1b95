//! A property test: after each of many random changes by several visitors, seats, stock and money add up.
//!
//! It is in the crate and not in `tests/`, because it reads the state directly. A smaller one in `tests/` does the same
//! over HTTP.

use std::collections::BTreeSet;
use std::sync::OnceLock;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::date;
use proptest::prelude::*;
use rust_decimal::Decimal;
use spektrix_v2::{
    BandId, Basket, BasketItems, CustomerId, Delivery, DeliveryType, InstanceId, InstancePlanStatus, MerchandiseItem,
    PlanId, StockItemId, Ticket, TicketTypeId,
};

use super::basket_draft::BasketDraft;
use super::clock::{Clock, later};
use super::{NewSession, SEEDED_SESSION_ID, State, VenueIndex};
use crate::api::Refusal;
use crate::venue::line_item::LineItem;
use crate::venue::{Venue, VenueSettings};

const VISITORS: usize = 4;
/// The stock item with the lowest level, so that it sells out.
const MUG: StockItemId = StockItemId::new(503);

/// What a visitor does. `area` and `item` are taken modulo the number of areas and items.
#[derive(Clone, Debug)]
enum Step {
    Add {
        area: usize,
        seats: usize,
    },
    AddMugs(usize),
    /// Adds valid tickets together with an invalid one.
    AddInvalid {
        area: usize,
        seats: usize,
    },
    Move {
        item: usize,
        area: usize,
    },
    Reprice {
        item: usize,
        pence: Option<i64>,
    },
    Retype {
        item: usize,
    },
    Remove {
        item: usize,
    },
    UpdateBasket {
        customer: i32,
        code: &'static str,
        delivery: DeliveryType,
    },
    Confirm,
    KeepAlive,
    Wait(u64),
}

fn step() -> impl Strategy<Value = Step> {
    let area = 0..4_usize;
    let item = any::<usize>();
    let deliveries = prop::sample::select(DeliveryType::KNOWN);
    let codes = prop::sample::select(vec!["", "FRIEND", "EARLY"]);
    prop_oneof![
        4 => (area.clone(), 1..90_usize).prop_map(|(area, seats)| Step::Add { area, seats }),
        2 => (1..20_usize).prop_map(Step::AddMugs),
        1 => (area.clone(), 1..9_usize).prop_map(|(area, seats)| Step::AddInvalid { area, seats }),
        2 => (item, area).prop_map(|(item, area)| Step::Move { item, area }),
        2 => (item, prop::option::of(-1..5000_i64)).prop_map(|(item, pence)| Step::Reprice { item, pence }),
        1 => item.prop_map(|item| Step::Retype { item }),
        3 => item.prop_map(|item| Step::Remove { item }),
        3 => (9000..9007, codes, deliveries)
            .prop_map(|(customer, code, delivery)| Step::UpdateBasket { customer, code, delivery }),
        2 => Just(Step::Confirm),
        1 => Just(Step::KeepAlive),
        2 => (1..700_u64).prop_map(Step::Wait),
    ]
}

/// The venue, and four areas in it: stalls and circle of one instance, and two rooms whose plans have no parts.
struct Setup {
    index: VenueIndex,
    noon: Timestamp,
    areas: Vec<(InstanceId, PlanId, BandId)>,
}

fn setup() -> &'static Setup {
    static SETUP: OnceLock<Setup> = OnceLock::new();
    SETUP.get_or_init(|| {
        let today = date(2031, 3, 5);
        let index = VenueIndex::new(Venue::new(VenueSettings::on(today)));
        let soon = date(2031, 3, 7).at(0, 0, 0, 0);
        let areas = [(401, 402, 11), (401, 403, 14), (431, 431, 15), (411, 411, 12)];
        let areas = areas.map(|(whole, plan, band)| {
            let mut instances = index.venue.instances.iter();
            let is_wanted = |status: &InstancePlanStatus| (5..140).contains(&status.available);
            let found = instances.find(|instance| {
                let plan = PlanId::new(if whole == 401 { 402 } else { plan });
                let status = index.initial_status(instance.id, plan);
                let is_bookable = instance.is_on_sale && instance.start > soon;
                is_bookable && instance.plan == PlanId::new(whole) && status.is_some_and(is_wanted)
            });
            (found.expect("an instance").id, PlanId::new(plan), BandId::new(band))
        });
        Setup {
            index,
            noon: Clock::at_noon(today).noon(),
            areas: areas.to_vec(),
        }
    })
}

/// The state of the sandbox, and the sessions of the visitors.
struct Run {
    setup: &'static Setup,
    state: State,
    now: Timestamp,
    sessions: [Option<String>; VISITORS],
    sessions_offered: usize,
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn seats_stock_and_money_add_up(steps in prop::collection::vec((0..VISITORS, step()), 1..60)) {
        let setup = setup();
        let state = State::new(&setup.index, setup.noon);
        let mut run = Run { setup, state, now: setup.noon, sessions: Default::default(), sessions_offered: 0 };
        let at_start = run.statuses();
        for (visitor, step) in steps {
            let before = (run.basket(visitor), run.statuses(), run.mugs());
            let is_wait = matches!(step, Step::Wait(_));
            let result = run.take(visitor, step);
            if result.is_err() && !is_wait {
                let after = (run.basket(visitor), run.statuses(), run.mugs());
                prop_assert_eq!(before, after, "a refused request must change nothing");
            }
            run.check(&at_start);
        }
        run.check_after_expiry(&at_start);
    }
}

impl Run {
    fn take(&mut self, visitor: usize, step: Step) -> Result<(), Refusal> {
        let areas = &self.setup.areas;
        let area_at = |area: usize| areas[area % areas.len()];
        let tickets = |area, seats| vec![ticket(area_at(area)); seats];
        match step {
            Step::Add { area, seats } => self.add(visitor, BasketItems::new().with_tickets(tickets(area, seats))),
            Step::AddMugs(count) => self.add(visitor, BasketItems::new().with_merchandise_items(vec![mug(); count])),
            Step::AddInvalid { area, seats } => {
                let mut tickets = tickets(area, seats);
                tickets.push(Ticket::new().with_instance(InstanceId::new(1)));
                self.add(visitor, BasketItems::new().with_tickets(tickets))
            }
            Step::Move { item, area } => {
                let (instance, plan, band) = area_at(area);
                let moved = |ticket: Ticket| ticket.with_instance(instance).with_plan(plan).with_band(band);
                self.update_ticket(visitor, item, moved)
            }
            Step::Reprice { item, pence } => self.update_ticket(visitor, item, |ticket| match pence {
                Some(pence) => ticket.with_override_price(true).with_price(Decimal::new(pence, 2)),
                None => ticket.with_override_price(false),
            }),
            Step::Retype { item } => {
                self.update_ticket(visitor, item, |ticket| ticket.with_ticket_type(TicketTypeId::new(25)))
            }
            Step::Remove { item } => {
                let numbers = numbers(&self.basket(visitor).unwrap_or_default());
                let number = numbers.get(item % numbers.len().max(1)).copied().unwrap_or_default();
                self.change(visitor, |draft| draft.remove(number))
            }
            Step::UpdateBasket {
                customer,
                code,
                delivery,
            } => {
                let basket = Basket::new()
                    .with_customer(CustomerId::new(customer))
                    .with_promo_codes([code.to_owned()]);
                let has_tickets = self.basket(visitor).is_some_and(|basket| !basket.tickets.is_empty());
                let delivery = Delivery::new().with_type(delivery);
                let basket = if has_tickets {
                    basket.with_ticket_delivery(delivery)
                } else {
                    basket
                };
                self.change_or_start(visitor, |draft| draft.update(&basket))
            }
            Step::Confirm => {
                let session = self.sessions[visitor].as_deref();
                let order = self.state.confirm(&self.setup.index, self.now, session)?;
                let paid: Decimal = order.payments.iter().map(|payment| payment.amount).sum();
                assert_eq!(paid, order.total);
                Ok(())
            }
            Step::KeepAlive => self.state.keep_alive(self.now, self.sessions[visitor].as_deref()),
            Step::Wait(seconds) => {
                self.now = later(self.now, Duration::from_secs(seconds));
                self.state.expire_sessions(self.now);
                Ok(())
            }
        }
    }

    fn add(&mut self, visitor: usize, items: BasketItems) -> Result<(), Refusal> {
        self.change_or_start(visitor, |draft| draft.add(items))
    }

    fn update_ticket(
        &mut self,
        visitor: usize,
        item: usize,
        update: impl FnOnce(Ticket) -> Ticket,
    ) -> Result<(), Refusal> {
        let tickets = self.basket(visitor).unwrap_or_default().tickets;
        let mut sent = Ticket::new();
        sent.id = tickets.get(item % tickets.len().max(1)).and_then(|ticket| ticket.id);
        let items = BasketItems::new().with_tickets([update(sent)]);
        self.change(visitor, |draft| draft.update_items(&items))
    }

    fn change(
        &mut self,
        visitor: usize,
        change: impl FnOnce(&mut BasketDraft<'_>) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        let session = self.sessions[visitor].as_deref();
        self.state.change_basket(&self.setup.index, self.now, session, change)
    }

    fn change_or_start(
        &mut self,
        visitor: usize,
        change: impl FnOnce(&mut BasketDraft<'_>) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        self.sessions_offered += 1;
        let offered = NewSession(format!("session {}", self.sessions_offered));
        let session = self.sessions[visitor].as_deref();
        let started = self
            .state
            .change_or_start_basket(&self.setup.index, self.now, session, offered, change)?;
        if let Some(NewSession(id)) = started {
            self.sessions[visitor] = Some(id);
        }
        Ok(())
    }

    fn basket(&self, visitor: usize) -> Option<Basket> {
        self.state.basket(self.sessions[visitor].as_deref()).ok().cloned()
    }

    /// Returns the baskets of all valid sessions, including the one that the sandbox starts with.
    fn baskets(&self) -> Vec<Basket> {
        let baskets = (0..VISITORS).filter_map(|visitor| self.basket(visitor));
        let seeded = self.state.basket(Some(SEEDED_SESSION_ID)).ok().cloned();
        baskets.chain(seeded).collect()
    }

    /// Returns the current statuses of all plans of the tested instances.
    fn statuses(&self) -> Vec<InstancePlanStatus> {
        let instances: BTreeSet<_> = self.setup.areas.iter().map(|(instance, ..)| *instance).collect();
        let statuses = self.setup.index.venue.statuses.iter();
        let tested = statuses.filter(|status| instances.contains(&status.instance));
        tested
            .map(|status| self.state.inventory.status(&self.setup.index, status))
            .collect()
    }

    fn mugs(&self) -> i32 {
        let item = self.setup.index.stock_item(MUG).expect("mugs");
        self.state.inventory.stock_item(item).stock_level
    }

    fn check(&self, at_start: &[InstancePlanStatus]) {
        let statuses = self.statuses();
        for (status, initial) in statuses.iter().zip(at_start) {
            let parts = [
                status.available,
                status.locked,
                status.reserved,
                status.selected,
                status.sold,
            ];
            assert!(parts.iter().all(|number| *number >= 0), "{status:?}");
            assert_eq!(parts.iter().sum::<i32>(), status.capacity, "{status:?}");
            if status.sub_plans.is_empty() {
                let held = self.tickets_in_baskets(status) - seeded_tickets(self, status);
                assert_eq!(status.selected, initial.selected + held, "{status:?}");
                assert_eq!(status.sold, initial.sold + self.tickets_in_orders(status), "{status:?}");
            } else {
                check_sum_of_parts(status, &statuses);
            }
        }
        self.check_stock();
        self.check_baskets();
    }

    fn tickets_in_baskets(&self, status: &InstancePlanStatus) -> i32 {
        count(self.baskets().iter().flat_map(|basket| &basket.tickets), status)
    }

    fn tickets_in_orders(&self, status: &InstancePlanStatus) -> i32 {
        count(self.state.orders.placed.iter().flat_map(|order| &order.tickets), status)
    }

    fn check_stock(&self) {
        let baskets = self.baskets();
        let in_baskets = baskets.iter().flat_map(|basket| &basket.merchandise_items);
        let orders = self.state.orders.placed.iter();
        let in_orders = orders.flat_map(|order| &order.merchandise_items);
        let taken = in_baskets
            .chain(in_orders)
            .filter(|item| item.stock_item == Some(MUG))
            .count();
        let level = self.setup.index.stock_item(MUG).expect("mugs").stock_level;
        assert_eq!(self.mugs(), level - i32::try_from(taken).expect("a small number"));
        assert!(self.mugs() >= 0);
    }

    /// Checks that totals add up, and that no item is in two baskets.
    fn check_baskets(&self) {
        let mut seen = BTreeSet::new();
        for basket in self.baskets() {
            let tickets = basket.tickets.iter().map(|item| (item.price, item.discount));
            let merchandise = basket.merchandise_items.iter();
            let merchandise = merchandise.map(|item| (item.price, item.discount));
            let fees = [&basket.ticket_delivery, &basket.merchandise_delivery]
                .into_iter()
                .flatten();
            let mut total: Decimal = fees.map(|delivery| delivery.fee.expect("a fee")).sum();
            for (price, discount) in tickets.chain(merchandise) {
                let (price, discount) = (price.expect("a price"), discount.unwrap_or_default());
                assert!(discount >= Decimal::ZERO && discount <= price, "{basket:?}");
                total += price - discount;
            }
            assert_eq!(basket.total, Some(total), "{basket:?}");
            assert!(
                numbers(&basket).into_iter().all(|number| seen.insert(number)),
                "{basket:?}"
            );
        }
    }

    /// Checks that nothing is held when all sessions of visitors have expired.
    fn check_after_expiry(&mut self, at_start: &[InstancePlanStatus]) {
        self.now = later(self.now, Duration::from_secs(10 * 60));
        self.state.expire_sessions(self.now);
        assert_eq!(self.baskets().len(), 1, "only the seeded basket remains");
        self.check(at_start);
        for (status, initial) in self.statuses().iter().zip(at_start) {
            assert_eq!(status.selected, initial.selected, "{status:?}");
        }
    }
}

/// Returns how many tickets for a plan the seeded basket has. They are part of the initial numbers.
fn seeded_tickets(run: &Run, status: &InstancePlanStatus) -> i32 {
    count(run.setup.index.venue.basket.tickets.iter(), status)
}

/// Counts the tickets for the plan and instance of a status.
fn count<'a>(tickets: impl Iterator<Item = &'a Ticket>, status: &InstancePlanStatus) -> i32 {
    let matching =
        tickets.filter(|ticket| ticket.instance == Some(status.instance) && ticket.plan == Some(status.plan));
    i32::try_from(matching.count()).expect("a small number")
}

fn check_sum_of_parts(whole: &InstancePlanStatus, all: &[InstancePlanStatus]) {
    let is_part = |part: &&InstancePlanStatus| part.instance == whole.instance && whole.sub_plans.contains(&part.plan);
    let sum = |number: fn(&InstancePlanStatus) -> i32| all.iter().filter(is_part).map(number).sum::<i32>();
    let sums = [
        sum(|part| part.available),
        sum(|part| part.selected),
        sum(|part| part.sold),
    ];
    assert_eq!(sums, [whole.available, whole.selected, whole.sold], "{whole:?}");
}

/// Returns the numbers of all items.
fn numbers(basket: &Basket) -> Vec<i32> {
    let tickets = basket.tickets.iter().filter_map(LineItem::number);
    tickets
        .chain(basket.merchandise_items.iter().filter_map(LineItem::number))
        .collect()
}

fn ticket((instance, plan, band): (InstanceId, PlanId, BandId)) -> Ticket {
    Ticket::new().with_instance(instance).with_plan(plan).with_band(band)
}

fn mug() -> MerchandiseItem {
    MerchandiseItem::new().with_stock_item(MUG)
}
