//! Cases: folders in `tests/cases/<stage>` with input files and `expected.snap`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use spektrix_v2_codegen::Sources;

use crate::feed_builder::feed;

/// The input of a stage.
pub(crate) struct Case {
    name: String,
    folder: PathBuf,
    files: BTreeMap<String, Vec<u8>>,
}

/// Compares the result of every case of a stage with the expected one.
///
/// The name of a case starts with `refused-` if and only if its result is an error.
pub(crate) fn check(stage: &str, run: impl Fn(&Case) -> Result<String, String>) -> io::Result<()> {
    let cases = all(stage)?;
    assert!(!cases.is_empty(), "{stage} has no cases");
    let results: Vec<_> = cases.iter().map(&run).collect();
    let misnamed = |(case, result): &(&Case, &Result<String, String>)| result.is_err() != case.is_refused();
    let misnamed: Vec<_> = cases
        .iter()
        .zip(&results)
        .filter(misnamed)
        .map(|(case, _)| &case.name)
        .collect();
    assert!(
        misnamed.is_empty(),
        "{stage}: the name must start with `refused-` exactly if the result is an error: {misnamed:?}"
    );
    for (case, result) in cases.iter().zip(results) {
        case.check("expected", &result.unwrap_or_else(|error| format!("error: {error}")));
    }
    Ok(())
}

/// Returns the cases of a stage, sorted by name. Each includes the files in the folder `shared`.
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
    /// Creates a case from the files of some folders. Of two files with the same name, the later one is used.
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

    /// Returns the text of a file, or an empty string if there is no such file.
    pub(crate) fn text(&self, name: &str) -> String {
        self.files
            .get(name)
            .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
            .unwrap_or_default()
    }

    /// Returns the pages of the case, with a help feed built from `operations.txt`.
    pub(crate) fn sources(&self) -> Sources {
        let mut sources = Sources::default();
        for (name, bytes) in &self.files {
            match name.as_str() {
                "operations.txt" => sources.insert("help.atom", feed(&self.text(name))),
                _ => sources.insert(name, bytes.clone()),
            }
        }
        sources
    }

    /// Returns the pages of the case, each rewritten by a function of its path and text.
    pub(crate) fn rewritten_sources(&self, rewrite: impl Fn(&str, &str) -> String) -> Sources {
        let mut sources = Sources::default();
        for name in self.files.keys() {
            sources.insert(name, rewrite(name, &self.text(name)));
        }
        sources
    }

    /// Returns the name of the folder.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Compares a text with a snapshot in the folder of the case.
    pub(crate) fn check(&self, name: &str, text: &str) {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(&self.folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.set_description(&self.name);
        settings.bind(|| insta::assert_snapshot!(name, text));
    }
}
