//! Reading and writing the service's XML: the runtime that generated types stand on.
//!
//! Most users never need this module: the client reads and writes bodies for them. It is public for tests, caches,
//! stand-ins for the service, and for types generated from other help pages.
//!
//! - [`Decoder`] pulls elements from a body; [`Element`] is what can be read from one and written as one.
//! - [`Body`] reads and writes a whole document: one element, or a list of them below a root.
//! - [`Text`] is a value that stands in one piece of text: a number, a date, an identifier.
//!
//! # What a body may be
//!
//! Children are taken in any order, and repeated ones need not stand together. Elements, attributes and enumeration
//! values that the schema does not know are skipped, and listed when [`DecodeOptions::report_unknown`] asks for it.
//! An element that may stand once and stands twice counts the first time, as in the service's own reader.
//! A document type declaration is refused, entities are never expanded, and [`DecodeOptions`] bounds depth and size.
//!
//! ```
//! use spektrix_v2::xml::{Body, BodyNames, DecodeOptions};
//! use spektrix_v2::Band;
//!
//! let body = r#"<Bands><Band id="7"><Name>Stalls</Name><Colour>red</Colour></Band></Bands>"#;
//! let names = BodyNames { root: "Bands", item: "Band" };
//! let options = DecodeOptions::default().report_unknown(true);
//! let decoded = Vec::<Band>::decode(body.as_bytes(), names, &options)?;
//! assert_eq!(decoded.value[0].name, "Stalls");
//! assert_eq!(decoded.unknown.into_iter().collect::<Vec<_>>(), ["Bands/Band/Colour"]);
//! # Ok::<(), spektrix_v2::xml::DecodeError>(())
//! ```

mod attributes;
mod body;
mod choice;
mod decode_error;
mod decoder;
mod element;
mod encode_error;
mod encoder;
mod leaf;
mod namespaces;
mod options;
mod raw;
mod substitution;
mod text;
mod values;

pub use attributes::{AttributeReader, XmlAttribute};
pub use body::{Body, BodyNames, Decoded};
pub use choice::Choice;
pub use decode_error::{DecodeError, DecodeErrorKind};
pub use decoder::{Decoder, Tag};
pub use element::{Element, List};
pub use encode_error::EncodeError;
pub use encoder::{Encoder, Style};
pub use options::DecodeOptions;
pub use raw::RawBody;
pub use text::{InvalidText, Text};
pub use values::{Base64, Guid, InvalidGuid, Tokens};
