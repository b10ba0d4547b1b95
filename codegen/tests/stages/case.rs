//! A case: a folder below `tests/cases/<stage>` with input files, and `expected.snap`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use spektrix_v2_codegen::Sources;

use crate::feed;

/// Input of a stage.
pub(crate) struct Case {
    name: String,
    folder: PathBuf,
    files: BTreeMap<String, Vec<u8>>,
}

/// Compares the outcome of every case of a stage with what stands beside its input.
///
/// A case that is refused is called so. One that no longer is has to be renamed: what was a limit became a rule.
pub(crate) fn check(stage: &str, outcome: impl Fn(&Case) -> Result<String, String>) -> io::Result<()> {
    let cases = all(stage)?;
    assert!(!cases.is_empty(), "there is no case of {stage}");
    let outcomes: Vec<_> = cases.iter().map(&outcome).collect();
    let misnamed = |(case, outcome): &(&Case, &Result<String, String>)| outcome.is_err() != case.is_refused();
    let misnamed: Vec<_> = cases
        .iter()
        .zip(&outcomes)
        .filter(misnamed)
        .map(|(case, _)| &case.name)
        .collect();
    assert!(
        misnamed.is_empty(),
        "{stage}: refused, or not, against the name: {misnamed:?}"
    );
    for (case, outcome) in cases.iter().zip(outcomes) {
        case.check("expected", &outcome.unwrap_or_else(|error| format!("error: {error}")));
    }
    Ok(())
}

/// The cases of a stage, by name. Files in the folder `shared` belong to all of them.
pub(crate) fn all(stage: &str) -> io::Result<Vec<Case>> {
    let stage = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cases")
        .join(stage);
    let shared = stage.join("shared");
    let mut cases = Vec::new();
    for entry in fs::read_dir(&stage)? {
        let folder = entry?.path();
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name != "shared" {
            cases.push(Case::new(&name, folder.clone(), &[&shared, &folder])?);
        }
    }
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(cases)
}

fn read(folder: &Path, below: &str, files: &mut BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = format!("{below}{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            read(&path, &format!("{name}/"), files)?;
        } else {
            files.insert(name, fs::read(&path)?);
        }
    }
    Ok(())
}

impl Case {
    /// A case with the files of some folders. Of two files with one name, the later counts.
    pub(crate) fn new(name: &str, folder: PathBuf, inputs: &[&Path]) -> io::Result<Self> {
        let mut files = BTreeMap::new();
        for input in inputs.iter().filter(|input| input.exists()) {
            read(input, "", &mut files)?;
        }
        Ok(Self {
            name: name.to_owned(),
            folder,
            files,
        })
    }

    fn is_refused(&self) -> bool {
        self.name.starts_with("refused-")
    }

    /// A text file of the case; empty if there is none.
    pub(crate) fn text(&self, name: &str) -> String {
        self.files
            .get(name)
            .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
            .unwrap_or_default()
    }

    /// The pages of the case, with a help feed made from its `operations.txt`.
    pub(crate) fn sources(&self) -> Sources {
        let mut sources = Sources::default();
        for (name, bytes) in &self.files {
            match name.as_str() {
                "operations.txt" => sources.insert("help.atom", feed::of(&self.text(name))),
                _ => sources.insert(name, bytes.clone()),
            }
        }
        sources
    }

    /// The same with each page written otherwise. Paths come first.
    pub(crate) fn sources_written(&self, otherwise: impl Fn(&str, &str) -> String) -> Sources {
        let mut sources = Sources::default();
        for name in self.files.keys() {
            sources.insert(name, otherwise(name, &self.text(name)));
        }
        sources
    }

    /// Its folder's name.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Compares a text with the one that stands in the case's folder.
    pub(crate) fn check(&self, name: &str, text: &str) {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(&self.folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.set_description(&self.name);
        settings.bind(|| insta::assert_snapshot!(name, text));
    }
}
