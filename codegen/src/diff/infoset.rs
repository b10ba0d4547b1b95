//! The information of a document, without the details of its syntax: a reduced XML infoset.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::{NsReader, XmlVersion};

/// The deepest level of elements that is read. Each line contains the whole path, so depth is expensive.
const MAX_DEPTH: usize = 200;

/// Returns the first difference between two documents.
pub(super) fn difference(old: &str, new: &str) -> Option<String> {
    if let (Ok(old), Ok(new)) = (as_json(old), as_json(new)) {
        return (old != new).then(|| "the JSON differs".to_owned());
    }
    let (was, is) = match (parts(old), parts(new)) {
        (Ok(was), Ok(is)) => (was, is),
        (Err(what), Ok(_)) => return Some(format!("the XML was malformed ({what})")),
        (Ok(_), Err(what)) => return Some(format!("the XML is malformed ({what})")),
        (Err(_), Err(_)) => return (old != new).then(|| "the XML is malformed in both".to_owned()),
    };
    let longest = was.len().max(is.len());
    let at = (0..longest).find(|at| was.get(*at) != is.get(*at))?;
    let shown = |part: Option<&String>| part.map_or("the end", String::as_str).to_owned();
    Some(format!("it had {} and has {}", shown(was.get(at)), shown(is.get(at))))
}

fn as_json(text: &str) -> Result<serde_json::Value, serde_json::Error> {
    serde_json::from_str(text)
}

/// Returns a line for each element, attribute and text: `Events/Event/@id = "7"`.
pub(super) fn parts(xml: &str) -> Result<Vec<String>, String> {
    let mut reader = NsReader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut walk = Walk::default();
    loop {
        let event = reader.read_event().map_err(|error| error.to_string())?;
        match event {
            Event::Start(_) if walk.open.len() >= MAX_DEPTH => {
                return Err(format!("more than {MAX_DEPTH} levels of elements"));
            }
            Event::Start(start) => {
                let (namespace, name) = reader.resolver().resolve_element(start.name());
                walk.start(&expanded(&namespace, name.as_ref()), attributes(&reader, &start)?);
            }
            Event::End(_) => walk.end(),
            Event::Text(text) => walk.text.push_str(&text.xml10_content()),
            Event::CData(text) => walk.text.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                walk.text.push('&');
                walk.text.push_str(&reference);
                walk.text.push(';');
            }
            Event::Eof if walk.open.is_empty() => return Ok(walk.parts),
            Event::Eof => return Err("it ends inside an element".to_owned()),
            _ => {}
        }
    }
}

fn expanded(namespace: &ResolveResult<'_>, name: &str) -> String {
    match namespace {
        ResolveResult::Bound(namespace) if !namespace.as_ref().is_empty() => {
            format!("{{{}}}{name}", namespace.as_ref())
        }
        _ => name.to_owned(),
    }
}

fn attributes(reader: &NsReader<&[u8]>, start: &BytesStart<'_>) -> Result<BTreeMap<String, String>, String> {
    let mut attributes = BTreeMap::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        if !attribute.key.as_ref().starts_with("xmlns") {
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|error| error.to_string())?;
            let (namespace, name) = reader.resolver().resolve_attribute(attribute.key);
            attributes.insert(expanded(&namespace, name.as_ref()), value.into_owned());
        }
    }
    Ok(attributes)
}

#[derive(Default)]
struct Walk {
    parts: Vec<String>,
    /// The path of each open element, and whether it has children.
    open: Vec<(String, bool)>,
    text: String,
}

impl Walk {
    fn start(&mut self, name: &str, attributes: BTreeMap<String, String>) {
        if let Some((_, has_children)) = self.open.last_mut() {
            *has_children = true;
        }
        self.finish_text();
        let path = match self.open.last() {
            Some((parent, _)) => format!("{parent}/{name}"),
            None => name.to_owned(),
        };
        self.parts.push(path.clone());
        let attributes = attributes.into_iter();
        self.parts
            .extend(attributes.map(|(name, value)| format!("{path}/@{name} = {value:?}")));
        self.open.push((path, false));
    }

    fn end(&mut self) {
        self.finish_text();
        self.open.pop();
    }

    fn finish_text(&mut self) {
        let text = std::mem::take(&mut self.text);
        if let Some((path, has_children)) = self.open.last()
            && !(text.is_empty() || *has_children && text.trim_ascii().is_empty())
        {
            self.parts.push(format!("{path} = {text:?}"));
        }
    }
}
