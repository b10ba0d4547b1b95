//! The pages with which web servers refuse a client certificate within HTTP, after a successful TLS handshake.
//!
//! That the service runs on IIS is likely and not documented. A proxy in front of a website may be nginx.

use serde::{Deserialize, Serialize};

/// The web server that refuses a client certificate, and its reason. See
/// [`Fault::CertificateRefused`](crate::Fault::CertificateRefused).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CertificatePage {
    /// nginx received no certificate. Its status is 400.
    NginxMissing,
    /// nginx could not verify the certificate, for example because it has expired. Its status is 400.
    NginxInvalid,
    /// The same as `NginxInvalid`, with the status 495 that nginx uses internally. Some proxies send it.
    Status495,
    /// The same as `NginxMissing`, with the status 496 that nginx uses internally. Some proxies send it.
    Status496,
    /// IIS received no certificate. Its status is 403, and its page has the substatus 403.7.
    #[serde(rename = "iis_403_7")]
    Iis403_7,
    /// IIS does not trust the certificate, or it is invalid. Its status is 403, and its page has the substatus 403.16.
    #[serde(rename = "iis_403_16")]
    Iis403_16,
}

const MISSING: &str = "No required SSL certificate was sent";
const INVALID: &str = "The SSL certificate error";

impl CertificatePage {
    pub(super) fn status(self) -> u16 {
        match self {
            Self::NginxMissing | Self::NginxInvalid => 400,
            Self::Status495 => 495,
            Self::Status496 => 496,
            Self::Iis403_7 | Self::Iis403_16 => 403,
        }
    }

    pub(super) fn html(self) -> String {
        match self {
            Self::NginxMissing | Self::Status496 => nginx(MISSING),
            Self::NginxInvalid | Self::Status495 => nginx(INVALID),
            Self::Iis403_7 => iis(
                "403.7 - Client certificate required",
                "The page you are attempting to access requires your browser to have a client certificate that the web \
                 server recognizes.",
            ),
            Self::Iis403_16 => iis(
                "403.16 - Forbidden: Client certificate is untrusted or invalid",
                "Your client certificate is either not trusted or is invalid.",
            ),
        }
    }
}

fn nginx(reason: &str) -> String {
    format!(
        "<html>\r\n<head><title>400 {reason}</title></head>\r\n<body>\r\n<center><h1>400 Bad Request</h1></center>\r\n\
         <center>{reason}</center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
    )
}

fn iis(error: &str, reason: &str) -> String {
    format!(
        "<!DOCTYPE html>\r\n<html><head><title>IIS Detailed Error - {error}</title></head>\r\n<body>\
         <h1>Server Error</h1><h2>HTTP Error {error}</h2><h3>{reason}</h3></body></html>\r\n"
    )
}
