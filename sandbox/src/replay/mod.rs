//! Responds to list operations from recorded bodies. Items are filtered and paged, and returned byte for byte.

mod item_filter;
mod recorded_body;

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use http::StatusCode;
use spektrix_v2::{OperationInfo, operations};

use crate::api::{Call, Refusal, Reply, is_paged};
use crate::error::StartError;
use item_filter::{INSTANCES, ItemFilter};
use recorded_body::RecordedBody;

/// The recorded bodies of a folder, by operation.
pub(crate) struct Replay {
    folder: PathBuf,
    bodies: BTreeMap<&'static str, RecordedBody>,
}

impl Replay {
    /// Reads the recorded bodies of all list operations that have a file in the folder.
    pub(crate) fn load(folder: &Path) -> Result<Self, StartError> {
        let mut bodies = BTreeMap::new();
        for operation in operations::ALL.iter().filter(|operation| is_paged(operation)) {
            if let Some(body) = load(&file(folder, operation.name))? {
                bodies.insert(operation.name, body);
            }
        }
        if bodies.is_empty() {
            return Err(StartError::new(format!(
                "there is nothing to replay in {}: a file is named after its list operation, such as GetEvents.xml",
                folder.display()
            )));
        }
        Ok(Self {
            folder: folder.to_owned(),
            bodies,
        })
    }

    pub(crate) fn respond(&self, call: &Call<'_>) -> Result<Reply, Refusal> {
        let body = self.body(call.operation)?;
        let instances = self.bodies.get(INSTANCES).map(|body| body.items.as_slice());
        let filter = ItemFilter::new(call.parameters, instances);
        let items = filter
            .apply(&body.items)
            .map_err(|problem| cannot_filter(call.operation.name, &problem))?;
        Ok(Reply::xml(
            body.with_items(call.parameters.page().of(items.into_iter())),
        ))
    }

    fn body(&self, operation: &OperationInfo) -> Result<&RecordedBody, Refusal> {
        let name = operation.name;
        self.bodies.get(name).ok_or_else(|| {
            let message = if is_paged(operation) {
                let file = file(&self.folder, name);
                format!("There is no recorded body for {name}: {} is missing.", file.display())
            } else {
                format!("A replay only has list operations, and {name} is not one.")
            };
            Refusal::new(StatusCode::NOT_FOUND, message)
        })
    }
}

fn cannot_filter(operation: &str, problem: &str) -> Refusal {
    Refusal::invalid(format!(
        "The recorded bodies cannot be filtered for this {operation}: {problem}."
    ))
}

fn file(folder: &Path, operation: &str) -> PathBuf {
    folder.join(format!("{operation}.xml"))
}

fn load(path: &Path) -> Result<Option<RecordedBody>, StartError> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            let message = format!("could not read the recorded body {}", path.display());
            return Err(StartError::caused_by(message, error));
        }
    };
    RecordedBody::parse(text).map(Some).map_err(|error| {
        StartError::new(format!(
            "the recorded body {} cannot be replayed: {error}",
            path.display()
        ))
    })
}
