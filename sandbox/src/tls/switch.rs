//! The active TLS settings. Every new connection uses them, and they can be changed while the server runs.

use std::fmt;
use std::sync::Arc;

use rustls::ServerConfig;
use tokio::sync::watch;

use super::authority::Authority;
use super::server_config::server_config;
use super::settings::TlsSettings;
use crate::error::StartError;

/// Receives the active settings, and is notified when they change.
pub(crate) type ActiveTlsReceiver = watch::Receiver<ActiveTls>;

/// Settings with their rustls configuration.
#[derive(Clone)]
pub(crate) struct ActiveTls {
    pub(crate) settings: TlsSettings,
    pub(crate) config: Arc<ServerConfig>,
}

impl ActiveTls {
    fn new(authority: &Authority, settings: TlsSettings) -> Result<Self, StartError> {
        let config = Arc::new(server_config(authority, settings)?);
        Ok(Self { settings, config })
    }
}

/// Holds the active settings and changes them.
pub(crate) struct TlsSwitch {
    authority: Arc<Authority>,
    initial: TlsSettings,
    active: watch::Sender<ActiveTls>,
}

impl TlsSwitch {
    pub(crate) fn new(authority: Arc<Authority>, settings: TlsSettings) -> Result<Self, StartError> {
        let active = ActiveTls::new(&authority, settings)?;
        Ok(Self {
            authority,
            initial: settings,
            active: watch::Sender::new(active),
        })
    }

    pub(crate) fn set(&self, settings: TlsSettings) -> Result<(), StartError> {
        self.active.send_replace(ActiveTls::new(&self.authority, settings)?);
        Ok(())
    }

    pub(crate) fn settings(&self) -> TlsSettings {
        self.active.borrow().settings
    }

    /// Restores the settings that the sandbox was started with. If they are active, connections stay open.
    pub(crate) fn reset(&self) -> Result<(), StartError> {
        if self.settings() == self.initial {
            Ok(())
        } else {
            self.set(self.initial)
        }
    }

    pub(crate) fn subscribe(&self) -> ActiveTlsReceiver {
        self.active.subscribe()
    }
}

impl fmt::Debug for TlsSwitch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TlsSwitch").field(&self.settings()).finish()
    }
}
