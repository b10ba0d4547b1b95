//! The page of a list that an operation requests.

use super::{Operation, Parameters};
use crate::runtime::{DecodeOptions, ListDecoder};

/// The page of a list that an operation requests.
///
/// If none of the three fields is set, the service sends at most 10 items (documented). A response does not contain the total
/// number of items.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Page {
    /// The number of items to skip.
    pub offset: Option<u32>,
    /// The maximum number of items.
    pub limit: Option<u32>,
    /// Whether to return all items in one response.
    pub all: Option<bool>,
}

impl Page {
    /// Adds the parameters that are set.
    pub fn parameters(&self, parameters: &mut Parameters) {
        parameters.set("offset", self.offset.as_ref());
        parameters.set("limit", self.limit.as_ref());
        parameters.set("all", self.all.as_ref());
    }
}

/// An operation that returns a list, of which a page can be requested.
pub trait Paged: Operation<Response = Vec<Self::Item>> + Clone {
    /// An item of the list.
    type Item: Send;

    /// Returns the requested page.
    fn page(&self) -> &Page;

    /// Returns the requested page, to change it.
    fn page_mut(&mut self) -> &mut Page;

    /// Returns what identifies an item of the list; `None` if items have no identifier.
    ///
    /// Reading page by page uses it to notice a server that sends the same items again, and to return no item twice.
    fn item_id(item: &Self::Item) -> Option<String> {
        let _ = item;
        None
    }

    /// Starts to decode a response item by item.
    #[doc(hidden)]
    fn item_decoder(options: &DecodeOptions) -> ListDecoder<Self::Item>;
}
