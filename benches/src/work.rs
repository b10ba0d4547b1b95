//! The kinds of work: what the crate does, and what it is compared with.

use anyhow::Result;
use quick_xml::events::Event;
use serde::Deserialize;
use spektrix_v2::runtime::{Element, ListDecoder};
use spektrix_v2::{DecodeOptions, Operation};

/// The size of the pieces in which a body arrives when it is streamed.
pub const PIECE: usize = 16 * 1024;

/// Decodes a whole body.
pub fn decode<O: Operation>(body: &str) -> Result<O::Response> {
    Ok(O::decode_response(body.as_bytes(), &DecodeOptions::default())?.value)
}

/// Decodes a whole body through the tokenizer alone, without taking whole leaf elements.
pub fn decode_by_events<O: Operation>(body: &str) -> Result<O::Response> {
    let options = DecodeOptions::default().fast_path(false);
    Ok(O::decode_response(body.as_bytes(), &options)?.value)
}

/// Streams a list that arrives in pieces, and drops each item; answers their number.
pub fn stream<O, T>(body: &str) -> Result<usize>
where
    O: Operation<Response = Vec<T>>,
    T: Element,
{
    let mut list = ListDecoder::<T>::new(O::INFO.response, &DecodeOptions::default());
    let mut items = 0;
    for piece in body.as_bytes().chunks(PIECE) {
        list.push(piece);
        for item in list.by_ref() {
            item?;
            items += 1;
        }
    }
    list.finish();
    list.next().transpose()?;
    Ok(items)
}

/// Encodes a value as the service would.
pub fn encode<O: Operation>(value: &O::Response) -> Result<Option<String>> {
    Ok(O::encode_response(value)?)
}

/// The reference for reading: quick-xml's tokens, and nothing done with them. Answers their number.
pub fn scan(body: &str) -> Result<usize> {
    let mut reader = quick_xml::Reader::from_reader(body.as_bytes());
    let mut events = 0;
    while reader.read_event()? != Event::Eof {
        events += 1;
    }
    Ok(events)
}

/// The reference for writing: quick-xml's escaping of the same text, which copies it.
///
/// It has none of the other work of an encoder: the text is there already, with its tags, and no value is printed.
pub fn escaping_copy(body: &str) -> String {
    quick_xml::escape::escape(body).into_owned()
}

/// Reads a body into a tree, and walks it. Answers the length of all its texts.
pub fn tree(body: &str) -> Result<usize> {
    let document = roxmltree::Document::parse(body)?;
    let texts = document.descendants().filter_map(|node| node.text());
    Ok(texts.map(str::len).sum())
}

/// Reads instances with serde's derive, into strings alone.
pub fn serde(body: &str) -> Result<usize> {
    let instances: Instances = quick_xml::de::from_str(body)?;
    Ok(instances.items.len())
}

#[derive(Deserialize)]
struct Instances {
    #[serde(rename = "Instance", default)]
    items: Vec<Instance>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "what is read is not looked at")]
struct Instance {
    #[serde(rename = "@id")]
    id: i32,
    #[serde(rename = "Attribute", default)]
    attributes: Vec<Attribute>,
    event: Reference,
    is_on_sale: bool,
    plan: Reference,
    price_list: Reference,
    start: String,
    start_utc: String,
    start_selling_at: String,
    start_selling_at_utc: String,
    stop_selling_at: String,
    stop_selling_at_utc: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "what is read is not looked at")]
struct Attribute {
    name: String,
    value: String,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "what is read is not looked at")]
struct Reference {
    #[serde(rename = "@id")]
    id: i32,
}
