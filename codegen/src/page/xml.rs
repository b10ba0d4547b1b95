//! The root element of a well-formed XML document.

use quick_xml::NsReader;
use quick_xml::events::Event;
use quick_xml::name::ResolveResult;

/// The root element of a document.
pub(super) struct Root {
    pub(super) name: String,
    /// Empty if it is in none.
    pub(super) namespace: String,
}

/// Finds the root. The document is read to its end: a page that was cut short must not pass for a
/// whole one.
pub(super) fn root(text: &str) -> Result<Root, String> {
    let mut reader = NsReader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut open: Vec<String> = Vec::new();
    let mut roots: Vec<Root> = Vec::new();
    loop {
        let (namespace, event) = reader.read_resolved_event().map_err(|e| e.to_string())?;
        match event {
            Event::Start(start) => {
                if open.is_empty() {
                    roots.push(Root {
                        name: start.local_name().as_ref().to_owned(),
                        namespace: match namespace {
                            ResolveResult::Unbound => String::new(),
                            ResolveResult::Bound(namespace) => namespace.as_ref().to_owned(),
                            ResolveResult::Unknown(prefix) => format!("{prefix}:"),
                        },
                    });
                }
                open.push(start.name().as_ref().to_owned());
            }
            Event::End(_) => drop(open.pop()),
            Event::Eof => return only(roots, open.last()),
            other if open.is_empty() && is_content(&other) => {
                return Err("text outside the root".to_owned());
            }
            _ => {}
        }
    }
}

fn only(mut roots: Vec<Root>, still_open: Option<&String>) -> Result<Root, String> {
    match (roots.pop(), still_open) {
        (_, Some(name)) => Err(format!("it ends inside <{name}>")),
        (Some(root), None) if roots.is_empty() => Ok(root),
        (Some(_), None) => Err("more than one root".to_owned()),
        (None, None) => Err("no root".to_owned()),
    }
}

fn is_content(event: &Event<'_>) -> bool {
    match event {
        Event::Text(text) => !text.trim().is_empty(),
        Event::CData(_) | Event::GeneralRef(_) => true,
        _ => false,
    }
}
