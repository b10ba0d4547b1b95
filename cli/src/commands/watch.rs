//! `--watch`: reads a list again and again. A terminal shows the current table, other readers get what changed.

use std::collections::HashSet;
use std::time::Duration;

use jiff::Timestamp;
use spektrix_v2::Client;
use tokio::time::sleep;

use crate::failure::Result;
use crate::output::{self, Listing, Row};

/// Clears a terminal, and moves to its first line.
const CLEAR: &str = "\u{1b}[2J\u{1b}[H";

/// How a list is watched.
pub(super) struct Watch<'a> {
    /// The time between two requests.
    pub(super) every: Duration,
    /// The first line on a terminal, after the time.
    pub(super) title: &'a str,
    pub(super) listing: &'a Listing,
    pub(super) columns: &'a [&'a str],
}

impl Watch<'_> {
    /// Reads and prints the list until `stop` completes, or until nobody reads what is printed.
    ///
    /// # Errors
    ///
    /// If the list cannot be read for a reason that does not pass by itself. Other errors are printed.
    pub(super) async fn run(
        &self,
        client: &Client,
        stop: impl Future<Output = ()>,
        read: impl AsyncFn() -> Result<Vec<Row>>,
    ) -> Result<()> {
        tokio::select! {
            result = self.repeat(client, read) => result,
            () = stop => Ok(()),
        }
    }

    async fn repeat(&self, client: &Client, read: impl AsyncFn() -> Result<Vec<Row>>) -> Result<()> {
        let mut last = HashSet::new();
        loop {
            match read().await {
                Ok(rows) => {
                    if !self.show(client, &rows, &mut last)? {
                        return Ok(());
                    }
                }
                Err(failure) if failure.exit().is_temporary() => output::error(&failure),
                Err(failure) => return Err(failure),
            }
            sleep(self.every).await;
        }
    }

    /// Returns whether somebody still reads what is printed.
    fn show(&self, client: &Client, rows: &[Row], last: &mut HashSet<String>) -> Result<bool> {
        if let Some(table) = self.listing.table(rows, self.columns)? {
            return output::print_to_reader(&self.screen(client, &table));
        }
        let lines = self.listing.lines(rows, self.columns)?;
        let changed: Vec<_> = lines.iter().filter(|line| !last.contains(*line)).cloned().collect();
        *last = lines.into_iter().collect();
        output::print_to_reader(&changed.concat())
    }

    fn screen(&self, client: &Client, table: &str) -> String {
        let time = Timestamp::now().to_zoned(client.time_zone().clone());
        let clear = if output::is_terminal() { CLEAR } else { "" };
        format!("{clear}{}  {}\n\n{table}", time.strftime("%H:%M:%S"), self.title)
    }
}
