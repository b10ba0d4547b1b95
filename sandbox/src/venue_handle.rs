//! The venues of a sandbox that has several: what a client of each needs, and their edits and emails.

use std::fmt;
use std::path::Path;

use spektrix_v2::{Client, ClientBuilder};

use crate::backend::Backend;
use crate::custom_data::{EditError, VenueData};
use crate::sandbox::Sandbox;
use crate::state::Mail;
use crate::tls::ClientCertificate;

/// One of the venues of a sandbox. Created by [`Sandbox::venues`].
#[derive(Clone, Copy)]
pub struct VenueHandle<'a> {
    sandbox: &'a Sandbox,
    client_name: &'a str,
    api_key: &'a str,
    seed: u64,
    certificate: &'a ClientCertificate,
    certificate_file: &'a Path,
    key_file: &'a Path,
    backend: &'a Backend,
}

impl Sandbox {
    /// Returns the venues, starting with the one that [`client_name`](Self::client_name) names. There is only that one,
    /// unless [`SandboxBuilder::venues`](crate::SandboxBuilder::venues) was called.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let sandbox = spektrix_v2_sandbox::Sandbox::builder().venues(3).start().await?;
    /// for venue in sandbox.venues() {
    ///     let events = venue.client()?.events().all().await?;
    ///     println!("{}: {} events", venue.client_name(), events.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn venues(&self) -> impl Iterator<Item = VenueHandle<'_>> {
        let service = &self.running.service;
        let first = VenueHandle {
            sandbox: self,
            client_name: &service.client_name,
            api_key: &service.api_key,
            seed: service.seed,
            certificate: &self.running.client,
            certificate_file: self.files().certificate(),
            key_file: self.files().key(),
            backend: &service.backend,
        };
        let others = service.tenants.iter().map(|tenant| VenueHandle {
            sandbox: self,
            client_name: &tenant.client_name,
            api_key: &tenant.api_key,
            seed: tenant.seed,
            certificate: &tenant.certificate,
            certificate_file: &tenant.certificate_file,
            key_file: &tenant.key_file,
            backend: &tenant.backend,
        });
        std::iter::once(first).chain(others)
    }

    /// Returns a venue by its client name.
    pub fn venue(&self, client_name: &str) -> Option<VenueHandle<'_>> {
        self.venues().find(|venue| venue.client_name == client_name)
    }
}

impl<'a> VenueHandle<'a> {
    /// Returns the client name, which is the first part of every path of this venue.
    pub fn client_name(&self) -> &'a str {
        self.client_name
    }

    /// Returns the API key of this venue. No other venue accepts it.
    pub fn api_key(&self) -> &'a str {
        self.api_key
    }

    /// Returns the seed of this venue's numbers.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Returns the client certificate of this venue, with its key. No other venue accepts it.
    pub fn certificate(&self) -> &'a ClientCertificate {
        self.certificate
    }

    /// Returns the path of the file with the client certificate.
    pub fn certificate_file(&self) -> &'a Path {
        self.certificate_file
    }

    /// Returns the path of the file with the key of the client certificate.
    pub fn key_file(&self) -> &'a Path {
        self.key_file
    }

    /// Creates a client for this venue.
    ///
    /// # Errors
    /// Returns an error if the client cannot be set up.
    pub fn client(&self) -> Result<Client, spektrix_v2::Error> {
        self.client_builder()?.build()
    }

    /// Returns a builder for a client of this venue. See [`Sandbox::client_builder`].
    ///
    /// # Errors
    /// Returns an error if the certificate of this venue cannot be read.
    pub fn client_builder(&self) -> Result<ClientBuilder, spektrix_v2::Error> {
        self.sandbox
            .builder_for(self.client_name, self.api_key, self.certificate)
    }

    /// Edits the lists of this venue. See [`Sandbox::edit`].
    ///
    /// # Errors
    /// Returns the errors of [`Sandbox::edit`].
    pub fn edit(&self, change: impl FnOnce(&mut VenueData)) -> Result<(), EditError> {
        self.backend.edit(|venue| {
            change(venue);
            Ok(())
        })
    }

    /// Returns the emails of this venue. See [`Sandbox::outbox`].
    pub fn outbox(&self) -> Vec<Mail> {
        let live = self.backend.venue();
        live.map(|live| live.state().outbox.to_vec()).unwrap_or_default()
    }
}

impl fmt::Debug for VenueHandle<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VenueHandle")
            .field("client_name", &self.client_name)
            .field("seed", &self.seed)
            .finish_non_exhaustive()
    }
}
