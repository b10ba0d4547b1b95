//! A fetch into a temporary folder, and its results.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tempfile::TempDir;
use xtask::fetch::{self, Limits, Options, Progress, Summary, TlsFiles};

use crate::page_server::PageServer;

/// A temporary folder to fetch into, the options, and the progress that was printed.
pub(crate) struct FetchTest {
    temp: TempDir,
    pub(crate) options: Options,
    output: Output,
}

#[derive(Clone, Default)]
struct Output(Arc<Mutex<Vec<u8>>>);

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl FetchTest {
    pub(crate) fn new(server: &PageServer) -> anyhow::Result<Self> {
        let temp = TempDir::new()?;
        let options = Options {
            base: server.base()?,
            api_key: None,
            out: temp.path().join("schemas"),
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
            temp,
            options,
            output: Output::default(),
        })
    }

    pub(crate) async fn fetch(&self) -> anyhow::Result<Summary> {
        fetch::fetch(&self.options, &Progress::lines(self.output.clone())).await
    }

    /// Returns the error of a fetch that must fail, without what differs from run to run.
    pub(crate) async fn error(&self, server: &PageServer) -> String {
        match self.fetch().await {
            Ok(summary) => format!("no error: {summary}"),
            Err(error) => self.stable(&format!("{error:#}"), server),
        }
    }

    /// Returns the lines of progress.
    pub(crate) fn progress(&self) -> Vec<String> {
        let output = self.output.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&output).lines().map(str::to_owned).collect()
    }

    /// Replaces what differs from run to run.
    pub(crate) fn stable(&self, text: &str, server: &PageServer) -> String {
        text.replace(&self.temp.path().display().to_string(), "TEMP")
            .replace(&server.host(), "HOST")
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.options.out.join(file)
    }

    /// Returns the text of a file in the folder; empty if it cannot be read.
    pub(crate) fn text(&self, file: &str) -> String {
        std::fs::read_to_string(self.path(file)).unwrap_or_default()
    }

    /// Returns everything in the temporary folder, also what is left next to the fetched folder.
    pub(crate) fn files(&self) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
        files_below(self.temp.path())
    }

    pub(crate) fn names(&self) -> anyhow::Result<Vec<String>> {
        Ok(self.files()?.into_keys().collect())
    }
}

/// Returns all files below a folder, by relative path. An empty folder counts as an empty file.
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
