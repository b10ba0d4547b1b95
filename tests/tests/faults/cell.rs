//! One cell: a kind of call, and what is seen of it.

use spektrix_v2::operations::{AuthenticateCustomer, GetBands, GetEvents, GetInstances, SendConfirmationEmail};
use spektrix_v2::{CustomerCredentials, Error, EventId, OrderId, Secret, Session, SessionId};

use crate::rows::Cause;
use crate::search::{self, PASSWORD, SESSION};
use crate::tally::Tally;
use crate::venue::{EMAIL, Venue, assert_key_unseen};

/// A kind of call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Read,
    Write,
    /// A write whose response is empty.
    EmptyWrite,
    /// Page by page: what goes wrong with an answer goes wrong with the second.
    Page,
    Stream,
}

/// An order of the sandbox's venue.
const ORDER: OrderId = OrderId::new(30_002);

/// So many events come with the first page.
const PAGE: u32 = 40;

impl Kind {
    pub(crate) const ALL: [Self; 5] = [Self::Read, Self::Write, Self::EmptyWrite, Self::Page, Self::Stream];

    /// The operation, so that the cells of a row do not meet.
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

    /// Makes the call, and sees that metrics are told the same.
    pub(crate) async fn run(self, venue: &Venue, cause: &Cause) -> Saw {
        let tally = Tally::default();
        match tally.listen(venue.builder(self, cause)).build() {
            Ok(client) => {
                let session = client.resume_session(SessionId::new(SESSION).unwrap());
                let saw = self.call(&session, cause).await;
                tally.assert_fits(self, &saw, &format!("{self:?}"));
                saw
            }
            Err(error) => Saw::failure(0, error),
        }
    }

    /// It carries every secret that a call can carry.
    async fn call(self, session: &Session, cause: &Cause) -> Saw {
        match self {
            Self::Read => Saw::of(session.send(GetBands::new()).await.map(|bands| bands.len())),
            Self::Write => {
                let credentials = CustomerCredentials::new(EMAIL, Secret::new(PASSWORD));
                Saw::of(session.send(AuthenticateCustomer::new(credentials)).await.map(|_| 1))
            }
            Self::EmptyWrite => Saw::of(session.send(SendConfirmationEmail::new(ORDER)).await.map(|()| 1)),
            Self::Page => pages(session, cause).await,
            Self::Stream => stream(session).await,
        }
    }
}

async fn pages(session: &Session, cause: &Cause) -> Saw {
    let mut items = session.call(GetEvents::new()).limit(PAGE).items();
    let mut seen = 0;
    while let Some(item) = items.next().await {
        match item {
            Ok(_) => seen += 1,
            Err(error) => {
                let before = cause.items_before(PAGE);
                assert!(before.contains(&seen), "{seen} items came before: {error}");
                return Saw::failure(seen, error);
            }
        }
    }
    assert!(seen > PAGE, "there was a second page");
    Saw {
        items: seen,
        error: None,
    }
}

async fn stream(session: &Session) -> Saw {
    let mut items = session.call(GetInstances::new()).event(EventId::new(7001)).stream();
    let mut seen = 0;
    while let Some(item) = items.next().await {
        match item {
            Ok(_) => seen += 1,
            Err(error) => return Saw::failure(seen, error),
        }
    }
    Saw {
        items: seen,
        error: None,
    }
}

/// What was seen of a call.
pub(crate) struct Saw {
    pub(crate) items: u32,
    pub(crate) error: Option<Error>,
}

impl Saw {
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

    /// The error shows no secret, in whatever way it is printed: `Debug` is what a panic over it says.
    pub(crate) fn assert_silent(&self, context: &str) {
        let Some(error) = &self.error else { return };
        search::assert_silent(error, context);
        assert_key_unseen(&search::everything_it_says(error), context);
    }
}
