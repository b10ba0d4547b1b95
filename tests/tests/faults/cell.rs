//! One cell of the table: a kind of call, and its result.

use spektrix_v2::operations::{AuthenticateCustomer, GetBands, GetEvents, GetInstances, SendConfirmationEmail};
use spektrix_v2::{CustomerCredentials, Error, EventId, OrderId, Secret, Session, SessionId};

use crate::metrics::Metrics;
use crate::rows::Cause;
use crate::venue::{EMAIL, Venue, assert_key_unseen};
use spektrix_v2_test_support::canary::{self, PASSWORD, SESSION};

/// A kind of call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Read,
    Write,
    /// A write whose response is empty.
    EmptyWrite,
    /// A list page by page. The second response is the faulty one.
    Page,
    Stream,
}

/// An order of the sandbox's venue.
const ORDER: OrderId = OrderId::new(30_002);

/// The number of events per page.
const PAGE: u32 = 40;

impl Kind {
    pub(crate) const ALL: [Self; 5] = [Self::Read, Self::Write, Self::EmptyWrite, Self::Page, Self::Stream];

    /// The operation. Each kind has a different one, so that the cells of a row do not affect each other.
    pub(crate) fn operation(self) -> &'static str {
        match self {
            Self::Read => "GetBands",
            Self::Write => "AuthenticateCustomer",
            Self::EmptyWrite => "SendConfirmationEmail",
            Self::Page => "GetEvents",
            Self::Stream => "GetInstances",
        }
    }

    pub(crate) fn is_write(self) -> bool {
        matches!(self, Self::Write | Self::EmptyWrite)
    }

    /// Makes the call, and checks that the metrics agree with the result.
    pub(crate) async fn run(self, venue: &Venue, cause: &Cause) -> CallResult {
        let metrics = Metrics::default();
        match metrics.observe(venue.builder(self, cause)).build() {
            Ok(client) => {
                let session = client.resume_session(SessionId::new(SESSION).unwrap());
                let result = self.call(&session, cause).await;
                metrics.assert_agree(self, &result, &format!("{self:?}"));
                result
            }
            Err(error) => CallResult::failure(0, error),
        }
    }

    /// Makes a call with every secret that a call can carry.
    async fn call(self, session: &Session, cause: &Cause) -> CallResult {
        match self {
            Self::Read => CallResult::of(session.send(GetBands::new()).await.map(|bands| bands.len())),
            Self::Write => {
                let credentials = CustomerCredentials::new(EMAIL, Secret::new(PASSWORD));
                CallResult::of(session.send(AuthenticateCustomer::new(credentials)).await.map(|_| 1))
            }
            Self::EmptyWrite => CallResult::of(session.send(SendConfirmationEmail::new(ORDER)).await.map(|()| 1)),
            Self::Page => pages(session, cause).await,
            Self::Stream => stream(session).await,
        }
    }
}

async fn pages(session: &Session, cause: &Cause) -> CallResult {
    let mut items = session.call(GetEvents::new()).limit(PAGE).items();
    let mut seen = 0;
    while let Some(item) = items.next().await {
        match item {
            Ok(_) => seen += 1,
            Err(error) => {
                let before = cause.items_before(PAGE);
                assert!(before.contains(&seen), "{seen} items before: {error}");
                return CallResult::failure(seen, error);
            }
        }
    }
    assert!(seen > PAGE, "there was a second page");
    CallResult {
        items: seen,
        error: None,
    }
}

async fn stream(session: &Session) -> CallResult {
    let mut items = session.call(GetInstances::new()).event(EventId::new(7001)).stream();
    let mut seen = 0;
    while let Some(item) = items.next().await {
        match item {
            Ok(_) => seen += 1,
            Err(error) => return CallResult::failure(seen, error),
        }
    }
    CallResult {
        items: seen,
        error: None,
    }
}

/// The result of a call: the number of items, and the error.
pub(crate) struct CallResult {
    pub(crate) items: u32,
    pub(crate) error: Option<Error>,
}

impl CallResult {
    fn of(result: Result<usize, Error>) -> Self {
        match result {
            Ok(items) => Self {
                items: u32::try_from(items).unwrap(),
                error: None,
            },
            Err(error) => Self::failure(0, error),
        }
    }

    fn failure(items: u32, error: Error) -> Self {
        let error = Some(error);
        Self { items, error }
    }

    /// Checks that the error shows no secret in any output. A panic prints its `Debug` output.
    pub(crate) fn assert_silent(&self, context: &str) {
        let Some(error) = &self.error else { return };
        canary::assert_silent(error, context);
        assert_key_unseen(&canary::everything_printed(error), context);
    }
}
