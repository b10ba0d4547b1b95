//! Filters the items of recorded bodies by event, instance and dates.
//!
//! The parameters filter instances. An item of another kind is returned if one of these instances belongs to it. If the
//! recorded bodies do not contain what belongs together, the request is refused.

use std::collections::BTreeSet;

use jiff::civil::DateTime;

use super::recorded_body::Item;
use crate::api::{DateFilter, Parameters};

/// The operation whose recorded body lists the instances with their events and dates.
pub(super) const INSTANCES: &str = "GetInstances";

const EVENT: &str = "Event";
const INSTANCE: &str = "Instance";

/// The filter parameters of a request, and the recorded instances that they filter.
#[derive(Debug)]
pub(super) struct ItemFilter<'a> {
    event: Option<i32>,
    instance: Option<i32>,
    from: Option<DateFilter>,
    to: Option<DateFilter>,
    /// Parameters that cannot be applied to recorded bodies.
    unsupported: Vec<&'a str>,
    instances: Option<&'a [Item]>,
}

impl<'a> ItemFilter<'a> {
    pub(super) fn new(parameters: &'a Parameters, instances: Option<&'a [Item]>) -> Self {
        let supported = ["event_id", "instance_id", "instance_start_from", "instance_start_to"];
        Self {
            event: parameters.id("event_id"),
            instance: parameters.id("instance_id"),
            from: parameters.date("instance_start_from"),
            to: parameters.date("instance_start_to"),
            unsupported: parameters.filters().filter(|name| !supported.contains(name)).collect(),
            instances,
        }
    }

    /// Returns the matching items in their order, or a description of what the recorded bodies do not contain.
    pub(super) fn apply<'i>(&self, items: &'i [Item]) -> Result<Vec<&'i Item>, String> {
        if let Some(name) = self.unsupported.first() {
            return Err(format!("they do not contain what {name} selects"));
        }
        let Some(first) = items.first().filter(|_| !self.is_empty()) else {
            return Ok(items.iter().collect());
        };
        // Items that refer to an instance, such as statuses, are filtered by it. Others are filtered by their own id.
        let kind = if first.id_of(INSTANCE).is_some() {
            INSTANCE
        } else {
            &first.kind
        };
        let ids = match self.single_id(kind) {
            Some(id) => BTreeSet::from([id]),
            None => self.ids_from_instances(kind, items)?,
        };
        let matches = |item: &&Item| item.id_of(kind).is_some_and(|id| ids.contains(&id));
        Ok(items.iter().filter(matches).collect())
    }

    fn is_empty(&self) -> bool {
        self.event.is_none() && self.instance.is_none() && !self.has_dates()
    }

    fn has_dates(&self) -> bool {
        self.from.is_some() || self.to.is_some()
    }

    /// Returns the requested id if the request filters by the id of this kind of object and nothing else.
    fn single_id(&self, kind: &str) -> Option<i32> {
        match (kind, self.event, self.instance, self.has_dates()) {
            (EVENT, Some(id), None, false) | (INSTANCE, None, Some(id), false) => Some(id),
            _ => None,
        }
    }

    /// Returns the ids of the objects of this kind that belong to the matching instances.
    fn ids_from_instances(&self, kind: &str, items: &[Item]) -> Result<BTreeSet<i32>, String> {
        let instances = self.instances.ok_or_else(|| {
            format!("{INSTANCES}.xml is missing, which lists the instances with their events and dates")
        })?;
        if kind == INSTANCE {
            check_instances_are_recorded(items, instances)?;
        } else if !instances.iter().any(|instance| instance.id_of(kind).is_some()) {
            return Err(format!(
                "no instance in {INSTANCES}.xml refers to an object of the kind {kind}"
            ));
        }
        let mut ids = BTreeSet::new();
        for instance in instances {
            if self.matches(instance)? {
                ids.extend(instance.id_of(kind));
            }
        }
        Ok(ids)
    }

    fn matches(&self, instance: &Item) -> Result<bool, String> {
        let has_id = |wanted: Option<i32>, kind| wanted.is_none() || instance.id_of(kind) == wanted;
        let starts_late_enough = match self.from {
            Some(from) => start(instance, from)? >= from.time(),
            None => true,
        };
        let starts_early_enough = match self.to {
            Some(to) => start(instance, to)? <= to.time(),
            None => true,
        };
        let has_ids = has_id(self.event, EVENT) && has_id(self.instance, INSTANCE);
        Ok(has_ids && starts_late_enough && starts_early_enough)
    }
}

/// Checks that the instances of all items are recorded. Otherwise it is unknown whether such an item matches.
fn check_instances_are_recorded(items: &[Item], instances: &[Item]) -> Result<(), String> {
    let recorded: BTreeSet<_> = instances.iter().filter_map(|instance| instance.id).collect();
    let mut ids = items.iter().filter_map(|item| item.id_of(INSTANCE));
    match ids.find(|id| !recorded.contains(id)) {
        Some(id) => Err(format!("instance {id} is not in {INSTANCES}.xml")),
        None => Ok(()),
    }
}

/// Returns the start of an instance, local or in UTC like the time that it is compared with.
fn start(instance: &Item, compared_with: DateFilter) -> Result<DateTime, String> {
    let (name, start) = match compared_with {
        DateFilter::Local(_) => ("Start", instance.start),
        DateFilter::Utc(_) => ("StartUtc", instance.start_utc),
    };
    let id = instance.id.unwrap_or_default();
    let start = start.ok_or_else(|| format!("instance {id} in {INSTANCES}.xml has no valid {name} element"))?;
    Ok(start.time())
}

#[cfg(test)]
mod tests {
    use spektrix_v2::Operation;
    use spektrix_v2::operations::{GetEvents, GetOffers2};

    use super::super::recorded_body::{Item, RecordedBody};
    use super::ItemFilter;
    use crate::api::{Parameters, Query};

    const INSTANCES: &str = "<Instances>\
        <Instance id='1'><Event id='10'/><Plan id='50'/><Start>2030-06-01T20:00:00</Start><StartUtc>2030-06-01T19:00:00Z</StartUtc></Instance>\
        <Instance id='2'><Event id='10'/><Plan id='51'/><Start>2030-06-02T20:00:00</Start><StartUtc>2030-06-02T19:00:00Z</StartUtc></Instance>\
        <Instance id='3'><Event id='11'/><Plan id='50'/><Start>2030-06-03T20:00:00</Start><StartUtc>2030-06-03T19:00:00Z</StartUtc></Instance>\
        </Instances>";
    const EVENTS: &str = "<Events><Event id='10'/><Event id='11'/><Event id='12'/></Events>";
    const STATUSES: &str = "<S><Status><Plan id='50'/><Instance id='1'/></Status>\
        <Status><Plan id='51'/><Instance id='2'/></Status><Status><Plan id='50'/><Instance id='3'/></Status></S>";
    const PLANS: &str = "<Plans><Plan id='50'/><Plan id='51'/><Plan id='52'/></Plans>";
    const BANDS: &str = "<Bands><Band id='1'/></Bands>";

    fn items(body: &str) -> Vec<Item> {
        RecordedBody::parse(body.to_owned()).expect("well-formed").items
    }

    /// Returns the ids of the matching items, or of their instances if they have no id, or the problem.
    fn filter(body: &str, query: &str, instances: Option<&str>) -> Result<String, String> {
        let operation = if query.contains("customer_id") {
            GetOffers2::INFO
        } else {
            GetEvents::INFO
        };
        let query = Query::parse(query).expect("a query");
        let parameters = Parameters::parse(&operation, &query).expect("parameters");
        let (body, instances) = (items(body), instances.map(items));
        let matching = ItemFilter::new(&parameters, instances.as_deref()).apply(&body)?;
        let id = |item: &&Item| item.id.or(item.id_of("Instance")).expect("an id").to_string();
        Ok(matching.iter().map(id).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn objects_match_if_one_of_their_instances_does() {
        let cases = [
            (INSTANCES, "", "1 2 3"),
            (INSTANCES, "event_id=10", "1 2"),
            (INSTANCES, "instance_id=3", "3"),
            (INSTANCES, "instance_id=3&event_id=10", ""),
            (INSTANCES, "instance_start_from=2030-06-02", "2 3"),
            (
                INSTANCES,
                "instance_start_from=2030-06-02T20:00:00&instance_start_to=2030-06-03",
                "2",
            ),
            (INSTANCES, "instance_start_from=2030-06-02T19:00:01Z", "3"),
            (INSTANCES, "instance_start_to=2030-06-01T19:00:00Z", "1"),
            (STATUSES, "event_id=10", "1 2"),
            (STATUSES, "instance_id=2", "2"),
            (STATUSES, "instance_start_from=2030-06-03", "3"),
            (EVENTS, "event_id=12", "12"),
            (EVENTS, "instance_id=3", "11"),
            (EVENTS, "event_id=12&instance_start_from=2030-06-01", ""),
            (EVENTS, "instance_start_to=2030-06-02", "10"),
            (PLANS, "event_id=10", "50 51"),
            (PLANS, "instance_start_from=2030-06-03", "50"),
            (BANDS, "", "1"),
        ];
        for (body, query, expected) in cases {
            assert_eq!(
                filter(body, query, Some(INSTANCES)).as_deref(),
                Ok(expected),
                "{query}: {body}"
            );
        }
    }

    #[test]
    fn some_filters_do_not_need_the_instances() {
        for (body, query, expected) in [
            (EVENTS, "event_id=11", "11"),
            (STATUSES, "instance_id=3", "3"),
            ("<Plans/>", "event_id=1", ""),
        ] {
            assert_eq!(filter(body, query, None).as_deref(), Ok(expected), "{query}");
        }
    }

    #[test]
    fn filters_without_recorded_data_are_refused() {
        let undated = "<Instances><Instance id='1'><Event id='10'/><Plan id='5'/></Instance></Instances>";
        let cases = [
            (EVENTS, "instance_id=1", None, "GetInstances.xml is missing"),
            (PLANS, "event_id=10", None, "GetInstances.xml is missing"),
            (
                STATUSES,
                "event_id=10",
                Some("<Instances><Instance id='1'/></Instances>"),
                "instance 2 is not in GetInstances.xml",
            ),
            (
                PLANS,
                "event_id=10",
                Some("<Instances/>"),
                "refers to an object of the kind Plan",
            ),
            (
                BANDS,
                "event_id=10",
                Some(INSTANCES),
                "refers to an object of the kind Band",
            ),
            (EVENTS, "customer_id=1", Some(INSTANCES), "what customer_id selects"),
            (
                EVENTS,
                "instance_start_from=2030-06-01",
                Some(undated),
                "instance 1 in GetInstances.xml has no valid Start element",
            ),
        ];
        for (body, query, instances, expected) in cases {
            let problem = filter(body, query, instances).expect_err(query);
            assert!(problem.contains(expected), "{query}: {problem}");
        }
    }
}
