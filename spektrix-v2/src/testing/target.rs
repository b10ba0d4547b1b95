//! Which operation a request is for.

use http::Request;

use crate::generated::operations;

/// What a request asks for: below `…/api/v2/`, and by the name of the operation where there is one.
pub(super) struct Target<'a> {
    pub(super) operation: Option<&'static str>,
    pub(super) path: &'a str,
}

impl<'a> Target<'a> {
    pub(super) fn of<B>(request: &'a Request<B>) -> Self {
        let path = request.uri().path();
        let path = path.split_once("/api/v2/").map_or(path, |(_, path)| path);
        let method = meant(request);
        let matches = |info: &&crate::OperationInfo| info.path == path && info.method.as_str() == method;
        let operation = operations::ALL.iter().find(matches).map(|info| info.name);
        Self { operation, path }
    }
}

/// The method that is meant, however the update is spelt.
fn meant<B>(request: &Request<B>) -> &str {
    let over = request.headers().get("x-http-method-override");
    match (request.method().as_str(), over.and_then(|value| value.to_str().ok())) {
        ("PROPPATCH", _) => "PATCH",
        ("POST", Some(over)) => over,
        (method, _) => method,
    }
}
