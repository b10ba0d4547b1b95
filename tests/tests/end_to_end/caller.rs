//! Who sends the calls of the table: to see what comes back, or to see them fail.

use spektrix_v2::{Call, Operation};

/// Takes the calls one after the other.
pub(crate) trait Caller {
    /// Sends one.
    async fn call<O: Operation + 'static>(&mut self, call: Call<O>);
}
