//! Whether a change that came with a new identifier of the session lost the basket.
//!
//! The response to a change is empty, and the same for a new basket as for the previous one. So the basket is read: if it has
//! fewer items than the session is certain of, it is another one.

use super::Inner;
use super::call_options::Deadline;
use super::retry_loop::Read;
use crate::generated::operations::GetBasket;
use crate::operation::Operation;
use crate::retry::Retry;
use crate::session_state::SessionState;

impl Inner {
    /// Reads the basket and counts it as lost, if it is another one. If it cannot be read, nothing is counted, and the next
    /// change checks again. The change itself has succeeded in any case.
    pub(super) async fn check_basket(&self, session: &SessionState, deadline: Deadline) {
        let meter = self.meter(GetBasket::INFO);
        let Ok(prepared) = self.prepare(&GetBasket::new(), Some(session), meter) else {
            return;
        };
        let input = prepared.input(Some(session), deadline, Read::Body);
        let received = self.send_with_retries(input, prepared.context, Some(Retry::none()));
        let Ok(received) = prepared.meter.check(received.await) else {
            return;
        };
        prepared.meter.succeed(received.response.status, received.body.len());
        if let Ok(basket) = GetBasket::decode_response(&received.body, &self.decode_options) {
            session.settle_items(basket.value.tickets.len() + basket.value.merchandise_items.len());
        }
    }
}
