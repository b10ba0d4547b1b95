//! Starts a sandbox: checks its settings, creates certificates and a venue, and listens.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use serde_json::{Value, json};
use url::Url;

use crate::backend::{Backend, LazyVenue};
use crate::builder::SandboxBuilder;
use crate::control::Control;
use crate::custom_data::Lists;
use crate::error::{CertificateError, StartError};
use crate::faults::{Affinity, Faults};
use crate::files::CertificateFiles;
use crate::help_pages::HelpPages;
use crate::pages::Pages;
use crate::replay::Replay;
use crate::request_log::RequestLog;
use crate::server::Server;
use crate::service::Service;
use crate::state::Clock;
use crate::tenants::{Tenant, Tenants};
use crate::tls::{Authority, ClientCertificate, ClientCertificateBuilder, TlsSwitch};
use crate::venue::{Venue, VenueSettings, local_time};
use crate::writes::WritePolicy;

/// The limit for the number of instances. They take about 150 MB.
const MAX_INSTANCES: usize = 100_000;
const MAX_VENUES: usize = 1000;
/// The limit for the scaled instances of all venues together. They take about 750 MB.
const MAX_INSTANCES_OF_ALL: usize = 500_000;

/// The parts of a running sandbox.
pub(crate) struct Running {
    pub(crate) authority: Arc<Authority>,
    pub(crate) client: ClientCertificate,
    pub(crate) files: CertificateFiles,
    pub(crate) service: Arc<Service>,
    pub(crate) server: Server,
    pub(crate) control: Option<Server>,
    pub(crate) pages: Server,
    pub(crate) tls: Arc<TlsSwitch>,
}

pub(crate) async fn start(settings: &SandboxBuilder) -> Result<Running, StartError> {
    check(settings)?;
    let authority = Arc::new(Authority::new("Sandbox authority").map_err(certificates_failed)?);
    let client = ClientCertificateBuilder::new(&authority, &settings.client_name)
        .issue()
        .map_err(certificates_failed)?;
    let mut files = CertificateFiles::write(&authority.pem(), &client).map_err(files_failed)?;
    let today = today(settings)?;
    let season = Season {
        settings,
        today,
        clock: Arc::new(Clock::at_noon(today)),
    };
    let tenants = tenants(&season, &authority, &mut files)?;
    let service = Arc::new(service(&season, tenants)?);
    let tls = Arc::new(TlsSwitch::new(Arc::clone(&authority), settings.tls)?);
    let server = Server::start(settings.port, tls.subscribe(), Arc::clone(&service))
        .await
        .map_err(|error| cannot_listen(settings.port, error))?;
    let control = start_control(settings, &service, &tls).await?;
    let pages = start_pages(settings, &service).await?;
    Ok(Running {
        authority,
        client,
        files,
        service,
        server,
        control,
        pages,
        tls,
    })
}

/// What the data of all venues depend on.
struct Season<'a> {
    settings: &'a SandboxBuilder,
    today: Date,
    clock: Arc<Clock>,
}

impl Season<'_> {
    fn venue(&self, seed: u64) -> VenueSettings {
        VenueSettings {
            today: self.today,
            seed,
            instances: self.settings.instances,
        }
    }
}

async fn start_control(
    settings: &SandboxBuilder,
    service: &Arc<Service>,
    tls: &Arc<TlsSwitch>,
) -> Result<Option<Server>, StartError> {
    let Some(port) = settings.control else {
        return Ok(None);
    };
    let control = Arc::new(Control::new(Arc::clone(service), Arc::clone(tls)));
    let server = Server::start_control(port, control).await;
    server.map(Some).map_err(|error| cannot_listen(port, error))
}

async fn start_pages(settings: &SandboxBuilder, service: &Arc<Service>) -> Result<Server, StartError> {
    let link = settings.checkout_link.as_deref().map(parse_checkout_link).transpose()?;
    let pages = Arc::new(Pages::new(Arc::clone(service), link));
    let server = Server::start_pages(settings.pages_port, pages).await;
    server.map_err(|error| cannot_listen(settings.pages_port, error))
}

fn parse_checkout_link(link: &str) -> Result<Url, StartError> {
    let parsed = Url::parse(link).ok();
    let parsed = parsed.filter(|url| url.has_host() && matches!(url.scheme(), "http" | "https"));
    parsed.ok_or_else(|| {
        StartError::new(format!(
            "the checkout link '{link}' is not the URL of a web page: set one like http://localhost:8000/checkout"
        ))
    })
}

fn check(settings: &SandboxBuilder) -> Result<(), StartError> {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if settings.client_name.is_empty() || !settings.client_name.chars().all(is_allowed) {
        return Err(StartError::new(
            "the client name of a sandbox can only have letters, digits, '-' and '_', because it is part of every path",
        ));
    }
    if settings.replay.is_some() && settings.data.is_some() {
        return Err(StartError::new(
            "a sandbox can either replay recorded bodies or have custom data, but not both",
        ));
    }
    if settings.instances > MAX_INSTANCES {
        return Err(StartError::new(format!(
            "a sandbox can have {MAX_INSTANCES} instances at most, not {}",
            settings.instances
        )));
    }
    check_venues(settings)?;
    if settings.api_key.is_empty() {
        return Err(StartError::new("the API key of a sandbox must not be empty"));
    }
    Ok(())
}

fn check_venues(settings: &SandboxBuilder) -> Result<(), StartError> {
    let count = settings.venues;
    let has_own_data = settings.replay.is_some() || settings.data.is_some();
    let problem = if count == 0 || count > MAX_VENUES {
        format!("a sandbox can have 1 to {MAX_VENUES} venues, not {count}")
    } else if count > 1 && has_own_data {
        "a sandbox with several venues cannot replay recorded bodies or have custom data".to_owned()
    } else if count > 1 && count.saturating_mul(settings.instances) > MAX_INSTANCES_OF_ALL {
        format!("several venues can have {MAX_INSTANCES_OF_ALL} instances together at most: use a smaller scale")
    } else {
        return Ok(());
    };
    Err(StartError::new(problem))
}

fn service(season: &Season<'_>, tenants: Tenants) -> Result<Service, StartError> {
    let settings = season.settings;
    let invalid = "the built-in help pages are invalid: run `cargo xtask fetch`";
    let help_pages = HelpPages::load().map_err(|error| StartError::caused_by(invalid, error))?;
    Ok(Service {
        client_name: settings.client_name.clone(),
        api_key: settings.api_key.clone(),
        seed: settings.seed,
        help_pages,
        backend: backend(season)?,
        tenants,
        faults: Faults::default(),
        affinity: Affinity::default(),
        log: RequestLog::default(),
        write_policy: WritePolicy::new(settings.retired_customers, settings.read_only),
    })
}

fn backend(season: &Season<'_>) -> Result<Backend, StartError> {
    let settings = season.settings;
    if let Some(folder) = &settings.replay {
        return Replay::load(folder).map(Backend::Replay);
    }
    let numbers = season.venue(settings.seed);
    let mut venue = Venue::new(numbers);
    if let Some(path) = &settings.data {
        Lists::load(path)?.replace(&mut venue, path)?;
    }
    let venue = LazyVenue::created(numbers, venue, Arc::clone(&season.clock));
    Ok(Backend::Venue(Box::new(venue)))
}

/// Creates the venues after the first one, with their certificates.
fn tenants(season: &Season<'_>, authority: &Authority, files: &mut CertificateFiles) -> Result<Tenants, StartError> {
    let (settings, mut tenants) = (season.settings, Vec::new());
    for (number, seed) in (2..=settings.venues).zip(settings.seed.wrapping_add(1)..) {
        let client_name = format!("{}-{number}", settings.client_name);
        let certificate = ClientCertificateBuilder::new(authority, &client_name)
            .issue()
            .map_err(certificates_failed)?;
        let (certificate_file, key_file) = files.add(&client_name, &certificate).map_err(files_failed)?;
        let venue = LazyVenue::new(season.venue(seed), Arc::clone(&season.clock));
        tenants.push(Tenant {
            client_name,
            api_key: format!("{}-{number}", settings.api_key),
            seed,
            certificate,
            certificate_file,
            key_file,
            backend: Backend::Venue(Box::new(venue)),
        });
    }
    if !tenants.is_empty() {
        let list = venues_json(settings, files, &tenants);
        files.write_venues(&list).map_err(files_failed)?;
    }
    Ok(Tenants::new(tenants))
}

/// Returns what a client needs for each venue, starting with the first one.
fn venues_json(settings: &SandboxBuilder, files: &CertificateFiles, tenants: &[Tenant]) -> String {
    let venue = |client_name: &str, api_key: &str, seed: u64, certificate: &Path, key: &Path| json!({ "client_name": client_name, "api_key": api_key, "seed": seed, "certificate": certificate, "key": key });
    let (name, key) = (&settings.client_name, &settings.api_key);
    let first = venue(name, key, settings.seed, files.certificate(), files.key());
    let others = tenants.iter().map(|tenant| {
        let Tenant {
            client_name,
            api_key,
            seed,
            ..
        } = tenant;
        venue(client_name, api_key, *seed, &tenant.certificate_file, &tenant.key_file)
    });
    let venues: Vec<_> = std::iter::once(first).chain(others).collect();
    format!("{:#}\n", Value::from(venues))
}

/// Returns the date of the settings, or today.
fn today(settings: &SandboxBuilder) -> Result<Date, StartError> {
    let today = settings.today.unwrap_or_else(local_time::today);
    if !(1900..=9000).contains(&today.year()) {
        return Err(StartError::new(
            "the date of a sandbox must be between the years 1900 and 9000",
        ));
    }
    Ok(today)
}

fn files_failed(error: std::io::Error) -> StartError {
    StartError::caused_by("could not write the certificates to a temporary folder", error)
}

fn certificates_failed(error: CertificateError) -> StartError {
    StartError::caused_by("could not create the certificates of the sandbox", error)
}

fn cannot_listen(port: u16, error: std::io::Error) -> StartError {
    let message = match port {
        0 => "could not listen on 127.0.0.1".to_owned(),
        port => format!("could not listen on 127.0.0.1:{port}: is another program using this port?"),
    };
    StartError::caused_by(message, error)
}
