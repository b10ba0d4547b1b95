//! Which operation a path and a method mean.

mod feed;
mod method;

use http::request::Parts;
use http::{Method, StatusCode};

use crate::service::Fault;
pub(crate) use feed::FeedError;

/// One operation of the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Route {
    pub(crate) operation: String,
    pub(crate) method: Method,
    /// What follows `/{client}/api/v2/`.
    pub(crate) path: String,
    /// The names of its query parameters, without `api_key`.
    pub(crate) parameters: Vec<String>,
}

impl Route {
    /// Whether the operation answers a list, a page at a time.
    pub(crate) fn is_paged(&self) -> bool {
        self.parameters.iter().any(|name| name == "all")
    }
}

/// All operations.
#[derive(Debug)]
pub(crate) struct Routes(Vec<Route>);

impl Routes {
    /// The one place that says where the operations come from: the vendored feed.
    pub(crate) fn load(feed: &str) -> Result<Self, FeedError> {
        feed::routes(feed).map(Self)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Route> {
        self.0.iter()
    }

    /// The operation behind a path, or why there is none.
    pub(crate) fn find(&self, path: &str, head: &Parts) -> Result<&Route, Fault> {
        let method = method::effective(head)?;
        let here: Vec<_> = self.iter().filter(|route| route.path == path).collect();
        if here.is_empty() {
            return Err(Fault::new(
                StatusCode::NOT_FOUND,
                format!("There is no operation at '{path}'. The help page lists the operations."),
            ));
        }
        here.iter()
            .copied()
            .find(|route| route.method == method)
            .ok_or_else(|| {
                let allowed: Vec<_> = here.iter().map(|route| route.method.as_str()).collect();
                Fault::method_not_allowed(&method, &allowed.join(", "))
            })
    }
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::Routes;
    use crate::pages::Pages;

    fn routes() -> Routes {
        let pages = Pages::load().expect("the vendored pages are whole");
        Routes::load(pages.feed().expect("there is a feed")).expect("the feed is whole")
    }

    /// What `find` says: the operation's name, or the status and the allowed methods.
    fn found(method: &str, over: Option<&str>, path: &str) -> String {
        let mut request = Request::builder().method(method).uri("/");
        if let Some(over) = over {
            request = request.header("X-HTTP-Method-Override", over);
        }
        let head = request.body(()).expect("a request").into_parts().0;
        match routes().find(path, &head) {
            Ok(route) => route.operation.clone(),
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
    fn every_operation_of_the_feed_can_be_reached() {
        let all = routes();
        assert_eq!(all.iter().count(), 40);
        for route in all.iter() {
            assert_eq!(found(route.method.as_str(), None, &route.path), route.operation);
        }
    }
}
