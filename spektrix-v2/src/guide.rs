//! How to work with the service and this crate, by topic.
//!
//! # Is this for me?
//!
//! | you | then |
//! |---|---|
//! | maintain a website that reads from v2 | yes |
//! | start a new integration | use [v3], the current API |
//! | want to sell tickets through the API | use [v3], or the booking pages in an [iframe](crate::iframe): writes of v2 are retired since 2025 |
//! | write PHP, Ruby or C# | the command `spektrix` needs no Rust; [`php_ruby_csharp`] compares the programs |
//! | have no venue yet | yes: the sandbox is a venue on your machine. Start with the [tutorial] |
//!
//! # What refers to what
//!
//! ```text
//!  Event ◄───────── Instance ─────────► PriceList
//!  a show           one performance     prices of ticket types in bands
//!                      │                    │              │
//!                      ▼                    ▼              ▼
//!                    Plan ────────────►   Band         TicketType
//!                    seats, in sub-plans  premium, …   adult, student, …
//!                      ▲
//!                      │
//!             InstancePlanStatus
//!             how many seats of a plan are left at an instance
//! ```
//!
//! An arrow is an identifier in a field. [`Catalogue`](crate::catalogue::Catalogue) resolves them.
//!
//! # Pages
//!
//! Read the [tutorial] first, and the others when you need them. The guide assumes that you know Rust and web development. It
//! assumes no knowledge of the service.
//!
//! | page | content |
//! |---|---|
//! | [tutorial] | from an empty directory to a running listing |
//! | [cookbook] | the jobs of a website |
//! | [authentication] | what a client needs, and where to store it |
//! | [certificates] | how to get and renew a client certificate, and what each error about one means |
//! | [paging] | lists: some items, all items, item by item |
//! | [streaming] | long lists and documents |
//! | [errors] | what can fail, and how a website reacts |
//! | [testing] | tests without the service |
//! | [production] | time limits, retries, metrics, logs, caches |
//! | [how_it_is_fast] | why lists are decoded faster than others tokenize them |
//! | [regenerating] | what to do when the service differs from this crate |
//! | [faq] | symptoms and questions |
//! | [`php_ruby_csharp`] | for developers who know another language |
//! | [v3] | API v3: what differs, identifiers, how to move |
//! | [payment] | seats and payment in a frame, and what comes after: cookies, policies, the order |
//! | [sessions] | baskets and visitors (retired) |

#[doc = include_str!("../docs/tutorial.md")]
pub mod tutorial {}

#[doc = include_str!("../docs/cookbook.md")]
pub mod cookbook {}

#[doc = include_str!("../docs/authentication.md")]
pub mod authentication {}

#[doc = include_str!("../docs/certificates.md")]
pub mod certificates {}

#[doc = include_str!("../docs/paging.md")]
pub mod paging {}

#[doc = include_str!("../docs/streaming.md")]
pub mod streaming {}

#[doc = include_str!("../docs/errors.md")]
pub mod errors {}

#[doc = include_str!("../docs/testing.md")]
pub mod testing {}

#[doc = include_str!("../docs/production.md")]
pub mod production {}

#[doc = include_str!("../docs/how-it-is-fast.md")]
pub mod how_it_is_fast {}

#[doc = include_str!("../docs/regenerating.md")]
pub mod regenerating {}

#[doc = include_str!("../docs/faq.md")]
pub mod faq {}

#[doc = include_str!("../docs/php_ruby_csharp.md")]
pub mod php_ruby_csharp {}

#[doc = include_str!("../docs/v3.md")]
pub mod v3 {}

#[doc = include_str!("../docs/payment.md")]
pub mod payment {}

#[doc = include_str!("../docs/sessions.md")]
pub mod sessions {}
