//! Decodes an example page, encodes it again, and compares the result with the page.
//!
//! The help pages have mistakes in their examples. The effect of each mistake is part of the expected result, so an
//! example with a mistake passes only if it fails in the expected way.

use std::collections::BTreeSet;

use spektrix_v2::runtime::{Codec, Style};
use spektrix_v2::{BodyNames, DecodeErrorKind, DecodeOptions, Operation, OperationVisitor};
use spektrix_v2_codegen::diff::round_trip_difference;
use spektrix_v2_codegen::examples::is_unreported;

/// An example page, and the expected result of decoding it.
#[derive(Debug)]
pub struct Example {
    /// The path of the page: `GetThing/response.xml`.
    pub path: &'static str,
    /// The paths of the parts that the types do not have, which are skipped.
    pub skipped: &'static [&'static str],
    /// The kind of the decode error and the path of its element, if the page must fail.
    pub error: Option<(&'static str, &'static str)>,
    /// The known mistakes of the page.
    pub faults: &'static [&'static str],
}

/// Returns how the result of an example differs from the expected one, or `None` if it does not.
///
/// `visit` calls the visitor with the operation of a name: the function `operations::visit` of the generated code.
pub fn failure(
    example: &Example,
    text: &str,
    visit: impl FnOnce(&str, RoundTrip<'_>) -> Option<Outcome>,
) -> Option<String> {
    let Some((operation, side)) = example.path.trim_end_matches(".xml").split_once('/') else {
        return Some(format!(
            "{}: expected a path such as GetThing/response.xml",
            example.path
        ));
    };
    let (unreported, skipped): (Vec<&str>, Vec<&str>) = example.skipped.iter().partition(|path| is_unreported(path));
    let round_trip = RoundTrip {
        example: text,
        is_request: side == "request",
        unreported,
    };
    let Some(outcome) = visit(operation, round_trip) else {
        return Some(format!("{}: there is no operation {operation}", example.path));
    };
    let skipped: BTreeSet<String> = skipped.into_iter().map(str::to_owned).collect();
    let what = match (outcome, example.error) {
        (Outcome::Error { kind, path, .. }, Some(expected)) if expected == (kind, path.as_str()) => return None,
        (Outcome::Error { message, .. } | Outcome::Different(message), _) => message,
        (Outcome::Equal { .. }, Some((kind, path))) => format!("decoded in spite of the {kind} in {path}"),
        (Outcome::Equal { unknown }, None) if unknown == skipped => return None,
        (Outcome::Equal { unknown }, None) => format!("skipped {unknown:?}, expected {skipped:?}"),
    };
    let faults = match example.faults {
        [] => String::new(),
        faults => format!(" (known mistakes: {})", faults.join("; ")),
    };
    Some(format!("{}: {what}{faults}", example.path))
}

/// The result of a round trip.
#[derive(Debug)]
pub enum Outcome {
    /// The encoded body is equal to the example, except for unknown parts, which were skipped.
    Equal {
        /// The paths of the unknown parts.
        unknown: BTreeSet<String>,
    },
    /// The encoded body differs from the example, or it could not be encoded.
    Different(String),
    /// The example could not be decoded.
    Error {
        /// `missing`, `value` or `other`.
        kind: &'static str,
        /// The path of the element, without positions.
        path: String,
        /// The whole error.
        message: String,
    },
}

/// A visitor that decodes and encodes the example of an operation.
#[derive(Debug)]
pub struct RoundTrip<'a> {
    example: &'a str,
    is_request: bool,
    /// The parts that are not kept, and that a decoder does not report.
    unreported: Vec<&'a str>,
}

impl OperationVisitor for RoundTrip<'_> {
    type Output = Outcome;

    fn visit<O: Operation>(self) -> Outcome {
        if self.is_request {
            self.run::<O::Codec, O::Request>(O::INFO.request)
        } else {
            self.run::<O::Codec, O::Response>(O::INFO.response)
        }
    }
}

impl RoundTrip<'_> {
    fn run<C: Codec<T>, T>(&self, names: BodyNames) -> Outcome {
        let options = DecodeOptions::default().report_unknown(true);
        let decoded = match C::decode(self.example.as_bytes(), names, &options) {
            Ok(decoded) => decoded,
            Err(error) => {
                let kind = match error.kind() {
                    DecodeErrorKind::Missing(_) => "missing",
                    DecodeErrorKind::Value { .. } => "value",
                    _ => "other",
                };
                return Outcome::Error {
                    kind,
                    path: without_positions(error.path()),
                    message: error.to_string(),
                };
            }
        };
        let encoded = match C::encode(&decoded.value, names, Style::Request) {
            Ok(encoded) => encoded.unwrap_or_default(),
            Err(error) => return Outcome::Different(error.to_string()),
        };
        let mut skipped = decoded.unknown.clone();
        skipped.extend(self.unreported.iter().map(|path| (*path).to_owned()));
        match round_trip_difference(self.example, &encoded, &skipped) {
            Some(difference) => Outcome::Different(difference),
            None => Outcome::Equal {
                unknown: decoded.unknown,
            },
        }
    }
}

/// Returns `Things/Thing/Name` for `Things/Thing[2]/Name`.
fn without_positions(path: &str) -> String {
    let names = path.split('/').map(|name| name.split('[').next().unwrap_or(name));
    names.collect::<Vec<_>>().join("/")
}
