//! A small venue, in the XML that the service would send.

use spektrix_v2::Client;
use spektrix_v2::catalogue::Catalogue;
use spektrix_v2::testing::Replay;

/// The required fields of an event that the tests do not read.
const EVENT_FIELDS: &str = "<Description/><Duration>90</Duration><HtmlDescription/><ImageUrl/>\
    <IsOnSale>true</IsOnSale><ThumbnailUrl/>";

pub(crate) fn event(id: i32, name: &str, related: Option<i32>) -> String {
    let related = related.map_or(String::new(), |id| {
        format!("<RelatedEvents><Event id=\"{id}\"/></RelatedEvents>")
    });
    format!("<Event id=\"{id}\"><Name>{name}</Name>{EVENT_FIELDS}{related}</Event>")
}

/// An instance in January of a far year: a guard does not expect instances that have started.
pub(crate) fn instance(id: i32, event: i32, day: u32, plan: i32, list: i32) -> String {
    let times: Vec<_> = [
        "Start",
        "StartUtc",
        "StartSellingAt",
        "StartSellingAtUtc",
        "StopSellingAt",
        "StopSellingAtUtc",
    ]
    .map(|name| format!("<{name}>2127-01-{day:02}T19:30:00</{name}>"))
    .into();
    format!(
        "<Instance id=\"{id}\"><Event id=\"{event}\"/><IsOnSale>true</IsOnSale><Plan id=\"{plan}\"/>\
         <PriceList id=\"{list}\"/>{}</Instance>",
        times.concat()
    )
}

pub(crate) fn status(instance: i32, plan: i32, available: i32) -> String {
    let counts: Vec<_> = ["Capacity", "Locked", "Reserved", "Selected", "Sold"]
        .map(|name| format!("<{name}>0</{name}>"))
        .into();
    format!(
        "<InstancePlanStatus><Plan id=\"{plan}\"/><Instance id=\"{instance}\"/>\
         <Name>seats</Name><Available>{available}</Available>{}</InstancePlanStatus>",
        counts.concat()
    )
}

pub(crate) const PLANS: &str = "<Plans>\
    <Plan id=\"30\"><Name>House</Name><IsBookable>false</IsBookable>\
      <SubPlans><Plan id=\"31\"/><Plan id=\"32\"/><Plan id=\"30\"/></SubPlans></Plan>\
    <Plan id=\"31\"><Name>Stalls</Name><IsBookable>true</IsBookable><Band id=\"50\"/></Plan>\
    <Plan id=\"32\"><Name>Wheelchairs</Name><IsBookable>false</IsBookable></Plan>\
    </Plans>";

pub(crate) const PRICE_LISTS: &str = "<PriceLists><PriceList id=\"40\">\
    <Price><Band id=\"50\"/><IsBandDefault>true</IsBandDefault><Price>20.00</Price><TicketType id=\"60\"/></Price>\
    <Price><Band id=\"50\"/><IsBandDefault>false</IsBandDefault><Price>12.50</Price><TicketType id=\"69\"/></Price>\
    </PriceList></PriceLists>";

pub(crate) const BANDS: &str = "<Bands><Band id=\"50\"><Name>Premium</Name></Band></Bands>";
pub(crate) const TICKET_TYPES: &str =
    "<TicketTypes><TicketType id=\"60\"><Name>Adult</Name></TicketType></TicketTypes>";

pub(crate) fn list(root: &str, items: &[String]) -> String {
    format!("<{root}>{}</{root}>", items.concat())
}

pub(crate) fn replay() -> Replay {
    let statuses = [status(20, 31, 7), status(20, 32, 1), status(21, 31, 5)];
    with_statuses(list("InstancePlanStatuses", &statuses))
}

/// Two events, of which the first has two instances that are not sorted by start time.
pub(crate) fn with_statuses(statuses: String) -> Replay {
    let instances = [
        instance(20, 10, 9, 30, 40),
        instance(21, 10, 2, 31, 40),
        instance(22, 18, 3, 39, 49),
    ];
    with_instances(&instances, statuses)
}

pub(crate) fn with_instances(instances: &[String], statuses: String) -> Replay {
    let events = [event(10, "Lear", Some(11)), event(11, "Hamlet", Some(19))];
    Replay::new()
        .respond("GetEvents", list("Events", &events))
        .respond("GetInstances", list("Instances", instances))
        .respond("GetInstanceStatus", statuses)
        .respond("GetPlans", PLANS)
        .respond("GetPriceLists", PRICE_LISTS)
        .respond("GetBands", BANDS)
        .respond("GetTicketTypes", TICKET_TYPES)
}

pub(crate) fn client(transport: impl spektrix_v2::Transport) -> Client {
    let builder = Client::builder("venue")
        .api_key("test-k3y")
        .retry(spektrix_v2::Retry::none());
    builder.transport(transport).build().unwrap()
}

pub(crate) async fn catalogue() -> Catalogue {
    Catalogue::load(&client(replay())).await.unwrap()
}
