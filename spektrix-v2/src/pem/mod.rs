//! PEM files: reads their sections, and explains what is wrong with a file without quoting it.
//!
//! Client certificates, private keys and trusted roots are all read here. PEM libraries can read intact files, too. But
//! their errors quote a damaged line, which may be a line of a private key, and they skip a section that does not begin
//! at the start of a line.

mod body;
mod diagnostics;
mod marks;
mod reader;
mod source;

use rustls::pki_types::CertificateDer;

use diagnostics::no_certificate;
pub(crate) use diagnostics::no_private_key;
pub(crate) use reader::{Label, Section};
pub(crate) use source::{Purpose, Source};

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
            Label::TrustedCertificate | Label::OtherCertificate | Label::Pkcs7 => {
                return Err(no_certificate(source, &sections));
            }
            _ => {}
        }
    }
    if found.is_empty() {
        return Err(no_certificate(source, &sections));
    }
    Ok(found)
}
