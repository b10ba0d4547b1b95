//! The routes of the page. Everything that changes something is a POST, and ends with a redirect, so that reloading a page
//! sends nothing.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Extension, Path, RawQuery, State};
use axum::http::header::{self, HeaderName};
use axum::http::{StatusCode, Uri};
use axum::middleware;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use url::form_urlencoded;

use super::exchange::masked;
use super::guard::{self, Form, Guard};
use super::input::{Draft, Target};
use super::masking::Secrets;
use super::operations;
use super::pages::{self, BACK, Shell, View};
use super::send::send;
use super::state::Tester;

type Shared = State<Arc<Tester>>;

/// The history that a page lists.
const NEWEST: usize = 15;

/// Returns the routes behind the guard.
pub(super) fn router(tester: Arc<Tester>, guard: Arc<Guard>) -> Router {
    Router::new()
        .route("/", get(start))
        .route("/operation/{name}", get(operation_form))
        .route("/path", get(path_form))
        .route("/send", post(send_form))
        .route("/confirm/{number}", get(question).post(confirmed))
        .route("/result/{number}", get(result))
        .route("/result/{number}/edit", get(edit))
        .route("/result/{number}/body", get(body))
        .route("/sessions/new", post(new_session))
        .route("/sessions/change", post(change_session))
        .route("/assets/{name}", get(asset))
        .fallback(async || not_found())
        .with_state(tester)
        .layer(middleware::from_fn_with_state(guard, guard::check))
}

async fn start(State(tester): Shared, here: Uri) -> Response {
    pages::start(&shell(&tester, &here))
}

async fn operation_form(
    State(tester): Shared,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    here: Uri,
) -> Response {
    match operations::find(&name) {
        Some(info) => pages::form(&shell(&tester, &here), &Draft::with_values(info, pairs(query)), &[]),
        None => not_found(),
    }
}

async fn path_form(State(tester): Shared, here: Uri) -> Response {
    let target = Target::Path {
        method: "GET".to_owned(),
        path: String::new(),
    };
    pages::form(&shell(&tester, &here), &Draft::new(target), &[])
}

/// Sends a read. A write waits for a confirmation.
async fn send_form(State(tester): Shared, Extension(Form(fields)): Extension<Form>) -> Response {
    let Some(draft) = Draft::from_form(&fields) else {
        return not_found();
    };
    match draft.request() {
        Err(problems) => {
            let here = draft
                .operation()
                .map_or("/path".to_owned(), |info| format!("/operation/{}", info.name));
            pages::form(&shell(&tester, &here), &draft, &problems)
        }
        Ok(request) if request.is_write() => {
            let number = tester.pending().add(request);
            Redirect::to(&format!("/confirm/{number}")).into_response()
        }
        Ok(request) => {
            let number = send(&tester, request).await;
            Redirect::to(&format!("/result/{number}")).into_response()
        }
    }
}

async fn question(State(tester): Shared, Path(number): Path<u32>, here: Uri) -> Response {
    let request = tester.pending().get(number).map(|request| {
        let mut secrets = Secrets::default();
        secrets.add_passwords(request.body.as_deref());
        masked(request, &secrets)
    });
    match request {
        Some(request) => pages::confirm(&shell(&tester, &here), number, &request),
        None => not_found(),
    }
}

async fn confirmed(State(tester): Shared, Path(number): Path<u32>) -> Response {
    let request = tester.pending().take(number);
    match request {
        Some(request) => {
            let number = send(&tester, request).await;
            Redirect::to(&format!("/result/{number}")).into_response()
        }
        None => pages::refusal(
            StatusCode::GONE,
            "This write was sent already, or is no longer kept: see the history.",
        ),
    }
}

async fn result(State(tester): Shared, Path(number): Path<u32>, RawQuery(query): RawQuery, here: Uri) -> Response {
    let exchange = tester.history().get(number);
    let query = pairs(query);
    let view = query
        .iter()
        .find(|(name, _)| name == "view")
        .map(|(_, value)| value.as_str());
    match exchange {
        Some(exchange) => pages::result(&shell(&tester, &here), number, &exchange, View::of(view)),
        None => not_found(),
    }
}

async fn edit(State(tester): Shared, Path(number): Path<u32>, here: Uri) -> Response {
    let exchange = tester.history().get(number);
    match exchange {
        Some(exchange) => pages::form(&shell(&tester, &here), &Draft::from_exchange(&exchange), &[]),
        None => not_found(),
    }
}

/// Returns a body as a file. A browser never shows it: it could be a page of another origin.
async fn body(State(tester): Shared, Path(number): Path<u32>) -> Response {
    let Some(exchange) = tester.history().get(number) else {
        return not_found();
    };
    let is_pdf = exchange.body.starts_with(b"%PDF");
    let name = exchange.operation.map_or("response", |info| info.name);
    let file = format!(
        "attachment; filename=\"{name}-{number}.{}\"",
        if is_pdf { "pdf" } else { "xml" }
    );
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, file),
    ];
    (headers, exchange.body.clone()).into_response()
}

async fn new_session(State(tester): Shared, Extension(form): Extension<Form>) -> Response {
    let name = form.field("name").unwrap_or_default().to_owned();
    if tester.sessions().add(&tester.client, &name) {
        return back(&form);
    }
    pages::refusal(
        StatusCode::CONFLICT,
        "There are ten sessions already. Forget one first.",
    )
}

async fn change_session(State(tester): Shared, Extension(form): Extension<Form>) -> Response {
    let number = form.field("number").and_then(|number| number.parse().ok());
    match (form.field("do"), number) {
        (Some("use"), number) => tester.sessions().choose(number),
        (Some("leave"), _) => tester.sessions().choose(None),
        (Some("forget"), Some(number)) => tester.sessions().forget(number),
        _ => return not_found(),
    }
    back(&form)
}

/// Returns to the page with the form. Any other address leads to the first page.
fn back(form: &Form) -> Response {
    let is_path = |page: &&str| page.starts_with('/') && !page.starts_with("//");
    let is_plain = |page: &&str| page.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let page = form.field(BACK).filter(is_path).filter(is_plain);
    Redirect::to(page.unwrap_or("/")).into_response()
}

async fn asset(Path(name): Path<String>) -> Response {
    let found: Option<(&str, &str)> = match name.as_str() {
        "tester.css" => Some(("text/css; charset=utf-8", include_str!("../../../assets/tester.css"))),
        "tester.js" => Some((
            "text/javascript; charset=utf-8",
            include_str!("../../../assets/tester.js"),
        )),
        "icon.svg" => Some(("image/svg+xml", include_str!("../../../assets/icon.svg"))),
        _ => None,
    };
    match found {
        Some((kind, content)) => ([(header::CONTENT_TYPE, kind)] as [(HeaderName, &str); 1], content).into_response(),
        None => not_found(),
    }
}

fn pairs(query: Option<String>) -> Vec<(String, String)> {
    form_urlencoded::parse(query.unwrap_or_default().as_bytes())
        .into_owned()
        .collect()
}

fn not_found() -> Response {
    pages::refusal(StatusCode::NOT_FOUND, "There is no such page, or it is no longer kept.")
}

fn shell(tester: &Tester, here: &impl ToString) -> Shell {
    Shell {
        here: here.to_string(),
        venue: tester.client.client_name().to_owned(),
        is_sandbox: tester.is_sandbox,
        form_token: tester.form_token.clone(),
        sessions: tester.sessions().rows(),
        history: tester.history().newest(NEWEST),
    }
}
