//! Finds the line of a path or an offset in a body.

use roxmltree::{Document, Node};

/// Returns the line of an offset, from 1.
pub(super) fn line_at(body: &[u8], offset: usize) -> u32 {
    let before = &body[..offset.min(body.len())];
    let lines = before.split(|byte| *byte == b'\n').count();
    u32::try_from(lines).unwrap_or(u32::MAX)
}

/// Returns the line of a path such as `BasketItems/Ticket[2]/Plan`, from 1. A segment without a number is any element with
/// that name. If the last parts of the path do not exist, returns the line of the innermost element that does.
pub(super) fn line_of(body: &[u8], path: &str) -> Option<u32> {
    let document = Document::parse(std::str::from_utf8(body).ok()?).ok()?;
    let mut segments = path.split('/');
    let root = document.root_element();
    if segments.next()? != root.tag_name().name() {
        return None;
    }
    let mut found = vec![root];
    for segment in segments {
        let inner = step(&found, segment);
        if inner.is_empty() {
            break;
        }
        found = inner;
    }
    let position = document.text_pos_at(found.first()?.range().start);
    Some(position.row)
}

/// Returns the elements that a segment leads to: children, or for an attribute the elements that have it.
fn step<'a, 'input>(from: &[Node<'a, 'input>], segment: &str) -> Vec<Node<'a, 'input>> {
    if let Some(attribute) = segment.strip_prefix('@') {
        let with = from.iter().filter(|node| node.has_attribute(attribute));
        return with.copied().collect();
    }
    let (name, number) = match segment.strip_suffix(']').and_then(|segment| segment.split_once('[')) {
        Some((name, number)) => (name, number.parse::<usize>().ok()),
        None => (segment, None),
    };
    let named = |node: &Node<'a, 'input>| {
        let children = node.children().filter(|child| child.tag_name().name() == name);
        match number {
            Some(number) => children.skip(number.saturating_sub(1)).take(1).collect::<Vec<_>>(),
            None => children.collect(),
        }
    };
    from.iter().flat_map(named).collect()
}
