//! Decodes request bodies as .NET's `XmlSerializer` does.
//!
//! The types of the service are in no namespace. So everything in a namespace is unknown to the serializer: it drops
//! such children and attributes silently, including `xsi:nil`, and refuses such a root. These parts are removed first.
//! The rest is decoded by the client crate, which skips unknown parts too.

use std::fmt;

use http::{StatusCode, header};
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::{NsReader, Writer, XmlVersion};
use spektrix_v2::{DecodeError, DecodeErrorKind, DecodeOptions, Operation};

use crate::api::{Call, Refusal};

/// Decodes the body of a call. Its `Content-Type` must be XML.
pub(super) fn decode<O: Operation>(call: &Call<'_>) -> Result<O::Request, Refusal> {
    check_content_type(call)?;
    let operation = O::INFO.name;
    let text = std::str::from_utf8(call.body)
        .map_err(|_| Refusal::invalid(format!("The body of {operation} is not UTF-8.")))?;
    let body = without_namespaces(text).map_err(|error| match error {
        NamespaceError::Malformed(problem) => {
            Refusal::invalid(format!("The body of {operation} is not well-formed XML: {problem}."))
        }
        NamespaceError::RootInNamespace => {
            let root = O::INFO.request.root;
            Refusal::invalid(format!(
                "The root of the body of {operation} is in a namespace, but '{root}' must not be in one."
            ))
        }
    })?;
    let mut decoded = O::decode_request(&body, &DecodeOptions::default());
    if matches!(&decoded, Err(error) if is_list_of_others(error)) {
        // To the serializer it is a list without items. To the client, a list of which it knows nothing is an error.
        let empty = format!("<{}/>", O::INFO.request.root);
        decoded = O::decode_request(empty.as_bytes(), &DecodeOptions::default());
    }
    decoded
        .map(|decoded| decoded.value)
        .map_err(|error| cannot_decode(operation, &error))
}

fn is_list_of_others(error: &DecodeError) -> bool {
    matches!(error.kind(), DecodeErrorKind::UnknownItems { .. })
}

/// Checks that the body is XML in UTF-8. The help pages mention JSON, but the sandbox does not support it.
fn check_content_type(call: &Call<'_>) -> Result<(), Refusal> {
    let sent = call.head.headers.get(header::CONTENT_TYPE);
    let sent = sent.map(|value| String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase());
    let sent = sent.unwrap_or_default();
    let (kind, parameters) = sent.split_once(';').unwrap_or((&sent, ""));
    let charset = parameters
        .split(';')
        .find_map(|parameter| parameter.trim().strip_prefix("charset="));
    let charset = charset.map(|charset| charset.trim_matches('"'));
    if ["application/xml", "text/xml"].contains(&kind.trim()) && charset.is_none_or(|charset| charset == "utf-8") {
        return Ok(());
    }
    let message = match sent.as_str() {
        "" => "The request has no Content-Type: application/xml is expected.".to_owned(),
        sent => format!("The Content-Type '{sent}' is not supported: application/xml in UTF-8 is expected."),
    };
    Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message))
}

fn cannot_decode(operation: &str, error: &DecodeError) -> Refusal {
    let problem = match error.kind() {
        // The decoder's messages for these are about responses.
        DecodeErrorKind::Missing(name) => format!("{name} must be set"),
        DecodeErrorKind::NoContent => "it is empty".to_owned(),
        kind => kind.to_string(),
    };
    let position = match error.path() {
        "" => String::new(),
        path => format!(" (in {path})"),
    };
    Refusal::invalid(format!(
        "The body of {operation} cannot be decoded: {problem}{position}."
    ))
}

/// Why namespaces cannot be removed from a document.
#[derive(Debug, PartialEq, Eq)]
enum NamespaceError {
    Malformed(String),
    RootInNamespace,
}

/// Returns the document without everything that is in a namespace.
fn without_namespaces(text: &str) -> Result<Vec<u8>, NamespaceError> {
    let mut reader = NsReader::from_str(text);
    let mut filter = NamespaceFilter {
        kept: Writer::new(Vec::with_capacity(text.len())),
        open: 0,
        dropped: 0,
    };
    loop {
        let (namespace, event) = reader.read_resolved_event().map_err(malformed)?;
        let is_in_namespace = match (&event, namespace) {
            (Event::Start(_) | Event::Empty(_), ResolveResult::Unknown(prefix)) => {
                let problem = format!("the prefix `{prefix}` is not declared");
                return Err(NamespaceError::Malformed(problem));
            }
            (_, namespace) => matches!(namespace, ResolveResult::Bound(_)),
        };
        if matches!(event, Event::Eof) {
            return filter.finish();
        }
        filter.handle(event, is_in_namespace)?;
    }
}

/// Copies the events of a document, except for those in a namespace.
struct NamespaceFilter {
    kept: Writer<Vec<u8>>,
    /// The number of open elements.
    open: usize,
    /// The number of open elements that are dropped: an element in a namespace and everything inside it.
    dropped: usize,
}

impl NamespaceFilter {
    fn handle(&mut self, event: Event<'_>, is_in_namespace: bool) -> Result<(), NamespaceError> {
        match event {
            Event::Start(_) | Event::Empty(_) if is_in_namespace && self.open == 0 => {
                Err(NamespaceError::RootInNamespace)
            }
            Event::Start(tag) => {
                self.open += 1;
                self.dropped += usize::from(is_in_namespace || self.dropped > 0);
                self.keep(Event::Start(without_prefixed_attributes(&tag)?))
            }
            Event::Empty(_) if is_in_namespace => Ok(()),
            Event::Empty(tag) => self.keep(Event::Empty(without_prefixed_attributes(&tag)?)),
            Event::End(tag) => {
                let kept = self.keep(Event::End(tag));
                self.open -= 1;
                self.dropped = self.dropped.saturating_sub(1);
                kept
            }
            Event::Comment(_) | Event::PI(_) => Ok(()),
            Event::Decl(declaration) => {
                check_encoding(&declaration)?;
                self.keep(Event::Decl(declaration))
            }
            Event::GeneralRef(reference) if !is_known_reference(&reference) => {
                let problem = format!("the reference `&{};` is not defined", &*reference);
                Err(NamespaceError::Malformed(problem))
            }
            event => self.keep(event),
        }
    }

    /// Writes an event, unless it is inside a dropped element.
    fn keep(&mut self, event: Event<'_>) -> Result<(), NamespaceError> {
        if self.dropped > 0 {
            return Ok(());
        }
        self.kept.write_event(event).map_err(malformed)
    }

    fn finish(self) -> Result<Vec<u8>, NamespaceError> {
        if self.open > 0 {
            return Err(NamespaceError::Malformed("it ends inside an element".to_owned()));
        }
        Ok(self.kept.into_inner())
    }
}

/// Checks that the declared encoding is that of the bytes, UTF-8. .NET cannot switch to UTF-16 without a byte order mark.
fn check_encoding(declaration: &BytesDecl<'_>) -> Result<(), NamespaceError> {
    let Some(encoding) = declaration.encoding() else {
        return Ok(());
    };
    let encoding = encoding.map_err(malformed)?;
    if ["utf-8", "us-ascii"]
        .iter()
        .any(|known| encoding.eq_ignore_ascii_case(known))
    {
        return Ok(());
    }
    let problem = format!("it is in UTF-8, and declares the encoding '{}'", &*encoding);
    Err(NamespaceError::Malformed(problem))
}

/// Returns whether a reference is a character or one of XML's five entities. Without a document type there are no others.
fn is_known_reference(reference: &BytesRef<'_>) -> bool {
    matches!(reference.resolve_char_ref(), Ok(Some(_))) || resolve_xml_entity(reference).is_some()
}

/// Returns a tag without attributes that have a prefix and without namespace declarations.
fn without_prefixed_attributes(tag: &BytesStart<'_>) -> Result<BytesStart<'static>, NamespaceError> {
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

fn malformed(error: impl fmt::Display) -> NamespaceError {
    NamespaceError::Malformed(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::{NamespaceError, without_namespaces};

    #[test]
    fn everything_in_a_namespace_is_dropped() {
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
            (
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><A/>",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><A/>",
            ),
            ("<A b='\"' c=\"&lt;1\"/>", "<A b=\"&quot;\" c=\"&lt;1\"/>"),
        ];
        for (sent, kept) in cases {
            let text = without_namespaces(sent).map(|bytes| String::from_utf8(bytes).expect("UTF-8"));
            assert_eq!(text.as_deref(), Ok(kept), "{sent}");
        }
    }

    #[test]
    fn malformed_documents_are_refused() {
        for sent in ["<A xmlns=\"u\"/>", "<p:A xmlns:p=\"u\"></p:A>"] {
            assert_eq!(without_namespaces(sent), Err(NamespaceError::RootInNamespace), "{sent}");
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
            "<?xml version=\"1.0\" encoding=\"utf-16\"?><A/>",
            "<?xml version=\"1.0\" encoding=\"windows-1252\"?><A/>",
        ] {
            assert!(
                matches!(without_namespaces(sent), Err(NamespaceError::Malformed(_))),
                "{sent}"
            );
        }
    }
}
