//! Which operation a path and a method mean.

mod method;

use http::StatusCode;
use http::request::Parts;
use spektrix_v2::xml::BodyNames;
use spektrix_v2::{Effect, Lifecycle, Method, OperationInfo, Requirement, SessionUse, operations};

use crate::service::Fault;

/// What is not on the help feed: the documents behind the links that `GetPrintAtHomeDocuments` answers.
pub(crate) static DOWNLOAD_TICKET: OperationInfo = OperationInfo {
    name: "DownloadTicket",
    method: Method::Get,
    path: "customers/print-at-home-download",
    parameters: &["customer_id", "document_id"],
    requirements: &[Requirement::All(&["customer_id", "document_id"])],
    body_requirements: &[],
    request: BodyNames::EMPTY,
    response: BodyNames::EMPTY,
    effect: Effect::Read,
    session: SessionUse::None,
    lifecycle: Lifecycle::Deprecated,
};

/// The operation behind a path, or why there is none.
pub(crate) fn find(path: &str, head: &Parts) -> Result<&'static OperationInfo, Fault> {
    let method = method::effective(head)?;
    let here: Vec<_> = all().filter(|info| info.path == path).collect();
    if here.is_empty() {
        return Err(Fault::new(
            StatusCode::NOT_FOUND,
            format!("There is no operation at '{path}'. The help page lists the operations."),
        ));
    }
    let matching = here.iter().copied().find(|info| info.method.as_str() == method);
    matching.ok_or_else(|| {
        let allowed: Vec<_> = here.iter().map(|info| info.method.as_str()).collect();
        Fault::method_not_allowed(&method, &allowed.join(", "))
    })
}

fn all() -> impl Iterator<Item = &'static OperationInfo> {
    operations::ALL.iter().chain([&DOWNLOAD_TICKET])
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
            Err(fault) => fault.summary(),
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
