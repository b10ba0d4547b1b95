//! The website of a venue: pages that a test sets, and a log of what the browser sent for them.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, SET_COOKIE};
use http::{HeaderValue, Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// The cookies that every page of the website sets. One of each kind.
const COOKIES: [&str; 3] = [
    "venue_strict=1; Path=/; SameSite=Strict",
    "venue_lax=1; Path=/; SameSite=Lax",
    "venue_none=1; Path=/; SameSite=None; Secure",
];

/// A page of the website.
#[derive(Clone, Default)]
pub(crate) struct WebsitePage {
    pub(crate) head: String,
    pub(crate) body: String,
    /// The value of the header `Content-Security-Policy`.
    pub(crate) policy: Option<String>,
}

/// A request for a page of the website.
#[derive(Clone, Debug)]
pub(crate) struct Visited {
    pub(crate) path: String,
    pub(crate) cookies: String,
    /// `iframe` for a frame, `document` for the window.
    pub(crate) destination: String,
}

#[derive(Default)]
struct Content {
    pages: Mutex<BTreeMap<String, WebsitePage>>,
    visited: Mutex<Vec<Visited>>,
}

/// The running website. It ends when it is dropped.
pub(crate) struct Website {
    port: u16,
    content: Arc<Content>,
    task: JoinHandle<()>,
}

impl Drop for Website {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Website {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let content = Arc::new(Content::default());
        let task = tokio::spawn(serve(listener, Arc::clone(&content)));
        Self { port, content, task }
    }

    /// Returns the URL of a page, on a host that is another site than `127.0.0.1`.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }

    /// Returns the URL of a page, on the host of the sandbox's pages: the same site.
    pub(crate) fn url_on_same_site(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub(crate) fn set(&self, path: &str, page: WebsitePage) {
        self.content
            .pages
            .lock()
            .expect("no panic")
            .insert(path.to_owned(), page);
    }

    /// Returns the last request for a path.
    pub(crate) fn last_visit(&self, path: &str) -> Option<Visited> {
        let visited = self.content.visited.lock().expect("no panic");
        visited.iter().rev().find(|visited| visited.path == path).cloned()
    }
}

async fn serve(listener: TcpListener, content: Arc<Content>) {
    while let Ok((stream, _)) = listener.accept().await {
        let content = Arc::clone(&content);
        tokio::spawn(async move {
            let service = service_fn(|request| {
                let response = respond(&content, &request);
                async move { Ok::<_, Infallible>(response) }
            });
            // A browser may close connections as it likes.
            let _ = http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

fn respond(content: &Content, request: &Request<Incoming>) -> Response<Full<Bytes>> {
    let header = |name| {
        request
            .headers()
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
    };
    let path = request.uri().path().to_owned();
    content.visited.lock().expect("no panic").push(Visited {
        path: path.clone(),
        cookies: header("cookie").unwrap_or_default().to_owned(),
        destination: header("sec-fetch-dest").unwrap_or_default().to_owned(),
    });
    let page = content
        .pages
        .lock()
        .expect("no panic")
        .get(&path)
        .cloned()
        .unwrap_or_default();
    let html = format!(
        "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Venue</title>{}</head><body>{}</body></html>",
        page.head, page.body
    );
    let mut response = Response::new(Full::new(Bytes::from(html)));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    for cookie in COOKIES {
        headers.append(SET_COOKIE, HeaderValue::from_static(cookie));
    }
    if let Some(policy) = page.policy {
        headers.insert(
            CONTENT_SECURITY_POLICY,
            HeaderValue::try_from(policy).expect("a policy"),
        );
    }
    response
}
