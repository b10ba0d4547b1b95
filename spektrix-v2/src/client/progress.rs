//! Whether reading a list page by page makes progress: by the identifiers of its items.

use std::collections::HashSet;

use crate::operation::Paged;

/// What was received of a list so far.
#[derive(Debug, Default)]
pub(super) struct Progress {
    ids: HashSet<String>,
    /// The last page, if its items have no identifiers.
    previous: Option<String>,
    /// How many pages in succession had nothing new.
    repetitions: u32,
}

/// The service sent the same items again.
#[derive(Debug)]
pub(super) struct NoProgress;

impl Progress {
    /// A page that is not full may repeat items without being the end, because the service left others out. So many of them
    /// in succession are no accident.
    const MAX_REPETITIONS: u32 = 3;

    /// Returns whether there were items.
    pub(super) fn has_items(&self) -> bool {
        !self.ids.is_empty() || self.previous.is_some()
    }

    /// Returns the items of a page that are new. `is_full` says that the page has as many items as requested: if all of
    /// them are known, the service ignores the offset.
    pub(super) fn new_items<O: Paged>(
        &mut self,
        items: Vec<O::Item>,
        is_full: bool,
    ) -> Result<Vec<O::Item>, NoProgress> {
        let ids: Option<Vec<_>> = items.iter().map(O::item_id).collect();
        let Some(ids) = ids else {
            return self.compare_page::<O>(items);
        };
        // Within one page, the service may have its reasons to send an item twice.
        let is_new: Vec<_> = ids.iter().map(|id| !self.ids.contains(id)).collect();
        self.ids.extend(ids);
        let items = items.into_iter().zip(is_new);
        let new: Vec<_> = items.filter_map(|(item, is_new)| is_new.then_some(item)).collect();
        if new.is_empty() {
            self.repetitions += 1;
            if is_full || self.repetitions > Self::MAX_REPETITIONS {
                return Err(NoProgress);
            }
        } else {
            self.repetitions = 0;
        }
        Ok(new)
    }

    /// Compares the page as a whole with the one before.
    fn compare_page<O: Paged>(&mut self, items: Vec<O::Item>) -> Result<Vec<O::Item>, NoProgress> {
        // Encoded again, so that only the items count, and not how the service wrote them.
        let page = O::encode_response(&items).ok().flatten();
        if page.is_some() && page == self.previous {
            return Err(NoProgress);
        }
        self.previous = page;
        Ok(items)
    }
}
