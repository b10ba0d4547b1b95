//! Answers from a table.

use std::collections::{BTreeMap, VecDeque};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::Request;

use super::target::Target;
use super::{Reply, folder};
use crate::error::Error;
use crate::transport::{Transport, TransportError, TransportFault, TransportFuture};

/// A transport that answers from a table: by the name of the operation, `GetEvents`, or by the path below
/// `{client}/api/v2/`.
///
/// What is asked for plays no part: the body comes as it is, whatever the parameters say. So a walk through
/// [`items`](crate::Call::items) with a full page ends with an error, because the next page is the same.
///
/// Clones share the table. A request that it has no answer for fails, and the error names the operation.
#[derive(Debug, Clone, Default)]
pub struct Replay {
    answers: Arc<Mutex<BTreeMap<String, VecDeque<Reply>>>>,
}

impl Replay {
    /// A table without answers.
    pub fn new() -> Self {
        Self::default()
    }

    /// The bodies of a folder, each named after its operation: `GetEvents.xml`. Other files are passed over.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) if the folder or a file cannot be read, if a file is named
    /// after no operation, or if there is none at all.
    pub fn from_folder(folder: impl AsRef<Path>) -> Result<Self, Error> {
        let bodies = folder::bodies(folder.as_ref())?;
        let table = Self::new();
        Ok(bodies.into_iter().fold(table, |table, (operation, body)| {
            table.answer(operation, Reply::ok(body))
        }))
    }

    /// Adds an answer. If there is more than one for an operation, they come in turn, and the last one stays.
    #[must_use]
    pub fn answer(self, operation: impl Into<String>, reply: impl Into<Reply>) -> Self {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.entry(operation.into()).or_default().push_back(reply.into());
        drop(answers);
        self
    }

    fn next(&self, target: &Target<'_>) -> Result<Reply, TransportError> {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let names = target.operation.into_iter().chain([target.path]);
        for name in names {
            let Some(turns) = answers.get_mut(name) else { continue };
            let next = match turns.len() {
                1 => turns.front().cloned(),
                _ => turns.pop_front(),
            };
            if let Some(reply) = next {
                return Ok(reply);
            }
        }
        let name = target.operation.unwrap_or(target.path);
        let why = format!("there is no answer for {name} to replay");
        Err(TransportError::new(TransportFault::Other, why))
    }
}

impl Transport for Replay {
    fn send(&self, request: Request<Bytes>) -> TransportFuture<'_> {
        let reply = self.next(&Target::of(&request));
        Box::pin(async { reply?.into_result() })
    }
}
