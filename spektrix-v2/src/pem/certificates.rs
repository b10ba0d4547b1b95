//! Reads the certificates of a source.

use rustls::pki_types::CertificateDer;

use super::diagnostics::no_certificate;
use super::reader::Label;
use super::source::Source;
use crate::error::Error;

/// A certificate, and the line that it begins in.
pub(crate) struct FoundCertificate {
    pub(crate) der: CertificateDer<'static>,
    pub(crate) line: usize,
}

/// Returns every certificate of a source. There is at least one.
///
/// A chain with a gap fails later, with a less helpful message. So a certificate in an unsupported format is an error,
/// even if there are others.
pub(crate) fn certificates(source: &Source) -> Result<Vec<FoundCertificate>, Error> {
    let sections = source.sections()?;
    let mut found = Vec::new();
    for section in &sections {
        match section.label {
            Label::Certificate => found.push(FoundCertificate {
                der: CertificateDer::from(source.decode(section)?.to_vec()),
                line: section.line,
            }),
            Label::TrustedCertificate | Label::Pkcs7 => return Err(no_certificate(source, &sections)),
            _ => {}
        }
    }
    if found.is_empty() {
        return Err(no_certificate(source, &sections));
    }
    Ok(found)
}
