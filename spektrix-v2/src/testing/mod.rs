//! Tests without a server: replies from a table, and a record of the requests. Requires the feature `testing`.
//!
//! ```
//! use spektrix_v2::testing::{Capture, Replay, Reply};
//! use spektrix_v2::{Client, EventId, Retry};
//!
//! /// The code under test.
//! async fn band_names(client: &Client) -> Result<Vec<String>, spektrix_v2::Error> {
//!     let bands = client.bands().limit(50).await?;
//!     Ok(bands.into_iter().map(|band| band.name).collect())
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), spektrix_v2::Error> {
//! let replay = Replay::new()
//!     .respond("GetBands", "<Bands><Band id='1'><Name>Stalls</Name></Band></Bands>")
//!     .respond("GetEvents", Reply::status(503));
//! let capture = Capture::new(replay);
//! let builder = Client::builder("venue").api_key("not a real one").retry(Retry::none());
//! let client = builder.transport(capture.clone()).build()?;
//!
//! assert_eq!(band_names(&client).await?, ["Stalls"]);
//! assert_eq!(capture.requests()[0].to_string(), "GET bands?limit=50");
//!
//! // The service is down:
//! assert!(client.events().event(EventId::new(1)).await.unwrap_err().is_server());
//! assert_eq!(capture.requests()[1].parameter("event_id"), Some("1"));
//! # Ok(())
//! # }
//! ```
//!
//! For anything that these two cannot do, implement [`Transport`](crate::Transport). For a whole service with sessions and
//! mutual TLS, use the crate `spektrix-v2-sandbox`.

mod capture;
mod replay;
mod reply;
mod target;

pub use capture::{Capture, Captured};
pub use replay::Replay;
pub use reply::Reply;
