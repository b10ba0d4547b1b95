//! What a transport knows about its TLS connections: whether the server asked for the client certificate.

/// What a transport knows about its TLS connections so far.
///
/// A server that requires client certificates asks for one in the handshake. Errors use these facts to decide whether the
/// certificate can be the cause. The built-in transport adds them to every [response](crate::TransportResponse) and
/// [error](crate::TransportError); a transport of your own may leave them out.
///
/// ```
/// use spektrix_v2::ConnectionFacts;
///
/// let mut facts = ConnectionFacts::default();
/// facts.has_handshake = true;
/// assert!(!facts.is_certificate_requested);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConnectionFacts {
    /// Whether a handshake came as far as the certificates. If not, the server cannot have judged the client certificate.
    pub has_handshake: bool,
    /// Whether the server asked for a client certificate in a handshake.
    pub is_certificate_requested: bool,
    /// Whether a response arrived before, with the same client certificate.
    pub has_responded: bool,
}

impl ConnectionFacts {
    /// Returns whether the server shook hands without asking for a certificate. It may ask later, with TLS renegotiation or
    /// post-handshake authentication, or never.
    pub(crate) fn lacks_request(self) -> bool {
        self.has_handshake && !self.is_certificate_requested
    }
}
