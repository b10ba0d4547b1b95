//! How a body is decoded: limits, and whether unknown parts are reported.

/// Limits and settings for decoding a body.
///
/// The defaults are safe for bytes from outside: 64 levels, 64 MiB for a body that is decoded whole, 8 MiB for an item of
/// a streamed list. Unknown parts are skipped and not reported.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct DecodeOptions {
    /// How deep elements that the schema knows may be nested. Deeper nesting is an error. Each level takes some stack: 64
    /// levels of a recursive type take about a hundred kilobytes in a debug build.
    pub max_depth: usize,
    /// How many bytes a body that is decoded whole may have. More is an error. Each list of a
    /// [`Catalogue`](crate::catalogue::Catalogue) may have 16 times as many.
    pub max_bytes: usize,
    /// How many bytes an item of a [streamed](crate::Call::stream) list may have, including the text between it and the
    /// item before. More is an error. The list as a whole has no limit.
    pub max_item_bytes: usize,
    /// Whether elements and attributes that the schema does not know are reported.
    pub report_unknown: bool,
    pub(super) fast_path: bool,
}

impl Default for DecodeOptions {
    fn default() -> Self {
        Self {
            // The examples of the service are at most five levels deep. Types of other pages may be recursive.
            max_depth: 64,
            max_bytes: 64 * 1024 * 1024,
            max_item_bytes: 8 * 1024 * 1024,
            report_unknown: false,
            fast_path: true,
        }
    }
}

impl DecodeOptions {
    /// Sets how deep elements may be nested.
    #[must_use]
    pub fn max_depth(mut self, elements: usize) -> Self {
        self.max_depth = elements;
        self
    }

    /// Sets how many bytes a body that is decoded whole may have.
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

    /// Sets whether elements and attributes that the schema does not know are reported.
    #[must_use]
    pub fn report_unknown(mut self, report: bool) -> Self {
        self.report_unknown = report;
        self
    }

    /// Sets whether whole leaf elements are taken from the body in one step, which is faster and changes no result.
    ///
    /// Without it, the tokenizer reads everything. Tests use that as the reference.
    #[doc(hidden)]
    #[must_use]
    pub fn fast_path(mut self, enabled: bool) -> Self {
        self.fast_path = enabled;
        self
    }
}
