//! Puts parts into a body that no schema knows, as a later release of the service might.

use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::{Reader, Writer};

const PART: &str = r#"<UnknownPart id="0"><Deeper>not in any schema</Deeper></UnknownPart>"#;

/// Every element with an attribute and a first child that are unknown; `None` when the body is not XML.
pub(super) fn unknown_parts(body: &str) -> Option<String> {
    let mut reader = Reader::from_str(body);
    let mut writer = Writer::new(Vec::new());
    loop {
        match reader.read_event().ok()? {
            Event::Eof => return String::from_utf8(writer.into_inner()).ok(),
            Event::Start(start) => open(&mut writer, start)?,
            Event::Empty(start) => {
                let name = start.name().as_ref().to_owned();
                open(&mut writer, start)?;
                writer.write_event(Event::End(BytesEnd::new(name))).ok()?;
            }
            other => writer.write_event(other).ok()?,
        }
    }
}

fn open(writer: &mut Writer<Vec<u8>>, mut start: BytesStart<'_>) -> Option<()> {
    start.push_attribute(("unknownAttribute", "1"));
    writer.write_event(Event::Start(start)).ok()?;
    writer.get_mut().extend_from_slice(PART.as_bytes());
    Some(())
}

#[cfg(test)]
mod tests {
    use super::{PART, unknown_parts};

    #[test]
    fn every_element_gets_them_and_keeps_what_it_had() {
        let spoilt = unknown_parts("<?xml version=\"1.0\"?><A b=\"1\"><C>t &amp; u</C><D/></A>").expect("XML");
        let open = |tag: &str| format!("<{tag} unknownAttribute=\"1\">{PART}");
        let (root, leaf, empty) = (open("A b=\"1\""), open("C"), open("D"));
        let expected = format!("<?xml version=\"1.0\"?>{root}{leaf}t &amp; u</C>{empty}</D></A>");
        assert_eq!(spoilt, expected);
        assert_eq!(unknown_parts("<A></B>"), None);
    }
}
