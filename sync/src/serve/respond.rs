//! Responses with lists and objects: conditional, compressed, with their age.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;

use super::problem::Problem;
use super::query::Query;
use super::resource::{Rendered, Resource};
use super::shared::Shared;
use super::snapshot::{Encoding, Representation, Snapshot};

/// The number of objects that match, on all pages.
pub(super) const TOTAL: HeaderName = HeaderName::from_static("x-total-count");

/// Responds with a list. Whole lists come from the snapshot; a query is rendered.
pub(super) async fn list(
    shared: &Shared,
    resource: Resource,
    headers: &HeaderMap,
    raw_query: &str,
) -> Result<Response, Problem> {
    let snapshot = current(shared)?;
    if raw_query.is_empty() {
        let encoding = if shared.compresses {
            Encoding::accepted(headers)
        } else {
            Encoding::Identity
        };
        let whole = snapshot.whole(resource, encoding).await?;
        return Ok(respond(shared, resource, headers, whole));
    }
    let query = Query::parse(raw_query, resource.fields(), Timestamp::now())?;
    let link = query.limit.map(|limit| (query.offset.saturating_add(limit), limit));
    // The semaphore is never closed.
    let permit = shared.renders.acquire().await;
    let part = snapshot.render(resource, query).await?;
    drop(permit);
    let next = link.filter(|(next, _)| part.total.is_some_and(|total| *next < total));
    let mut response = respond(shared, resource, headers, part);
    if let Some(link) = next.and_then(|(offset, limit)| next_page(resource, raw_query, offset, limit)) {
        response.headers_mut().insert(header::LINK, link);
    }
    Ok(response)
}

/// Responds with one object.
pub(super) fn object<T: Serialize>(
    shared: &Shared,
    resource: Resource,
    headers: &HeaderMap,
    find: impl FnOnce(&Snapshot) -> Option<T>,
) -> Result<Response, Problem> {
    let snapshot = current(shared)?;
    let found = find(&snapshot).ok_or_else(|| Problem::not_found("there is no such object"))?;
    let failed = |_| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "the object could not be rendered");
    let mut bytes = serde_json::to_vec(&found).map_err(failed)?;
    bytes.push(b'\n');
    let representation = Representation::identity(Rendered { bytes, total: None });
    Ok(respond(shared, resource, headers, representation))
}

fn current(shared: &Shared) -> Result<Arc<Snapshot>, Problem> {
    let starting = || Problem::unavailable("the data has not been loaded yet: see /health", 5);
    shared.snapshot().ok_or_else(starting)
}

fn respond(shared: &Shared, resource: Resource, request: &HeaderMap, list: Representation) -> Response {
    let is_known = request
        .get(header::IF_NONE_MATCH)
        .is_some_and(|tags| matches(tags, &list.etag));
    let body = if is_known {
        Body::empty()
    } else {
        Body::from(list.bytes)
    };
    let mut response = Response::new(body);
    let age = shared.live().map(|live| {
        if resource.has_availability() {
            live.availability_age()
        } else {
            live.age()
        }
    });
    let headers = response.headers_mut();
    headers.insert(header::ETAG, list.etag);
    headers.insert(header::CACHE_CONTROL, shared.cache_control.clone());
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(header::AGE, age.unwrap_or_default().as_secs().into());
    if is_known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(resource.media_type()));
    if let Some(name) = list.encoding.name() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    if let Some(total) = list.total {
        headers.insert(TOTAL, total.into());
    }
    response
}

/// Compares weakly, as RFC 9110 asks: proxies make tags weak when they compress.
fn matches(tags: &HeaderValue, etag: &HeaderValue) -> bool {
    let (Ok(tags), Ok(etag)) = (tags.to_str(), etag.to_str()) else {
        return false;
    };
    let mut tags = tags.split(',').map(str::trim);
    tags.any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

fn next_page(resource: Resource, raw_query: &str, offset: usize, limit: usize) -> Option<HeaderValue> {
    let pairs = url::form_urlencoded::parse(raw_query.as_bytes());
    let kept = pairs.filter(|(name, _)| name != "offset" && name != "limit");
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(kept)
        .append_pair("limit", &limit.to_string())
        .append_pair("offset", &offset.to_string())
        .finish();
    HeaderValue::from_str(&format!("<{}?{query}>; rel=\"next\"", resource.path())).ok()
}
