//! One fetch into a folder of its own, and what came of it.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tempfile::TempDir;
use xtask::fetch::{self, Limits, Options, Progress, Summary, TlsFiles};

use crate::page_server::PageServer;

/// A folder to fetch into, the options to do so, and what was said meanwhile.
pub(crate) struct Trial {
    room: TempDir,
    pub(crate) options: Options,
    said: Said,
}

#[derive(Clone, Default)]
struct Said(Arc<Mutex<Vec<u8>>>);

impl Write for Said {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Trial {
    pub(crate) fn new(server: &PageServer) -> anyhow::Result<Self> {
        let room = TempDir::new()?;
        let options = Options {
            base: server.base()?,
            api_key: None,
            out: room.path().join("schemas"),
            origin: "a test".to_owned(),
            only: Vec::new(),
            tls: TlsFiles::default(),
            limits: Limits {
                first_wait: Duration::from_millis(1),
                longest_wait: Duration::from_millis(5),
                ..Limits::default()
            },
            date: jiff::civil::date(2026, 3, 14),
        };
        Ok(Self {
            room,
            options,
            said: Said::default(),
        })
    }

    pub(crate) async fn fetch(&self) -> anyhow::Result<Summary> {
        fetch::fetch(&self.options, &Progress::lines(self.said.clone())).await
    }

    /// The error of a fetch that must fail, with what differs from run to run replaced.
    pub(crate) async fn error(&self, server: &PageServer) -> String {
        match self.fetch().await {
            Ok(summary) => format!("no error: {summary}"),
            Err(error) => self.steady(&format!("{error:#}"), server),
        }
    }

    /// What was said meanwhile, one line each.
    pub(crate) fn said(&self) -> Vec<String> {
        let said = self.said.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&said).lines().map(str::to_owned).collect()
    }

    pub(crate) fn steady(&self, text: &str, server: &PageServer) -> String {
        text.replace(&self.room.path().display().to_string(), "ROOM")
            .replace(&server.host(), "HOST")
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.options.out.join(file)
    }

    /// The text of a file in the folder; empty when it cannot be read.
    pub(crate) fn text(&self, file: &str) -> String {
        std::fs::read_to_string(self.path(file)).unwrap_or_default()
    }

    /// Everything below the room, so that a leftover beside the folder shows too.
    pub(crate) fn room(&self) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
        files_below(self.room.path())
    }

    pub(crate) fn names(&self) -> anyhow::Result<Vec<String>> {
        Ok(self.room()?.into_keys().collect())
    }
}

/// All files below a folder, by relative path; an empty folder counts as a file of no bytes.
pub(crate) fn files_below(folder: &Path) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            let below = files_below(&entry.path())?;
            if below.is_empty() {
                files.insert(format!("{name}/"), Vec::new());
            }
            files.extend(below.into_iter().map(|(file, bytes)| (format!("{name}/{file}"), bytes)));
        } else {
            files.insert(name, std::fs::read(entry.path())?);
        }
    }
    Ok(files)
}
