//! Several processes sync many venues of one PostgreSQL database, which distributes the work.

mod leases;
mod states;

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use spektrix_v2::Client;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, sleep};

use crate::error::{Error, ErrorKind, Result};
use crate::guard::Guard;
use crate::kind::Kind;
use crate::repeat::Rhythm;
use crate::run::{Report, Sync};
use crate::store::Store;

use leases::{Lease, Leases, Outcome};
pub use states::FleetVenue;

/// Why a client of a venue cannot be created.
type ConnectError = Box<dyn StdError + Send + std::marker::Sync>;

type Connect = dyn Fn(&str) -> std::result::Result<Client, ConnectError> + Send + std::marker::Sync;

/// One of several processes that sync many venues. All of them have the same settings, and one PostgreSQL database.
///
/// Each venue is synced once in each interval, by one process at a time. A process takes a lease of a venue, and renews it while
/// it runs. If the process is killed, the lease ends after a quarter of the interval, or after a minute if that is shorter, and
/// another process syncs the venue. A venue that fails is retried after 30 seconds, and then after twice as long each time, up to
/// the interval; others do not wait for it.
pub struct Fleet {
    store: Store,
    venues: Vec<String>,
    connect: Arc<Connect>,
    rhythm: Rhythm,
    jobs: usize,
    guard: Guard,
}

/// What a process of a fleet reports.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum FleetEvent<'a> {
    /// A run has ended.
    Run {
        /// The venue.
        venue: &'a str,
        /// The result of the run.
        result: &'a Result<Report>,
    },
    /// The database cannot be used. The process waits, and retries.
    Waiting(&'a Error),
}

/// The delay after the first error of the database. It doubles with each further one.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(30);

impl Fleet {
    /// Creates a process of a fleet, for the venues with these names in the database.
    ///
    /// `connect` creates the client of a venue before each of its runs, so that renewed certificates are used.
    pub fn new(
        store: Store,
        venues: impl IntoIterator<Item = String>,
        rhythm: Rhythm,
        connect: impl Fn(&str) -> std::result::Result<Client, ConnectError> + Send + std::marker::Sync + 'static,
    ) -> Self {
        Self {
            store,
            venues: venues.into_iter().collect(),
            connect: Arc::new(connect),
            rhythm,
            jobs: 4,
            guard: Guard::new(),
        }
    }

    /// Sets how many venues this process syncs at the same time. The default is 4. Each needs a connection to the database.
    #[must_use]
    pub fn jobs(mut self, count: usize) -> Self {
        self.jobs = count.max(1);
        self
    }

    /// Sets the guard against implausible lists.
    #[must_use]
    pub fn guard(mut self, guard: Guard) -> Self {
        self.guard = guard;
        self
    }

    /// Runs until `stop` completes. Runs that are in progress then end first.
    ///
    /// If the future is dropped, these runs store nothing.
    ///
    /// # Errors
    ///
    /// If the database is not PostgreSQL, or its tables are those of a newer version. While it cannot be reached, the process
    /// waits.
    pub async fn run(&self, stop: impl Future<Output = ()>, mut on_event: impl FnMut(FleetEvent<'_>)) -> Result<()> {
        let mut process = Process {
            leases: Leases::new(self.store.clone(), &self.venues, self.rhythm),
            fleet: self,
            running: JoinSet::new(),
            held: Vec::new(),
            ended: Vec::new(),
        };
        let mut stop = std::pin::pin!(stop);
        tokio::select! {
            started = self.start(&mut process, &mut on_event) => started?,
            () = &mut stop => return Ok(()),
        }
        process.run(stop, &mut on_event).await;
        Ok(())
    }

    /// Creates the tables and registers the venues, with retries while the database cannot be reached.
    async fn start(&self, process: &mut Process<'_>, on_event: &mut impl FnMut(FleetEvent<'_>)) -> Result<()> {
        if !self.store.is_postgres() {
            return Err(Error::new(
                ErrorKind::Configuration,
                "a fleet needs a PostgreSQL database",
            ));
        }
        let mut wait = FIRST_WAIT;
        loop {
            let started = match self.store.migrate().await {
                Ok(()) => process.leases.register().await,
                failed => failed,
            };
            match started {
                Err(error) if error.is_temporary() => on_event(FleetEvent::Waiting(&error)),
                result => return result,
            }
            sleep(wait).await;
            wait = (wait * 2).min(LONGEST_WAIT);
        }
    }
}

impl fmt::Debug for Fleet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fleet")
            .field("venues", &self.venues.len())
            .field("rhythm", &self.rhythm)
            .field("jobs", &self.jobs)
            .finish_non_exhaustive()
    }
}

/// The work of one process.
struct Process<'a> {
    fleet: &'a Fleet,
    leases: Leases,
    running: JoinSet<(Lease, Result<Report>)>,
    /// The venues whose runs are in progress.
    held: Vec<String>,
    /// Runs that have ended, until the table has it.
    ended: Vec<(Lease, Outcome)>,
}

impl Process<'_> {
    async fn run(
        &mut self,
        mut stop: std::pin::Pin<&mut impl Future<Output = ()>>,
        on_event: &mut impl FnMut(FleetEvent<'_>),
    ) {
        let mut renewal = interval(self.leases.renewal());
        renewal.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut wait = FIRST_WAIT;
        let mut is_stopping = false;
        loop {
            let pause = match self.exchange(is_stopping).await {
                Ok(()) => {
                    wait = FIRST_WAIT;
                    self.leases.poll()
                }
                Err(error) => {
                    on_event(FleetEvent::Waiting(&error));
                    wait = (wait * 2).min(LONGEST_WAIT);
                    wait / 2
                }
            };
            if is_stopping && self.running.is_empty() {
                return;
            }
            tokio::select! {
                () = &mut stop, if !is_stopping => is_stopping = true,
                Some(joined) = self.running.join_next() => self.joined(joined, on_event),
                _ = renewal.tick() => {
                    let held: Vec<_> = self.held.iter().map(String::as_str).collect();
                    // If it fails, the leases end, and the locks of the runs still exclude others.
                    let _ = self.leases.renew(&held).await;
                }
                () = sleep(pause) => {}
            }
        }
    }

    /// Records the runs that have ended, and starts others.
    async fn exchange(&mut self, is_stopping: bool) -> Result<()> {
        while let Some((lease, outcome)) = self.ended.last() {
            self.leases.end(lease, outcome).await?;
            self.ended.pop();
        }
        while !is_stopping && self.running.len() < self.fleet.jobs {
            let Some(lease) = self.leases.take().await? else { break };
            self.held.push(lease.venue.clone());
            self.running.spawn(self.fleet.sync(lease));
        }
        Ok(())
    }

    fn joined(
        &mut self,
        joined: std::result::Result<(Lease, Result<Report>), tokio::task::JoinError>,
        on_event: &mut impl FnMut(FleetEvent<'_>),
    ) {
        // After a panic, which was reported, the lease ends by itself.
        let Ok((lease, result)) = joined else { return };
        let venue = lease.venue.as_str();
        on_event(FleetEvent::Run { venue, result: &result });
        self.held.retain(|held| held != venue);
        self.ended.push((lease, Outcome::from(&result)));
    }
}

impl Fleet {
    /// Returns the run of a venue.
    fn sync(&self, lease: Lease) -> impl Future<Output = (Lease, Result<Report>)> + Send + use<> {
        let (connect, store, guard) = (Arc::clone(&self.connect), self.store.clone(), self.guard.clone());
        async move {
            let result = match client(connect, lease.venue.clone()).await {
                Ok(client) => {
                    let sync = Sync::new(client, store).venue(&lease.venue).guard(guard);
                    let sync = if lease.is_season {
                        sync
                    } else {
                        sync.only([Kind::Availability])
                    };
                    sync.run().await
                }
                Err(error) => Err(error),
            };
            (lease, result)
        }
    }
}

/// Creates the client of a venue, in a thread that may wait for files.
async fn client(connect: Arc<Connect>, venue: String) -> Result<Client> {
    let connected = tokio::task::spawn_blocking(move || connect(&venue)).await;
    let error = match connected {
        Ok(Ok(client)) => return Ok(client),
        Ok(Err(error)) => error.to_string(),
        Err(error) => error.to_string(),
    };
    Err(Error::configuration(format!(
        "cannot create the client of the venue: {error}"
    )))
}
