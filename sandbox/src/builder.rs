//! The settings of a sandbox.

use std::fmt;
use std::path::PathBuf;

use jiff::civil::Date;

use crate::tls::TlsSettings;

/// Builds and starts a [`Sandbox`](crate::Sandbox). Created by [`Sandbox::builder`](crate::Sandbox::builder).
#[derive(Clone)]
#[must_use = "nothing is started until `start` is called"]
pub struct SandboxBuilder {
    pub(crate) client_name: String,
    pub(crate) api_key: String,
    pub(crate) port: u16,
    pub(crate) replay: Option<PathBuf>,
    pub(crate) data: Option<PathBuf>,
    pub(crate) tls: TlsSettings,
    pub(crate) control: Option<u16>,
    pub(crate) pages_port: u16,
    pub(crate) checkout_link: Option<String>,
    pub(crate) today: Option<Date>,
    pub(crate) seed: u64,
    pub(crate) instances: usize,
    pub(crate) retired_customers: bool,
    pub(crate) read_only: bool,
    pub(crate) venues: usize,
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
            pages_port: 0,
            checkout_link: None,
            today: None,
            seed: 0,
            instances: 0,
            retired_customers: false,
            read_only: false,
            venues: 1,
        }
    }

    /// Sets the client name, which is the first part of every path. The default is `sandbox`.
    pub fn client_name(mut self, name: impl Into<String>) -> Self {
        self.client_name = name.into();
        self
    }

    /// Sets the only API key that is accepted. The default is `sandbox-api-key`.
    pub fn api_key(mut self, key: impl Into<String>) -> Self {
        self.api_key = key.into();
        self
    }

    /// Sets the port on 127.0.0.1. The default is 0, which means any free port.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Responds from recorded bodies: files named `<Operation>.xml` in this folder, with the response to `all=true`.
    ///
    /// A request for the whole list gets the file unchanged. A page has its items byte for byte. `event_id`, `instance_id`
    /// and dates filter them, if the recorded bodies contain what belongs together: `GetInstances.xml` lists the instances
    /// of an event. Otherwise the response is 400 and describes what is missing. An operation that returns no list, such
    /// as `GetOrders`, gets its file whatever its parameters are. The files are only read at the start.
    ///
    /// Recorded lists can be [edited](crate::Sandbox::edit). Items that an edit does not change stay as they were
    /// recorded, byte for byte. A replay has no writes: to buy from recorded lists, use them as [data](Self::data).
    pub fn replay(mut self, folder: impl Into<PathBuf>) -> Self {
        self.replay = Some(folder.into());
        self
    }

    /// Replaces lists of the fictional venue with custom ones, from a JSON file or from a folder of bodies.
    ///
    /// The JSON file is an object with any of `bands`, `customers`, `customer_addresses`, `events`, `fixed_series`,
    /// `instances`, `instance_status`, `memberships`, `plans`, `price_lists`, `statements`, `stock_items`, `tag_groups`,
    /// `tags` and `ticket_types`. Each is a list of the types of `spektrix-v2` in their JSON form. The folder has files
    /// named `<Operation>.xml`, such as `GetEvents.xml`, with the response to `all=true`.
    ///
    /// Unlike in a [replay](Self::replay), visitors can buy from custom lists. Instances without a status have 100 free
    /// seats in each plan that has no parts. Objects of the venue that refer to replaced objects are removed: its
    /// instances if events are replaced, its orders if instances are replaced.
    pub fn data(mut self, path: impl Into<PathBuf>) -> Self {
        self.data = Some(path.into());
        self
    }

    /// Sets the TLS settings, such as an expired certificate or a single version of TLS.
    pub fn tls(mut self, settings: TlsSettings) -> Self {
        self.tls = settings;
        self
    }

    /// Adds a control endpoint on any free port: plain HTTP on 127.0.0.1, for faults, the request log and more as JSON.
    /// By default there is none.
    ///
    /// It is for test suites in other languages. [`Sandbox::control_url`](crate::Sandbox::control_url) returns its URL.
    pub fn control(mut self, enabled: bool) -> Self {
        self.control = enabled.then_some(0);
        self
    }

    /// Adds a control endpoint on this port.
    pub fn control_port(mut self, port: u16) -> Self {
        self.control = Some(port);
        self
    }

    /// Sets the port of the [pages for browsers](crate::Sandbox::site) on 127.0.0.1. The default is 0, which means any free
    /// port.
    pub fn pages_port(mut self, port: u16) -> Self {
        self.pages_port = port;
        self
    }

    /// Sets the checkout link: the URL of your website's page that contains the frame with the payment or the checkout. A
    /// venue sets it in the service's Website Admin.
    ///
    /// As documented, the payment page then refuses a confirmation URL with another host name, and the basket leads to the
    /// checkout link, out of its frame. By default there is none, and every confirmation URL on this machine is accepted.
    pub fn checkout_link(mut self, url: impl Into<String>) -> Self {
        self.checkout_link = Some(url.into());
        self
    }

    /// Sets the date of the venue. Its season starts about one month before it and ends about eleven months after it.
    ///
    /// The default is today in London. The same date gives the same bodies, byte for byte.
    pub fn today(mut self, today: Date) -> Self {
        self.today = Some(today);
        self
    }

    /// Sets the seed of everything that looks random: how well instances sell, when their sale starts, which of them are
    /// captioned.
    ///
    /// The default is 0. The same seed and the same date give the same bodies, byte for byte.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Sets the number of instances, up to 100,000. Houses with the same programme are added to the ordinary venue until
    /// there are this many. Numbers below the ordinary venue's 770 or so have no effect.
    pub fn scale(mut self, instances: usize) -> Self {
        self.instances = instances;
        self
    }

    /// Refuses to create, change and delete customers and addresses with 403. According to its documentation, the service
    /// has done this since 2025. By default customers can be changed.
    pub fn retired_customers(mut self, retired: bool) -> Self {
        self.retired_customers = retired;
        self
    }

    /// Refuses every write with 403, as the service is documented since 2025. By default everything can be written.
    ///
    /// Known: the documentation of 2025 says that data can still be read with GET, and that objects can no longer be
    /// created, changed or deleted with POST, PATCH or DELETE. That includes baskets and orders. The documentation of
    /// 2024 only announced it for customers, and did not guarantee that baskets continue to work.
    ///
    /// Assumed: the status 403, and the text of the page. Operations that change no object, such as
    /// `AuthenticateCustomer` and `KeepAlive`, are refused too, because they are POST requests. A write is refused
    /// whatever its parameters and its body are. The basket of [the session](crate::Sandbox::seeded_session_id) that the
    /// sandbox starts with can be read.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let sandbox = spektrix_v2_sandbox::Sandbox::builder().read_only(true).start().await?;
    /// let client = sandbox.client()?;
    /// assert_eq!(client.events().limit(3).await?.len(), 3);
    /// let ticket = spektrix_v2::Ticket::new().with_instance(21001).with_plan(401);
    /// let items = spektrix_v2::BasketItems::new().with_tickets([ticket]);
    /// let error = client.session().add(items).await.expect_err("it is a POST");
    /// assert_eq!(error.status().map(|status| status.as_u16()), Some(403));
    /// # Ok(())
    /// # }
    /// ```
    pub fn read_only(mut self, read_only: bool) -> Self {
        self.read_only = read_only;
        self
    }

    /// Sets the number of venues, up to 1,000. The default is 1.
    ///
    /// All venues have the same port, authority, clock, faults and request log. Each has its own client name, API key,
    /// certificate, seed, customers, baskets and orders. The second venue has the client name `sandbox-2`, the API key
    /// `sandbox-api-key-2`, and a seed that is higher by one than that of the first, and so on.
    /// [`Sandbox::venues`](crate::Sandbox::venues) lists them. A venue is created when it is used for the first time, and
    /// then takes about 1 MB.
    pub fn venues(mut self, count: usize) -> Self {
        self.venues = count;
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
            .field("pages_port", &self.pages_port)
            .field("checkout_link", &self.checkout_link)
            .field("today", &self.today)
            .field("seed", &self.seed)
            .field("instances", &self.instances)
            .field("retired_customers", &self.retired_customers)
            .field("read_only", &self.read_only)
            .field("venues", &self.venues)
            .finish_non_exhaustive()
    }
}
