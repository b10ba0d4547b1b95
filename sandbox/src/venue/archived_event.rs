//! An inactive event of last year. No list contains it, but an old order still refers to it.

use spektrix_v2::{Event, EventId, Instance, InstanceId};

use super::ALL_SET;
use super::local_time::{days_after, minutes_before, to_utc};
use super::prices::Tariff;
use super::season::Season;
use super::seating::Room;
use super::text;

/// Events and instances that only the operations for related data return.
#[derive(Clone, Debug)]
pub(crate) struct Archive {
    pub(crate) events: Vec<Event>,
    pub(crate) instances: Vec<Instance>,
}

/// The archived event of a venue that was not edited, with its instance.
#[derive(Debug)]
pub(super) struct ArchivedEvent {
    event: Event,
    pub(super) instance: Instance,
}

impl From<ArchivedEvent> for Archive {
    fn from(archived: ArchivedEvent) -> Self {
        Self {
            events: vec![archived.event],
            instances: vec![archived.instance],
        }
    }
}

pub(super) fn archived_event(season: &Season) -> ArchivedEvent {
    let event = event();
    let start = days_after(season.now.date(), -400).at(19, 30, 0, 0);
    let sale = days_after(start.date(), -180).at(10, 0, 0, 0);
    let stop = minutes_before(start, 60);
    let instance = Instance::builder()
        .id(InstanceId::new(19_204))
        .event(event.id)
        .is_on_sale(false)
        .plan(Room::Studio.plan())
        .price_list(Tariff::Studio.id())
        .start(start)
        .start_utc(to_utc(start))
        .start_selling_at(sale)
        .start_selling_at_utc(to_utc(sale))
        .stop_selling_at(stop)
        .stop_selling_at_utc(to_utc(stop))
        .build();
    ArchivedEvent {
        event,
        instance: instance.expect(ALL_SET),
    }
}

fn event() -> Event {
    let title = "The Last Tram to Mallow";
    let about = ["A farewell to a line that nobody had ever taken to its end."];
    let (image, thumbnail) = text::image_files(title);
    let (plain, html) = (text::plain(&about), text::html(&about));
    Event::builder()
        .id(EventId::new(6990))
        .name(title)
        .description(plain)
        .html_description(html)
        .duration(95)
        .image_url(image)
        .thumbnail_url(thumbnail)
        .is_on_sale(false)
        .build()
        .expect(ALL_SET)
}
