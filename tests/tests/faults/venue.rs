//! The sandbox of a test, and clients for it.

use std::sync::Mutex;
use std::time::Duration;

use spektrix_v2::{Client, ClientBuilder, Customer, DecodeOptions, Identity, Retry, Secret};
use spektrix_v2_sandbox::{HttpVersions, Injection, Sandbox, TlsSettings, TlsVersions};

use crate::cell::Kind;
use crate::rows::{Cause, TimeLimit};
use spektrix_v2_test_support::canary::{API_KEY, PASSPHRASE, PASSWORD, encodings};

/// The email address of a customer who entered a card number in the wrong field.
pub(crate) const EMAIL: &str = "4539148803436467@theatre.example";

pub(crate) struct Venue {
    pub(crate) sandbox: Sandbox,
    settings: TlsSettings,
}

/// Returns the customer who signs in.
fn customer() -> Customer {
    let mut customer = Customer::new();
    customer.email = Some(EMAIL.to_owned());
    customer.last_name = Some("Sample".to_owned());
    customer.password = Some(Secret::new(PASSWORD));
    customer
}

impl Venue {
    pub(crate) async fn open(tls: TlsVersions, http: HttpVersions) -> Self {
        let settings = TlsSettings::default().versions(tls).http(http);
        let sandbox = Sandbox::builder().api_key(API_KEY).tls(settings).start().await.unwrap();
        let client = sandbox.client().unwrap();
        client.add_customers(vec![customer()]).await.unwrap();
        note_key(sandbox.client_key_pem());
        Self { sandbox, settings }
    }

    /// Resets the sandbox to a single fault.
    pub(crate) fn prepare(&self, cause: &Cause) {
        self.sandbox.clear_faults();
        self.sandbox.set_tls(cause.settings(self.settings)).unwrap();
        for kind in Kind::ALL {
            if let Some(fault) = cause.fault() {
                let injection = Injection::from(fault.clone()).on(kind.operation());
                let injection = if kind == Kind::Page {
                    injection.after(1)
                } else {
                    injection
                };
                self.sandbox.inject(injection).unwrap();
            }
        }
    }

    /// Returns a client with every secret, and the settings of the cause.
    pub(crate) fn builder(&self, kind: Kind, cause: &Cause) -> ClientBuilder {
        let builder = self
            .anonymous()
            .retry(Retry::new().base_delay(Duration::from_millis(1)))
            .decode_options(DecodeOptions::default().max_bytes(1 << 20).max_item_bytes(1 << 20));
        let builder = match (cause.time_limit(), kind) {
            (TimeLimit::Default, _) => builder.timeout(Duration::from_secs(50)),
            // For a stream it is the limit of each wait.
            (TimeLimit::Short, Kind::Stream) => builder.timeout(Duration::from_secs(1)),
            (TimeLimit::Short, _) => builder.attempt_timeout(Duration::from_millis(300)),
        };
        cause.set_up(self, builder)
    }

    /// Returns a client without a certificate.
    fn anonymous(&self) -> ClientBuilder {
        Client::builder(self.sandbox.client_name())
            .api_key(API_KEY)
            .base_url(self.sandbox.base_url())
            .trust_only(self.sandbox.ca_pem())
    }

    /// Returns the certificate and the key that the sandbox accepts.
    pub(crate) fn identity(&self) -> Identity {
        let (certificate, key) = (self.sandbox.client_certificate_pem(), self.sandbox.client_key_pem());
        // The key is not encrypted, so the passphrase is not used. It must not appear either.
        Identity::from_pem_with_passphrase(certificate, key, PASSPHRASE).unwrap()
    }
}

/// The lines of the private keys of all venues, in every encoding. The venues share a log.
static KEYS: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn note_key(pem: &str) {
    let lines = pem.lines().filter(|line| !line.starts_with('-'));
    let encodings = lines.flat_map(|line| encodings::of(line).into_iter().map(|(_, form)| form));
    KEYS.lock().unwrap().extend(encodings);
}

#[track_caller]
pub(crate) fn assert_key_unseen(text: &str, context: &str) {
    let keys = KEYS.lock().unwrap();
    assert!(keys.len() > 10, "the keys are noted");
    let seen = keys.iter().find(|form| text.contains(form.as_str()));
    assert_eq!(seen, None, "{context} shows a private key");
}
