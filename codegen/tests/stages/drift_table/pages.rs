//! The vendored pages as text, and the edits that a row can make.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use spektrix_v2_codegen::Sources;
use spektrix_v2_codegen::diff::{self, Baseline};

/// A row of the table: an edit of the vendored pages, and the lines that must be reported for it.
pub(crate) struct Row {
    pub(crate) edit: &'static str,
    /// What the vendored pages are given first, if they have nothing of the kind.
    pub(crate) before: Option<fn(&mut Pages)>,
    pub(crate) change: fn(&mut Pages),
    pub(crate) lines: &'static [&'static str],
}

/// The pages, by path.
#[derive(Clone, PartialEq)]
pub(crate) struct Pages(BTreeMap<String, String>);

const FEED: &str = "help.atom";

impl Pages {
    pub(crate) fn vendored() -> io::Result<Self> {
        let mut pages = BTreeMap::new();
        let root = workspace("schemas");
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path
                        .strip_prefix(&root)
                        .unwrap_or(&path)
                        .to_string_lossy()
                        .replace('\\', "/");
                    pages.insert(name, fs::read_to_string(&path)?);
                }
            }
        }
        Ok(Self(pages))
    }

    /// Replaces a string on some pages, each of which must contain it.
    pub(crate) fn replace(&mut self, paths: &[&str], from: &str, to: &str) {
        for path in paths {
            let text = self
                .0
                .get_mut(*path)
                .unwrap_or_else(|| panic!("there is no page {path}"));
            assert!(text.contains(from), "{path} does not contain {from}");
            *text = text.replace(from, to);
        }
    }

    /// Replaces a string in a type of a page.
    pub(crate) fn replace_in_type(&mut self, path: &str, name: &str, from: &str, to: &str) {
        let text = self
            .0
            .get_mut(path)
            .unwrap_or_else(|| panic!("there is no page {path}"));
        let start = text.find(&format!("<xs:complexType name=\"{name}\""));
        let start = start.unwrap_or_else(|| panic!("{path} has no type {name}"));
        let end = text[start..]
            .find("</xs:complexType>")
            .map_or(text.len(), |end| start + end);
        assert!(
            text[start..end].contains(from),
            "{name} on {path} does not contain {from}"
        );
        *text = format!(
            "{}{}{}",
            &text[..start],
            text[start..end].replace(from, to),
            &text[end..]
        );
    }

    /// Replaces a string on all schema pages.
    pub(crate) fn replace_everywhere(&mut self, from: &str, to: &str) {
        let is_schema = |path: &str| Path::new(path).extension().is_some_and(|extension| extension == "xsd");
        let mut count = 0;
        for (_, text) in self.0.iter_mut().filter(|(path, _)| is_schema(path)) {
            count += text.matches(from).count();
            *text = text.replace(from, to);
        }
        assert!(count > 1, "only {count} pages contain {from}");
    }

    /// Replaces a string in the feed's entry of an operation.
    pub(crate) fn replace_in_entry(&mut self, operation: &str, from: &str, to: &str) {
        self.edit_entry(operation, |entry| {
            assert!(entry.contains(from), "{operation} does not contain {from}");
            entry.replace(from, to)
        });
    }

    /// Adds a row to the feed's entry of an operation.
    pub(crate) fn add_row(&mut self, operation: &str, label: &str, value: &str) {
        let row = format!("<tr><td>{label}</td><td>{value}</td></tr></table>");
        self.replace_in_entry(operation, "</table>", &row);
    }

    pub(crate) fn remove_entry(&mut self, operation: &str) {
        self.edit_entry(operation, |_| String::new());
    }

    /// Renames an operation in the feed, and its pages.
    pub(crate) fn rename_operation(&mut self, old: &str, new: &str) {
        self.edit_entry(old, |entry| entry.replace(old, new));
        let renamed = |path: String| match path.strip_prefix(&format!("{old}/")) {
            Some(file) => format!("{new}/{file}"),
            None => path,
        };
        self.0 = std::mem::take(&mut self.0)
            .into_iter()
            .map(|(path, text)| (renamed(path), text))
            .collect();
    }

    /// Adds an operation with the pages of another one.
    pub(crate) fn copy_operation(&mut self, old: &str, new: &str) {
        self.edit_entry(old, |entry| format!("{entry}{}", entry.replace(old, new)));
        let copied = self.0.iter().filter_map(|(path, text)| {
            let file = path.strip_prefix(&format!("{old}/"))?;
            Some((format!("{new}/{file}"), text.clone()))
        });
        let copied: Vec<_> = copied.collect();
        self.0.extend(copied);
    }

    fn edit_entry(&mut self, operation: &str, edit: impl FnOnce(&str) -> String) {
        let feed = self.0.remove(FEED).unwrap_or_default();
        let id = feed.find(&format!("<id>http://tmpuri.org/{operation}</id>"));
        let start = id.and_then(|id| feed[..id].rfind("<entry>"));
        let start = start.unwrap_or_else(|| panic!("the feed has no operation {operation}"));
        let end = feed[start..]
            .find("</entry>")
            .map_or(feed.len(), |end| start + end + "</entry>".len());
        let edited = format!("{}{}{}", &feed[..start], edit(&feed[start..end]), &feed[end..]);
        self.0.insert(FEED.to_owned(), edited);
    }

    /// Reads the pages, to be compared with others.
    pub(crate) fn baseline(&self) -> io::Result<Baseline> {
        let overlay = fs::read_to_string(workspace("codegen/overlay.toml"))?;
        Baseline::read(&self.sources(), &overlay).map_err(io::Error::other)
    }

    /// Returns the lines of the report about an edit.
    pub(crate) fn lines_after(&self, baseline: &Baseline, change: impl FnOnce(&mut Self)) -> String {
        let mut changed = self.clone();
        change(&mut changed);
        assert!(*self != changed, "the edit has no effect");
        let found = baseline.drift(&changed.sources());
        found.map_or_else(|error| format!("error: {error}\n"), |found| diff::text(&found))
    }

    fn sources(&self) -> Sources {
        let mut sources = Sources::default();
        for (path, text) in &self.0 {
            sources.insert(path, text.clone());
        }
        sources
    }
}

fn workspace(below: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(below)
}
