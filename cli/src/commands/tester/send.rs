//! Sends a request in the current session, and keeps the result in the history.

use std::time::Instant;

use jiff::Timestamp;

use super::exchange::{Exchange, Timing};
use super::recorder::record;
use super::state::Tester;
use crate::request::Request;

/// Sends a request, and returns the number of the result.
pub(super) async fn send(tester: &Tester, request: &Request) -> u32 {
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
