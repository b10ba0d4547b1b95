//! Reads a request as .NET's `XmlSerializer` reads it, where that differs from a reader that does not mind prefixes.
//!
//! The service's types are in no namespace. So whatever is in one is unknown to the serializer: it drops such children
//! and attributes without a word, `xsi:nil` among them, and refuses such a root. What is left is read by the decoders
//! of the client crate, which leave out unknown parts too.

use std::fmt;

use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::{NsReader, Writer, XmlVersion};

/// Why there is nothing left to read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refused {
    Malformed(String),
    RootInNamespace,
}

/// The same document without all that is in a namespace.
pub(super) fn without(text: &str) -> Result<Vec<u8>, Refused> {
    let mut reader = NsReader::from_str(text);
    let mut kept = Writer::new(Vec::with_capacity(text.len()));
    // How many elements are open, and how many of them are inside one that is dropped, that one included.
    let (mut open, mut dropped) = (0_usize, 0_usize);
    loop {
        let (namespace, event) = reader.read_resolved_event().map_err(malformed)?;
        let is_named = match (&event, namespace) {
            (Event::Start(_) | Event::Empty(_), ResolveResult::Unknown(prefix)) => {
                return Err(Refused::Malformed(format!(
                    "the prefix `{prefix}` stands for no namespace"
                )));
            }
            (_, namespace) => matches!(namespace, ResolveResult::Bound(_)),
        };
        match event {
            Event::Eof if open > 0 => return Err(Refused::Malformed("it stops in the middle".to_owned())),
            Event::Eof => return Ok(kept.into_inner()),
            Event::Start(_) | Event::Empty(_) if is_named && open == 0 => return Err(Refused::RootInNamespace),
            Event::Start(tag) => {
                open += 1;
                if is_named || dropped > 0 {
                    dropped += 1;
                } else {
                    write(&mut kept, Event::Start(plain(&tag)?))?;
                }
            }
            Event::Empty(tag) if !is_named && dropped == 0 => write(&mut kept, Event::Empty(plain(&tag)?))?,
            Event::End(tag) => {
                open -= 1;
                if dropped > 0 {
                    dropped -= 1;
                } else {
                    write(&mut kept, Event::End(tag))?;
                }
            }
            Event::Empty(_) | Event::Comment(_) | Event::PI(_) => {}
            Event::GeneralRef(reference) if !stands_for_something(&reference) => {
                let how = format!("the reference `&{};` stands for nothing", &*reference);
                return Err(Refused::Malformed(how));
            }
            event if dropped == 0 => write(&mut kept, event)?,
            _ => {}
        }
    }
}

/// A character, or one of XML's own five entities: there are no others without a document type.
fn stands_for_something(reference: &BytesRef<'_>) -> bool {
    matches!(reference.resolve_char_ref(), Ok(Some(_))) || resolve_xml_entity(reference).is_some()
}

/// A tag without its attributes that have a prefix, and without declarations of namespaces.
fn plain(tag: &BytesStart<'_>) -> Result<BytesStart<'static>, Refused> {
    let mut kept = BytesStart::new(tag.name().as_ref().to_owned());
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(malformed)?;
        if attribute.key.prefix().is_none() && attribute.key.as_namespace_binding().is_none() {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(malformed)?;
            kept.push_attribute((attribute.key.as_ref(), value.as_ref()));
        }
    }
    Ok(kept)
}

fn write(to: &mut Writer<Vec<u8>>, event: Event<'_>) -> Result<(), Refused> {
    to.write_event(event).map_err(malformed)
}

fn malformed(error: impl fmt::Display) -> Refused {
    Refused::Malformed(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::{Refused, without};

    #[test]
    fn what_is_in_a_namespace_is_gone() {
        let cases = [
            ("<A><B>1</B></A>", "<A><B>1</B></A>"),
            ("<A><B xmlns=\"u\">1<C/></B><D/></A>", "<A><D/></A>"),
            ("<A xmlns:p=\"u\"><p:B><C>1</C></p:B><p:D/>2</A>", "<A>2</A>"),
            ("<A><B xmlns=\"u\"><C xmlns=\"\">1</C></B></A>", "<A></A>"),
            ("<A xmlns=\"\"><B/></A>", "<A><B/></A>"),
            (
                "<A xmlns:xsi=\"i\" xsi:nil=\"true\" id=\"1\" xml:lang=\"en\"/>",
                "<A id=\"1\"/>",
            ),
            (
                "<?xml version=\"1.0\"?><!-- a --><A><![CDATA[<]]>&amp;&#65;<?b c?></A>",
                "<?xml version=\"1.0\"?><A><![CDATA[<]]>&amp;&#65;</A>",
            ),
            ("<A b='\"' c=\"&lt;1\"/>", "<A b=\"&quot;\" c=\"&lt;1\"/>"),
        ];
        for (sent, kept) in cases {
            let text = without(sent).map(|bytes| String::from_utf8(bytes).expect("UTF-8"));
            assert_eq!(text.as_deref(), Ok(kept), "{sent}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        for sent in ["<A xmlns=\"u\"/>", "<p:A xmlns:p=\"u\"></p:A>"] {
            assert_eq!(without(sent), Err(Refused::RootInNamespace), "{sent}");
        }
        for sent in [
            "<A>",
            "<A></B>",
            "<A><p:B/></A>",
            "<A b='1' b='2'/>",
            "<A b/>",
            "</A>",
            "<A",
            "<A>&b;</A>",
            "<A b='&c;'/>",
        ] {
            assert!(matches!(without(sent), Err(Refused::Malformed(_))), "{sent}");
        }
    }
}
