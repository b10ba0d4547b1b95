//! The schemas folder, which is replaced in one step.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail, ensure};

use super::lock::{self, Lock};
use crate::staging::{self, Staging};

/// The files of the folder, by path below it.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// The only file in the folder that is written by hand.
const README: &str = "README.md";

/// A folder that can be replaced: it contains only files that a fetch wrote, and the README.
pub(super) struct Folder {
    path: PathBuf,
    /// The content of `lock.toml`, if there is one.
    pub(super) lock: Option<Lock>,
}

impl Folder {
    /// Checks, before anything is fetched, that the folder can be replaced.
    pub(super) fn open(out: &Path) -> anyhow::Result<Self> {
        // A symbolic link stays: its target is replaced.
        let path = Staging::beside(out)?.target().to_owned();
        let exists = path.exists();
        ensure!(!exists || path.is_dir(), "{} is not a folder", path.display());
        let mut folder = Self { path, lock: None };
        if exists {
            folder.lock = folder.read_lock()?;
            folder.refuse_foreign_files()?;
        }
        Ok(folder)
    }

    /// Reads a file of the folder.
    pub(super) fn read(&self, file: &str) -> anyhow::Result<Vec<u8>> {
        let path = self.path.join(file);
        fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
    }

    /// Replaces everything but the README.
    pub(super) fn replace(&self, files: &Files) -> anyhow::Result<()> {
        let staging = Staging::beside(&self.path)?;
        let new = staging.new_folder();
        staging::write_files(
            &new,
            files.iter().map(|(file, bytes)| (file.as_str(), bytes.as_slice())),
        )?;
        let readme = self.path.join(README);
        if readme.exists() {
            fs::copy(&readme, new.join(README)).with_context(|| format!("cannot copy {}", readme.display()))?;
        }
        staging.replace()?;
        staging.close()
    }

    fn read_lock(&self) -> anyhow::Result<Option<Lock>> {
        if !self.path.join(lock::FILE).exists() {
            return Ok(None);
        }
        let text = String::from_utf8(self.read(lock::FILE)?).map_err(|_| anyhow!("{} is not UTF-8", lock::FILE))?;
        Lock::parse(&text).map(Some)
    }

    fn refuse_foreign_files(&self) -> anyhow::Result<()> {
        let pages = self
            .lock
            .iter()
            .flat_map(|lock| &lock.pages)
            .map(|page| page.file.as_str());
        let known: BTreeSet<&str> = pages.chain([README, lock::FILE]).collect();
        let foreign: Vec<String> = files_below(&self.path, "")?
            .into_iter()
            .filter(|file| !known.contains(file.as_str()))
            .collect();
        match foreign.as_slice() {
            [] => Ok(()),
            [first, rest @ ..] => bail!(
                "{} holds {first}{}, which fetch did not write and would remove; move them, or choose another --out",
                self.path.display(),
                if rest.is_empty() {
                    String::new()
                } else {
                    format!(" and {} more", rest.len())
                }
            ),
        }
    }
}

/// Returns the paths of all files below a folder, with forward slashes.
fn files_below(folder: &Path, prefix: &str) -> anyhow::Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry.with_context(|| format!("cannot read {}", folder.display()))?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry
            .file_type()
            .with_context(|| format!("cannot read {name}"))?
            .is_dir()
        {
            files.extend(files_below(&entry.path(), &format!("{name}/"))?);
        } else {
            files.push(name);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::{Files, Folder, fs};

    #[test]
    fn a_failed_swap_restores_the_old_folder() -> anyhow::Result<()> {
        let temp = tempfile::TempDir::new()?;
        let out = temp.path().join("schemas");
        fs::create_dir(&out)?;
        let folder = Folder::open(&out)?;
        fs::write(out.join("page"), "old")?;
        // Without files there is no new folder, so nothing can take the place of the old one.
        let error = folder.replace(&Files::new()).err().map(|error| error.to_string());
        assert_eq!(
            error,
            Some(format!("cannot replace {}", fs::canonicalize(&out)?.display()))
        );
        assert_eq!(fs::read_to_string(out.join("page"))?, "old");
        assert_eq!(fs::read_dir(temp.path())?.count(), 1);
        Ok(())
    }
}
