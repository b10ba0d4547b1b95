//! The programme of a venue: the lists of a period, joined by a catalogue.

use jiff::civil::Date;
use spektrix_v2::catalogue::{Catalogue, Lists};
use spektrix_v2::{Client, Error};

/// The days to list.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Period {
    /// All days.
    Everything,
    /// From one day up to, but not including, another.
    Days {
        /// The first day.
        from: Date,
        /// The day after the last.
        until: Date,
    },
}

/// Loads four lists concurrently. `Catalogue::load` loads three more, which a folder of recorded bodies may not have.
pub(crate) async fn load(client: &Client, period: Period) -> Result<Catalogue, Error> {
    let (mut events, mut instances) = (client.events(), client.instances());
    let (mut statuses, mut prices) = (client.instance_status(), client.price_lists());
    if let Period::Days { from, until } = period {
        events = events.starting(from..until);
        instances = instances.starting(from..until);
        statuses = statuses.starting(from..until);
        prices = prices.starting(from..until);
    }
    let prices = async {
        match prices.all().await {
            Err(error) if error.is_not_found() => Ok(Vec::new()),
            result => result,
        }
    };
    let (events, instances, statuses, price_lists) =
        tokio::try_join!(events.all(), instances.all(), statuses.all(), prices)?;
    Ok(Catalogue::from(Lists {
        events,
        instances,
        statuses,
        price_lists,
        ..Lists::default()
    }))
}
