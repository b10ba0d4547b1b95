//! Paging as the service does it: ten items unless told otherwise, `offset` and `limit`, or `all=true`.

/// How many items a page has when the request does not say.
const DEFAULT_LIMIT: usize = 10;

/// Which of the items were asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Page {
    /// `all=true`, which overrules an offset and a limit beside it.
    All,
    /// So many items from this one on.
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

    /// The items of this page, in their order; none when the offset is beyond the end.
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
    fn a_page_is_the_part_asked_for() {
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
    fn walking_gives_each_item_once_and_in_order() {
        for total in 0..30 {
            for limit in 1..12 {
                assert_eq!(walk(total, limit), (0..total).collect::<Vec<_>>(), "{total}, {limit}");
            }
        }
    }

    fn walk(total: usize, limit: usize) -> Vec<usize> {
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
