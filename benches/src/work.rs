//! The kinds of work: what the crate does, and the references that it is compared with.

use anyhow::Result;
use quick_xml::events::Event;
use serde::Deserialize;
use spektrix_v2::runtime::{Element, ListDecoder};
use spektrix_v2::{DecodeOptions, Operation};

/// The size of the chunks of a body that is streamed.
pub const CHUNK: usize = 16 * 1024;

/// Decodes a whole body.
pub fn decode<O: Operation>(body: &str) -> Result<O::Response> {
    Ok(O::decode_response(body.as_bytes(), &DecodeOptions::default())?.value)
}

/// Decodes a whole body without the fast path.
pub fn decode_on_plain_path<O: Operation>(body: &str) -> Result<O::Response> {
    let options = DecodeOptions::default().fast_path(false);
    Ok(O::decode_response(body.as_bytes(), &options)?.value)
}

/// Streams a list in chunks, and drops each item. Returns the number of items.
pub fn stream<O, T>(body: &str) -> Result<usize>
where
    O: Operation<Response = Vec<T>>,
    T: Element,
{
    let mut list = ListDecoder::<T>::new(O::INFO.response, &DecodeOptions::default());
    let mut items = 0;
    for chunk in body.as_bytes().chunks(CHUNK) {
        list.push(chunk);
        for item in list.by_ref() {
            item?;
            items += 1;
        }
    }
    list.finish();
    list.next().transpose()?;
    Ok(items)
}

/// Encodes a value as the service does.
pub fn encode<O: Operation>(value: &O::Response) -> Result<Option<String>> {
    Ok(O::encode_response(value)?)
}

/// Reads quick-xml's tokens and discards them: the reference for decoding. Returns the number of tokens.
pub fn scan(body: &str) -> Result<usize> {
    let mut reader = quick_xml::Reader::from_reader(body.as_bytes());
    let mut events = 0;
    while reader.read_event()? != Event::Eof {
        events += 1;
    }
    Ok(events)
}

/// Escapes an encoded body with quick-xml, which copies it: the reference for encoding.
///
/// It does none of the other work of an encoder: the tags exist already, and no value is printed.
pub fn escaping_copy(body: &str) -> String {
    quick_xml::escape::escape(body).into_owned()
}

/// Reads a body as a tree, and visits its nodes. Returns the length of all text.
pub fn tree(body: &str) -> Result<usize> {
    let document = roxmltree::Document::parse(body)?;
    let texts = document.descendants().filter_map(|node| node.text());
    Ok(texts.map(str::len).sum())
}

/// Deserializes instances with serde's derive. Times stay strings.
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
#[expect(dead_code, reason = "the fields are only deserialized")]
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
#[expect(dead_code, reason = "the fields are only deserialized")]
struct Attribute {
    name: String,
    value: String,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "the fields are only deserialized")]
struct Reference {
    #[serde(rename = "@id")]
    id: i32,
}
