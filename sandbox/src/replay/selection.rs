//! Which items a request chooses. Event, instance and dates choose *instances*; an object is chosen with its instances.

use std::collections::BTreeSet;

use jiff::civil::DateTime;

use super::INSTANCES;
use super::item::Item;
use crate::service::Parameters;
use crate::when::When;

const EVENT: &str = "Event";
const INSTANCE: &str = "Instance";

/// The filters of a request, and the instances they are applied to.
#[derive(Debug)]
pub(super) struct Selection<'a> {
    event: Option<i32>,
    instance: Option<i32>,
    from: Option<When>,
    to: Option<When>,
    /// Filters that recorded bodies cannot apply.
    others: Vec<&'a str>,
    instances: Option<&'a [Item]>,
}

impl<'a> Selection<'a> {
    pub(super) fn new(parameters: &'a Parameters, instances: Option<&'a [Item]>) -> Self {
        let ours = ["event_id", "instance_id", "instance_start_from", "instance_start_to"];
        Self {
            event: parameters.id("event_id"),
            instance: parameters.id("instance_id"),
            from: parameters.when("instance_start_from"),
            to: parameters.when("instance_start_to"),
            others: parameters.filters().filter(|name| !ours.contains(name)).collect(),
            instances,
        }
    }

    /// The items chosen, in their order, or what the recorded bodies do not tell.
    pub(super) fn choose<'i>(&self, items: &'i [Item]) -> Result<Vec<&'i Item>, String> {
        if let Some(name) = self.others.first() {
            return Err(format!("nothing in them says what {name} chooses"));
        }
        let Some(first) = items.first().filter(|_| !self.is_everything()) else {
            return Ok(items.iter().collect());
        };
        let kind = if first.id_of(INSTANCE).is_some() {
            INSTANCE
        } else {
            &first.kind
        };
        let ids = match self.only_id(kind) {
            Some(id) => BTreeSet::from([id]),
            None => self.ids_by_instances(kind, items)?,
        };
        let is_chosen = |item: &&Item| item.id_of(kind).is_some_and(|id| ids.contains(&id));
        Ok(items.iter().filter(is_chosen).collect())
    }

    fn is_everything(&self) -> bool {
        self.event.is_none() && self.instance.is_none() && !self.has_dates()
    }

    fn has_dates(&self) -> bool {
        self.from.is_some() || self.to.is_some()
    }

    /// The one object of this kind that is asked for, when nothing else is.
    fn only_id(&self, kind: &str) -> Option<i32> {
        match (kind, self.event, self.instance, self.has_dates()) {
            (EVENT, Some(id), None, false) | (INSTANCE, None, Some(id), false) => Some(id),
            _ => None,
        }
    }

    /// The ids of the objects of this kind that belong to the chosen instances.
    fn ids_by_instances(&self, kind: &str, items: &[Item]) -> Result<BTreeSet<i32>, String> {
        let instances = self.instances.ok_or_else(|| {
            format!("{INSTANCES}.xml is missing, which says what instances there are, of which event, and when")
        })?;
        if kind == INSTANCE {
            all_known(items, instances)?;
        } else if !instances.iter().any(|instance| instance.id_of(kind).is_some()) {
            return Err(format!(
                "no instance in {INSTANCES}.xml says which {kind} belongs to it"
            ));
        }
        self.linked(kind, instances)
    }

    fn linked(&self, kind: &str, instances: &[Item]) -> Result<BTreeSet<i32>, String> {
        let mut ids = BTreeSet::new();
        for instance in instances {
            if self.matches(instance)? {
                ids.extend(instance.id_of(kind));
            }
        }
        Ok(ids)
    }

    fn matches(&self, instance: &Item) -> Result<bool, String> {
        let same = |wanted: Option<i32>, kind| wanted.is_none() || instance.id_of(kind) == wanted;
        let starts_late_enough = match self.from {
            Some(from) => start(instance, from)? >= from.moment(),
            None => true,
        };
        let starts_early_enough = match self.to {
            Some(to) => start(instance, to)? <= to.moment(),
            None => true,
        };
        Ok(same(self.event, EVENT) && same(self.instance, INSTANCE) && starts_late_enough && starts_early_enough)
    }
}

/// An item of an instance that was not recorded may belong to the answer or not, so there is none.
fn all_known(items: &[Item], instances: &[Item]) -> Result<(), String> {
    let known: BTreeSet<_> = instances.iter().filter_map(|instance| instance.id).collect();
    let mut ids = items.iter().filter_map(|item| item.id_of(INSTANCE));
    match ids.find(|id| !known.contains(id)) {
        Some(id) => Err(format!("instance {id} is not in {INSTANCES}.xml")),
        None => Ok(()),
    }
}

/// The start of an instance, local or in UTC like the moment that it is compared with.
fn start(instance: &Item, like: When) -> Result<DateTime, String> {
    let (name, start) = match like {
        When::Local(_) => ("Start", instance.start),
        When::Utc(_) => ("StartUtc", instance.start_utc),
    };
    let id = instance.id.unwrap_or_default();
    let start = start.ok_or_else(|| format!("instance {id} in {INSTANCES}.xml has no {name} that can be read"))?;
    Ok(start.moment())
}

#[cfg(test)]
mod tests {
    use spektrix_v2::Operation;
    use spektrix_v2::operations::{GetEvents, GetOffers2};

    use super::super::item::Item;
    use super::super::splitter::split;
    use super::Selection;
    use crate::service::{Parameters, Query};

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
        split(body).expect("well-formed").1
    }

    /// The ids of the chosen items (of their plan and instance where they have none), or the problem.
    fn choose(body: &str, query: &str, instances: Option<&str>) -> Result<String, String> {
        let operation = if query.contains("customer_id") {
            GetOffers2::INFO
        } else {
            GetEvents::INFO
        };
        let query = Query::parse(query).expect("a query");
        let parameters = Parameters::check(&operation, &query).expect("parameters");
        let (body, instances) = (items(body), instances.map(items));
        let chosen = Selection::new(&parameters, instances.as_deref()).choose(&body)?;
        let id = |item: &&Item| item.id.or(item.id_of("Instance")).expect("an id").to_string();
        Ok(chosen.iter().map(id).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn objects_are_chosen_with_their_instances() {
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
                choose(body, query, Some(INSTANCES)).as_deref(),
                Ok(expected),
                "{query}: {body}"
            );
        }
    }

    #[test]
    fn what_needs_no_instances_works_without_them() {
        for (body, query, expected) in [
            (EVENTS, "event_id=11", "11"),
            (STATUSES, "instance_id=3", "3"),
            ("<Plans/>", "event_id=1", ""),
        ] {
            assert_eq!(choose(body, query, None).as_deref(), Ok(expected), "{query}");
        }
    }

    #[test]
    fn what_is_not_told_is_not_guessed() {
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
            (PLANS, "event_id=10", Some("<Instances/>"), "which Plan belongs to it"),
            (BANDS, "event_id=10", Some(INSTANCES), "which Band belongs to it"),
            (EVENTS, "customer_id=1", Some(INSTANCES), "what customer_id chooses"),
            (
                EVENTS,
                "instance_start_from=2030-06-01",
                Some(undated),
                "instance 1 in GetInstances.xml has no Start ",
            ),
        ];
        for (body, query, instances, expected) in cases {
            let problem = choose(body, query, instances).expect_err(query);
            assert!(problem.contains(expected), "{query}: {problem}");
        }
    }
}
