//! Arguments that several commands share: which performances, and what exports need to know.

use jiff::civil::Date;
use spektrix_v2::{Client, EventId};
use spektrix_v2_sync::export::Export;
use spektrix_v2_sync::whats_on::Filter;
use url::Url;

/// Which performances.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Performances")]
pub(super) struct Selection {
    /// Only performances that start on this day or later, YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// Only performances that start on this day or earlier
    #[arg(long, value_name = "DATE")]
    to: Option<Date>,
    /// Only performances of this event. Can be repeated
    #[arg(long, value_name = "ID")]
    event: Vec<EventId>,
    /// Only performances with this value of a user-defined attribute; case does not count. Can be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = super::list::attribute)]
    attribute: Vec<(String, String)>,
}

/// What calendars and structured data contain that the service does not send.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Content of exports")]
pub(super) struct Content {
    /// The title of the calendar [default: the client name]
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// The currency of prices, such as GBP. The service does not name it; without it, JSON-LD has no prices
    #[arg(long, value_name = "CODE", value_parser = currency)]
    currency: Option<String>,
    /// What the names of image files are relative to: an http or https URL that ends with a slash
    #[arg(long, value_name = "URL")]
    image_base: Option<Url>,
    /// The location of performances without the attribute
    #[arg(long, value_name = "NAME")]
    location: Option<String>,
    /// The user-defined attribute that has the name of the location
    #[arg(long, value_name = "NAME")]
    location_attribute: Option<String>,
    /// The user-defined attribute that has the address of the location
    #[arg(long, value_name = "NAME")]
    address_attribute: Option<String>,
    /// The user-defined attribute that is filled in if a performance is cancelled
    #[arg(long, value_name = "NAME")]
    cancelled_attribute: Option<String>,
    /// The schema.org type of events in JSON-LD
    #[arg(long, value_name = "TYPE", default_value = "Event")]
    event_type: String,
}

impl Selection {
    pub(super) fn filter(&self) -> Filter {
        Filter {
            from: self.from.map(Into::into),
            to: self.to.map(Into::into),
            events: self.event.clone(),
            attributes: self.attribute.clone(),
            ..Filter::default()
        }
    }
}

impl Content {
    pub(super) fn export(&self, client: &Client) -> Export {
        let set = |export: Export, value: &Option<String>, set: fn(Export, String) -> Export| match value {
            Some(value) => set(export, value.clone()),
            None => export,
        };
        let mut export = Export::new(client).event_type(&self.event_type);
        export = set(export, &self.title, Export::title);
        export = set(export, &self.currency, Export::currency);
        export = set(export, &self.location, Export::location);
        export = set(export, &self.location_attribute, Export::location_attribute);
        export = set(export, &self.address_attribute, Export::address_attribute);
        export = set(export, &self.cancelled_attribute, Export::cancelled_attribute);
        match &self.image_base {
            Some(base) => export.image_base(base.clone()),
            None => export,
        }
    }
}

fn currency(text: &str) -> Result<String, String> {
    let is_code = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    if is_code {
        Ok(text.to_owned())
    } else {
        Err("write three capital letters, as in ISO 4217: GBP".to_owned())
    }
}
