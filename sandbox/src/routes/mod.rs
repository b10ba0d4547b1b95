//! Which operation a path and a method mean.

mod method;

use http::StatusCode;
use http::request::Parts;
use spektrix_v2::{Download, OperationInfo, operations};

use crate::service::Refusal;

/// The operation behind a path, or why there is none.
pub(crate) fn find(path: &str, head: &Parts) -> Result<&'static OperationInfo, Refusal> {
    let method = method::effective(head)?;
    let here: Vec<_> = all().filter(|info| info.path == path).collect();
    if here.is_empty() {
        return Err(Refusal::new(
            StatusCode::NOT_FOUND,
            format!("There is no operation at '{path}'. The help page lists the operations."),
        ));
    }
    let matching = here.iter().copied().find(|info| info.method.as_str() == method);
    matching.ok_or_else(|| {
        let allowed: Vec<_> = here.iter().map(|info| info.method.as_str()).collect();
        Refusal::method_not_allowed(&method, &allowed.join(", "))
    })
}

/// All of the help feed, and what is not on it: the documents behind the links that `GetPrintAtHomeDocuments` answers.
fn all() -> impl Iterator<Item = &'static OperationInfo> {
    operations::ALL.iter().chain([&Download::INFO])
}

/// Whether the operation answers a list, a page at a time.
pub(crate) fn is_paged(operation: &OperationInfo) -> bool {
    operation.parameters.contains(&"all")
}

#[cfg(test)]
mod tests {
    use http::Request;

    use spektrix_v2::operations;

    use super::find;

    /// What `find` says: the operation's name, or the status and the allowed methods.
    fn found(method: &str, over: Option<&str>, path: &str) -> String {
        let mut request = Request::builder().method(method).uri("/");
        if let Some(over) = over {
            request = request.header("X-HTTP-Method-Override", over);
        }
        let head = request.body(()).expect("a request").into_parts().0;
        match find(path, &head) {
            Ok(operation) => operation.name.to_owned(),
            Err(refusal) => refusal.summary(),
        }
    }

    #[test]
    fn path_and_method_lead_to_the_operation() {
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
        for (method, over, path, expected) in cases {
            assert_eq!(found(method, over, path), expected, "{method} {over:?} {path}");
        }
    }

    #[test]
    fn every_operation_can_be_reached() {
        assert_eq!(operations::ALL.len(), 40);
        for operation in operations::ALL {
            assert_eq!(found(operation.method.as_str(), None, operation.path), operation.name);
        }
    }
}
