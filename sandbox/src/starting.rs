//! Starts a sandbox from its builder: checks what was asked for, makes certificates and a venue, listens.

use std::sync::Arc;

use crate::answers::Answers;
use crate::builder::SandboxBuilder;
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
use crate::tls::TlsSwitch;
use crate::venue::{Setting, Venue, clock};

/// As many as anybody has asked for, and as fit into half a gigabyte.
const MOST_INSTANCES: usize = 100_000;

impl SandboxBuilder {
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
