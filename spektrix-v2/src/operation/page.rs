//! Which part of a long list is asked for.

use super::{Operation, Parameters};
use crate::runtime::{DecodeOptions, ListDecoder};

/// The part of a list that an operation asks for.
///
/// Without any of the three the service sends at most 10 items (documented). A response carries no total.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Page {
    /// How many items are passed over.
    pub offset: Option<u32>,
    /// How many items are wanted at most.
    pub limit: Option<u32>,
    /// Whether everything is wanted at once.
    pub all: Option<bool>,
}

impl Page {
    /// Lists the parameters that are set.
    pub fn parameters(&self, parameters: &mut Parameters) {
        parameters.set("offset", self.offset.as_ref());
        parameters.set("limit", self.limit.as_ref());
        parameters.set("all", self.all.as_ref());
    }
}

/// An operation that answers with a list, part by part.
pub trait Paged: Operation<Response = Vec<Self::Item>> + Clone {
    /// What the list holds.
    type Item: Send;

    /// The part that is asked for.
    fn page(&self) -> &Page;

    /// The part that is asked for, to be changed.
    fn page_mut(&mut self) -> &mut Page;

    /// Starts to decode a response item by item.
    #[doc(hidden)]
    fn item_decoder(options: &DecodeOptions) -> ListDecoder<Self::Item>;
}
