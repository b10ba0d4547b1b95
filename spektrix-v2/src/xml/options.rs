//! How a body is read: its limits, and whether unknown parts are listed.

/// Limits and wishes for reading a body.
///
/// The defaults are safe for bytes from outside: 64 levels, 64 MiB for a body or 8 MiB for an item of a
/// streamed one, unknown parts skipped without a list.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct DecodeOptions {
    /// How many elements may be open at once among those that the schema knows. Deeper is an error. Each takes some stack:
    /// a type that holds itself needs about a hundred kilobytes for 64 of them in a debug build.
    pub max_depth: usize,
    /// How many bytes a body may have that is decoded whole. More is an error.
    pub max_bytes: usize,
    /// How many bytes an item may have of a list that is [streamed](super::ListDecoder), with what stands between it
    /// and the item before. More is an error; the list as a whole has no limit.
    pub max_item_bytes: usize,
    /// Whether [`Decoded::unknown`](super::Decoded::unknown) is filled.
    pub report_unknown: bool,
    pub(super) whole_leaves: bool,
}

impl Default for DecodeOptions {
    fn default() -> Self {
        Self {
            max_depth: 64,
            max_bytes: 64 * 1024 * 1024,
            max_item_bytes: 8 * 1024 * 1024,
            report_unknown: false,
            whole_leaves: true,
        }
    }
}

impl DecodeOptions {
    /// Sets how many elements may be open at once.
    #[must_use]
    pub fn max_depth(mut self, elements: usize) -> Self {
        self.max_depth = elements;
        self
    }

    /// Sets how many bytes a body may have that is decoded whole.
    #[must_use]
    pub fn max_bytes(mut self, bytes: usize) -> Self {
        self.max_bytes = bytes;
        self
    }

    /// Sets how many bytes an item of a streamed list may have.
    #[must_use]
    pub fn max_item_bytes(mut self, bytes: usize) -> Self {
        self.max_item_bytes = bytes;
        self
    }

    /// Asks for a list of the elements and attributes that the schema does not know.
    #[must_use]
    pub fn report_unknown(mut self, report: bool) -> Self {
        self.report_unknown = report;
        self
    }

    /// Whether whole leaf elements are taken from the body in one step, which is faster and changes no result.
    /// Without it every part goes through the tokenizer: the reference that tests compare with.
    #[must_use]
    pub fn whole_leaves(mut self, take: bool) -> Self {
        self.whole_leaves = take;
        self
    }
}
