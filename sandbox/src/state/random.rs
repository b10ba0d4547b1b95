//! Random changes by several visitors, checked after each: nothing is sold twice, nothing is lost, everything adds up.

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

use super::baskets::Begun;
use super::catalogue::Catalogue;
use super::clock::{Clock, later};
use super::draft::Draft;
use super::line::Line;
use super::{SEEDED, State};
use crate::service::Refusal;
use crate::venue::{Setting, Venue};

const VISITORS: usize = 4;
/// Few of it are there, so that it runs out.
const MUG: StockItemId = StockItemId::new(503);

/// What a visitor may do. Places are taken modulo what there is.
#[derive(Clone, Debug)]
enum Step {
    Add {
        place: usize,
        seats: usize,
    },
    AddMugs(usize),
    /// Good seats beside one that cannot be had.
    AddBeyond {
        place: usize,
        seats: usize,
    },
    Move {
        item: usize,
        place: usize,
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
    Describe {
        customer: i32,
        code: &'static str,
        way: DeliveryType,
    },
    Confirm,
    KeepAlive,
    Wait(u64),
}

fn step() -> impl Strategy<Value = Step> {
    let place = 0..4_usize;
    let item = any::<usize>();
    let ways = prop::sample::select(DeliveryType::KNOWN);
    let codes = prop::sample::select(vec!["", "FRIEND", "EARLY"]);
    prop_oneof![
        4 => (place.clone(), 1..90_usize).prop_map(|(place, seats)| Step::Add { place, seats }),
        2 => (1..20_usize).prop_map(Step::AddMugs),
        1 => (place.clone(), 1..9_usize).prop_map(|(place, seats)| Step::AddBeyond { place, seats }),
        2 => (item, place).prop_map(|(item, place)| Step::Move { item, place }),
        2 => (item, prop::option::of(-1..5000_i64)).prop_map(|(item, pence)| Step::Reprice { item, pence }),
        1 => item.prop_map(|item| Step::Retype { item }),
        3 => item.prop_map(|item| Step::Remove { item }),
        3 => (9000..9007, codes, ways).prop_map(|(customer, code, way)| Step::Describe { customer, code, way }),
        2 => Just(Step::Confirm),
        1 => Just(Step::KeepAlive),
        2 => (1..700_u64).prop_map(Step::Wait),
    ]
}

/// The venue, and four places in it: stalls and circle of an instance, and two rooms without parts.
struct Stage {
    catalogue: Catalogue,
    noon: Timestamp,
    places: Vec<(InstanceId, PlanId, BandId)>,
}

fn stage() -> &'static Stage {
    static STAGE: OnceLock<Stage> = OnceLock::new();
    STAGE.get_or_init(|| {
        let today = date(2031, 3, 5);
        let catalogue = Catalogue::new(Venue::open(Setting::on(today)));
        let soon = date(2031, 3, 7).at(0, 0, 0, 0);
        let places = [(401, 402, 11), (401, 403, 14), (431, 431, 15), (411, 411, 12)];
        let places = places.map(|(whole, plan, band)| {
            let mut instances = catalogue.venue.instances.iter();
            let is_wanted = |status: &InstancePlanStatus| (5..140).contains(&status.available);
            let found = instances.find(|one| {
                let seats = catalogue.seats(one.id, PlanId::new(if whole == 401 { 402 } else { plan }));
                one.is_on_sale && one.start > soon && one.plan == PlanId::new(whole) && seats.is_some_and(is_wanted)
            });
            (found.expect("an instance").id, PlanId::new(plan), BandId::new(band))
        });
        Stage {
            catalogue,
            noon: Clock::at_noon(today).noon(),
            places: places.to_vec(),
        }
    })
}

/// The sandbox's state, and what the test knows of it.
struct Run {
    stage: &'static Stage,
    state: State,
    now: Timestamp,
    sessions: [Option<String>; VISITORS],
    begun: usize,
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn everything_adds_up(steps in prop::collection::vec((0..VISITORS, step()), 1..60)) {
        let stage = stage();
        let state = State::new(&stage.catalogue, stage.noon);
        let mut run = Run { stage, state, now: stage.noon, sessions: Default::default(), begun: 0 };
        let at_start = run.seats();
        for (visitor, step) in steps {
            let before = (run.basket(visitor), run.seats(), run.mugs());
            let is_wait = matches!(step, Step::Wait(_));
            let done = run.take(visitor, step);
            if done.is_err() && !is_wait {
                prop_assert_eq!(before, (run.basket(visitor), run.seats(), run.mugs()), "a refusal changes nothing");
            }
            run.check(&at_start);
        }
        run.everybody_leaves(&at_start);
    }
}

impl Run {
    fn take(&mut self, visitor: usize, step: Step) -> Result<(), Refusal> {
        let places = &self.stage.places;
        let at = |place: usize| places[place % places.len()];
        let seats = |place, seats| vec![ticket(at(place)); seats];
        match step {
            Step::Add { place, seats: count } => {
                self.add(visitor, BasketItems::new().with_tickets(seats(place, count)))
            }
            Step::AddMugs(count) => self.add(visitor, BasketItems::new().with_merchandise_items(vec![mug(); count])),
            Step::AddBeyond { place, seats: count } => {
                let mut tickets = seats(place, count);
                tickets.push(Ticket::new().with_instance(InstanceId::new(1)));
                self.add(visitor, BasketItems::new().with_tickets(tickets))
            }
            Step::Move { item, place } => {
                let (instance, plan, band) = at(place);
                let moved = |ticket: Ticket| ticket.with_instance(instance).with_plan(plan).with_band(band);
                self.update(visitor, item, moved)
            }
            Step::Reprice { item, pence } => self.update(visitor, item, |ticket| match pence {
                Some(pence) => ticket.with_override_price(true).with_price(Decimal::new(pence, 2)),
                None => ticket.with_override_price(false),
            }),
            Step::Retype { item } => {
                self.update(visitor, item, |ticket| ticket.with_ticket_type(TicketTypeId::new(25)))
            }
            Step::Remove { item } => {
                let numbers = numbers(&self.basket(visitor).unwrap_or_default());
                let number = numbers.get(item % numbers.len().max(1)).copied().unwrap_or_default();
                self.change(visitor, |draft| draft.remove(number))
            }
            Step::Describe { customer, code, way } => {
                let basket = Basket::new()
                    .with_customer(CustomerId::new(customer))
                    .with_promo_codes([code.to_owned()]);
                let has_tickets = self.basket(visitor).is_some_and(|basket| !basket.tickets.is_empty());
                let delivery = Delivery::new().with_type(way);
                let basket = if has_tickets {
                    basket.with_ticket_delivery(delivery)
                } else {
                    basket
                };
                self.change_or_begin(visitor, |draft| draft.change(&basket))
            }
            Step::Confirm => {
                let order = self
                    .state
                    .confirm(&self.stage.catalogue, self.now, self.sessions[visitor].as_deref())?;
                let paid: Decimal = order.payments.iter().map(|payment| payment.amount).sum();
                assert_eq!(paid, order.total);
                Ok(())
            }
            Step::KeepAlive => self.state.keep_alive(self.now, self.sessions[visitor].as_deref()),
            Step::Wait(seconds) => {
                self.now = later(self.now, Duration::from_secs(seconds));
                self.state.expire(self.now);
                Ok(())
            }
        }
    }

    fn add(&mut self, visitor: usize, items: BasketItems) -> Result<(), Refusal> {
        self.change_or_begin(visitor, |draft| draft.add(items))
    }

    fn update(&mut self, visitor: usize, item: usize, how: impl FnOnce(Ticket) -> Ticket) -> Result<(), Refusal> {
        let tickets = self.basket(visitor).unwrap_or_default().tickets;
        let mut sent = Ticket::new();
        sent.id = tickets.get(item % tickets.len().max(1)).and_then(|ticket| ticket.id);
        let items = BasketItems::new().with_tickets([how(sent)]);
        self.change(visitor, |draft| draft.update(&items))
    }

    fn change(
        &mut self,
        visitor: usize,
        how: impl FnOnce(&mut Draft<'_>) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        self.state
            .change(&self.stage.catalogue, self.now, self.sessions[visitor].as_deref(), how)
    }

    fn change_or_begin(
        &mut self,
        visitor: usize,
        how: impl FnOnce(&mut Draft<'_>) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        self.begun += 1;
        let new_id = Begun(format!("session {}", self.begun));
        let session = self.sessions[visitor].as_deref();
        let ((), begun) = self
            .state
            .change_or_begin(&self.stage.catalogue, self.now, session, new_id, how)?;
        if let Some(Begun(id)) = begun {
            self.sessions[visitor] = Some(id);
        }
        Ok(())
    }

    fn basket(&self, visitor: usize) -> Option<Basket> {
        self.state.basket(self.sessions[visitor].as_deref()).ok().cloned()
    }

    /// The baskets that live, that of the start included.
    fn baskets(&self) -> Vec<Basket> {
        let own = (0..VISITORS).filter_map(|visitor| self.basket(visitor));
        own.chain(self.state.basket(Some(SEEDED)).ok().cloned()).collect()
    }

    /// The numbers of all plans of the instances in question.
    fn seats(&self) -> Vec<InstancePlanStatus> {
        let instances: BTreeSet<_> = self.stage.places.iter().map(|(instance, ..)| *instance).collect();
        let statuses = self.stage.catalogue.venue.statuses.iter();
        let own = statuses.filter(|status| instances.contains(&status.instance));
        own.map(|status| self.state.inventory.status(&self.stage.catalogue, status))
            .collect()
    }

    fn mugs(&self) -> i32 {
        let item = self.stage.catalogue.stock_item(MUG).expect("mugs");
        self.state.inventory.stock_item(item).stock_level
    }

    fn check(&self, at_start: &[InstancePlanStatus]) {
        let seats = self.seats();
        for (status, then) in seats.iter().zip(at_start) {
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
                assert_eq!(status.selected, then.selected + held, "{status:?}");
                assert_eq!(status.sold, then.sold + self.tickets_in_orders(status), "{status:?}");
            } else {
                is_sum_of_parts(status, &seats);
            }
        }
        self.check_stock();
        self.check_baskets();
    }

    fn tickets_in_baskets(&self, status: &InstancePlanStatus) -> i32 {
        count(self.baskets().iter().flat_map(|basket| &basket.tickets), status)
    }

    fn tickets_in_orders(&self, status: &InstancePlanStatus) -> i32 {
        count(self.state.orders.made.iter().flat_map(|order| &order.tickets), status)
    }

    fn check_stock(&self) {
        let baskets = self.baskets();
        let in_baskets = baskets.iter().flat_map(|basket| &basket.merchandise_items);
        let in_orders = self.state.orders.made.iter().flat_map(|order| &order.merchandise_items);
        let taken = in_baskets
            .chain(in_orders)
            .filter(|item| item.stock_item == Some(MUG))
            .count();
        let level = self.stage.catalogue.stock_item(MUG).expect("mugs").stock_level;
        assert_eq!(self.mugs(), level - i32::try_from(taken).expect("not so many"));
        assert!(self.mugs() >= 0);
    }

    /// Each says what it costs, and no item lies in two of them.
    fn check_baskets(&self) {
        let mut seen = BTreeSet::new();
        for basket in self.baskets() {
            let tickets = basket.tickets.iter().map(|one| (one.price, one.discount));
            let merchandise = basket.merchandise_items.iter().map(|one| (one.price, one.discount));
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

    /// Afterwards only what was sold is gone.
    fn everybody_leaves(&mut self, at_start: &[InstancePlanStatus]) {
        self.now = later(self.now, Duration::from_secs(10 * 60));
        self.state.expire(self.now);
        assert_eq!(self.baskets().len(), 1, "that of the start");
        self.check(at_start);
        for (status, then) in self.seats().iter().zip(at_start) {
            assert_eq!(status.selected, then.selected, "{status:?}");
        }
    }
}

/// The tickets that the basket of the start has for a plan, which are counted from the start on.
fn seeded_tickets(run: &Run, status: &InstancePlanStatus) -> i32 {
    count(run.stage.catalogue.venue.basket.tickets.iter(), status)
}

fn count<'a>(tickets: impl Iterator<Item = &'a Ticket>, status: &InstancePlanStatus) -> i32 {
    let own = tickets.filter(|ticket| ticket.instance == Some(status.instance) && ticket.plan == Some(status.plan));
    i32::try_from(own.count()).expect("not so many")
}

fn is_sum_of_parts(whole: &InstancePlanStatus, all: &[InstancePlanStatus]) {
    let is_part = |part: &&InstancePlanStatus| part.instance == whole.instance && whole.sub_plans.contains(&part.plan);
    let sum = |number: fn(&InstancePlanStatus) -> i32| all.iter().filter(is_part).map(number).sum::<i32>();
    let sums = [
        sum(|part| part.available),
        sum(|part| part.selected),
        sum(|part| part.sold),
    ];
    assert_eq!(sums, [whole.available, whole.selected, whole.sold], "{whole:?}");
}

/// The numbers of all items.
fn numbers(basket: &Basket) -> Vec<i32> {
    let tickets = basket.tickets.iter().filter_map(Line::number);
    tickets
        .chain(basket.merchandise_items.iter().filter_map(Line::number))
        .collect()
}

fn ticket((instance, plan, band): (InstanceId, PlanId, BandId)) -> Ticket {
    Ticket::new().with_instance(instance).with_plan(plan).with_band(band)
}

fn mug() -> MerchandiseItem {
    MerchandiseItem::new().with_stock_item(MUG)
}
