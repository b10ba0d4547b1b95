//! Sizes of files, one style of modules, names of tests.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use regex::Regex;
use spektrix_v2_tidy::repository;

/// Why: what does not fit on a few screens is more than one idea.
#[test]
fn files_have_at_most_600_lines() -> Result<()> {
    const MOST_LINES: usize = 600;
    let files = repository::files(&["rs"])?;
    let counted = files.iter().map(|file| (&file.path, file.content.lines().count()));
    let long: Vec<String> = counted
        .filter(|(_, lines)| *lines > MOST_LINES)
        .map(|(path, lines)| format!("{path}: {lines} lines"))
        .collect();
    ensure!(long.is_empty(), "split these by idea:\n{}", long.join("\n"));
    Ok(())
}

/// Why: the first line says whether this is the file that a reader looks for.
#[test]
fn files_begin_with_their_purpose() -> Result<()> {
    let files = repository::files(&["rs"])?;
    let silent = files.iter().filter(|file| !file.content.starts_with("//!"));
    let silent: Vec<&str> = silent.map(|file| file.path.as_str()).collect();
    ensure!(silent.is_empty(), "begin these with `//!`:\n{}", silent.join("\n"));
    Ok(())
}

/// Why: with one style, the file of a module is found without looking in two places.
#[test]
fn modules_with_folders_are_in_mod_rs() -> Result<()> {
    let files = repository::files(&["rs"])?;
    let folder_of = |path: &str| path.strip_suffix(".rs").map(|stem| format!("{stem}/"));
    let beside: Vec<&str> = files
        .iter()
        .map(|file| file.path.as_str())
        .filter(|path| folder_of(path).is_some_and(|folder| files.iter().any(|file| file.path.starts_with(&folder))))
        .collect();
    ensure!(
        beside.is_empty(),
        "move these to mod.rs in their folder:\n{}",
        beside.join("\n")
    );
    Ok(())
}

/// Why: a folder promises several files.
#[test]
fn folders_of_modules_hold_several_files() -> Result<()> {
    let mut folders: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in repository::files(&["rs"])? {
        if let Some((folder, name)) = file.path.rsplit_once('/') {
            folders.entry(folder.to_owned()).or_default().push(name.to_owned());
        }
    }
    let has_subfolder = |folder: &str| folders.keys().any(|other| other.starts_with(&format!("{folder}/")));
    let single = folders
        .iter()
        .filter(|(folder, files)| *files == &["mod.rs"] && !has_subfolder(folder));
    let single: Vec<&str> = single.map(|(folder, _)| folder.as_str()).collect();
    ensure!(single.is_empty(), "make one file of each:\n{}", single.join("\n"));
    Ok(())
}

/// Why: the name of a failed test is read in a list.
#[test]
fn names_of_tests_have_at_most_60_characters() -> Result<()> {
    const MOST_CHARACTERS: usize = 60;
    let test = Regex::new(r"(?s)#\[(?:tokio::)?test[^\]]*\](?:\s*#\[[^\n]*\])*\s*(?:async )?fn (\w+)")?;
    let mut long = Vec::new();
    for file in repository::files(&["rs"])? {
        let names = test.captures_iter(&file.content).filter_map(|captures| captures.get(1));
        let names = names.filter(|name| name.len() > MOST_CHARACTERS);
        long.extend(names.map(|name| format!("{}: {}", file.path, name.as_str())));
    }
    ensure!(long.is_empty(), "shorten these:\n{}", long.join("\n"));
    Ok(())
}
