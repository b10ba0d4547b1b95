//! TLS settings: the server certificate, the versions of TLS and HTTP, and which clients are accepted.

use serde::{Deserialize, Serialize};

/// TLS settings of a sandbox.
///
/// The default settings accept every correct client. [`SandboxBuilder::tls`](crate::SandboxBuilder::tls) starts a sandbox
/// with other settings, and [`Sandbox::set_tls`](crate::Sandbox::set_tls) changes the settings of a running one.
///
/// ```
/// use spektrix_v2_sandbox::{ServerCertificate, TlsSettings, TlsVersions};
///
/// let settings = TlsSettings::default()
///     .server_certificate(ServerCertificate::Expired)
///     .versions(TlsVersions::Only12);
/// # let json = r#"{"server_certificate": "expired", "versions": "only12"}"#;
/// # assert_eq!(settings, serde_json::from_str(json).unwrap());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[must_use]
pub struct TlsSettings {
    pub(super) server_certificate: ServerCertificate,
    pub(super) versions: TlsVersions,
    pub(crate) http: HttpVersions,
    pub(super) clients: ClientPolicy,
}

impl TlsSettings {
    /// Sets the certificate that the server presents.
    pub fn server_certificate(mut self, certificate: ServerCertificate) -> Self {
        self.server_certificate = certificate;
        self
    }

    /// Sets the versions of TLS that the server supports.
    pub fn versions(mut self, versions: TlsVersions) -> Self {
        self.versions = versions;
        self
    }

    /// Sets the versions of HTTP that the server supports.
    pub fn http(mut self, versions: HttpVersions) -> Self {
        self.http = versions;
        self
    }

    /// Sets which clients the server accepts.
    pub fn clients(mut self, policy: ClientPolicy) -> Self {
        self.clients = policy;
        self
    }
}

/// The certificate that the server presents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ServerCertificate {
    /// A certificate for `127.0.0.1` and `localhost`, signed by the sandbox's authority.
    #[default]
    Valid,
    /// The same, but it expired yesterday.
    Expired,
    /// A certificate for `elsewhere.invalid`.
    OtherName,
    /// A certificate signed by an unknown authority.
    ForeignAuthority,
}

/// The versions of TLS that the server supports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TlsVersions {
    /// 1.2 and 1.3.
    #[default]
    Both,
    /// Only 1.2.
    Only12,
    /// Only 1.3.
    Only13,
}

/// The versions of HTTP that the server supports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum HttpVersions {
    /// HTTP/1.1 and HTTP/2.
    #[default]
    Both,
    /// Only HTTP/1.1.
    OnlyHttp1,
    /// Only HTTP/2.
    OnlyHttp2,
}

/// Which clients the server accepts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ClientPolicy {
    /// Accepts clients with a valid certificate of the sandbox's authority.
    #[default]
    Verified,
    /// Refuses every client certificate as expired.
    RefusedAsExpired,
    /// Refuses every client certificate as revoked.
    RefusedAsRevoked,
    /// Refuses every client certificate as signed by an unknown authority.
    RefusedAsUnknown,
}
