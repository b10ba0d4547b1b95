//! The pages. They only show values that were masked before, and every form contains the token of the pages.

mod body;
mod code;
mod confirm;
mod form;
mod headers;
mod layout;
mod result;
mod side;
mod start;

pub(super) use confirm::confirm;
pub(super) use form::form;
pub(super) use layout::{Shell, refusal};
pub(super) use result::{View, result};
pub(super) use side::BACK;
pub(super) use start::start;
