//! What a person sees while pages arrive: a bar on a terminal, plain lines elsewhere.

use std::io::{IsTerminal as _, Write};
use std::sync::{Mutex, PoisonError};

use indicatif::{ProgressBar, ProgressStyle};

use super::plan::PageRef;
use super::summary::Summary;

/// Tells how the fetch comes along. Trouble with telling never stops the fetch.
pub struct Progress {
    bar: Option<ProgressBar>,
    lines: Mutex<Box<dyn Write + Send>>,
}

impl Progress {
    /// On standard error: a bar if that is a terminal, lines if it is not.
    pub fn on_stderr() -> Self {
        let bar = std::io::stderr()
            .is_terminal()
            .then(|| ProgressBar::new(0).with_style(style()));
        Self {
            bar,
            ..Self::lines(std::io::stderr())
        }
    }

    /// Plain lines, wherever they are wanted.
    pub fn lines(to: impl Write + Send + 'static) -> Self {
        Self {
            bar: None,
            lines: Mutex::new(Box::new(to)),
        }
    }

    pub(super) fn start(&self, pages: usize) {
        if let Some(bar) = &self.bar {
            bar.set_length(pages as u64);
        }
    }

    pub(super) fn page(&self, page: &PageRef, bytes: usize) {
        if let Some(bar) = &self.bar {
            bar.set_message(page.to_string());
            bar.inc(1);
        } else {
            let (operation, side, role) = (&page.operation, page.side.name(), page.role.name());
            self.line(&format!("{operation}  {side} {role}  {bytes} bytes"));
        }
    }

    /// Something worth knowing while it goes on.
    pub(super) fn note(&self, text: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| self.line(text)),
            None => self.line(text),
        }
    }

    /// The end: warnings are what stays on the screen.
    pub(super) fn finish(&self, summary: &Summary) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        for fault in summary.faults() {
            self.line(&format!("warning: {fault}"));
        }
    }

    fn line(&self, text: &str) {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = writeln!(lines, "{text}");
    }
}

/// The plain bar, should the template ever be refused.
fn style() -> ProgressStyle {
    ProgressStyle::with_template("{bar:30} {pos}/{len}  {wide_msg}").unwrap_or_else(|_| ProgressStyle::default_bar())
}
