//! An example is read, written again, and must say the same. One that its own page gets wrong must fail exactly as told.

use std::collections::BTreeSet;

use spektrix_v2::runtime::{Codec, Style};
use spektrix_v2::{BodyNames, DecodeErrorKind, DecodeOptions, Operation, OperationVisitor};
use spektrix_v2_codegen::diff::round_trip_difference;

/// An example page, and what its pages say must come of it.
#[derive(Debug)]
pub(crate) struct Example {
    /// Its path: `GetThing/response.xml`.
    pub(crate) path: &'static str,
    /// What the types have no place for.
    pub(crate) passed_over: &'static [&'static str],
    /// Why it cannot be read, if it cannot: the kind of the fault, and the element.
    pub(crate) refused: Option<(&'static str, &'static str)>,
    /// What is wrong with it, in words.
    pub(crate) faults: &'static [&'static str],
}

/// What became of an example instead of what must, if anything.
pub(crate) fn wrong(
    example: &Example,
    text: &str,
    visit: impl FnOnce(&str, Again<'_>) -> Option<Outcome>,
) -> Option<String> {
    let (operation, side) = example.path.trim_end_matches(".xml").split_once('/')?;
    let again = Again {
        example: text,
        is_request: side == "request",
        texts: example
            .passed_over
            .iter()
            .filter(|path| path.ends_with("/text()"))
            .copied()
            .collect(),
    };
    let outcome = visit(operation, again).unwrap_or_else(|| Outcome::Differs("there is no such operation".to_owned()));
    let what = match (outcome, example.refused) {
        (Outcome::Refused { kind, path, .. }, Some(expected)) if expected == (kind, path.as_str()) => return None,
        (Outcome::Refused { what, .. } | Outcome::Differs(what), _) => what,
        (Outcome::Same(_), Some((kind, path))) => format!("is read, in spite of the {kind} in {path}"),
        (Outcome::Same(unknown), None) => {
            let known = example.passed_over.iter().filter(|path| !path.ends_with("/text()"));
            let known: BTreeSet<String> = known.map(|path| (*path).to_owned()).collect();
            if unknown == known {
                return None;
            }
            format!("passes over {unknown:?}, not {known:?}")
        }
    };
    let known = match example.faults {
        [] => String::new(),
        faults => format!(" (known to be wrong: {})", faults.join("; ")),
    };
    Some(format!("{}: {what}{known}", example.path))
}

/// What became of an example.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// It says the same when written again; but for these, which were passed over.
    Same(BTreeSet<String>),
    /// It says something else.
    Differs(String),
    /// It cannot be read.
    Refused {
        /// `missing`, `value`, or something else.
        kind: &'static str,
        /// The element in question.
        path: String,
        /// The whole error.
        what: String,
    },
}

/// Reads and writes the example of an operation.
#[derive(Debug)]
pub(crate) struct Again<'a> {
    example: &'a str,
    is_request: bool,
    /// Texts that no type has a place for. A decoder does not tell of them.
    texts: Vec<&'static str>,
}

impl OperationVisitor for Again<'_> {
    type Output = Outcome;

    fn visit<O: Operation>(self) -> Outcome {
        match self.is_request {
            true => again::<O::Codec, O::Request>(self.example, O::INFO.request, &self.texts),
            false => again::<O::Codec, O::Response>(self.example, O::INFO.response, &self.texts),
        }
    }
}

/// Help pages write one constant for every time, without an offset.
const TIME: &str = "1999-05-31T11:20:00";

fn again<C: Codec<T>, T>(example: &str, names: BodyNames, texts: &[&str]) -> Outcome {
    let options = DecodeOptions::default().report_unknown(true);
    let decoded = match C::decode(example.as_bytes(), names, &options) {
        Ok(decoded) => decoded,
        Err(error) => {
            let kind = match error.kind() {
                DecodeErrorKind::Missing(_) => "missing",
                DecodeErrorKind::Value { .. } => "value",
                _ => "other",
            };
            return Outcome::Refused {
                kind,
                path: without_numbers(error.path()),
                what: error.to_string(),
            };
        }
    };
    let written = match C::encode(&decoded.value, names, Style::Request) {
        Ok(written) => written.unwrap_or_default(),
        Err(error) => return Outcome::Differs(error.to_string()),
    };
    let example = example.replace(&format!("Utc>{TIME}<"), &format!("Utc>{TIME}Z<"));
    let example = example.replace(&format!("Utc=\"{TIME}\""), &format!("Utc=\"{TIME}Z\""));
    let mut passed_over = decoded.unknown.clone();
    passed_over.extend(texts.iter().map(|path| (*path).to_owned()));
    match round_trip_difference(&example, &written, &passed_over) {
        Some(what) => Outcome::Differs(what),
        None => Outcome::Same(decoded.unknown),
    }
}

/// `Things/Thing[2]/Name` as `Things/Thing/Name`
fn without_numbers(path: &str) -> String {
    let parts = path.split('/').map(|part| part.split('[').next().unwrap_or(part));
    parts.collect::<Vec<_>>().join("/")
}
