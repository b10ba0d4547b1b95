//! Requests and responses of the API as handlers see them, and what all handlers need to read and write them.

mod call;
mod content_coding;
mod date_filter;
mod paging;
mod parameters;
mod refusal;
mod reply;

pub(crate) use call::{Call, MAX_BODY_BYTES, cookie, read_body, read_body_up_to, session_cookie, set_session_cookie};
pub use content_coding::ContentCoding;
pub(crate) use content_coding::Encoder;
pub(crate) use date_filter::DateFilter;
pub(crate) use paging::{PagingFaults, is_paged};
pub(crate) use parameters::{Parameters, Query};
pub(crate) use refusal::{Refusal, error_page};
pub(crate) use reply::{Reply, XML};
