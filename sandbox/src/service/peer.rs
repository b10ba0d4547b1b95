//! Who is at the other end of a connection: the name in its client certificate.

use rustls::ServerConnection;

use crate::certificates::common_name;

/// The client at the other end, whose certificate has been verified.
#[derive(Debug)]
pub(crate) struct Peer {
    common_name: Option<String>,
}

impl Peer {
    pub(crate) fn of(connection: &ServerConnection) -> Self {
        let chain = connection.peer_certificates().unwrap_or_default();
        Self {
            common_name: chain.first().and_then(common_name),
        }
    }

    pub(crate) fn common_name(&self) -> Option<&str> {
        self.common_name.as_deref()
    }
}
