//! A page server on loopback with prepared responses.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http_body_util::Full;
use hyper::Request;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use xtask::fetch::BaseUrl;

/// The base path of the service.
const BASE_PATH: &str = "/venue/api/v2";

/// The responses, by path below the base. The last response of a path is repeated.
pub(crate) type Pages = BTreeMap<String, Vec<Response>>;

/// A prepared response.
#[derive(Clone)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) hangs: bool,
}

impl Response {
    pub(crate) fn page(content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type", content_type.to_owned())];
        Self {
            status: 200,
            headers,
            body: body.into(),
            hangs: false,
        }
    }

    pub(crate) fn status(status: u16, body: &str) -> Self {
        Self {
            status,
            ..Self::page("text/html", body)
        }
    }

    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// A response that never arrives.
    pub(crate) fn hanging() -> Self {
        Self {
            hangs: true,
            ..Self::page("text/plain", "")
        }
    }
}

/// A running server, which stops when it is dropped.
pub(crate) struct PageServer {
    address: SocketAddr,
    scheme: &'static str,
    state: Arc<State>,
    task: JoinHandle<()>,
}

struct State {
    pages: Mutex<Pages>,
    http2_only: bool,
    requests: Mutex<Vec<String>>,
    open: AtomicUsize,
    max_open: AtomicUsize,
}

impl PageServer {
    pub(crate) async fn start(pages: Pages) -> std::io::Result<Self> {
        Self::listen(pages, None, false).await
    }

    pub(crate) async fn start_tls(pages: Pages, tls: rustls::ServerConfig) -> std::io::Result<Self> {
        Self::listen(pages, Some(TlsAcceptor::from(Arc::new(tls))), false).await
    }

    /// Starts a server that speaks HTTP/2 only.
    pub(crate) async fn start_http2(pages: Pages, tls: rustls::ServerConfig) -> std::io::Result<Self> {
        Self::listen(pages, Some(TlsAcceptor::from(Arc::new(tls))), true).await
    }

    async fn listen(pages: Pages, tls: Option<TlsAcceptor>, http2_only: bool) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let scheme = if tls.is_some() { "https" } else { "http" };
        let (requests, open, max_open) = Default::default();
        let state = Arc::new(State {
            pages: Mutex::new(pages),
            http2_only,
            requests,
            open,
            max_open,
        });
        let task = tokio::spawn(accept(listener, tls, Arc::clone(&state)));
        Ok(Self {
            address,
            scheme,
            state,
            task,
        })
    }

    pub(crate) fn host(&self) -> String {
        self.address.to_string()
    }

    pub(crate) fn base(&self) -> anyhow::Result<BaseUrl> {
        format!("{}://{}{BASE_PATH}", self.scheme, self.address).parse()
    }

    /// Returns the path and query of every request so far.
    pub(crate) fn requests(&self) -> Vec<String> {
        locked(&self.state.requests).clone()
    }

    /// Returns the highest number of requests that were open at the same time.
    pub(crate) fn max_open(&self) -> usize {
        self.state.max_open.load(Ordering::SeqCst)
    }
}

impl Drop for PageServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn accept(listener: TcpListener, tls: Option<TlsAcceptor>, state: Arc<State>) {
    while let Ok((stream, _)) = listener.accept().await {
        let (tls, state) = (tls.clone(), Arc::clone(&state));
        tokio::spawn(async move {
            match tls {
                None => serve(stream, state).await,
                Some(tls) => {
                    if let Ok(stream) = tls.accept(stream).await {
                        serve(stream, state).await;
                    }
                }
            }
        });
    }
}

async fn serve(stream: impl AsyncRead + AsyncWrite + Unpin + 'static, state: Arc<State>) {
    let service = service_fn(|request| respond(request, Arc::clone(&state)));
    let mut builder = auto::Builder::new(TokioExecutor::new());
    if state.http2_only {
        builder = builder.http2_only();
    }
    // Some tests close the connection early.
    let _ = builder.serve_connection(TokioIo::new(stream), service).await;
}

async fn respond(request: Request<Incoming>, state: Arc<State>) -> Result<hyper::Response<Full<Bytes>>, Infallible> {
    let open = state.open.fetch_add(1, Ordering::SeqCst) + 1;
    state.max_open.fetch_max(open, Ordering::SeqCst);
    let uri = request.uri();
    locked(&state.requests).push(uri.path_and_query().map(ToString::to_string).unwrap_or_default());
    let response = state.next(uri.path());
    if response.hangs {
        std::future::pending::<()>().await;
    }
    // Long enough for further requests to arrive, if the client sends any.
    tokio::time::sleep(Duration::from_millis(2)).await;
    state.open.fetch_sub(1, Ordering::SeqCst);
    Ok(to_hyper(response))
}

impl State {
    fn next(&self, path: &str) -> Response {
        let path = path.strip_prefix(BASE_PATH).unwrap_or(path).trim_start_matches('/');
        match locked(&self.pages).get_mut(path) {
            Some(responses) if responses.len() > 1 => responses.remove(0),
            Some(responses) if responses.len() == 1 => responses[0].clone(),
            _ => Response::status(404, "no such page"),
        }
    }
}

fn to_hyper(prepared: Response) -> hyper::Response<Full<Bytes>> {
    let mut response = hyper::Response::new(Full::new(Bytes::from(prepared.body)));
    *response.status_mut() = hyper::StatusCode::from_u16(prepared.status).unwrap_or_default();
    for (name, value) in prepared.headers {
        if let Ok(value) = value.parse() {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
