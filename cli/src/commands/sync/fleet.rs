//! `spektrix sync --fleet`: one of several processes that sync all venues of the configuration file.

use spektrix_v2_sync::{Fleet, FleetEvent};

use super::RunArgs;
use crate::config::Config;
use crate::connection::Target;
use crate::failure::{Failure, Result};
use crate::output;
use crate::signals::Signals;

impl RunArgs {
    /// Syncs the venues until a signal asks the program to end.
    pub(super) async fn fleet(&self, target: &Target) -> Result<()> {
        let mut signals = Signals::listen()?;
        let stop = async {
            signals.next().await;
        };
        let every = self.every.ok_or_else(|| Failure::usage("a fleet needs --every"))?;
        let path = target.file().ok_or_else(|| {
            Failure::configuration("there is no configuration file with the venues of the fleet")
                .with_hint("write a spektrix.toml with a section for each venue")
        })?;
        let venues: Vec<_> = Config::read(&path)?.venues().map(str::to_owned).collect();
        let store = self.database.open(target).await?;
        output::note(&format!("{} venues", venues.len()));
        let connect = move |name: &str| Ok(Config::read(&path)?.client(Some(name))?.build()?);
        let fleet = Fleet::new(store.clone(), venues, self.rhythm(every), connect)
            .jobs(self.jobs)
            .guard(self.guard());
        let result = fleet.run(stop, print).await;
        store.close().await;
        Ok(result?)
    }
}

fn print(event: FleetEvent<'_>) {
    match event {
        FleetEvent::Run { result: Ok(report), .. } => {
            output::note(&format!("{}: wrote {} objects", report.venue, report.written()));
        }
        FleetEvent::Run {
            venue,
            result: Err(error),
        } => {
            output::note(&format!("{venue}: {error}"));
        }
        FleetEvent::Waiting(error) => output::error(&Failure::from_sync(error)),
        _ => {}
    }
}
