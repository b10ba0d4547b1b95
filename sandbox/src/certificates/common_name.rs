//! Reads the common name of the certificate that a client has shown.

use rustls::pki_types::CertificateDer;
use x509_parser::parse_x509_certificate;

/// The subject's common name, `None` when there is none or more than one.
pub(crate) fn common_name(certificate: &CertificateDer<'_>) -> Option<String> {
    let (_, certificate) = parse_x509_certificate(certificate).ok()?;
    let mut names = certificate.subject().iter_common_name();
    let name = names.next()?.as_str().ok()?.to_owned();
    names.next().is_none().then_some(name)
}
