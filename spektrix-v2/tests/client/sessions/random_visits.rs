//! Property test: random visits, with cancelled changes and expired sessions, against a service that counts items.

use std::collections::BTreeMap;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use http::header::{COOKIE, HeaderValue, SET_COOKIE};
use http::{HeaderMap, Method, Request, StatusCode};
use proptest::prelude::*;
use spektrix_v2::{BodyStream, Session, Transport, TransportFuture, TransportResponse};
use tokio::task::yield_now;

use super::{id_of, ticket};
use crate::scripted::Scripted;

/// The number of items in each live basket.
#[derive(Default)]
struct Baskets {
    live: BTreeMap<String, usize>,
    started: usize,
}

/// A service that yields before and after it applies a change, so that a change can be cancelled at each of these points.
#[derive(Clone, Default)]
struct Service(Arc<Mutex<Baskets>>);

impl Service {
    fn add(&self, cookie: Option<&str>) -> HeaderMap {
        let mut baskets = self.0.lock().unwrap();
        let mut headers = HeaderMap::new();
        let id = match cookie {
            Some(id) if baskets.live.contains_key(id) => id.to_owned(),
            _ => {
                baskets.started += 1;
                let id = format!("s{}", baskets.started);
                let line = HeaderValue::from_str(&format!("SessionId={id}; path=/")).unwrap();
                headers.insert(SET_COOKIE, line);
                id
            }
        };
        *baskets.live.entry(id).or_default() += 1;
        headers
    }

    fn items(&self, session: &Session) -> Option<usize> {
        let baskets = self.0.lock().unwrap();
        id_of(session).and_then(|id| baskets.live.get(&id).copied())
    }
}

impl Service {
    /// Returns the basket with this cookie.
    fn basket(&self, cookie: Option<&str>) -> String {
        let items = cookie.and_then(|id| self.0.lock().unwrap().live.get(id).copied());
        format!(
            "<Basket>{}</Basket>",
            "<Ticket id=\"1\"/>".repeat(items.unwrap_or_default())
        )
    }
}

impl Transport for Service {
    fn send(&self, request: Request<Bytes>) -> TransportFuture<'_> {
        let cookie = request.headers().get(COOKIE).and_then(|line| line.to_str().ok());
        let id = cookie
            .and_then(|line| line.strip_prefix("SessionId="))
            .map(str::to_owned);
        let is_read = request.method() == Method::GET;
        Box::pin(async move {
            yield_now().await;
            if is_read {
                let basket = self.basket(id.as_deref());
                return Ok(TransportResponse::new(StatusCode::OK, BodyStream::from(basket)));
            }
            let headers = self.add(id.as_deref());
            yield_now().await;
            Ok(TransportResponse::new(StatusCode::OK, BodyStream::from("")).with_headers(headers))
        })
    }
}

#[derive(Debug, Clone)]
enum Step {
    /// Sends this many changes concurrently, and awaits them.
    Add(usize),
    /// Cancels a change after this many polls.
    Cancel(usize),
    /// Expires all baskets.
    Expire,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => (1..4_usize).prop_map(Step::Add),
        3 => (0..5_usize).prop_map(Step::Cancel),
        1 => Just(Step::Expire),
    ];
    proptest::collection::vec(step, 1..12)
}

/// What the visitor can rely on: the items that were confirmed since the basket was created or lost.
#[derive(Default)]
struct Expected {
    confirmed: usize,
    lost: u32,
}

async fn perform(step: Step, session: &Session, service: &Service, expected: &mut Expected) {
    match step {
        Step::Add(count) => {
            let adds = (0..count).map(|_| session.add(ticket()).into_future());
            let results = futures_util::future::join_all(adds).await;
            assert!(results.iter().all(Result::is_ok), "{results:?}");
            note_loss(session, expected);
            expected.confirmed += count;
        }
        Step::Cancel(polls) => {
            let mut add = pin!(session.add(ticket()).into_future());
            let mut context = Context::from_waker(Waker::noop());
            let is_done = (0..polls).any(|_| matches!(add.as_mut().poll(&mut context), Poll::Ready(Ok(()))));
            note_loss(session, expected);
            expected.confirmed += usize::from(is_done);
        }
        Step::Expire => service.0.lock().unwrap().live.clear(),
    }
}

/// If the session counts another loss, what was confirmed before is gone.
fn note_loss(session: &Session, expected: &mut Expected) {
    if session.lost_baskets() > expected.lost {
        expected.lost = session.lost_baskets();
        expected.confirmed = 0;
    }
}

proptest! {
    #[test]
    fn confirmed_items_are_in_the_basket_or_counted_as_lost(steps in steps()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let service = Service::default();
            let builder = Scripted::default().builder();
            let session = builder.transport(service.clone()).build().unwrap().session();
            let mut expected = Expected::default();
            for step in steps {
                // A cancelled change may have been about to find out that the basket was lost.
                let is_unsettled = !matches!(step, Step::Add(_));
                perform(step, &session, &service, &mut expected).await;
                if let (Some(items), false) = (service.items(&session), is_unsettled) {
                    // Items of cancelled changes may be in the basket too.
                    assert!(items >= expected.confirmed, "{items} of {}", expected.confirmed);
                }
                assert!(session.id().is_some() || expected.confirmed == 0);
            }
            session.add(ticket()).await.unwrap();
            note_loss(&session, &mut expected);
            expected.confirmed += 1;
            let (before, lost) = (service.items(&session), session.lost_baskets());
            assert!(before.unwrap() >= expected.confirmed);
            session.add(ticket()).await.unwrap();
            // A live basket is still the same one.
            assert_eq!(service.items(&session), before.map(|items| items + 1));
            assert_eq!(session.lost_baskets(), lost);
            service.0.lock().unwrap().live.clear();
            session.add(ticket()).await.unwrap();
            assert_eq!(session.lost_baskets(), lost + 1);
        });
    }
}
