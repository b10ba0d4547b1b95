//! Tests without a server: answers from a table, and a record of what was sent. Behind the feature `testing`.
//!
//! ```
//! use spektrix_v2::testing::{Capture, Replay, Reply};
//! use spektrix_v2::{Client, EventId, Retry};
//!
//! /// The code under test: what the bands are called.
//! async fn band_names(client: &Client) -> Result<Vec<String>, spektrix_v2::Error> {
//!     let bands = client.bands().limit(50).await?;
//!     Ok(bands.into_iter().map(|band| band.name).collect())
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), spektrix_v2::Error> {
//! let answers = Replay::new()
//!     .answer("GetBands", "<Bands><Band id='1'><Name>Stalls</Name></Band></Bands>")
//!     .answer("GetEvents", Reply::status(503));
//! let capture = Capture::new(answers);
//! let builder = Client::builder("venue").api_key("not a real one").retry(Retry::none());
//! let client = builder.transport(capture.clone()).build()?;
//!
//! assert_eq!(band_names(&client).await?, ["Stalls"]);
//! assert_eq!(capture.requests()[0].to_string(), "GET bands?limit=50");
//!
//! // How does it cope when the service is down?
//! assert!(client.events().event(EventId::new(1)).await.unwrap_err().is_server());
//! assert_eq!(capture.requests()[1].parameter("event_id"), Some("1"));
//! # Ok(())
//! # }
//! ```
//!
//! A [`Transport`](crate::Transport) of your own can do what these two cannot. For a whole service with sessions and
//! mutual TLS, there is the crate `spektrix-v2-sandbox`.

mod capture;
mod folder;
mod replay;
mod reply;
mod target;

pub use capture::{Capture, Captured};
pub use replay::Replay;
pub use reply::Reply;
