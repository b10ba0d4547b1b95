//! The report as text.

use std::fmt;

use super::{NamedApart, Report};
use crate::printable::visible;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} operations; {} schema pages with {} types, unified into {} types and {} identifiers",
            self.operations, self.pages, self.types_on_pages, self.types, self.ids
        )?;
        writeln!(
            f,
            "of the types on the pages {} stayed types ({} of them on several pages), {} were lowered away; {} were made \
             besides; {} overlay entries applied",
            self.types_kept,
            self.unified.len(),
            self.types_lowered_away,
            self.made.len(),
            self.overlay_entries
        )?;
        let lowered: Vec<&str> = self.lowered_away.iter().map(String::as_str).collect();
        write!(
            f,
            "lowered away (lists, references, user-defined attributes): {}",
            visible(&lowered.join(", "))
        )?;
        let made: Vec<&str> = self.made.iter().map(String::as_str).collect();
        line(f, "made (choices, and what may stand for a type)", &made.join(", "))?;
        let renamed: Vec<String> = self
            .renamed
            .iter()
            .map(|(old, new)| format!("{old} as {new}"))
            .collect();
        line(f, "renamed by the overlay", &renamed.join(", "))?;
        for NamedApart { page, name, now, why } in &self.named_apart {
            line(f, "named apart", &format!("{name} of {page} is called {now} ({why})"))?;
        }
        for opaque in &self.opaque {
            line(f, "passed over", &format!("{} ({})", opaque.place, opaque.why))?;
        }
        for left_out in &self.overlay_left_out {
            line(f, "not applied", left_out)?;
        }
        let undocumented = match self.overlay_entries {
            0 => format!("{} parts: there is no overlay", self.undocumented.len()),
            _ => self.undocumented.join(", "),
        };
        line(f, "not documented in the overlay", &undocumented)?;
        for fault in &self.faults {
            line(f, "FAULT of the service", fault)?;
        }
        Ok(())
    }
}

fn line(f: &mut fmt::Formatter<'_>, what: &str, text: &str) -> fmt::Result {
    match text {
        "" => Ok(()),
        // A name from a page may hold a line break.
        _ => write!(f, "\n{what}: {}", visible(text)),
    }
}
