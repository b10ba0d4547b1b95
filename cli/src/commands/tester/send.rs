//! Sends a request in the current session, and keeps the result in the history.

use std::panic;
use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;

use super::exchange::{Exchange, Timing};
use super::recorder::record;
use super::state::Tester;
use crate::request::Request;

/// Sends a request, and returns the number of the result.
///
/// A browser that gives up closes its connection, which ends the handler of the page. The request may have arrived at the
/// service by then. So it is sent in a separate task, and its result and its cookies are kept in any case.
pub(super) async fn send(tester: &Arc<Tester>, request: Request) -> u32 {
    let tester = Arc::clone(tester);
    let sent = tokio::spawn(async move { exchange(&tester, &request).await }).await;
    sent.unwrap_or_else(|error| panic::resume_unwind(error.into_panic()))
}

async fn exchange(tester: &Tester, request: &Request) -> u32 {
    let named = tester.sessions().current();
    let at = Timestamp::now().to_zoned(tester.client.time_zone().clone());
    let start = Instant::now();
    let call = async {
        match &named {
            Some(named) => request.send_within(&named.session).await,
            None => request.send(&tester.client).await,
        }
    };
    let (result, record) = record(call).await;
    let elapsed = start.elapsed();
    let session = named.map(|named| named.name);
    let exchange = Exchange::new(request, result, record, session, Timing { at, elapsed });
    tester.history().add(exchange)
}
