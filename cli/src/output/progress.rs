//! A progress bar on standard error, if that is a terminal.

use indicatif::{ProgressBar, ProgressStyle};

/// Shows how many of the parts of a long command are done. Without a terminal it shows nothing.
///
/// It disappears when it is dropped, also after a failure.
#[derive(Debug)]
pub struct Progress(ProgressBar);

impl Progress {
    /// Creates a bar for so many parts.
    pub fn new(parts: usize) -> Self {
        let template = ProgressStyle::with_template("{bar:30} {pos}/{len}  {wide_msg}");
        let style = template.unwrap_or_else(|_| ProgressStyle::default_bar());
        Self(ProgressBar::new(parts as u64).with_style(style))
    }

    /// Names the part that begins. The one before it is done.
    pub fn begin(&self, part: &str) {
        if !self.0.message().is_empty() {
            self.0.inc(1);
        }
        self.0.set_message(part.to_owned());
        // The next part may take a while.
        self.0.tick();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::Progress;

    #[test]
    fn a_part_is_done_when_the_next_one_begins() {
        let progress = Progress::new(2);
        progress.begin("GetEvents");
        assert_eq!(progress.0.position(), 0);
        progress.begin("GetPlans");
        assert_eq!((progress.0.position(), progress.0.message().as_str()), (1, "GetPlans"));
    }
}
