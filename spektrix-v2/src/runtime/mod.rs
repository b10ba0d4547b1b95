//! The XML runtime: generated code uses it to decode and encode bodies.
//!
//! It is hidden from the documentation, because the client decodes and encodes bodies for its users. It is public
//! because types that are generated from other help pages, in other crates, implement its traits. It may change in any
//! version.
//!
//! - [`Decoder`] splits a body into its parts, and [`Encoder`] writes them. [`Element`] is a type that is one element.
//! - [`Body`] is a type that is a whole body: one element, or a list of elements below a root.
//! - [`ListDecoder`] decodes a list item by item, while its chunks arrive.
//! - [`Text`] is a type whose values are text: a number, a date, an identifier.
//!
//! # What is accepted
//!
//! Children are accepted in any order, and repeated children need not be adjacent. Elements, attributes and enumeration
//! values that the schema does not know are skipped, and reported if [`DecodeOptions::report_unknown`] is set. If an
//! element or attribute that may occur once occurs twice, the first one counts, as in the service's own reader; a list
//! that occurs twice is continued. `xsi:nil` means that a value is absent, with any prefix and any content of the
//! element. Prefixes, comments, processing instructions and text between elements are ignored.
//!
//! This is a reader, not a validator. Tags must match and have valid names everywhere. Attributes and references are
//! checked in elements that the schema knows. Some mistakes that XML forbids are accepted, because they cannot be
//! misread: `]]>` in text, `--` in a comment, and control characters, which .NET writes as `&#xB;` if someone pasted
//! one. A zero byte is rejected, and so is a reference that cannot be resolved.
//!
//! Bodies are UTF-8, with or without a byte order mark. A body that declares another encoding is rejected. So is a
//! document type declaration: there are no entities except XML's own five. [`DecodeOptions`] limits depth and size.
//! Skipped elements may be nested to any depth.
//!
//! The implementations of [`Text`] document how values are written.
//!
//! ```
//! use spektrix_v2::runtime::Body;
//! use spektrix_v2::{Band, BodyNames, DecodeOptions};
//!
//! let body = r#"<Bands><Band id="7"><Name>Stalls</Name><Colour>red</Colour></Band></Bands>"#;
//! let names = BodyNames { root: "Bands", item: "Band" };
//! let options = DecodeOptions::default().report_unknown(true);
//! let decoded = Vec::<Band>::decode(body.as_bytes(), names, &options)?;
//! assert_eq!(decoded.value[0].name, "Stalls");
//! assert_eq!(decoded.unknown.into_iter().collect::<Vec<_>>(), ["Bands/Band/Colour"]);
//! # Ok::<(), spektrix_v2::DecodeError>(())
//! ```
//!
//! # Layers
//!
//! Files import only files of the layers below them. From the bottom:
//!
//! 1. `error`, `options`, `names`, `text`, `references`
//! 2. `encoding`, `output`; `numbers`, `date_time` and `values`, which implement `Text`
//! 3. `tag`, then `position`; `scan`, `field` and `tokenizer`, the ways to the next tag
//! 4. `decoder` and `encoder`, which know no types
//! 5. `element`, the types of elements, then `any_xml`
//! 6. `body`, whole bodies
//! 7. `list_decoder`, streamed lists

mod any_xml;
mod body;
mod date_time;
mod decoder;
mod element;
mod encoder;
mod encoding;
mod error;
mod field;
mod list_content;
mod list_decoder;
mod names;
mod numbers;
mod options;
mod output;
mod position;
mod references;
mod scan;
mod tag;
mod text;
mod tokenizer;
mod values;

pub use any_xml::{AnyXml, InvalidXml};
pub use body::{Body, BodyNames, Codec, Decoded, RawBody, RequestBody, Xml};
pub(crate) use decoder::predicted_pairs;
pub use decoder::{Decoder, Prediction, predicted_reference, predicted_value};
pub use element::{Choice, Element, List};
pub use encoder::{Encoder, Style};
pub use error::{DecodeError, DecodeErrorKind, EncodeError};
pub use field::{Children, Field};
pub use list_decoder::ListDecoder;
pub use options::DecodeOptions;
pub use tag::{AttributeReader, Tag, XmlAttribute};
pub use text::{InvalidText, Text, parse_from_str};
pub use values::{Base64, Guid, InvalidGuid, Tokens};
