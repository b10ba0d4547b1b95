//! How a sandbox meets its clients, before there is any request.

use serde::{Deserialize, Serialize};

/// How a sandbox meets its clients, before there is any request.
///
/// As it comes, everything is in order: [`SandboxBuilder::tls`](crate::SandboxBuilder::tls) starts a sandbox with other
/// settings, [`Sandbox::set_tls`](crate::Sandbox::set_tls) changes those of one that runs.
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
    /// What the server shows of itself.
    pub fn server_certificate(mut self, certificate: ServerCertificate) -> Self {
        self.server_certificate = certificate;
        self
    }

    /// Which versions of TLS it speaks.
    pub fn versions(mut self, versions: TlsVersions) -> Self {
        self.versions = versions;
        self
    }

    /// Which versions of HTTP it offers.
    pub fn http(mut self, versions: HttpVersions) -> Self {
        self.http = versions;
        self
    }

    /// Whom it lets in.
    pub fn clients(mut self, policy: ClientPolicy) -> Self {
        self.clients = policy;
        self
    }
}

/// What the server shows of itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ServerCertificate {
    /// A certificate for `127.0.0.1` and `localhost`, of the authority that a client is to trust.
    #[default]
    Valid,
    /// The same, but it expired yesterday.
    Expired,
    /// A certificate for `elsewhere.invalid`.
    OtherName,
    /// A certificate of an authority that the client does not know.
    ForeignAuthority,
}

/// Which versions of TLS the server speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TlsVersions {
    /// 1.2 and 1.3.
    #[default]
    Both,
    /// 1.2 alone.
    Only12,
    /// 1.3 alone.
    Only13,
}

/// Which versions of HTTP the server offers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum HttpVersions {
    /// HTTP/1.1 and HTTP/2.
    #[default]
    Both,
    /// HTTP/1.1 alone.
    OnlyHttp1,
    /// HTTP/2 alone.
    OnlyHttp2,
}

/// Whom the server lets in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ClientPolicy {
    /// Those with a certificate of the sandbox's authority that is valid now.
    #[default]
    Verified,
    /// Nobody: every certificate is refused as expired.
    RefusedAsExpired,
    /// Nobody: every certificate is refused as revoked.
    RefusedAsRevoked,
    /// Nobody: every certificate is refused as one of an unknown authority.
    RefusedAsUnknown,
}
