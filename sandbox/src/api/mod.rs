//! Requests and responses of the API as handlers see them, and what all handlers need to read and write them.

mod call;
mod date_filter;
mod paging;
mod parameters;
mod refusal;
mod reply;

pub(crate) use call::{Call, MAX_BODY_BYTES, read_body, read_body_up_to, session_cookie};
pub(crate) use date_filter::DateFilter;
pub(crate) use paging::is_paged;
pub(crate) use parameters::{Parameters, Query};
pub(crate) use refusal::{Refusal, error_page};
pub(crate) use reply::Reply;
