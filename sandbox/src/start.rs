//! Starts a sandbox: checks its settings, creates certificates and a venue, and listens.

use std::sync::Arc;

use crate::builder::SandboxBuilder;
use crate::control::Control;
use crate::custom_data::Lists;
use crate::error::{CertificateError, StartError};
use crate::faults::{Affinity, Faults};
use crate::files::CertificateFiles;
use crate::help_pages::HelpPages;
use crate::replay::Replay;
use crate::request_log::RequestLog;
use crate::server::Server;
use crate::service::{Backend, Service};
use crate::state::{Clock, SharedVenue};
use crate::tls::{Authority, ClientCertificate, ClientCertificateBuilder, TlsSwitch};
use crate::venue::{Venue, VenueSettings, local_time};
use crate::writes::WritePolicy;

/// The limit for the number of instances. They take about 150 MB.
const MAX_INSTANCES: usize = 100_000;

/// The parts of a running sandbox.
pub(crate) struct Running {
    pub(crate) authority: Arc<Authority>,
    pub(crate) client: ClientCertificate,
    pub(crate) files: CertificateFiles,
    pub(crate) service: Arc<Service>,
    pub(crate) server: Server,
    pub(crate) control: Option<Server>,
    pub(crate) tls: Arc<TlsSwitch>,
}

pub(crate) async fn start(settings: &SandboxBuilder) -> Result<Running, StartError> {
    check(settings)?;
    let authority = Arc::new(Authority::new("Sandbox authority").map_err(certificates_failed)?);
    let client = ClientCertificateBuilder::new(&authority, &settings.client_name)
        .issue()
        .map_err(certificates_failed)?;
    let files = CertificateFiles::write(&authority.pem(), &client)
        .map_err(|error| StartError::caused_by("could not write the certificates to a temporary folder", error))?;
    let service = Arc::new(service(settings)?);
    let tls = Arc::new(TlsSwitch::new(Arc::clone(&authority), settings.tls)?);
    let server = Server::start(settings.port, tls.subscribe(), Arc::clone(&service))
        .await
        .map_err(|error| cannot_listen(settings.port, error))?;
    let control = start_control(settings, &service, &tls).await?;
    Ok(Running {
        authority,
        client,
        files,
        service,
        server,
        control,
        tls,
    })
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
    if settings.api_key.is_empty() {
        return Err(StartError::new("the API key of a sandbox must not be empty"));
    }
    Ok(())
}

fn service(settings: &SandboxBuilder) -> Result<Service, StartError> {
    let invalid = "the built-in help pages are invalid: run `cargo xtask fetch`";
    let help_pages = HelpPages::load().map_err(|error| StartError::caused_by(invalid, error))?;
    Ok(Service {
        client_name: settings.client_name.clone(),
        api_key: settings.api_key.clone(),
        help_pages,
        backend: backend(settings)?,
        faults: Faults::default(),
        affinity: Affinity::default(),
        log: RequestLog::default(),
        write_policy: WritePolicy::new(settings.retired_customers, settings.read_only),
    })
}

fn backend(settings: &SandboxBuilder) -> Result<Backend, StartError> {
    match &settings.replay {
        Some(folder) => Replay::load(folder).map(Backend::Replay),
        None => venue(settings).map(|venue| Backend::Venue(Box::new(venue))),
    }
}

/// Creates the venue on the date of the settings, or today.
fn venue(settings: &SandboxBuilder) -> Result<SharedVenue, StartError> {
    let today = settings.today.unwrap_or_else(local_time::today);
    if !(1900..=9000).contains(&today.year()) {
        return Err(StartError::new(
            "the date of a sandbox must be between the years 1900 and 9000",
        ));
    }
    if settings.instances > MAX_INSTANCES {
        return Err(StartError::new(format!(
            "a sandbox can have {MAX_INSTANCES} instances at most, not {}",
            settings.instances
        )));
    }
    let mut venue = Venue::new(VenueSettings {
        today,
        seed: settings.seed,
        instances: settings.instances,
    });
    if let Some(path) = &settings.data {
        Lists::load(path)?.replace(&mut venue, path)?;
    }
    Ok(SharedVenue::new(venue, Clock::at_noon(today)))
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
