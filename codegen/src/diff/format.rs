//! Formats a drift as text, as Markdown for an issue, and as JSON for programs.

use std::fmt::Write as _;

use super::change::{Change, Drift};
use crate::printable::code_cell;

/// Returns a line per difference.
pub fn text(drift: &Drift) -> String {
    let mut text = String::new();
    for change in &drift.changes {
        let Change { place, what, rust, .. } = change;
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "{place}: {what} ({}; {rust})", verdict(change));
    }
    if drift.is_none() {
        text.push_str("no drift\n");
    }
    text
}

/// Returns a Markdown table. Everything that quotes a page is a code span, where it cannot act as Markdown.
pub fn markdown(drift: &Drift) -> String {
    if drift.is_none() {
        return format!("No drift.\n{}", notes(drift));
    }
    let mut text = String::from("| where | what | breaks | in Rust |\n|---|---|---|---|\n");
    for change in &drift.changes {
        let Change { place, what, rust, .. } = change;
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} |",
            code_cell(place),
            code_cell(what),
            verdict(change),
            code_cell(rust)
        );
    }
    text.push_str(&notes(drift));
    text.push_str(
        "\nNext: fetch the pages, run `cargo xtask codegen`, read the diff, adjust the overlay (CONTRIBUTING.md).\n",
    );
    text
}

/// Returns JSON.
pub fn json(drift: &Drift) -> String {
    serde_json::to_string_pretty(drift).unwrap_or_default() + "\n"
}

fn notes(drift: &Drift) -> String {
    let lines = drift.notes.iter().map(|note| format!("\n- {}", code_cell(note)));
    let lines: String = lines.collect();
    if lines.is_empty() { lines } else { lines + "\n" }
}

fn verdict(change: &Change) -> &'static str {
    match (change.breaks_crate, change.breaks_wire) {
        (true, true) => "breaks users and the wire",
        (true, false) => "breaks users, not the wire",
        (false, true) => "breaks the wire, not users",
        (false, false) => "breaks nothing",
    }
}
