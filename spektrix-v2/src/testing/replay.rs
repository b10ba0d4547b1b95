//! A transport that responds from a table, or from a folder of files.

use std::collections::{BTreeMap, VecDeque};
use std::ffi::OsStr;
use std::fmt::Display;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::Request;

use super::Reply;
use super::target::Target;
use crate::catalogue::Lists;
use crate::error::Error;
use crate::generated::operations::{
    self, GetBands, GetEvents, GetInstanceStatus, GetInstances, GetPlans, GetPriceLists, GetTicketTypes,
};
use crate::transport::{Transport, TransportError, TransportErrorKind, TransportFuture};

/// A transport that responds from a table, whose keys are names of operations, such as `GetEvents`, or paths below
/// `{client}/api/v2/`.
///
/// The parameters of a request are ignored, so all pages of a list are the same. So [`items`](crate::Call::items) fails
/// after a full page.
///
/// Clones share the table. A request for which the table has no reply fails with an error that names the operation.
#[derive(Debug, Clone, Default)]
pub struct Replay {
    replies: Arc<Mutex<BTreeMap<String, VecDeque<Reply>>>>,
}

impl Replay {
    /// Creates an empty table.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a table from the files of a folder. Each contains a body and is named after its operation: `GetEvents.xml`.
    /// Files with another extension are skipped.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) if the folder or a file cannot be read, if no operation has the name
    /// of a file, or if there is no XML file.
    pub fn from_folder(folder: impl AsRef<Path>) -> Result<Self, Error> {
        let bodies = read_bodies(folder.as_ref())?;
        let table = Self::new();
        Ok(bodies.into_iter().fold(table, |table, (operation, body)| {
            table.respond(operation, Reply::ok(body))
        }))
    }

    /// Adds a reply for an operation or a path. Several replies for one of them are used in order, and the last one is
    /// used for all further requests. If the table has replies for both, those for the operation are used.
    #[must_use]
    pub fn respond(self, operation: impl Into<String>, reply: impl Into<Reply>) -> Self {
        let mut replies = self.replies.lock().unwrap_or_else(PoisonError::into_inner);
        replies.entry(operation.into()).or_default().push_back(reply.into());
        drop(replies);
        self
    }

    /// Adds replies with these lists for the seven operations that load a [`Catalogue`](crate::catalogue::Catalogue).
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use spektrix_v2::catalogue::{Catalogue, Lists};
    /// use spektrix_v2::testing::Replay;
    /// use spektrix_v2::{Band, Client};
    ///
    /// let lists = Lists { bands: vec![Band::new(7, "Stalls")], ..Lists::default() };
    /// let replay = Replay::new().lists(&lists);
    /// let client = Client::builder("venue").api_key("not a real one").transport(replay).build()?;
    /// let catalogue = Catalogue::load(&client).await?;
    /// assert_eq!(catalogue, Catalogue::from(lists));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// As [`Reply::value`].
    #[must_use]
    pub fn lists(self, lists: &Lists) -> Self {
        self.respond("GetEvents", Reply::value::<GetEvents>(&lists.events))
            .respond("GetInstances", Reply::value::<GetInstances>(&lists.instances))
            .respond("GetInstanceStatus", Reply::value::<GetInstanceStatus>(&lists.statuses))
            .respond("GetPlans", Reply::value::<GetPlans>(&lists.plans))
            .respond("GetPriceLists", Reply::value::<GetPriceLists>(&lists.price_lists))
            .respond("GetBands", Reply::value::<GetBands>(&lists.bands))
            .respond("GetTicketTypes", Reply::value::<GetTicketTypes>(&lists.ticket_types))
    }

    fn next(&self, target: &Target<'_>) -> Result<Reply, TransportError> {
        let mut replies = self.replies.lock().unwrap_or_else(PoisonError::into_inner);
        let names = target.operation.into_iter().chain([target.path]);
        for name in names {
            let Some(queue) = replies.get_mut(name) else { continue };
            let next = match queue.len() {
                1 => queue.front().cloned(),
                _ => queue.pop_front(),
            };
            if let Some(reply) = next {
                return Ok(reply);
            }
        }
        let name = target.operation.unwrap_or(target.path);
        let why = format!("the replay has no reply for {name}");
        Err(TransportError::new(TransportErrorKind::Other, why))
    }
}

impl Transport for Replay {
    fn send(&self, request: Request<Bytes>) -> TransportFuture<'_> {
        let reply = self.next(&Target::of(&request));
        Box::pin(async { reply?.into_result() })
    }
}

/// Returns the operation and the body of each XML file in a folder.
fn read_bodies(folder: &Path) -> Result<Vec<(&'static str, Vec<u8>)>, Error> {
    let mut bodies = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| cannot_replay(folder, &error))? {
        let path = entry.map_err(|error| cannot_replay(folder, &error))?.path();
        if path.extension() == Some(OsStr::new("xml")) {
            let body = fs::read(&path).map_err(|error| cannot_replay(&path, &error))?;
            bodies.push((operation_of_file(&path)?, body));
        }
    }
    if bodies.is_empty() {
        return Err(cannot_replay(folder, &"the folder has no XML file"));
    }
    Ok(bodies)
}

fn operation_of_file(path: &Path) -> Result<&'static str, Error> {
    let name = path.file_stem();
    let mut names = operations::ALL.iter().map(|info| info.name);
    let found = names.find(|operation| Some(OsStr::new(operation)) == name);
    found.ok_or_else(|| cannot_replay(path, &"no operation has the name of this file"))
}

fn cannot_replay(path: &Path, why: &dyn Display) -> Error {
    Error::configuration(
        format!("cannot replay {}: {why}", path.display()),
        "a replay needs a folder with files that are named after operations, for example GetEvents.xml",
    )
}
