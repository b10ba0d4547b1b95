//! Dependencies point one way: between crates, between the modules of a crate, and between the files of a folder.
//!
//! Why: a reader who opens a file needs to know only the layers below it, and a change affects only the layers above
//! it. If two modules need each other, they are one module, or a third one below both is missing.
//!
//! The order is in `layers.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context, Result, ensure};
use petgraph::algo::tarjan_scc;
use petgraph::graphmap::DiGraphMap;
use serde::Deserialize;

use spektrix_v2_tidy::references::{imports, references};
use spektrix_v2_tidy::repository::{self, SourceFile};

/// The content of `layers.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Layers {
    /// Folders of crates, lowest first.
    crates: Vec<Vec<String>>,
    /// The modules of each crate, lowest first.
    modules: BTreeMap<String, Vec<Vec<String>>>,
}

impl Layers {
    fn load() -> Result<Self> {
        let path = repository::root().join("layers.toml");
        let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        Ok(toml::from_str(&text)?)
    }
}

/// A use of one file by another file of its crate.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Use {
    from: String,
    to: String,
}

#[test]
fn crates_depend_on_lower_layers_only() -> Result<()> {
    let layers = Layers::load()?;
    let names = package_names(&layers)?;
    let mut broken = Vec::new();
    for (level, row) in layers.crates.iter().enumerate() {
        for folder in row {
            for dependency in dependencies(folder)? {
                let Some(other) = names.get(&dependency) else { continue };
                if level_of(&layers.crates, other).is_none_or(|other| other >= level) {
                    broken.push(format!("{folder}/Cargo.toml needs {other}, which is no layer below it"));
                }
            }
        }
    }
    ensure!(broken.is_empty(), "see layers.toml:\n{}", broken.join("\n"));
    Ok(())
}

#[test]
fn every_crate_and_module_has_a_layer() -> Result<()> {
    let layers = Layers::load()?;
    let mut missing = Vec::new();
    for member in members()? {
        if level_of(&layers.crates, &member).is_none() {
            missing.push(format!("the crate {member} is in no row of `crates`"));
        }
    }
    for (name, rows) in &layers.modules {
        let present = Crate::load(name)?.modules(rows);
        let listed: BTreeSet<String> = rows.iter().flatten().cloned().collect();
        let gone = listed
            .difference(&present)
            .map(|module| format!("{name} has no module {module}"));
        let new = present
            .difference(&listed)
            .map(|module| format!("the module {module} of {name} is in no row"));
        missing.extend(gone.chain(new));
    }
    ensure!(missing.is_empty(), "correct layers.toml:\n{}", missing.join("\n"));
    Ok(())
}

#[test]
fn modules_use_lower_layers_only() -> Result<()> {
    let mut broken = Vec::new();
    for (name, rows) in Layers::load()?.modules {
        let source = Crate::load(&name)?;
        for used in source.uses()? {
            let (Some(from), Some(to)) = (source.module(&used.from, &rows), source.module(&used.to, &rows)) else {
                continue;
            };
            if from != to && level_of(&rows, &from) <= level_of(&rows, &to) {
                broken.push(format!(
                    "{} uses {}, but {to} is no layer below {from}",
                    used.from, used.to
                ));
            }
        }
    }
    ensure!(broken.is_empty(), "see layers.toml:\n{}", broken.join("\n"));
    Ok(())
}

/// The root of a folder (`mod.rs`) is left out: it collects the items of the other files, and they may use its items.
/// The modules of a whole crate are left out, too: `layers.toml` has their order.
#[test]
fn files_of_a_folder_form_no_cycle() -> Result<()> {
    let mut cycles = Vec::new();
    for name in Layers::load()?.modules.keys() {
        let source = Crate::load(name)?;
        let uses = source.uses()?;
        for folder in source.folders().into_iter().filter(|folder| *folder != source.root) {
            let edges = uses.iter().filter_map(|used| between_siblings(&folder, used));
            let edges: BTreeSet<(String, String)> = edges.filter(|(from, to)| from != to).collect();
            let graph: DiGraphMap<&str, ()> = edges.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
            let components = tarjan_scc(&graph).into_iter().filter(|component| component.len() > 1);
            cycles.extend(components.map(|component| format!("{folder}: {}", component.join(", "))));
        }
    }
    ensure!(cycles.is_empty(), "these files use each other:\n{}", cycles.join("\n"));
    Ok(())
}

/// The source files of one crate.
struct Crate {
    /// `sandbox/src/`
    root: String,
    files: BTreeMap<String, SourceFile>,
    /// The names that each file imports with `use`, by the path of the file.
    imports: BTreeMap<String, Vec<(String, Vec<String>)>>,
}

impl Crate {
    fn load(folder: &str) -> Result<Self> {
        let root = format!("{folder}/src/");
        let files = repository::rust_files(&root)?.into_iter();
        let files: BTreeMap<String, SourceFile> = files.map(|file| (file.path.clone(), file)).collect();
        ensure!(!files.is_empty(), "{root} has no source files");
        let mut found = BTreeMap::new();
        for (path, file) in &files {
            found.insert(path.clone(), imports(&file.content).with_context(|| path.clone())?);
        }
        Ok(Self {
            root,
            files,
            imports: found,
        })
    }

    /// Returns the module that a file belongs to, as `layers.toml` lists it: `state`, or `generated::ids` if the
    /// modules of a folder are in different layers. Returns `None` for the root of the crate or of such a folder, which
    /// only declares modules.
    fn module(&self, path: &str, rows: &[Vec<String>]) -> Option<String> {
        let path = self.module_path(path);
        let module = path.first()?;
        let is_split = rows
            .iter()
            .flatten()
            .any(|listed| listed.starts_with(&format!("{module}::")));
        match (is_split, path.get(1)) {
            (true, Some(inner)) => Some(format!("{module}::{inner}")),
            (true, None) => None,
            (false, _) => Some(module.clone()),
        }
    }

    /// Returns every module that must be in a layer.
    fn modules(&self, rows: &[Vec<String>]) -> BTreeSet<String> {
        let modules = self.files.keys().filter_map(|path| self.module(path, rows));
        modules.filter(|module| module != "bin").collect()
    }

    /// Returns the segments of a path: `[state, price]` for `sandbox/src/state/price.rs`.
    fn module_path(&self, path: &str) -> Vec<String> {
        let below = path.strip_prefix(&self.root).unwrap_or(path).trim_end_matches(".rs");
        let below = below.strip_suffix("/mod").unwrap_or(below);
        if ["lib", "main", "mod"].contains(&below) {
            return Vec::new();
        }
        below.split('/').map(str::to_owned).collect()
    }

    /// Returns the file of a module, if there is one.
    fn file(&self, module: &[String]) -> Option<&SourceFile> {
        let below = module.join("/");
        let candidates = if module.is_empty() {
            [format!("{}lib.rs", self.root), format!("{}main.rs", self.root)]
        } else {
            [
                format!("{}{below}.rs", self.root),
                format!("{}{below}/mod.rs", self.root),
            ]
        };
        candidates.iter().find_map(|path| self.files.get(path))
    }

    /// Returns every use of one file by another.
    fn uses(&self) -> Result<BTreeSet<Use>> {
        let mut uses = BTreeSet::new();
        for file in self.files.values() {
            let here = self.module_path(&file.path);
            let found = references(&file.content).with_context(|| file.path.clone())?;
            for path in found {
                let to = self.resolve(&absolute(&here, &path), 0);
                if let Some(to) = to.filter(|to| *to != file.path) {
                    uses.insert(Use {
                        from: file.path.clone(),
                        to,
                    });
                }
            }
        }
        Ok(uses)
    }

    /// Returns the file that defines the item of an absolute path. Follows names that a module re-exports.
    fn resolve(&self, path: &[String], followed: usize) -> Option<String> {
        const MOST_FOLLOWED: usize = 8;
        let length = (0..=path.len())
            .rev()
            .find(|length| self.file(&path[..*length]).is_some())?;
        let (module, names) = path.split_at(length);
        let file = self.file(module)?;
        let target = names.first().and_then(|name| self.exported(module, file, name));
        match target {
            Some(target) if followed < MOST_FOLLOWED => self.resolve(&target, followed + 1),
            _ => Some(file.path.clone()),
        }
    }

    /// Returns the path that a module imports a name from, if it is from another module of this crate. The first glob
    /// of this crate counts for names that no other `use` imports.
    fn exported(&self, module: &[String], file: &SourceFile, name: &str) -> Option<Vec<String>> {
        let imports = self.imports.get(&file.path)?;
        let by_name = imports.iter().filter(|(imported, _)| imported == name);
        let by_glob = imports.iter().filter(|(imported, _)| imported == "*");
        let origins = by_name.chain(by_glob).map(|(_, origin)| absolute(module, origin));
        let mut of_this_crate = origins.filter(|origin| !origin.is_empty() && self.file(&origin[..1]).is_some());
        let mut target = of_this_crate.next()?;
        target.push(name.to_owned());
        Some(target)
    }

    /// Returns every folder with source files: `sandbox/src/state/`.
    fn folders(&self) -> BTreeSet<String> {
        let folder = |path: &String| path.rsplit_once('/').map(|(folder, _)| format!("{folder}/"));
        self.files.keys().filter_map(folder).collect()
    }
}

/// A use between two children of a folder, by their names.
fn between_siblings(folder: &str, used: &Use) -> Option<(String, String)> {
    let child = |path: &str| {
        let below = path.strip_prefix(folder)?;
        let name = below.split('/').next()?.trim_end_matches(".rs");
        (!["lib", "main", "mod"].contains(&name)).then(|| name.to_owned())
    };
    Some((child(&used.from)?, child(&used.to)?))
}

/// Converts a path in a module to a path from the root of the crate.
fn absolute(here: &[String], path: &[String]) -> Vec<String> {
    let mut absolute = here.to_vec();
    for segment in path {
        match segment.as_str() {
            "crate" => absolute.clear(),
            "self" => {}
            "super" => {
                absolute.pop();
            }
            name => absolute.push(name.to_owned()),
        }
    }
    absolute
}

fn level_of(rows: &[Vec<String>], name: &str) -> Option<usize> {
    rows.iter().position(|row| row.iter().any(|listed| listed == name))
}

/// The parts of a crate's `Cargo.toml` that the rules read.
fn manifest(folder: &str) -> Result<toml::Table> {
    let path = repository::root().join(folder).join("Cargo.toml");
    let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    Ok(text.parse()?)
}

/// Returns the folders of the workspace's members.
fn members() -> Result<Vec<String>> {
    let manifest = manifest("")?;
    let members = manifest.get("workspace").and_then(|workspace| workspace.get("members"));
    let members = members
        .and_then(toml::Value::as_array)
        .context("Cargo.toml lists no members")?;
    Ok(members
        .iter()
        .filter_map(toml::Value::as_str)
        .map(str::to_owned)
        .collect())
}

/// Returns the folder of each package.
fn package_names(layers: &Layers) -> Result<BTreeMap<String, String>> {
    let mut names = BTreeMap::new();
    for folder in layers.crates.iter().flatten() {
        let manifest = manifest(folder)?;
        let name = manifest
            .get("package")
            .and_then(|package| package.get("name"))
            .and_then(toml::Value::as_str);
        names.insert(
            name.with_context(|| format!("{folder} has no name"))?.to_owned(),
            folder.clone(),
        );
    }
    Ok(names)
}

/// Returns the dependencies of a crate, without those that only its tests need.
fn dependencies(folder: &str) -> Result<Vec<String>> {
    let manifest = manifest(folder)?;
    let dependencies = manifest.get("dependencies").and_then(toml::Value::as_table);
    Ok(dependencies
        .map(|table| table.keys().cloned().collect())
        .unwrap_or_default())
}
