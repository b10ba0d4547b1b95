//! How to work with the service and this crate, topic by topic.
//!
//! Read [authentication] and [paging] first; the rest when it is needed. Everything here assumes that you know Rust and
//! websites, and nothing about the service.
//!
//! | page | |
//! |---|---|
//! | [authentication] | what a client needs, and where to keep it |
//! | [certificates] | how to get a client certificate, renew it, and what each complaint about one means |
//! | [paging] | lists: a part, all, item by item |
//! | [streaming] | lists and documents that are long |
//! | [sessions] | baskets, and the visitors they belong to |
//! | [errors] | what can go wrong, and what a website does then |
//! | [testing] | tests without the service |
//! | [production] | time limits, retries, metrics, logs, caches |
//! | [regenerating] | when the service and this crate do not agree |

#[doc = include_str!("../docs/authentication.md")]
pub mod authentication {}

#[doc = include_str!("../docs/certificates.md")]
pub mod certificates {}

#[doc = include_str!("../docs/paging.md")]
pub mod paging {}

#[doc = include_str!("../docs/streaming.md")]
pub mod streaming {}

#[doc = include_str!("../docs/sessions.md")]
pub mod sessions {}

#[doc = include_str!("../docs/errors.md")]
pub mod errors {}

#[doc = include_str!("../docs/testing.md")]
pub mod testing {}

#[doc = include_str!("../docs/production.md")]
pub mod production {}

#[doc = include_str!("../docs/regenerating.md")]
pub mod regenerating {}
