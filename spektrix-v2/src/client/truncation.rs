//! Notices bodies that are cut short: a read that received one is retried like a read whose connection broke.

use crate::runtime::BodyNames;

/// Returns whether a body is empty, or starts as the document of an operation and lacks its end.
///
/// Most servers declare the length of a body, and the transport notices if bytes are missing. A proxy may not.
pub(super) fn is_cut_short(body: &[u8], names: BodyNames) -> bool {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body).trim_ascii();
    if names.root.is_empty() {
        return false;
    }
    if body.is_empty() {
        return true;
    }
    let root = local_name(names.root.as_bytes());
    starts_with_root(body, root) && !ends_with_root(body, root)
}

/// Returns whether the first element is the root. Another document is wrong, and not cut short.
fn starts_with_root(body: &[u8], root: &[u8]) -> bool {
    let mut tags = memchr::memchr_iter(b'<', body).map(|at| &body[at + 1..]);
    let first = tags.find(|tag| {
        tag.first()
            .is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_')
    });
    first.is_some_and(|tag| local_name(name(tag)) == root)
}

fn ends_with_root(body: &[u8], root: &[u8]) -> bool {
    let is_of_root = |tag: &[u8]| local_name(name(tag)) == root;
    let last_end = memchr::memmem::rfind(body, b"</").map(|at| &body[at + 2..]);
    if let Some(tag) = last_end.filter(|tag| is_of_root(tag)) {
        return tag.contains(&b'>');
    }
    let last = memchr::memrchr(b'<', body).map(|at| &body[at + 1..]);
    last_end.is_none() && last.is_some_and(|tag| is_of_root(tag) && tag.ends_with(b"/>"))
}

fn name(tag: &[u8]) -> &[u8] {
    let end = tag
        .iter()
        .position(|byte| byte.is_ascii_whitespace() || b"/>".contains(byte));
    &tag[..end.unwrap_or(tag.len())]
}

fn local_name(name: &[u8]) -> &[u8] {
    memchr::memrchr2(b':', b'}', name).map_or(name, |at| &name[at + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_documents_without_their_end_are_cut_short() {
        let cases = [
            ("", true),
            (" \n", true),
            ("<Events/>", false),
            ("<Events xmlns:i=\"x\" />", false),
            ("<?xml version=\"1.0\"?><Events></Events>\n", false),
            ("<Events><Event id=\"1\"/></Events>", false),
            ("<e:Events xmlns:e=\"x\"><Event/></e:Events>", false),
            ("\u{FEFF}<Events><Event/></Events ><!-- end -->", false),
            ("<Events><Event id=\"1\"/>", true),
            ("<Events><Event id=\"1\"", true),
            ("<Events><Event><Name>a</Name></Event>", true),
            ("<Events><Event><Events/></Event>", true),
            ("<Events><Event/></Events", true),
            ("<Event", false),
            ("<Events", true),
            ("<html><body>Sorry", false),
            ("<Instances><Instance>", false),
            ("{\"events\": [", false),
        ];
        let names = BodyNames {
            root: "Events",
            item: "Event",
        };
        for (body, expected) in cases {
            assert_eq!(is_cut_short(body.as_bytes(), names), expected, "{body}");
            assert!(!is_cut_short(body.as_bytes(), BodyNames::EMPTY), "{body}");
        }
    }
}
