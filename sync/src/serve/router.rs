//! The routes. All of them only read, and none of them has customers, baskets, orders or secrets.

use std::sync::Arc;

use axum::Router;
use axum::extract::{MatchedPath, Path, RawQuery, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use spektrix_v2::{EventId, InstanceId};
use tower_http::cors::{AllowOrigin, CorsLayer};

use super::problem::Problem;
use super::resource::Resource;
use super::shared::Shared;
use super::{index, respond, status};

/// The longest path with a query.
const MOST_URL_BYTES: usize = 4096;

/// The `OpenAPI` document, which is written by hand. A test compares it with the routes and with responses.
const OPENAPI: &str = include_str!("openapi.json");

pub(super) fn router(shared: Arc<Shared>, cors_origins: Vec<HeaderValue>) -> Router {
    let mut router = Router::new();
    for resource in Resource::ALL {
        let handler = move |State(shared): State<Arc<Shared>>, headers: HeaderMap, RawQuery(query): RawQuery| async move {
            respond::list(&shared, resource, &headers, &query.unwrap_or_default()).await
        };
        router = router.route(resource.path(), get(handler));
    }
    let router = router
        .route("/", get(|| async { Html(index::page()) }))
        .route("/events/{id}", get(event))
        .route("/instances/{id}", get(instance))
        .route("/changes", get(changes))
        .route("/health", get(status::health))
        .route("/health/live", get(status::live))
        .route("/health/ready", get(status::ready))
        .route("/metrics", get(status::metrics))
        .route("/openapi.json", get(openapi))
        .fallback(|| async { Problem::not_found("there is no such path: GET / lists them") })
        .method_not_allowed_fallback(|| async {
            let detail = "this API only reads: use GET or HEAD";
            let mut response = Problem::new(StatusCode::METHOD_NOT_ALLOWED, detail).into_response();
            response
                .headers_mut()
                .insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
            response
        })
        .layer(middleware::from_fn_with_state(Arc::clone(&shared), guard))
        .with_state(shared);
    if cors_origins.is_empty() {
        return router;
    }
    router.layer(
        CorsLayer::new()
            .allow_origin(AllowOrigin::list(cors_origins))
            .allow_methods([Method::GET, Method::HEAD])
            .allow_headers([header::IF_NONE_MATCH])
            .expose_headers([header::ETAG, header::AGE, header::LINK, respond::TOTAL]),
    )
}

/// Refuses long URLs and unexpected queries, and counts responses.
async fn guard(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let uri = request.uri();
    let length = uri.path_and_query().map_or(0, |path| path.as_str().len());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or("other", MatchedPath::as_str).to_owned();
    let has_no_parameters = index::OTHER_ROUTES.iter().any(|(path, _)| *path == route);
    let mut response = if length > MOST_URL_BYTES {
        let detail = format!("the URL has more than {MOST_URL_BYTES} bytes");
        Problem::new(StatusCode::URI_TOO_LONG, detail).into_response()
    } else if has_no_parameters && uri.query().is_some_and(|query| !query.is_empty()) {
        Problem::bad_request(format!("{route} has no query parameters")).into_response()
    } else {
        next.run(request).await
    };
    shared.metrics.count_request(&route, response.status().as_u16());
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

async fn event(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let id: EventId = id.parse().map_err(|_| not_a_number())?;
    respond::object(&shared, Resource::Events, &headers, |snapshot| {
        snapshot.catalogue.event(id).cloned()
    })
}

async fn instance(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let id: InstanceId = id.parse().map_err(|_| not_a_number())?;
    respond::object(&shared, Resource::Instances, &headers, |snapshot| {
        snapshot.catalogue.instance(id).cloned()
    })
}

fn not_a_number() -> Problem {
    Problem::not_found("identifiers are numbers")
}

async fn changes(State(shared): State<Arc<Shared>>, method: Method, headers: HeaderMap) -> Response {
    if method == Method::HEAD {
        return [(header::CONTENT_TYPE, "text/event-stream")].into_response();
    }
    shared.changes.respond(&headers, shared.stopping.clone())
}

async fn openapi() -> Response {
    [(header::CONTENT_TYPE, "application/json")]
        .into_response()
        .map(|_| OPENAPI.into())
}
