//! The tables of a kind without its type, as the statements need them.

use super::{Described, for_kind};
use crate::kind::Kind;

/// The table of a kind, and its child tables.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    pub(crate) kind: Kind,
    pub(crate) table: &'static str,
    pub(crate) key: Vec<&'static str>,
    /// All columns that are loaded, in their order: the venue, the key, those of the kind, the content.
    pub(crate) columns: Vec<&'static str>,
    pub(crate) children: Vec<ChildLayout>,
}

/// A child table.
#[derive(Debug, Clone)]
pub(crate) struct ChildLayout {
    pub(crate) table: &'static str,
    /// The columns that refer to the parent, in the order of its key.
    pub(crate) parent: Vec<&'static str>,
    /// All columns, in their order: the venue, the parent, the position, those of the child.
    pub(crate) columns: Vec<&'static str>,
}

/// Returns the tables of a kind.
pub(crate) fn layout(kind: Kind) -> Layout {
    for_kind!(kind, Item => layout_of::<Item>())
}

fn layout_of<T: Described>() -> Layout {
    let table = T::TABLE;
    let key: Vec<_> = table.key.iter().map(|(own, _)| *own).collect();
    let parent: Vec<_> = table.key.iter().map(|(_, in_children)| *in_children).collect();
    let own = table.columns.iter().map(|column| column.0);
    let columns = ["venue"].into_iter().chain(key.iter().copied()).chain(own);
    let children = table.children.iter().map(|child| ChildLayout {
        table: child.name,
        parent: parent.clone(),
        columns: ["venue"]
            .into_iter()
            .chain(parent.iter().copied())
            .chain(["position"])
            .chain(child.columns.iter().copied())
            .collect(),
    });
    Layout {
        kind: table.kind,
        table: table.name,
        columns: columns.chain(["content"]).collect(),
        key,
        children: children.collect(),
    }
}
