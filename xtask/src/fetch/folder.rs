//! The schemas folder: what stands in it, and how it is replaced in one step.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail, ensure};
use tempfile::TempDir;

use super::layout::Files;
use super::lock::{self, Lock};

/// The one file in the folder that people write.
const README: &str = "README.md";

/// A folder that may be replaced: it holds nothing that would be lost.
pub(super) struct Folder {
    path: PathBuf,
    parent: PathBuf,
    /// What the folder's lock file says; `None` when there is none.
    pub(super) lock: Option<Lock>,
}

impl Folder {
    /// Makes sure, before anything is fetched, that the folder can be replaced and may be.
    pub(super) fn open(out: &Path) -> anyhow::Result<Self> {
        // A link is kept as a link: what it leads to is replaced.
        let path = fs::canonicalize(out).or_else(|_| std::path::absolute(out));
        let path = path.with_context(|| format!("{} is no usable path", out.display()))?;
        let parent = path
            .parent()
            .with_context(|| format!("{} has no parent folder", out.display()))?
            .to_owned();
        staging(&parent)?;
        let exists = path.exists();
        ensure!(!exists || path.is_dir(), "{} is not a folder", path.display());
        let mut folder = Self {
            path,
            parent,
            lock: None,
        };
        if exists {
            folder.lock = folder.read_lock()?;
            folder.refuse_strangers()?;
        }
        Ok(folder)
    }

    /// The bytes of one file.
    pub(super) fn read(&self, file: &str) -> anyhow::Result<Vec<u8>> {
        let path = self.path.join(file);
        fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
    }

    /// Puts the files in place of everything but the README.
    pub(super) fn replace(&self, files: &Files) -> anyhow::Result<()> {
        let staging = staging(&self.parent)?;
        let new = staging.path().join("new");
        write_all(&new, files)?;
        let readme = self.path.join(README);
        if readme.exists() {
            fs::copy(&readme, new.join(README)).with_context(|| format!("cannot copy {}", readme.display()))?;
        }
        self.swap(&new, staging)
    }

    /// Two renames. When the second fails the first is undone; when not even that works, the old
    /// folder is left where it is, and the error says where.
    fn swap(&self, new: &Path, staging: TempDir) -> anyhow::Result<()> {
        let failed = || format!("cannot replace {}", self.path.display());
        let old = staging.path().join("old");
        let had_old = self.path.exists();
        if had_old {
            fs::rename(&self.path, &old).with_context(failed)?;
        }
        if let Err(error) = fs::rename(new, &self.path) {
            if had_old && fs::rename(&old, &self.path).is_err() {
                let kept = staging.keep().join("old");
                return Err(error).with_context(|| format!("{}; its content is in {}", failed(), kept.display()));
            }
            return Err(error).with_context(failed);
        }
        let leftover = staging.path().to_owned();
        staging
            .close()
            .with_context(|| format!("the new folder is in place, but {} is in the way", leftover.display()))
    }

    fn read_lock(&self) -> anyhow::Result<Option<Lock>> {
        if !self.path.join(lock::FILE).exists() {
            return Ok(None);
        }
        let text = String::from_utf8(self.read(lock::FILE)?).map_err(|_| anyhow!("{} is not UTF-8", lock::FILE))?;
        Lock::parse(&text).map(Some)
    }

    fn refuse_strangers(&self) -> anyhow::Result<()> {
        let pages = self
            .lock
            .iter()
            .flat_map(|lock| &lock.pages)
            .map(|page| page.file.as_str());
        let ours: BTreeSet<&str> = pages.chain([README, lock::FILE]).collect();
        let strangers: Vec<String> = files_below(&self.path, "")?
            .into_iter()
            .filter(|file| !ours.contains(file.as_str()))
            .collect();
        match strangers.as_slice() {
            [] => Ok(()),
            [first, rest @ ..] => bail!(
                "{} holds {first}{}, which fetch did not write and would remove; move it elsewhere, or choose another --out",
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

/// A folder beside the target, so that renaming stays within one file system. It is removed when
/// it goes out of scope.
fn staging(parent: &Path) -> anyhow::Result<TempDir> {
    tempfile::Builder::new()
        .prefix(".fetch-")
        .tempdir_in(parent)
        .with_context(|| {
            format!(
                "cannot write in {}, where the folder is to stand; create it or choose another --out",
                parent.display()
            )
        })
}

fn write_all(folder: &Path, files: &Files) -> anyhow::Result<()> {
    for (file, bytes) in files {
        let path = folder.join(file);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
        fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// All files below a folder, by path relative to it with `/` between the parts.
fn files_below(folder: &Path, prefix: &str) -> anyhow::Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let entry = entry.with_context(|| format!("cannot list {}", folder.display()))?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry
            .file_type()
            .with_context(|| format!("cannot look at {name}"))?
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
    fn the_old_folder_comes_back_when_the_new_one_cannot_take_its_place() -> anyhow::Result<()> {
        let room = tempfile::TempDir::new()?;
        let out = room.path().join("schemas");
        fs::create_dir(&out)?;
        let folder = Folder::open(&out)?;
        fs::write(out.join("page"), "old")?;
        // Without a file nothing is staged, so that the second rename has nothing to rename.
        let error = folder.replace(&Files::new()).err().map(|error| error.to_string());
        assert_eq!(
            error,
            Some(format!("cannot replace {}", fs::canonicalize(&out)?.display()))
        );
        assert_eq!(fs::read_to_string(out.join("page"))?, "old");
        assert_eq!(fs::read_dir(room.path())?.count(), 1);
        Ok(())
    }
}
