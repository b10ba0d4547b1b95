//! The operation that a request is for. [`Replay`](super::Replay) and [`Capture`](super::Capture) both need it.

use http::Request;

use crate::generated::operations;

/// The path of a request below `…/api/v2/`, and the operation there.
pub(super) struct Target<'a> {
    /// `None` if the help feed has no operation with this path and method.
    pub(super) operation: Option<&'static str>,
    pub(super) path: &'a str,
}

impl<'a> Target<'a> {
    pub(super) fn of<B>(request: &'a Request<B>) -> Self {
        let path = request.uri().path();
        let path = path.split_once("/api/v2/").map_or(path, |(_, path)| path);
        let method = effective_method(request);
        let matches = |info: &&crate::OperationInfo| info.path == path && info.method.as_str() == method;
        let operation = operations::ALL.iter().find(matches).map(|info| info.name);
        Self { operation, path }
    }
}

/// Returns the method of the operation: an update may be sent as POST or PROPPATCH (see `UpdateStyle`).
fn effective_method<B>(request: &Request<B>) -> &str {
    match request.method().as_str() {
        "PROPPATCH" => "PATCH",
        "POST" => {
            let header = request.headers().get("x-http-method-override");
            header.and_then(|value| value.to_str().ok()).unwrap_or("POST")
        }
        method => method,
    }
}
