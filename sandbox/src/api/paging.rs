//! Paging as the service does it: ten items by default, `offset` and `limit`, or `all=true`.

use spektrix_v2::OperationInfo;

/// The number of items in a page if the request does not set a limit.
const DEFAULT_LIMIT: usize = 10;

/// Returns whether the operation returns a list in pages.
pub(crate) fn is_paged(operation: &OperationInfo) -> bool {
    operation.parameters.contains(&"all")
}

/// How a server deviates from the paging that a request asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PagingFaults {
    /// The maximum number of items in a page.
    pub(crate) max_items: Option<usize>,
    pub(crate) ignores_all: bool,
    pub(crate) ignores_limit: bool,
    pub(crate) ignores_offset: bool,
    /// The number of items that were added at the start of the list since the first page.
    pub(crate) inserted: usize,
    /// The number of items that were removed from the start of the list since the first page.
    pub(crate) removed: usize,
    /// The positions of the items that are removed from a page after it was cut.
    pub(crate) hidden: Vec<usize>,
}

/// The part of a list that a request gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Page {
    offset: usize,
    limit: usize,
    hidden: Vec<usize>,
}

impl Page {
    /// Returns the page for the parameters of a request. `all` takes precedence over the others.
    pub(crate) fn new(all: bool, offset: Option<usize>, limit: Option<usize>, faults: &PagingFaults) -> Self {
        let hidden = faults.hidden.clone();
        if all && !faults.ignores_all {
            return Self {
                offset: 0,
                limit: usize::MAX,
                hidden,
            };
        }
        let limit = limit.filter(|_| !faults.ignores_limit).unwrap_or(DEFAULT_LIMIT);
        let offset = offset.filter(|_| !faults.ignores_offset).unwrap_or(0);
        Self {
            offset: match offset {
                0 => 0,
                later => later.saturating_sub(faults.inserted).saturating_add(faults.removed),
            },
            limit: faults.max_items.map_or(limit, |max| limit.min(max)),
            hidden,
        }
    }

    /// Returns the items of this page. There are none if the offset is beyond the end.
    pub(crate) fn of<T>(self, items: impl Iterator<Item = T>) -> impl Iterator<Item = T> {
        let cut = items.enumerate().skip(self.offset).take(self.limit);
        let shown = cut.filter(move |(index, _)| !self.hidden.contains(index));
        shown.map(|(_, item)| item)
    }
}

#[cfg(test)]
mod tests {
    use super::{Page, PagingFaults};

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
            let page: Vec<_> = Page::new(all, offset, limit, &PagingFaults::default())
                .of(0..25)
                .collect();
            assert_eq!(page, expected.collect::<Vec<_>>(), "{all} {offset:?} {limit:?}");
        }
    }

    #[test]
    fn faults_change_the_page() {
        let faults = PagingFaults::default;
        let with = |change: fn(&mut PagingFaults)| {
            let mut faults = faults();
            change(&mut faults);
            faults
        };
        let all = (true, None, None);
        let page = |offset, limit| (false, Some(offset), Some(limit));
        let cases = [
            (with(|faults| faults.max_items = Some(4)), page(2, 6), "2 3 4 5"),
            (with(|faults| faults.max_items = Some(4)), page(2, 3), "2 3 4"),
            (
                with(|faults| faults.ignores_limit = true),
                page(2, 3),
                "2 3 4 5 6 7 8 9 10 11",
            ),
            (with(|faults| faults.ignores_offset = true), page(2, 3), "0 1 2"),
            (with(|faults| faults.ignores_all = true), all, "0 1 2 3 4 5 6 7 8 9"),
            (with(|faults| faults.hidden = vec![3, 9]), page(2, 3), "2 4"),
            (with(|faults| faults.hidden = vec![3]), page(3, 1), ""),
            (with(|faults| faults.inserted = 1), page(0, 3), "0 1 2"),
            (with(|faults| faults.inserted = 1), page(3, 3), "2 3 4"),
            (with(|faults| faults.inserted = 9), page(3, 3), "0 1 2"),
            (with(|faults| faults.removed = 1), page(0, 3), "0 1 2"),
            (with(|faults| faults.removed = 2), page(3, 3), "5 6 7"),
            (with(|faults| faults.removed = usize::MAX), page(3, 3), ""),
        ];
        for (faults, (all, offset, limit), expected) in cases {
            let page: Vec<_> = Page::new(all, offset, limit, &faults).of(0..25).collect();
            let page: Vec<_> = page.iter().map(usize::to_string).collect();
            assert_eq!(page.join(" "), expected, "{offset:?} {limit:?} {faults:?}");
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
            let page = Page::new(false, Some(before), Some(limit), &PagingFaults::default());
            seen.extend(page.of(0..total));
            if seen.len() - before < limit {
                return seen;
            }
        }
    }
}
