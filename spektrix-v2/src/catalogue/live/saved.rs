//! The file of a live catalogue: a header, and each list as XML, as the service sends it.
//!
//! XML and not JSON, because its encoder and decoder are there already, and because the format does not depend on the
//! version of this crate.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use jiff::Timestamp;
use tokio::task::spawn_blocking;

use super::snapshot::Snapshot;
use crate::catalogue::Lists;
use crate::catalogue::lists::StartRange;
use crate::client::Client;
use crate::error::Error;
use crate::generated::operations::{
    GetBands, GetEvents, GetInstanceStatus, GetInstances, GetPlans, GetPriceLists, GetTicketTypes,
};
use crate::operation::{Operation, QueryDate};
use crate::runtime::{DecodeOptions, EncodeError, Text};

/// The first line. Another number would mean another format.
const FORMAT: &str = "spektrix-v2 catalogue 1";

/// A file, and what it is for.
#[derive(Debug, Clone)]
pub(super) struct CatalogueFile {
    path: PathBuf,
    /// The venue and the range: a file for other ones is not used.
    scope: String,
}

/// The content of a file.
#[derive(Debug)]
pub(super) struct Saved {
    pub(super) lists: Lists,
    pub(super) loaded_at: Timestamp,
    pub(super) statuses_at: Timestamp,
}

impl CatalogueFile {
    pub(super) fn new(path: PathBuf, client: &Client, range: StartRange) -> Self {
        let end = |date: Option<QueryDate>| {
            let mut text = String::new();
            if let Some(date) = date {
                date.print(&mut text);
            }
            text
        };
        let scope = format!("{} {}..{}", client.root(), end(range.from), end(range.to));
        Self { path, scope }
    }

    /// Reads the file. A file that cannot be used is logged: the catalogue is loaded instead.
    pub(super) async fn read(&self) -> Option<Saved> {
        let file = self.clone();
        let read = spawn_blocking(
            move || match check_type(&file.path).and_then(|()| fs::read(&file.path)) {
                Ok(bytes) => decode(&bytes, &file.scope).map(Some),
                // The first start.
                Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
                Err(error) => Err(error.to_string()),
            },
        );
        read.await
            .unwrap_or_else(|error| Err(error.to_string()))
            .unwrap_or_else(|why| {
                tracing::warn!(
                    "{} is not used as a catalogue, and will be replaced: {why}",
                    self.path.display()
                );
                None
            })
    }

    /// Writes the file. The future has its own copy of the snapshot.
    pub(super) fn write(&self, snapshot: &Snapshot) -> impl Future<Output = Result<(), Error>> + Send + use<> {
        let Self { path, scope } = self.clone();
        let (catalogue, times) = (snapshot.catalogue.clone(), [snapshot.loaded_at, snapshot.statuses_at]);
        async move {
            let shown = path.display().to_string();
            let write = spawn_blocking(move || {
                check_type(&path)?;
                let bytes = encode(&catalogue.lists, times, &scope).map_err(io::Error::other)?;
                replace(&path, &bytes)
            });
            let result = write.await.unwrap_or_else(|error| Err(io::Error::other(error)));
            result.map_err(|error| Error::file(format!("{shown} cannot be written: {error}")))
        }
    }
}

/// Checks that a path leads to a regular file or to nothing. To read a pipe or a device may not end, and it must not be replaced.
fn check_type(path: &Path) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() => Err(io::Error::other("it is not a regular file")),
        _ => Ok(()),
    }
}

fn encode(lists: &Lists, [loaded_at, statuses_at]: [Timestamp; 2], scope: &str) -> Result<Vec<u8>, EncodeError> {
    let mut bytes = format!("{FORMAT}\nscope {scope}\nloaded {loaded_at}\nstatuses {statuses_at}\n").into_bytes();
    put::<GetEvents>(&mut bytes, &lists.events)?;
    put::<GetInstances>(&mut bytes, &lists.instances)?;
    put::<GetInstanceStatus>(&mut bytes, &lists.statuses)?;
    put::<GetPlans>(&mut bytes, &lists.plans)?;
    put::<GetPriceLists>(&mut bytes, &lists.price_lists)?;
    put::<GetBands>(&mut bytes, &lists.bands)?;
    put::<GetTicketTypes>(&mut bytes, &lists.ticket_types)?;
    Ok(bytes)
}

/// Appends a line with the name and the length of a list, and its body.
fn put<O: Operation>(bytes: &mut Vec<u8>, list: &O::Response) -> Result<(), EncodeError> {
    let body = O::encode_response(list)?.unwrap_or_default();
    bytes.extend(format!("{} {}\n{body}\n", O::INFO.name, body.len()).bytes());
    Ok(())
}

fn decode(bytes: &[u8], scope: &str) -> Result<Saved, String> {
    let mut rest = bytes;
    if take_line(&mut rest)? != FORMAT {
        return Err(format!("it does not begin with {FORMAT:?}"));
    }
    let of = take_field::<String>(&mut rest, "scope")?;
    if of != scope {
        return Err(format!("it is for {of}, not for {scope}"));
    }
    Ok(Saved {
        loaded_at: take_field(&mut rest, "loaded")?,
        statuses_at: take_field(&mut rest, "statuses")?,
        lists: Lists {
            events: take_list::<GetEvents>(&mut rest)?,
            instances: take_list::<GetInstances>(&mut rest)?,
            statuses: take_list::<GetInstanceStatus>(&mut rest)?,
            plans: take_list::<GetPlans>(&mut rest)?,
            price_lists: take_list::<GetPriceLists>(&mut rest)?,
            bands: take_list::<GetBands>(&mut rest)?,
            ticket_types: take_list::<GetTicketTypes>(&mut rest)?,
        },
    })
}

fn take_line<'a>(rest: &mut &'a [u8]) -> Result<&'a str, String> {
    let end = memchr::memchr(b'\n', rest).ok_or("it ends early")?;
    let (line, after) = rest.split_at(end);
    *rest = &after[1..];
    std::str::from_utf8(line).map_err(|_| "a line is not text".to_owned())
}

/// Takes a line with a name and a value.
fn take_field<T: FromStr>(rest: &mut &[u8], name: &str) -> Result<T, String> {
    let line = take_line(rest)?;
    let value = line.split_once(' ').filter(|(field, _)| *field == name);
    let value = value.and_then(|(_, value)| value.parse().ok());
    value.ok_or_else(|| format!("{line:?} is not the line `{name}`"))
}

fn take_list<O: Operation>(rest: &mut &[u8]) -> Result<O::Response, String> {
    let length: usize = take_field(rest, O::INFO.name)?;
    let (body, after) = rest.split_at_checked(length).ok_or("it ends early")?;
    *rest = after.strip_prefix(b"\n").ok_or("the length of a list is wrong")?;
    // It is as long as the file, which was read already.
    let options = DecodeOptions::default().max_bytes(usize::MAX);
    let decoded = O::decode_response(body, &options).map_err(|error| format!("{}: {error}", O::INFO.name))?;
    Ok(decoded.value)
}

/// Writes a file beside its place and renames it: a rename within a folder is atomic, and a crash leaves the old file.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = path.file_name().ok_or(ErrorKind::InvalidInput)?.to_string_lossy();
    let beside = path.with_file_name(format!(".{name}-{:016x}.part", fastrand::u64(..)));
    let written = write_all(&beside, bytes).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // An error here would hide the first one.
        let _ = fs::remove_file(&beside);
    }
    written
}

fn write_all(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    // Without this, the new name could point to an empty file after a power failure.
    file.sync_all()
}
