//! An example as a tree.

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::{NsReader, XmlVersion};

/// How deep an example is looked at.
const MAX_DEPTH: usize = 200;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// Without its prefix.
    pub(super) name: String,
    /// As they are written, without those of XML Schema itself and declarations.
    pub(super) attributes: Vec<(String, String)>,
    /// Whether it says that it has no value.
    pub(super) is_nil: bool,
    /// The type that it says to be of: its namespace and its name.
    pub(super) of_type: Option<(String, String)>,
    pub(super) text: String,
    pub(super) children: Vec<Node>,
}

/// Reads a document, if it is one.
pub(super) fn read(text: &str) -> Option<Node> {
    let mut reader = NsReader::from_str(text.trim_start_matches('\u{FEFF}'));
    reader.config_mut().expand_empty_elements = true;
    let mut open = vec![Node::default()];
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => {
                let node = node(&reader, &tag)?;
                open.push(node);
            }
            Event::End(_) => {
                let done = open.pop()?;
                open.last_mut()?.children.push(done);
            }
            Event::Text(text) => open.last_mut()?.text.push_str(&text),
            Event::CData(text) => open.last_mut()?.text.push_str(&text),
            Event::GeneralRef(reference) => {
                let node = open.last_mut()?;
                node.text.push('&');
                node.text.push_str(&reference);
                node.text.push(';');
            }
            Event::Eof => break,
            _ => {}
        }
        if open.len() > MAX_DEPTH {
            return None;
        }
    }
    match open.as_mut_slice() {
        [document] => document.children.pop(),
        _ => None,
    }
}

fn node(reader: &NsReader<&[u8]>, tag: &BytesStart<'_>) -> Option<Node> {
    let mut node = Node {
        name: tag.local_name().as_ref().to_owned(),
        ..Node::default()
    };
    for attribute in tag.attributes() {
        let attribute = attribute.ok()?;
        let key = attribute.key.as_ref();
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned();
        let (namespace, local) = reader.resolver().resolve_attribute(attribute.key);
        if key == "xmlns" || key.starts_with("xmlns:") || key.starts_with("xml:") {
            continue;
        }
        if !matches!(namespace, ResolveResult::Bound(uri) if uri.as_ref() == "http://www.w3.org/2001/XMLSchema-instance")
        {
            node.attributes.push((key.to_owned(), value));
        } else if local.as_ref() == "nil" {
            node.is_nil = matches!(value.trim(), "true" | "1");
        } else if local.as_ref() == "type" {
            node.of_type = Some(resolved(reader, value.trim()));
        }
    }
    Some(node)
}

/// The namespace and the name of a type.
fn resolved(reader: &NsReader<&[u8]>, name: &str) -> (String, String) {
    let (namespace, local) = reader.resolver().resolve_element(quick_xml::name::QName(name));
    let namespace = match namespace {
        ResolveResult::Bound(namespace) => namespace.as_ref().to_owned(),
        _ => String::new(),
    };
    (namespace, local.as_ref().to_owned())
}
