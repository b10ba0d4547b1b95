//! A page server on loopback whose every answer is laid down beforehand.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use xtask::fetch::BaseUrl;

/// Where the service stands on the server.
const BASE_PATH: &str = "/venue/api/v2";

/// The answers, by path below the base. The last answer to a path is repeated for ever.
pub(crate) type Pages = BTreeMap<String, Vec<Answer>>;

/// One answer.
#[derive(Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) never: bool,
}

impl Answer {
    pub(crate) fn page(content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type", content_type.to_owned())];
        Self {
            status: 200,
            headers,
            body: body.into(),
            never: false,
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

    /// An answer that is never given.
    pub(crate) fn never() -> Self {
        Self {
            never: true,
            ..Self::page("text/plain", "")
        }
    }
}

/// The running server; it stops when it is dropped.
pub(crate) struct PageServer {
    address: SocketAddr,
    scheme: &'static str,
    state: Arc<State>,
    task: JoinHandle<()>,
}

struct State {
    pages: Mutex<Pages>,
    requests: Mutex<Vec<String>>,
    open: AtomicUsize,
    most: AtomicUsize,
}

impl PageServer {
    pub(crate) async fn start(pages: Pages) -> std::io::Result<Self> {
        Self::listen(pages, None).await
    }

    pub(crate) async fn start_tls(pages: Pages, tls: rustls::ServerConfig) -> std::io::Result<Self> {
        Self::listen(pages, Some(TlsAcceptor::from(Arc::new(tls)))).await
    }

    async fn listen(pages: Pages, tls: Option<TlsAcceptor>) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let scheme = if tls.is_some() { "https" } else { "http" };
        let (requests, open, most) = Default::default();
        let state = Arc::new(State {
            pages: Mutex::new(pages),
            requests,
            open,
            most,
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

    /// Path and query of every request so far.
    pub(crate) fn requests(&self) -> Vec<String> {
        locked(&self.state.requests).clone()
    }

    /// The most requests that were open at one time.
    pub(crate) fn most_at_once(&self) -> usize {
        self.state.most.load(Ordering::SeqCst)
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
    let service = service_fn(|request| answer(request, Arc::clone(&state)));
    let builder = auto::Builder::new(TokioExecutor::new());
    // A client that goes away early is the client's affair, and what some tests are about.
    let _ = builder.serve_connection(TokioIo::new(stream), service).await;
}

async fn answer(request: Request<Incoming>, state: Arc<State>) -> Result<Response<Full<Bytes>>, Infallible> {
    let open = state.open.fetch_add(1, Ordering::SeqCst) + 1;
    state.most.fetch_max(open, Ordering::SeqCst);
    let uri = request.uri();
    locked(&state.requests).push(uri.path_and_query().map(ToString::to_string).unwrap_or_default());
    let answer = state.next(uri.path());
    if answer.never {
        std::future::pending::<()>().await;
    }
    // Long enough for further requests to come in, should the client send any.
    tokio::time::sleep(Duration::from_millis(2)).await;
    state.open.fetch_sub(1, Ordering::SeqCst);
    Ok(response(answer))
}

impl State {
    fn next(&self, path: &str) -> Answer {
        let path = path.strip_prefix(BASE_PATH).unwrap_or(path).trim_start_matches('/');
        match locked(&self.pages).get_mut(path) {
            Some(answers) if answers.len() > 1 => answers.remove(0),
            Some(answers) if answers.len() == 1 => answers[0].clone(),
            _ => Answer::status(404, "no such page"),
        }
    }
}

fn response(answer: Answer) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(answer.body)));
    *response.status_mut() = hyper::StatusCode::from_u16(answer.status).unwrap_or_default();
    for (name, value) in answer.headers {
        if let Ok(value) = value.parse() {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
