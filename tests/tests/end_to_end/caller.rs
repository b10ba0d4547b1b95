//! The trait of the tests that send the calls of the table: to check the responses, or to check the errors.

use spektrix_v2::{Call, Operation};

/// Sends the calls, one after the other.
pub(crate) trait Caller {
    /// Sends a call.
    async fn call<O: Operation + 'static>(&mut self, call: Call<O>);
}
