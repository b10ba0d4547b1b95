//! Objects of a catalogue with the values that a test needs.

use spektrix_v2::jiff::Timestamp;
use spektrix_v2::jiff::civil::DateTime;
use spektrix_v2::jiff::tz::Offset;
use spektrix_v2::rust_decimal::Decimal;
use spektrix_v2::{BandId, Event, Instance, InstancePlanStatus, Plan, PlanId, Price, PriceList};

/// A time of a day in winter, when London has UTC: `09T19:30`.
pub(crate) fn time(text: &str) -> DateTime {
    format!("2027-01-{text}:00").parse().unwrap()
}

pub(crate) fn moment(text: &str) -> Timestamp {
    Offset::UTC.to_timestamp(time(text)).unwrap()
}

pub(crate) fn event(id: i32) -> Event {
    Event::builder()
        .id(id)
        .name(format!("event {id}"))
        .duration(90)
        .is_on_sale(true)
        .description("")
        .html_description("")
        .image_url("")
        .thumbnail_url("")
        .build()
        .unwrap()
}

/// An instance with plan 30 and price list 40, which is on sale from the first of the month until it starts.
pub(crate) fn instance(id: i32, event: i32, start: &str) -> Instance {
    let (start, sale) = (time(start), time("01T10:00"));
    let utc = |local| Offset::UTC.to_timestamp(local).unwrap();
    Instance::builder()
        .id(id)
        .event(event)
        .is_on_sale(true)
        .plan(30)
        .price_list(40)
        .start(start)
        .start_utc(utc(start))
        .start_selling_at(sale)
        .start_selling_at_utc(utc(sale))
        .stop_selling_at(start)
        .stop_selling_at_utc(utc(start))
        .build()
        .unwrap()
}

pub(crate) fn plan(id: i32, is_bookable: bool, sub_plans: &[i32], bands: &[i32]) -> Plan {
    let mut plan = Plan::new(id, is_bookable, format!("plan {id}"));
    plan.sub_plans = sub_plans.iter().copied().map(PlanId::new).collect();
    plan.bands = bands.iter().copied().map(BandId::new).collect();
    plan
}

pub(crate) fn status(instance: i32, plan: i32, available: i32, capacity: i32) -> InstancePlanStatus {
    let sold = capacity - available;
    InstancePlanStatus::builder()
        .plan(plan)
        .instance(instance)
        .name("seats")
        .available(available)
        .capacity(capacity)
        .locked(0)
        .reserved(0)
        .selected(0)
        .sold(sold)
        .build()
        .unwrap()
}

/// A price list with amounts in pence and their bands. Band 0 is none.
pub(crate) fn price_list(id: i32, prices: &[(i64, i32)]) -> PriceList {
    let mut list = PriceList::new(id);
    for (pence, band) in prices {
        let mut price = Price::new(false, Decimal::new(*pence, 2), 60);
        price.band = Some(*band).filter(|band| *band != 0).map(BandId::new);
        list.prices.push(price);
    }
    list
}
