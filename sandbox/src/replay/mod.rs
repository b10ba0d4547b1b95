//! Responds from recorded bodies, byte for byte. Items of lists are filtered and paged, and can be edited.

mod edit;
mod item_filter;
mod recorded_body;

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use bytes::Bytes;
use http::StatusCode;
use spektrix_v2::{Effect, OperationInfo, operations};

use crate::api::{Call, Refusal, Reply, is_paged};
use crate::custom_data::{EditError, VenueData};
use crate::error::StartError;
use edit::Bodies;
use item_filter::{INSTANCES, ItemFilter};
use recorded_body::RecordedBody;

/// The only operation that returns a list of the venue without paging.
const UNPAGED_LIST: &str = "GetFixedSeries";

/// The recorded bodies of a folder, by operation.
pub(crate) struct Replay {
    folder: PathBuf,
    initial: Arc<Bodies>,
    current: RwLock<Arc<Bodies>>,
    /// Held while an edit is prepared, so that no edit is based on bodies that another one replaces.
    edits: Mutex<()>,
    /// The bodies of operations that read no list of the venue. They are returned as they are.
    other: BTreeMap<&'static str, Bytes>,
}

impl Replay {
    /// Reads the recorded bodies of all operations that have a file in the folder.
    pub(crate) fn load(folder: &Path) -> Result<Self, StartError> {
        let (mut lists, mut other) = (Bodies::new(), BTreeMap::new());
        for operation in operations::ALL
            .iter()
            .filter(|operation| operation.effect == Effect::Read)
        {
            let path = file(folder, operation.name);
            let Some(body) = read(&path)? else { continue };
            if is_list(operation) {
                lists.insert(operation.name, Arc::new(parse(&path, body)?));
            } else {
                other.insert(operation.name, Bytes::from(body));
            }
        }
        if lists.is_empty() && other.is_empty() {
            return Err(StartError::new(format!(
                "there is nothing to replay in {}: a file is named after its operation, such as GetEvents.xml",
                folder.display()
            )));
        }
        let initial = Arc::new(lists);
        Ok(Self {
            folder: folder.to_owned(),
            current: RwLock::new(Arc::clone(&initial)),
            initial,
            edits: Mutex::default(),
            other,
        })
    }

    pub(crate) fn respond(&self, call: &Call<'_>) -> Result<Reply, Refusal> {
        if let Some(body) = self.other.get(call.operation.name) {
            return Ok(Reply::xml(body.clone()));
        }
        let bodies = self.bodies();
        let body = bodies
            .get(call.operation.name)
            .ok_or_else(|| self.not_recorded(call.operation))?;
        let instances = bodies.get(INSTANCES).map(|body| body.items.as_slice());
        let filter = ItemFilter::new(call.parameters, instances);
        let mut items = filter
            .apply(&body.items)
            .map_err(|problem| cannot_filter(call.operation.name, &problem))?;
        if is_paged(call.operation) {
            items = call.parameters.page().of(items.into_iter()).collect();
        }
        Ok(Reply::xml(body.page(&items)))
    }

    /// Returns the recorded lists. A list that was not recorded is empty.
    pub(crate) fn data(&self) -> Result<VenueData, EditError> {
        edit::decode_all(&self.bodies())
    }

    /// Edits the recorded lists. Either the whole change is applied between two requests, or nothing changes.
    pub(crate) fn edit(&self, change: impl FnOnce(&mut VenueData) -> Result<(), EditError>) -> Result<(), EditError> {
        let _edit = self.edits.lock().unwrap_or_else(PoisonError::into_inner);
        let edited = edit::edited(&self.bodies(), change)?;
        self.set(Arc::new(edited));
        Ok(())
    }

    /// Undoes all edits.
    pub(crate) fn reset(&self) {
        let _edit = self.edits.lock().unwrap_or_else(PoisonError::into_inner);
        self.set(Arc::clone(&self.initial));
    }

    fn bodies(&self) -> Arc<Bodies> {
        // A panic in one request must not make all later ones fail, here and below.
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn set(&self, bodies: Arc<Bodies>) {
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = bodies;
    }

    fn not_recorded(&self, operation: &OperationInfo) -> Refusal {
        let name = operation.name;
        let message = if operation.effect == Effect::Read {
            let file = file(&self.folder, name);
            format!("There is no recorded body for {name}: {} is missing.", file.display())
        } else {
            format!("A replay has no writes, and {name} is one.")
        };
        Refusal::new(StatusCode::NOT_FOUND, message)
    }
}

/// Returns whether the operation returns a list, whose items can be told apart.
fn is_list(operation: &OperationInfo) -> bool {
    is_paged(operation) || operation.name == UNPAGED_LIST
}

fn cannot_filter(operation: &str, problem: &str) -> Refusal {
    Refusal::invalid(format!(
        "The recorded bodies cannot be filtered for this {operation}: {problem}."
    ))
}

fn file(folder: &Path, operation: &str) -> PathBuf {
    folder.join(format!("{operation}.xml"))
}

/// Reads a recorded body, if there is one.
fn read(path: &Path) -> Result<Option<Vec<u8>>, StartError> {
    match std::fs::read(path) {
        Ok(body) => Ok(Some(body)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(cannot_read(path, error)),
    }
}

/// Splits a recorded list, which must be in UTF-8.
fn parse(path: &Path, body: Vec<u8>) -> Result<RecordedBody, StartError> {
    let text = String::from_utf8(body).map_err(|error| cannot_read(path, io::Error::other(error)))?;
    RecordedBody::parse(text).map_err(|error| {
        StartError::new(format!(
            "the recorded body {} cannot be replayed: {error}",
            path.display()
        ))
    })
}

fn cannot_read(path: &Path, error: io::Error) -> StartError {
    StartError::caused_by(format!("could not read the recorded body {}", path.display()), error)
}
