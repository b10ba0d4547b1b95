//! What a sandbox can be started with.

use std::fmt;
use std::path::PathBuf;

use jiff::civil::Date;

use crate::tls::TlsSettings;

/// Starts a [`Sandbox`](crate::Sandbox) that differs from the ordinary one:
/// [`Sandbox::builder`](crate::Sandbox::builder).
#[derive(Clone)]
#[must_use = "nothing starts before `start`"]
pub struct SandboxBuilder {
    pub(crate) client_name: String,
    pub(crate) api_key: String,
    pub(crate) port: u16,
    pub(crate) replay: Option<PathBuf>,
    pub(crate) data: Option<PathBuf>,
    pub(crate) tls: TlsSettings,
    pub(crate) control: Option<u16>,
    pub(crate) today: Option<Date>,
    pub(crate) seed: u64,
    pub(crate) instances: usize,
    pub(crate) retired_customers: bool,
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
    /// It is for test suites in other languages: [`Sandbox::control_url`](crate::Sandbox::control_url) says where it is, and lists what it has.
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
