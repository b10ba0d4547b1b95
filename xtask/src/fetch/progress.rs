//! Shows the progress of a fetch: a bar on a terminal, lines elsewhere.

use std::io::{IsTerminal as _, Write};
use std::sync::{Mutex, PoisonError};

use indicatif::{ProgressBar, ProgressStyle};

/// Shows the progress of a fetch. If it cannot be written, the fetch continues.
pub struct Progress {
    bar: Option<ProgressBar>,
    output: Mutex<Box<dyn Write + Send>>,
}

impl Progress {
    /// Writes to standard error: a bar if that is a terminal, lines otherwise.
    pub fn on_stderr() -> Self {
        let bar = std::io::stderr()
            .is_terminal()
            .then(|| ProgressBar::new(0).with_style(style()));
        Self {
            bar,
            ..Self::lines(std::io::stderr())
        }
    }

    /// Writes lines.
    pub fn lines(output: impl Write + Send + 'static) -> Self {
        Self {
            bar: None,
            output: Mutex::new(Box::new(output)),
        }
    }

    pub(super) fn start(&self, pages: usize) {
        if let Some(bar) = &self.bar {
            bar.set_length(pages as u64);
        }
    }

    /// Reports a page that was fetched.
    pub(super) fn page(&self, page: &str, bytes: usize) {
        match &self.bar {
            Some(bar) => {
                bar.set_message(page.to_owned());
                bar.inc(1);
            }
            None => self.line(&format!("{page}: {bytes} bytes")),
        }
    }

    /// Reports an event, such as a retry.
    pub(super) fn note(&self, text: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| self.line(text)),
            None => self.line(text),
        }
    }

    /// Removes the bar and prints the warnings.
    pub(super) fn finish(&self, warnings: &[String]) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        for warning in warnings {
            self.line(&format!("warning: {warning}"));
        }
    }

    fn line(&self, text: &str) {
        let mut output = self.output.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = writeln!(output, "{text}");
    }
}

fn style() -> ProgressStyle {
    let template = ProgressStyle::with_template("{bar:30} {pos}/{len}  {wide_msg}");
    template.unwrap_or_else(|_| ProgressStyle::default_bar())
}
