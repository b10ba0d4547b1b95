//! Reads an example into a tree of elements.

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::{NsReader, XmlVersion};

/// The deepest level of elements that is read.
const MAX_DEPTH: usize = 200;

const SCHEMA_INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// An element.
#[derive(Debug, Default)]
pub(super) struct ElementNode {
    /// The name without its prefix.
    pub(super) name: String,
    /// The attributes with their prefixes, without `xmlns`, `xml:` and `xsi:` attributes.
    pub(super) attributes: Vec<(String, String)>,
    /// Whether the element is nil.
    pub(super) is_nil: bool,
    /// The namespace and name in `xsi:type`.
    pub(super) xsi_type: Option<(String, String)>,
    pub(super) text: String,
    pub(super) children: Vec<ElementNode>,
}

/// Reads a document. Returns `None` if it is not well-formed or too deep.
pub(super) fn read(text: &str) -> Option<ElementNode> {
    let mut reader = NsReader::from_str(text.trim_start_matches('\u{FEFF}'));
    reader.config_mut().expand_empty_elements = true;
    // The first node represents the document.
    let mut open = vec![ElementNode::default()];
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => {
                let element = read_tag(&reader, &tag)?;
                open.push(element);
            }
            Event::End(_) => {
                let element = open.pop()?;
                open.last_mut()?.children.push(element);
            }
            Event::Text(text) => open.last_mut()?.text.push_str(&text),
            Event::CData(text) => open.last_mut()?.text.push_str(&text),
            Event::GeneralRef(reference) => {
                let element = open.last_mut()?;
                element.text.push('&');
                element.text.push_str(&reference);
                element.text.push(';');
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

fn read_tag(reader: &NsReader<&[u8]>, tag: &BytesStart<'_>) -> Option<ElementNode> {
    let mut element = ElementNode {
        name: tag.local_name().as_ref().to_owned(),
        ..ElementNode::default()
    };
    for attribute in tag.attributes() {
        let attribute = attribute.ok()?;
        let key = attribute.key.as_ref();
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned();
        if key == "xmlns" || key.starts_with("xmlns:") || key.starts_with("xml:") {
            continue;
        }
        let (namespace, local) = reader.resolver().resolve_attribute(attribute.key);
        let is_xsi = matches!(namespace, ResolveResult::Bound(uri) if uri.as_ref() == SCHEMA_INSTANCE);
        match local.as_ref() {
            _ if !is_xsi => element.attributes.push((key.to_owned(), value)),
            "nil" => element.is_nil = matches!(value.trim(), "true" | "1"),
            "type" => element.xsi_type = Some(resolve_type(reader, value.trim())),
            _ => {}
        }
    }
    Some(element)
}

/// Resolves the prefix of a type name.
fn resolve_type(reader: &NsReader<&[u8]>, name: &str) -> (String, String) {
    let (namespace, local) = reader.resolver().resolve_element(quick_xml::name::QName(name));
    let namespace = match namespace {
        ResolveResult::Bound(namespace) => namespace.as_ref().to_owned(),
        _ => String::new(),
    };
    (namespace, local.as_ref().to_owned())
}
