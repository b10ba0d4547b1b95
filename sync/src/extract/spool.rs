//! Rows that are waiting to be written: in memory while they are few, and then in a temporary file.

use std::io::{BufReader, BufWriter, Seek as _, SeekFrom, Write as _};

use tempfile::SpooledTempFile;

use crate::error::{Error, Result};

/// The bytes that each spool keeps in memory. A first run has about ten of them at a time.
const IN_MEMORY: usize = 1024 * 1024;

/// Rows in the text format of `COPY`. The temporary file has no name, and ends with the process.
pub(crate) struct Spool {
    file: BufWriter<SpooledTempFile>,
    is_empty: bool,
}

impl Spool {
    pub(crate) fn new() -> Self {
        Self {
            file: BufWriter::new(tempfile::spooled_tempfile(IN_MEMORY)),
            is_empty: true,
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.is_empty
    }

    pub(crate) fn write(&mut self, rows: &[u8]) -> Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        self.is_empty = false;
        self.file.write_all(rows).map_err(failed)
    }

    /// Returns the rows from the first on.
    pub(crate) fn into_reader(self) -> Result<BufReader<SpooledTempFile>> {
        let mut file = self.file.into_inner().map_err(|error| failed(error.into_error()))?;
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        Ok(BufReader::with_capacity(64 * 1024, file))
    }
}

fn failed(error: std::io::Error) -> Error {
    Error::io("write a temporary file", error).with_hint("free some space, or set TMPDIR to another folder")
}
