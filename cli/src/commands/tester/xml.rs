//! XML as lines to read: indented, in parts with a kind each, with the parts that the schema does not have marked.

use std::collections::HashSet;

use roxmltree::{Document, Node, NodeType};

use super::limits;

/// What a part of a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Brackets and names of elements.
    Tag,
    /// Names of attributes.
    Attribute,
    /// Values of attributes.
    Value,
    Text,
    Comment,
}

/// A line of the document.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) depth: usize,
    pub(super) parts: Vec<(Kind, String)>,
    /// Whether the schema does not have the element, or an attribute of it.
    pub(super) is_unknown: bool,
}

/// A document as lines.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) lines: Vec<Line>,
    /// Whether there is more than the limit.
    pub(super) is_cut: bool,
}

/// A deeper element is shown without its content: the layout follows the elements by recursion.
const DEEPEST: usize = 100;

/// Returns the document as at most so many lines; `None` if it is not well-formed. `unknown` has paths such as
/// `Events/Event/Colour` and `Events/Event/@shade`.
///
/// It is `None`, too, if an element has so many attributes that the parser, which compares each with each, would take minutes.
pub(super) fn lines(text: &str, unknown: &[String], most: usize) -> Option<Lines> {
    if text
        .split('<')
        .any(|part| part.bytes().filter(|byte| *byte == b'=').count() > limits::ATTRIBUTES)
    {
        return None;
    }
    let document = Document::parse(text).ok()?;
    let mut layout = Layout {
        unknown: unknown.iter().map(String::as_str).collect(),
        most,
        lines: Lines::default(),
        bytes: 0,
    };
    for node in document.root().children() {
        layout.node(node, 0, "");
    }
    Some(layout.lines)
}

struct Layout<'a> {
    unknown: HashSet<&'a str>,
    most: usize,
    lines: Lines,
    bytes: usize,
}

impl Layout<'_> {
    fn node(&mut self, node: Node<'_, '_>, depth: usize, parent: &str) {
        match node.node_type() {
            NodeType::Element => self.element(node, depth, parent),
            NodeType::Text => self.text(node, depth),
            NodeType::Comment => {
                let comment = format!("<!--{}-->", node.text().unwrap_or_default());
                self.push(depth, vec![(Kind::Comment, comment)], false);
            }
            NodeType::Root | NodeType::PI => {}
        }
    }

    fn element(&mut self, node: Node<'_, '_>, depth: usize, parent: &str) {
        let name = node.tag_name().name();
        let path = if parent.is_empty() {
            name.to_owned()
        } else {
            format!("{parent}/{name}")
        };
        let is_unknown = self.is_unknown(&path)
            || node
                .attributes()
                .any(|a| self.is_unknown(&format!("{path}/@{}", a.name())));
        let mut parts = start_tag(node);
        if !node.has_children() {
            parts.push((Kind::Tag, "/>".to_owned()));
            return self.push(depth, parts, is_unknown);
        }
        parts.push((Kind::Tag, ">".to_owned()));
        let end = (Kind::Tag, format!("</{name}>"));
        if node.children().all(|child| child.is_text()) {
            let text: String = node.children().filter_map(|child| child.text()).collect();
            parts.extend([(Kind::Text, escaped(&text)), end]);
            return self.push(depth, parts, is_unknown);
        }
        if depth >= DEEPEST {
            parts.extend([(Kind::Comment, "…".to_owned()), end]);
            return self.push(depth, parts, is_unknown);
        }
        self.push(depth, parts, is_unknown);
        for child in node.children() {
            // Enough lines: the rest is not even visited.
            if self.lines.is_cut {
                return;
            }
            self.node(child, depth + 1, &path);
        }
        self.push(depth, vec![end], is_unknown);
    }

    fn text(&mut self, node: Node<'_, '_>, depth: usize) {
        let text = node.text().unwrap_or_default().trim();
        if !text.is_empty() {
            self.push(depth, vec![(Kind::Text, escaped(text))], false);
        }
    }

    fn push(&mut self, depth: usize, parts: Vec<(Kind, String)>, is_unknown: bool) {
        self.bytes += parts.iter().map(|(_, text)| text.len()).sum::<usize>();
        if self.lines.lines.len() >= self.most || self.bytes > limits::BYTES {
            self.lines.is_cut = true;
            return;
        }
        let line = Line {
            depth,
            parts,
            is_unknown,
        };
        self.lines.lines.push(line);
    }

    fn is_unknown(&self, path: &str) -> bool {
        self.unknown.contains(path)
    }
}

fn start_tag(node: Node<'_, '_>) -> Vec<(Kind, String)> {
    let mut parts = vec![(Kind::Tag, format!("<{}", node.tag_name().name()))];
    for attribute in node.attributes() {
        parts.push((Kind::Attribute, format!(" {}=", attribute.name())));
        parts.push((
            Kind::Value,
            format!("\"{}\"", escaped(attribute.value()).replace('"', "&quot;")),
        ));
    }
    parts
}

fn escaped(text: &str) -> String {
    limits::shortened(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, unknown: &[&str], most: usize) -> Vec<String> {
        let unknown: Vec<_> = unknown.iter().map(|path| (*path).to_owned()).collect();
        let lines = lines(text, &unknown, most).expect("well-formed");
        let line = |line: &Line| {
            let parts: String = line.parts.iter().map(|(_, text)| text.as_str()).collect();
            let mark = if line.is_unknown { "?" } else { "" };
            format!("{}{mark}{parts}", "  ".repeat(line.depth))
        };
        lines
            .lines
            .iter()
            .map(line)
            .chain(lines.is_cut.then(|| "cut".to_owned()))
            .collect()
    }

    #[test]
    fn documents_are_indented_and_unknown_parts_marked() {
        let text = "<Events><Event id='7' shade='&amp;'><Name>A &lt; B</Name>\n<Colour>red</Colour><!-- x --></Event><Event/></Events>";
        let expected = [
            "<Events>",
            "  ?<Event id=\"7\" shade=\"&amp;\">",
            "    <Name>A &lt; B</Name>",
            "    ?<Colour>red</Colour>",
            "    <!-- x -->",
            "  ?</Event>",
            "  <Event/>",
            "</Events>",
        ];
        assert_eq!(
            shown(text, &["Events/Event/Colour", "Events/Event/@shade"], 100),
            expected
        );
        assert_eq!(
            shown(text, &[], 2),
            ["<Events>", "  <Event id=\"7\" shade=\"&amp;\">", "cut"]
        );
        assert!(lines("<Events>", &[], 9).is_none());
    }

    #[test]
    fn large_documents_are_cut() {
        let with_attributes = |count: usize| {
            let attributes: Vec<_> = (0..count).map(|number| format!(" a{number}='>'")).collect();
            format!("<A{}/>", attributes.concat())
        };
        assert!(lines(&with_attributes(limits::ATTRIBUTES), &[], 9).is_some());
        assert!(lines(&with_attributes(limits::ATTRIBUTES + 1), &[], 9).is_none());
        let value = "x".repeat(limits::BYTES / 50);
        let text = format!("<A>{}</A>", format!("<B b='{value}'>{value}</B>").repeat(60));
        let found = lines(&text, &[], 5000).expect("well-formed");
        assert!(found.is_cut && found.lines.len() > 40, "{}", found.lines.len());
    }

    #[test]
    fn deep_documents_are_not_followed_to_the_end() {
        let text = format!("{}{}", "<A>".repeat(900), "</A>".repeat(900));
        let found = lines(&text, &[], 5000).expect("well-formed");
        assert_eq!(found.lines.len(), 2 * DEEPEST + 1);
    }
}
