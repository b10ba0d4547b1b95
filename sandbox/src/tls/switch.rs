//! The settings in force, which every new connection asks for, and which can be changed while the server runs.

use std::fmt;
use std::sync::Arc;

use rustls::ServerConfig;
use tokio::sync::watch;

use super::TlsSettings;
use super::config::server_config;
use crate::certificates::Authority;
use crate::start_error::StartError;

/// What a connection was made with; it learns when that is no longer in force.
pub(crate) type Using = watch::Receiver<InForce>;

/// Settings, and what they mean to rustls.
#[derive(Clone)]
pub(crate) struct InForce {
    pub(crate) settings: TlsSettings,
    pub(crate) config: Arc<ServerConfig>,
}

pub(crate) struct TlsSwitch {
    authority: Arc<Authority>,
    at_start: TlsSettings,
    in_force: watch::Sender<InForce>,
}

impl TlsSwitch {
    pub(crate) fn new(authority: Arc<Authority>, settings: TlsSettings) -> Result<Self, StartError> {
        let in_force = InForce::new(&authority, settings)?;
        Ok(Self {
            authority,
            at_start: settings,
            in_force: watch::Sender::new(in_force),
        })
    }

    /// Puts other settings in force.
    pub(crate) fn set(&self, settings: TlsSettings) -> Result<(), StartError> {
        self.in_force.send_replace(InForce::new(&self.authority, settings)?);
        Ok(())
    }

    pub(crate) fn settings(&self) -> TlsSettings {
        self.in_force.borrow().settings
    }

    /// Puts those in force that the sandbox was started with.
    pub(crate) fn reset(&self) -> Result<(), StartError> {
        match self.settings() == self.at_start {
            true => Ok(()),
            false => self.set(self.at_start),
        }
    }

    pub(crate) fn using(&self) -> Using {
        self.in_force.subscribe()
    }
}

impl InForce {
    fn new(authority: &Authority, settings: TlsSettings) -> Result<Self, StartError> {
        let config = Arc::new(server_config(authority, settings)?);
        Ok(Self { settings, config })
    }
}

impl fmt::Debug for TlsSwitch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TlsSwitch").field(&self.settings()).finish()
    }
}
