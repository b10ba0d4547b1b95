//! How to work with the service and this crate, by topic.
//!
//! Read [authentication] and [paging] first, and the others when you need them. The guide assumes that you know Rust and
//! web development. It assumes no knowledge of the service.
//!
//! | page | content |
//! |---|---|
//! | [authentication] | what a client needs, and where to store it |
//! | [certificates] | how to get and renew a client certificate, and what each error about one means |
//! | [paging] | lists: some items, all items, item by item |
//! | [streaming] | long lists and documents |
//! | [errors] | what can fail, and how a website reacts |
//! | [testing] | tests without the service |
//! | [production] | time limits, retries, metrics, logs, caches |
//! | [regenerating] | what to do when the service differs from this crate |
//! | [v3] | API v3: what differs, identifiers, how to move |
//! | [sessions] | baskets and visitors (retired) |

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

#[doc = include_str!("../docs/regenerating.md")]
pub mod regenerating {}

#[doc = include_str!("../docs/v3.md")]
pub mod v3 {}

#[doc = include_str!("../docs/sessions.md")]
pub mod sessions {}
