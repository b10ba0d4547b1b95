//! What a sandbox can be started with.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use crate::answers::Answers;
use crate::certificates::{Authority, ClientCertificateBuilder};
use crate::control::Control;
use crate::data::Lists;
use crate::faults::Faults;
use crate::files::CertificateFiles;
use crate::log::RequestLog;
use crate::pages::Pages;
use crate::replay::Replay;
use crate::sandbox::Sandbox;
use crate::server::Server;
use crate::service::Service;
use crate::start_error::StartError;
use crate::state::World;
use crate::state::clock::Clock;
use crate::tls::{TlsSettings, TlsSwitch};
use crate::venue::{Setting, Venue, clock};

/// As many as anybody has asked for, and as fit into half a gigabyte.
const MOST_INSTANCES: usize = 100_000;

/// Starts a [`Sandbox`] that differs from the ordinary one: [`Sandbox::builder`].
#[derive(Clone)]
#[must_use = "nothing starts before `start`"]
pub struct SandboxBuilder {
    client_name: String,
    api_key: String,
    port: u16,
    replay: Option<PathBuf>,
    data: Option<PathBuf>,
    tls: TlsSettings,
    control: Option<u16>,
    today: Option<Date>,
    seed: u64,
    instances: usize,
    retired_customers: bool,
}

impl SandboxBuilder {
    pub(crate) fn new() -> Self {
        Self {
            client_name: "sandbox".to_owned(),
            api_key: "sandbox-api-key".to_owned(),
            port: 0,
            replay: None,
            data: None,
            tls: TlsSettings::default(),
            control: None,
            today: None,
            seed: 0,
            instances: 0,
            retired_customers: false,
        }
    }

    /// The system name of the venue, the first part of every path. Without this: `sandbox`.
    pub fn client_name(mut self, name: impl Into<String>) -> Self {
        self.client_name = name.into();
        self
    }

    /// The only API key that is accepted. Without this: `sandbox-api-key`.
    pub fn api_key(mut self, key: impl Into<String>) -> Self {
        self.api_key = key.into();
        self
    }

    /// The port to listen on, on 127.0.0.1. Without this, or with 0: any that is free.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Answers list operations from files named `<Operation>.xml` in this folder, a page at a time.
    ///
    /// The items are answered byte for byte as they stand in the file. `event_id`, `instance_id` and the dates choose
    /// among them where the recorded bodies tell what belongs together (`GetInstances.xml` says which instances an
    /// event has); where they do not, the answer is 400 and says what is missing. The files are read once, at start.
    pub fn replay(mut self, folder: impl Into<PathBuf>) -> Self {
        self.replay = Some(folder.into());
        self
    }

    /// Lists of one's own in place of the fictional venue's: from one JSON file, or from a folder of bodies.
    ///
    /// The file is an object with any of `bands`, `customers`, `customer_addresses`, `events`, `fixed_series`,
    /// `instances`, `instance_status`, `memberships`, `plans`, `price_lists`, `statements`, `stock_items`, `tag_groups`,
    /// `tags` and `ticket_types`, each a list of the types of `spektrix-v2` as they stand in JSON. The folder has files
    /// named `<Operation>.xml`, such as `GetEvents.xml`, with what the service answers to `all=true`.
    ///
    /// Unlike those of a [replay](Self::replay), such lists can be bought from. Instances without a status have 100 free
    /// seats in each plan that has no parts. What the venue has itself and refers to what is no longer there goes too:
    /// its instances with its events, its orders with its instances.
    pub fn data(mut self, path: impl Into<PathBuf>) -> Self {
        self.data = Some(path.into());
        self
    }

    /// How it meets its clients before there is any request: an expired certificate, one version of TLS alone, …
    pub fn tls(mut self, settings: TlsSettings) -> Self {
        self.tls = settings;
        self
    }

    /// Whether there is a control endpoint, on any port that is free: plain HTTP on 127.0.0.1 that takes faults, answers
    /// the log, and more, as JSON. Without this there is none.
    ///
    /// It is for test suites in other languages: [`Sandbox::control_url`] says where it is, and lists what it has.
    pub fn control(mut self, wanted: bool) -> Self {
        self.control = wanted.then_some(0);
        self
    }

    /// A control endpoint on this port.
    pub fn control_port(mut self, port: u16) -> Self {
        self.control = Some(port);
        self
    }

    /// The day that the venue's season is laid around: from about a month before it to about eleven months after.
    ///
    /// Without this: today in London. The same day gives the same bodies, byte for byte.
    pub fn today(mut self, today: Date) -> Self {
        self.today = Some(today);
        self
    }

    /// Decides what looks like chance: how well things sell, when a sale begins, which performance is captioned.
    ///
    /// Without this: 0. The same seed and the same day give the same bodies, byte for byte.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// How many instances there are, up to 100,000: other houses are added to the ordinary venue, each with a season like
    /// its own, until there are so many. Fewer than the ordinary venue's 770 or so change nothing.
    pub fn scale(mut self, instances: usize) -> Self {
        self.instances = instances;
        self
    }

    /// Refuses to create, change and delete customers and their addresses, as the service's documentation says it does
    /// since 2025: with 403. Without this, customers can be changed.
    pub fn retired_customers(mut self, retired: bool) -> Self {
        self.retired_customers = retired;
        self
    }

    /// Starts the sandbox. Needs a tokio runtime with its I/O and time enabled.
    pub async fn start(self) -> Result<Sandbox, StartError> {
        self.check()?;
        let authority = Arc::new(Authority::new("Sandbox authority").map_err(certificates)?);
        let client = ClientCertificateBuilder::new(&authority, &self.client_name)
            .issue()
            .map_err(certificates)?;
        let files = CertificateFiles::write(&authority.pem(), &client).map_err(|error| {
            StartError::caused_by("could not write the certificates into a temporary folder", error)
        })?;
        let service = Arc::new(self.service()?);
        let tls = Arc::new(TlsSwitch::new(Arc::clone(&authority), self.tls)?);
        let server = Server::start(self.port, tls.using(), Arc::clone(&service))
            .await
            .map_err(|error| cannot_listen(self.port, error))?;
        let control = self.start_control(&service, &tls).await?;
        Ok(Sandbox {
            authority,
            client,
            files,
            service,
            server,
            control,
            tls,
        })
    }

    async fn start_control(&self, service: &Arc<Service>, tls: &Arc<TlsSwitch>) -> Result<Option<Server>, StartError> {
        let Some(port) = self.control else {
            return Ok(None);
        };
        let control = Arc::new(Control::new(Arc::clone(service), Arc::clone(tls)));
        let server = Server::start_control(port, control).await;
        server.map(Some).map_err(|error| cannot_listen(port, error))
    }

    fn check(&self) -> Result<(), StartError> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if self.client_name.is_empty() || !self.client_name.chars().all(is_plain) {
            return Err(StartError::new(
                "the client name of a sandbox may have letters, digits, '-' and '_' only, as it is part of every path",
            ));
        }
        if self.replay.is_some() && self.data.is_some() {
            return Err(StartError::new(
                "a sandbox either replays recorded bodies or has data of its own in the venue's lists, not both",
            ));
        }
        if self.api_key.is_empty() {
            return Err(StartError::new("the API key of a sandbox cannot be empty"));
        }
        Ok(())
    }

    fn service(&self) -> Result<Service, StartError> {
        let broken = "the help pages built into the sandbox are broken; run `cargo xtask fetch`";
        let pages = Pages::load().map_err(|error| StartError::caused_by(broken, error))?;
        Ok(Service {
            client_name: self.client_name.clone(),
            api_key: self.api_key.clone(),
            pages,
            answers: self.answers()?,
            faults: Faults::default(),
            log: RequestLog::default(),
            retired_customers: self.retired_customers,
        })
    }

    fn answers(&self) -> Result<Answers, StartError> {
        match &self.replay {
            Some(folder) => Replay::load(folder).map(Answers::Replay),
            None => self.world().map(|world| Answers::Venue(Box::new(world))),
        }
    }

    /// The venue as it is today, or on the day that was asked for.
    fn world(&self) -> Result<World, StartError> {
        let today = self.today.unwrap_or_else(clock::today);
        if !(1900..=9000).contains(&today.year()) {
            return Err(StartError::new(
                "the sandbox can only be set to a day between the years 1900 and 9000",
            ));
        }
        if self.instances > MOST_INSTANCES {
            return Err(StartError::new(format!(
                "the sandbox can have {MOST_INSTANCES} instances at most, not {}",
                self.instances
            )));
        }
        let mut venue = Venue::open(Setting {
            seed: self.seed,
            instances: self.instances,
            ..Setting::on(today)
        });
        if let Some(path) = &self.data {
            Lists::load(path)?.replace(&mut venue, path)?;
        }
        Ok(World::new(venue, Clock::at_noon(today)))
    }
}

impl fmt::Debug for SandboxBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SandboxBuilder")
            .field("client_name", &self.client_name)
            .field("port", &self.port)
            .field("replay", &self.replay)
            .field("data", &self.data)
            .field("tls", &self.tls)
            .field("control", &self.control)
            .field("today", &self.today)
            .field("seed", &self.seed)
            .field("instances", &self.instances)
            .field("retired_customers", &self.retired_customers)
            .finish_non_exhaustive()
    }
}

fn certificates(error: crate::CertificateError) -> StartError {
    StartError::caused_by("could not make the certificates of the sandbox", error)
}

fn cannot_listen(port: u16, error: std::io::Error) -> StartError {
    let message = match port {
        0 => "could not listen on 127.0.0.1".to_owned(),
        port => {
            format!("could not listen on 127.0.0.1:{port}; is something else using that port?")
        }
    };
    StartError::caused_by(message, error)
}
