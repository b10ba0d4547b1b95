//! The repository uses the terms of the glossary in `CONTRIBUTING.md`.
//!
//! Why: one term for one thing. A reader who meets two terms looks for two things. What the glossary sets in `code` in
//! its first column is checked here, in every hand-written file: in prose, comments, messages and names.

use std::fs;

use anyhow::{Context, Result, ensure};
use regex::{Regex, RegexBuilder};
use spektrix_v2_tidy::repository::{self, SourceFile};

/// Files that have to quote the words that the rest avoids.
const QUOTES_THEM: [&str; 4] = [
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    // Descriptions of invented shows, which are data.
    "sandbox/data/programme.toml",
    "tidy/tests/words.rs",
];

/// What not to write, and what to write instead.
struct Glossary {
    terms: Vec<Term>,
    /// Any of the terms, as whole words in any case, also where snake case joins them.
    pattern: Regex,
}

struct Term {
    avoid: String,
    instead: String,
}

#[test]
fn files_use_the_terms_of_the_glossary() -> Result<()> {
    let glossary = Glossary::load()?;
    let mut found = Vec::new();
    for file in repository::files(&["md", "rs", "sh", "toml", "yml"])? {
        if !QUOTES_THEM.contains(&file.path.as_str()) {
            found.extend(glossary.uses(&file));
        }
    }
    ensure!(
        found.is_empty(),
        "see the glossary in CONTRIBUTING.md:\n{}",
        found.join("\n")
    );
    Ok(())
}

#[test]
fn glossary_finds_terms_and_nothing_else() -> Result<()> {
    let table = [
        ("the head of an answer", 2),
        ("It passes over them.", 1),
        ("Come what may,", 1),
        ("fn the_answer_is_empty()", 1),
        ("GetAnswers answered", 1),
        ("the response headers", 0),
        ("It skips them.", 0),
        ("understands, outstanding", 0),
    ];
    let glossary = Glossary::load()?;
    for (text, expected) in table {
        assert_eq!(glossary.pattern.find_iter(text).count(), expected, "{text}");
    }
    Ok(())
}

impl Glossary {
    /// Reads the table below the heading "Glossary".
    fn load() -> Result<Self> {
        let path = repository::root().join("CONTRIBUTING.md");
        let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        let (_, section) = text
            .split_once("\n## Glossary\n")
            .context("CONTRIBUTING.md has no section \"Glossary\"")?;
        let section = section.split_once("\n## ").map_or(section, |(section, _)| section);
        let rows = section.lines().filter(|line| line.starts_with("| "));
        let terms: Vec<Term> = rows.flat_map(terms_of_row).collect();
        ensure!(
            !terms.is_empty(),
            "the glossary in CONTRIBUTING.md has no terms in backticks"
        );
        let words = terms.iter().map(|term| regex::escape(&term.avoid).replace(' ', "[ _]"));
        let pattern = format!("(?:\\b|_)(?:{})(?:\\b|_)", words.collect::<Vec<_>>().join("|"));
        let pattern = RegexBuilder::new(&pattern).case_insensitive(true).build()?;
        Ok(Self { terms, pattern })
    }

    /// The lines of a file that use a term.
    fn uses(&self, file: &SourceFile) -> Vec<String> {
        let mut uses = Vec::new();
        for hit in self.pattern.find_iter(&file.content) {
            let line = file.content[..hit.start()].matches('\n').count() + 1;
            let word = hit.as_str().trim_matches('_').replace('_', " ").to_lowercase();
            let term = self.terms.iter().find(|term| term.avoid == word);
            let instead = term.map_or("", |term| &term.instead);
            uses.push(format!("{}:{line}: \"{word}\": write {instead}", file.path));
        }
        uses
    }
}

/// The terms between backticks in the first cell of a row.
fn terms_of_row(row: &str) -> Vec<Term> {
    let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
    let [avoid, instead] = cells[..] else {
        return Vec::new();
    };
    let quoted = avoid.split('`').skip(1).step_by(2);
    quoted
        .map(|word| Term {
            avoid: word.to_lowercase(),
            instead: instead.to_owned(),
        })
        .collect()
}
