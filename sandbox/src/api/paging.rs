//! Paging as the service does it: ten items by default, `offset` and `limit`, or `all=true`.

use spektrix_v2::OperationInfo;

/// The number of items in a page if the request does not set a limit.
const DEFAULT_LIMIT: usize = 10;

/// Returns whether the operation returns a list in pages.
pub(crate) fn is_paged(operation: &OperationInfo) -> bool {
    operation.parameters.contains(&"all")
}

/// The part of a list that a request asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Page {
    /// `all=true`. It takes precedence over an offset and a limit.
    All,
    /// At most `limit` items, from `offset` on.
    Part { offset: usize, limit: usize },
}

impl Page {
    pub(crate) fn new(all: bool, offset: Option<usize>, limit: Option<usize>) -> Self {
        if all {
            return Self::All;
        }
        Self::Part {
            offset: offset.unwrap_or(0),
            limit: limit.unwrap_or(DEFAULT_LIMIT),
        }
    }

    /// Returns the items of this page. There are none if the offset is beyond the end.
    pub(crate) fn of<T>(self, items: impl Iterator<Item = T>) -> impl Iterator<Item = T> {
        let (offset, limit) = match self {
            Self::All => (0, usize::MAX),
            Self::Part { offset, limit } => (offset, limit),
        };
        items.skip(offset).take(limit)
    }
}

#[cfg(test)]
mod tests {
    use super::Page;

    #[test]
    fn a_page_has_the_requested_items() {
        let cases = [
            (false, None, None, 0..10),
            (false, Some(5), None, 5..15),
            (false, Some(20), None, 20..25),
            (false, None, Some(3), 0..3),
            (false, None, Some(0), 0..0),
            (false, Some(25), Some(3), 25..25),
            (false, Some(usize::MAX), Some(usize::MAX), 25..25),
            (true, None, None, 0..25),
            (true, Some(5), Some(3), 0..25),
        ];
        for (all, offset, limit, expected) in cases {
            let page: Vec<_> = Page::new(all, offset, limit).of(0..25).collect();
            assert_eq!(page, expected.collect::<Vec<_>>(), "{all} {offset:?} {limit:?}");
        }
    }

    #[test]
    fn all_pages_together_are_the_whole_list() {
        for total in 0..30 {
            for limit in 1..12 {
                assert_eq!(
                    all_pages(total, limit),
                    (0..total).collect::<Vec<_>>(),
                    "{total}, {limit}"
                );
            }
        }
    }

    fn all_pages(total: usize, limit: usize) -> Vec<usize> {
        let mut seen = Vec::new();
        loop {
            let before = seen.len();
            seen.extend(Page::new(false, Some(before), Some(limit)).of(0..total));
            if seen.len() - before < limit {
                return seen;
            }
        }
    }
}
