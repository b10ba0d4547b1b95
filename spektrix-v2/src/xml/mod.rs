//! Reading and writing the service's XML: the runtime that generated types stand on.
//!
//! Most users never need this module: the client reads and writes bodies for them. It is public for tests, caches,
//! stand-ins for the service, and for types generated from other help pages.
//!
//! - [`Decoder`] pulls elements from a body; [`Element`] is what can be read from one and written as one.
//! - [`Body`] reads and writes a whole document: one element, or a list of them below a root.
//! - [`ListDecoder`] reads a list item by item, while its bytes arrive.
//! - [`Text`] is a value that stands in one piece of text: a number, a date, an identifier.
//!
//! # What a body may be
//!
//! Children are taken in any order, and repeated ones need not stand together. Elements, attributes and enumeration
//! values that the schema does not know are skipped, and listed when [`DecodeOptions::report_unknown`] asks for it.
//! An element that may stand once and stands twice counts the first time, as in the service's own reader, and so does
//! an attribute; a list that stands twice is read on. `xsi:nil` says "absent", under any prefix and whatever is inside.
//! Prefixes do not count, comments, processing instructions and text between elements neither.
//!
//! This is a reader, not a validator. Tags must match and have names everywhere; attributes and references are looked at
//! where the schema knows the element. What XML forbids and cannot be misread is let through: `]]>` in a text, `--` in a
//! comment, control characters, which .NET writes as `&#xB;` when someone pasted one. A zero byte is refused, and so is a
//! reference that stands for nothing.
//!
//! Bodies are UTF-8, with or without a byte order mark; one that says otherwise is refused. A document type declaration
//! is refused, so there are no entities but XML's own five. [`DecodeOptions`] bounds depth and size; what is skipped may
//! be of any depth.
//!
//! What a value may look like stands with its type: see [`Text`].
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
mod date_time;
mod decode_error;
mod decoder;
mod element;
mod encode_error;
mod encoder;
mod leaf;
mod name;
mod namespaces;
mod number;
mod options;
mod outline;
mod output;
mod place;
mod raw;
mod reference;
mod stream;
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
pub use outline::Outline;
pub use raw::RawBody;
pub use stream::ListDecoder;
#[doc(hidden)]
pub use text::parsed;
pub use text::{InvalidText, Text};
pub use values::{Base64, Guid, InvalidGuid, Tokens};
