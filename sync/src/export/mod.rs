//! The programme as a file: a calendar, structured data for search engines, CSV, JSON lines.
//!
//! ```
//! # fn example(client: &spektrix_v2::Client, catalogue: &spektrix_v2::catalogue::Catalogue) -> Result<(), Box<dyn std::error::Error>> {
//! use spektrix_v2::jiff::Timestamp;
//! use spektrix_v2_sync::export::{Export, Format};
//! use spektrix_v2_sync::whats_on::Filter;
//!
//! let export = Export::new(client).currency("GBP").location_attribute("Venue");
//! let calendar = export.render(Format::Ics, catalogue, Timestamp::now(), &Filter::default(), None)?;
//! spektrix_v2_sync::replace_file("calendar.ics".as_ref(), &calendar)?;
//! # Ok(())
//! # }
//! ```

mod calendar;
mod rows;
mod schema_org;
mod settings;

use std::fmt;

use jiff::Timestamp;
use spektrix_v2::catalogue::Catalogue;
use spektrix_v2::iframe::WebPage;
use spektrix_v2::{Event, InstanceId};

pub use rows::spreadsheet_cell;
pub use settings::Export;

use crate::whats_on::{Filter, Performance, WhatsOn};

/// The format of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// A calendar: iCalendar, RFC 5545.
    Ics,
    /// Structured data for search engines: schema.org `Event` as JSON-LD.
    JsonLd,
    /// A row for each performance: CSV, RFC 4180.
    Csv,
    /// A line for each performance: JSON lines.
    JsonLines,
}

impl Format {
    /// Returns the media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Ics => "text/calendar; charset=utf-8",
            Self::JsonLd => "application/ld+json",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::JsonLines => "application/jsonl",
        }
    }
}

/// The data could not be rendered, which would be a bug in the program.
#[derive(Debug)]
pub struct ExportError(String);

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot render the export: {}", self.0)
    }
}

impl std::error::Error for ExportError {}

impl ExportError {
    pub(crate) fn new(reason: impl fmt::Display) -> Self {
        Self(reason.to_string())
    }
}

impl From<serde_json::Error> for ExportError {
    fn from(error: serde_json::Error) -> Self {
        Self::new(error)
    }
}

impl Export {
    /// Renders the selected performances.
    ///
    /// `previous` is the last calendar that was rendered, if there is one. Performances that have not changed keep their
    /// `LAST-MODIFIED`, so an unchanged programme is rendered to the same bytes. The other formats do not use it.
    ///
    /// # Errors
    ///
    /// If the data cannot be rendered, which would be a bug in the program.
    pub fn render(
        &self,
        format: Format,
        catalogue: &Catalogue,
        now: Timestamp,
        filter: &Filter,
        previous: Option<&[u8]>,
    ) -> Result<Vec<u8>, ExportError> {
        let view = WhatsOn::new(catalogue, now).image_base(self.image_base.as_ref());
        let items = || {
            view.performances(filter).map(|performance| Item {
                event: catalogue.event(performance.event_id),
                performance,
            })
        };
        match format {
            Format::Ics => calendar::render(self, items(), now, previous),
            Format::JsonLd => schema_org::render(self, items()),
            Format::Csv => rows::csv(self, items),
            Format::JsonLines => rows::json_lines(self, items()),
        }
    }

    /// The page of the service on which a visitor chooses seats.
    fn booking_url(&self, instance: InstanceId) -> String {
        self.site.page(WebPage::ChooseSeats(instance)).resize(false).url()
    }
}

/// A performance and its event, which has the description.
struct Item<'a> {
    performance: Performance<'a>,
    event: Option<&'a Event>,
}

impl Item<'_> {
    /// The description as plain text, with line feeds only and without whitespace around it.
    fn description(&self) -> String {
        self.event.map(|event| plain(&event.description)).unwrap_or_default()
    }
}

/// Returns a string without carriage returns and other control characters, which no calendar and no page shows.
fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text: String = text
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect();
    text.trim().to_owned()
}
