//! What a request is aimed at, as far as faults can be told apart by it.

/// The operation and the path of a request, before anything is known of who asks.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Target<'a> {
    /// `None` where there is no operation: help pages, wrong addresses.
    pub(crate) operation: Option<&'static str>,
    /// Below `{client}/api/v2/`.
    pub(crate) path: Option<&'a str>,
}
