//! Reads the lists, and reports what each of them contains.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;
use spektrix_v2::{
    Client, DecodeError, DecodeErrorKind, DecodeOptions, Operation, OperationInfo, OperationVisitor, operations,
};

use super::fields::{Fields, Seen};
use crate::commands::public_lists;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Progress;

/// What the lists of a venue contain. It has names and counts, no values.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    /// The version of this format.
    pub(super) version: u32,
    pub(super) lists: Vec<ListReport>,
}

/// What one list contains.
#[derive(Debug, Serialize)]
pub(super) struct ListReport {
    pub(super) operation: &'static str,
    pub(super) objects: usize,
    /// By path below an item.
    pub(super) fields: BTreeMap<String, Seen>,
    /// Elements and attributes that the schema does not have.
    pub(super) unknown: BTreeSet<String>,
    pub(super) failure: Option<ListFailure>,
}

/// Why a list could not be read.
#[derive(Debug, Serialize)]
pub(super) struct ListFailure {
    #[serde(skip)]
    exit: Exit,
    /// For a value that does not fit: where it is, and what was expected, without the value.
    pub(super) message: String,
    /// For a response that cannot be decoded: where it stopped.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    /// For a value that does not fit: what was expected.
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<&'static str>,
}

impl ListFailure {
    fn of_request(failure: &Failure) -> Self {
        Self {
            exit: failure.exit(),
            message: failure.to_string(),
            path: None,
            expected: None,
        }
    }

    fn of_body(error: &DecodeError) -> Self {
        let expected = match error.kind() {
            DecodeErrorKind::Value { expected, .. } => Some(*expected),
            _ => None,
        };
        Self {
            exit: Exit::Mismatch,
            message: without_value(error),
            path: Some(error.path().to_owned()),
            expected,
        }
    }

    pub(super) fn exit(&self) -> Exit {
        self.exit
    }
}

/// Reads one list after the other. One that fails does not stop the rest.
pub(super) async fn read_all(client: &Client) -> Report {
    let mut lists = Vec::new();
    let progress = Progress::new(public_lists::all().count());
    for info in public_lists::all() {
        progress.begin(info.name);
        lists.push(read(client, info).await);
    }
    Report { version: 1, lists }
}

async fn read(client: &Client, info: &OperationInfo) -> ListReport {
    let mut report = ListReport {
        operation: info.name,
        objects: 0,
        fields: BTreeMap::new(),
        unknown: BTreeSet::new(),
        failure: None,
    };
    match public_lists::read(client, info).await {
        Ok(body) => report.add(&body),
        Err(failure) => {
            report.failure = Some(ListFailure::of_request(&failure));
        }
    }
    report
}

impl ListReport {
    fn add(&mut self, body: &[u8]) {
        match operations::visit(self.operation, ToValue { body }) {
            Some(Ok((value, unknown))) => {
                let objects = value.as_array().map_or(&[][..], Vec::as_slice);
                let mut fields = Fields::default();
                for object in objects {
                    fields.count(object);
                }
                self.objects = objects.len();
                self.fields = fields.into_map();
                self.unknown = unknown;
            }
            Some(Err(error)) => {
                self.failure = Some(ListFailure::of_body(&error));
            }
            None => {}
        }
    }
}

/// Describes a decode error without the value that did not fit.
fn without_value(error: &DecodeError) -> String {
    match error.kind() {
        DecodeErrorKind::Value { expected, .. } => format!("a value in {} is not {expected}", error.path()),
        _ => error.to_string(),
    }
}

/// Decodes a response of the operation that it visits to JSON.
struct ToValue<'a> {
    body: &'a [u8],
}

impl OperationVisitor for ToValue<'_> {
    type Output = Result<(Value, BTreeSet<String>), DecodeError>;

    fn visit<O: Operation>(self) -> Self::Output {
        let options = DecodeOptions::default().report_unknown(true);
        let decoded = O::decode_response(self.body, &options)?;
        // Every type of a body serializes: its maps have strings as keys.
        let value = serde_json::to_value(&decoded.value).unwrap_or_default();
        Ok((value, decoded.unknown.into_iter().collect()))
    }
}
