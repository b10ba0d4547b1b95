//! Routing: finds the client, the help page or the operation that a path and a method refer to.

use http::request::Parts;
use http::{Method, StatusCode};
use spektrix_v2::{Download, OperationInfo, operations};

use crate::api::Refusal;

/// The parts of a path `/{client}/api/v2/{path}`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Address<'a> {
    pub(crate) client: &'a str,
    pub(crate) path: &'a str,
}

impl<'a> Address<'a> {
    pub(crate) fn parse(path: &'a str) -> Result<Self, Refusal> {
        let parts = path.strip_prefix('/').and_then(|path| path.split_once("/api/v2/"));
        match parts {
            Some((client, path)) if !client.is_empty() && !client.contains('/') => Ok(Self { client, path }),
            _ => Err(Refusal::new(
                StatusCode::NOT_FOUND,
                "There is nothing at this address. The API is at /{client}/api/v2/.",
            )),
        }
    }

    /// Returns the path of the requested help page as it is in the lock file, unless the address is an operation's.
    pub(crate) fn help_page(&self) -> Option<&'a str> {
        let is_help = self.path == "help" || self.path.starts_with("help/");
        is_help.then_some(self.path)
    }
}

/// Returns the operation with this path and the method of the request, or why there is none.
pub(crate) fn find(path: &str, head: &Parts) -> Result<&'static OperationInfo, Refusal> {
    let method = effective_method(head)?;
    let with_path: Vec<_> = all_operations().filter(|info| info.path == path).collect();
    if with_path.is_empty() {
        return Err(Refusal::new(
            StatusCode::NOT_FOUND,
            format!("There is no operation at '{path}'. The help page lists the operations."),
        ));
    }
    let matching = with_path.iter().copied().find(|info| info.method.as_str() == method);
    matching.ok_or_else(|| {
        let allowed: Vec<_> = with_path.iter().map(|info| info.method.as_str()).collect();
        Refusal::method_not_allowed(&method, &allowed.join(", "))
    })
}

/// Returns the operations of the help feed, and the download of documents to which `GetPrintAtHomeDocuments` links.
fn all_operations() -> impl Iterator<Item = &'static OperationInfo> {
    operations::ALL.iter().chain([&Download::INFO])
}

const METHOD_OVERRIDE: &str = "x-http-method-override";

/// Returns the method after `X-HTTP-Method-Override` is applied.
///
/// The service accepts an update as PATCH, as PROPPATCH, or as POST with the header. The header only applies to POST.
fn effective_method(head: &Parts) -> Result<Method, Refusal> {
    let method = match head.headers.get(METHOD_OVERRIDE) {
        Some(value) if head.method == Method::POST => Method::from_bytes(&value.as_bytes().to_ascii_uppercase())
            .map_err(|_| Refusal::invalid("X-HTTP-Method-Override is not a valid method."))?,
        _ => head.method.clone(),
    };
    let is_update = method.as_str() == "PROPPATCH";
    Ok(if is_update { Method::PATCH } else { method })
}

#[cfg(test)]
mod tests {
    use http::Request;
    use spektrix_v2::operations;

    use super::{Address, find};

    #[test]
    fn only_addresses_of_the_api_are_parsed() {
        let cases = [
            ("/venue/api/v2/events", Some(("venue", "events"))),
            ("/venue/api/v2/basket/items", Some(("venue", "basket/items"))),
            ("/venue/api/v2/", Some(("venue", ""))),
            ("/venue/api/v2/a/api/v2/b", Some(("venue", "a/api/v2/b"))),
            ("/venue/api/v2", None),
            ("/venue/api/v3/events", None),
            ("/venue/more/api/v2/events", None),
            ("//api/v2/events", None),
            ("/api/v2/events", None),
            ("/", None),
            ("", None),
        ];
        for (path, expected) in cases {
            let address = Address::parse(path).ok();
            assert_eq!(
                address.map(|address| (address.client, address.path)),
                expected,
                "{path}"
            );
        }
    }

    /// Returns the name of the operation found, or the status and the allowed methods.
    fn found(method: &str, method_override: Option<&str>, path: &str) -> String {
        let mut request = Request::builder().method(method).uri("/");
        if let Some(method_override) = method_override {
            request = request.header("X-HTTP-Method-Override", method_override);
        }
        let head = request.body(()).expect("a request").into_parts().0;
        match find(path, &head) {
            Ok(operation) => operation.name.to_owned(),
            Err(refusal) => refusal.summary(),
        }
    }

    #[test]
    fn path_and_method_determine_the_operation() {
        let cases = [
            ("GET", None, "events", "GetEvents"),
            (
                "GET",
                None,
                "customers/print-at-home-documents",
                "GetPrintAtHomeDocuments",
            ),
            ("GET", None, "customers/print-at-home-download", "DownloadTicket"),
            ("GET", None, "basket", "GetBasket"),
            ("DELETE", None, "basket", "DeleteBasketItem"),
            ("PATCH", None, "basket", "UpdateBasket"),
            ("PROPPATCH", None, "basket", "UpdateBasket"),
            ("POST", Some("PATCH"), "basket", "UpdateBasket"),
            ("POST", Some("proppatch"), "basket", "UpdateBasket"),
            ("POST", Some("DELETE"), "basket", "DeleteBasketItem"),
            ("POST", None, "basket/items", "AddBasketItems"),
            ("POST", Some("PATCH"), "basket/items", "UpdateBasketItems"),
            ("GET", Some("DELETE"), "basket", "GetBasket"),
            ("POST", None, "basket", "405 DELETE, GET, PATCH"),
            ("POST", Some("NOT A METHOD"), "basket", "400"),
            ("HEAD", None, "events", "405 GET"),
            ("DELETE", None, "events", "405 GET"),
            ("GET", None, "event", "404"),
            ("GET", None, "events/", "404"),
            ("GET", None, "", "404"),
        ];
        for (method, method_override, path, expected) in cases {
            assert_eq!(
                found(method, method_override, path),
                expected,
                "{method} {method_override:?} {path}"
            );
        }
    }

    #[test]
    fn every_operation_is_found() {
        assert_eq!(operations::ALL.len(), 40);
        for operation in operations::ALL {
            assert_eq!(found(operation.method.as_str(), None, operation.path), operation.name);
        }
    }
}
