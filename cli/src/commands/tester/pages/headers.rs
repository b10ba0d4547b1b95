//! The headers of a request and its response.

use maud::{Markup, html};

use crate::commands::tester::exchange::Exchange;

/// Returns both lists of headers.
pub(super) fn headers(exchange: &Exchange) -> Markup {
    html! {
        section {
            h2 { "Request" }
            p.line { code { (exchange.request.line()) } }
            (list(&exchange.request_headers))
            @if let Some(body) = exchange.sent_body() { pre.code tabindex="0" aria-label="Request body" { (body) } }
        }
        section {
            h2 { "Response" }
            @if let Some(status) = exchange.status { p.line { code { (status) } } }
            (list(&exchange.response_headers))
        }
    }
}

fn list(headers: &[(String, String)]) -> Markup {
    html! {
        @if headers.is_empty() { p.hint { "None." } }
        dl.headers { @for (name, value) in headers {
            div { dt { (name) } dd { (value) } }
        } }
    }
}
