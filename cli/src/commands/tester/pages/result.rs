//! The result of a request: its line, status, time and size, and a tab for each view of it.

use std::time::Duration;

use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use super::body::{self, Content};
use super::code::code;
use super::headers::headers;
use super::layout::Shell;
use super::side;
use crate::commands::tester::exchange::{Exchange, Failed};

/// A view of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum View {
    Xml,
    Json,
    Table,
    Headers,
    Code,
}

impl View {
    /// Returns the view with this name in the address; the body if there is none.
    pub(in super::super) fn of(name: Option<&str>) -> Self {
        let all = [Self::Json, Self::Table, Self::Headers, Self::Code];
        all.into_iter()
            .find(|view| Some(view.name()) == name)
            .unwrap_or(Self::Xml)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Xml => "xml",
            Self::Json => "json",
            Self::Table => "table",
            Self::Headers => "headers",
            Self::Code => "code",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Xml => "XML",
            Self::Json => "JSON",
            Self::Table => "Table",
            Self::Headers => "Headers",
            Self::Code => "Copy as code",
        }
    }
}

/// Returns the page of a result.
pub(in super::super) fn result(shell: &Shell, number: u32, exchange: &Exchange, view: View) -> Response {
    let content = Content::of(exchange);
    let table = content.table();
    let is_xml = exchange
        .response_header("content-type")
        .is_some_and(|kind| kind.contains("xml"));
    let mut tabs = vec![View::Xml];
    tabs.extend(content.has_json().then_some(View::Json));
    tabs.extend(table.is_some().then_some(View::Table));
    tabs.extend([View::Headers, View::Code]);
    let view = if tabs.contains(&view) { view } else { View::Xml };
    let page = html! {
        div.result {
            (summary(number, exchange))
            nav.tabs aria-label="Views of the result" { @for tab in &tabs {
                a href={ "/result/" (number) "?view=" (tab.name()) } aria-current=[(*tab == view).then_some("page")] {
                    @if *tab == View::Xml && !is_xml { "Body" } @else { (tab.label()) }
                }
            } }
        }
        @if let Some(failure) = &exchange.failure { (failed(failure)) }
        @match (view, &table) {
            (View::Table, Some(table)) => (body::table(exchange, table)),
            (View::Json, _) => { (content.notes()) (content.json(number)) },
            (View::Headers, _) => (headers(exchange)),
            (View::Code, _) => (code(exchange)),
            _ => { (content.notes()) (content.xml(number)) },
        }
    };
    let name = exchange.operation.map_or("", |info| info.name);
    shell.page(StatusCode::OK, &exchange.request.line(), Some(name), &page)
}

fn summary(number: u32, exchange: &Exchange) -> Markup {
    html! {
        h1.line { code { (exchange.request.line()) } }
        p.summary role="status" {
            (side::status(exchange.status, exchange.failure.is_some()))
            @if let Some(reason) = exchange.status.and_then(|status| status.canonical_reason()) { span { (reason) } }
            span { (time(exchange.timing.elapsed)) }
            span { (size(exchange.body.len())) }
            @if let Some(kind) = exchange.response_header("content-type") { span { (kind) } }
            @if let Some(session) = &exchange.session { span { "in " (session) } }
            span.links {
                a href={ "/result/" (number) "/edit" } { "Edit and send again" }
                @if !exchange.body.is_empty() { a href={ "/result/" (number) "/body" } { "Download" } }
            }
        }
    }
}

fn failed(failure: &Failed) -> Markup {
    html! {
        div.problem role="alert" {
            p { strong { (failure.message) } }
            @if let Some(hint) = &failure.hint { p { "What to do: " (hint) } }
        }
    }
}

fn time(elapsed: Duration) -> String {
    format!("{} ms", elapsed.as_millis())
}

fn size(bytes: usize) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{:.1} KB", kilo(bytes)),
        _ => format!("{:.1} MB", kilo(bytes / 1024)),
    }
}

fn kilo(bytes: usize) -> f64 {
    f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) / 1024.0
}
