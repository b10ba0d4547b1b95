//! The body of a response: as XML, as decoded JSON, and as a table.

use std::borrow::Cow;

use maud::{Markup, html};

use crate::commands::tester::exchange::Exchange;
use crate::commands::tester::table::{self, Table};
use crate::commands::tester::xml::{self, Kind, Line};
use crate::commands::tester::{limits, links};

/// The style sheet has classes for so many depths.
const MOST_INDENTED: usize = 8;

/// What is known of a body.
pub(super) struct Content<'a> {
    exchange: &'a Exchange,
    /// `None` if it is a document.
    text: Option<Cow<'a, str>>,
    json: Option<String>,
    /// Why it cannot be decoded.
    mismatch: Option<String>,
    unknown: Vec<String>,
}

impl<'a> Content<'a> {
    /// Decodes the body, if it is the response of an operation.
    pub(super) fn of(exchange: &'a Exchange) -> Self {
        let decoded = exchange.decoded();
        let (json, unknown, mismatch) = match decoded {
            Some(Ok((json, unknown))) => (Some(json), unknown, None),
            Some(Err(error)) => (None, Vec::new(), Some(error)),
            None => (None, Vec::new(), None),
        };
        Self {
            exchange,
            text: text(exchange),
            json,
            mismatch,
            unknown,
        }
    }

    /// Returns whether it can be shown as JSON.
    pub(super) fn has_json(&self) -> bool {
        self.json.is_some()
    }

    /// Returns it as a table, if it is a list.
    pub(super) fn table(&self) -> Option<Table> {
        table::of(self.json.as_deref()?, limits::ROWS)
    }

    /// Returns what the schema does not have, and why the body cannot be decoded.
    pub(super) fn notes(&self) -> Markup {
        html! {
            @if let Some(mismatch) = &self.mismatch {
                div.problem role="note" {
                    p { strong { "The body does not match the reconstructed schema. " } (mismatch) }
                }
            }
            @if !self.unknown.is_empty() {
                details.unknown open {
                    summary { (self.unknown.len()) " not in the reconstructed schema" }
                    ul { @for path in self.unknown.iter().take(limits::UNKNOWN) { li { code { (limits::shortened(path)) } } } }
                    @if self.unknown.len() > limits::UNKNOWN { p.hint { "The first " (limits::UNKNOWN) " are shown." } }
                }
            }
        }
    }

    /// Returns the body to read.
    pub(super) fn xml(&self, number: u32) -> Markup {
        if self.exchange.body.is_empty() {
            return html! { p.hint { "The body is empty." } };
        }
        let Some(text) = self.text.as_deref() else {
            return html! { p { "The body is a document, not text. " (download(number)) } };
        };
        let Some(shown) = xml::lines(text, &self.unknown, limits::LINES) else {
            let is_cut = text.len() > 200_000;
            let end = text.floor_char_boundary(200_000);
            return html! { pre.code tabindex="0" aria-label="Body" { (text[..end]) } @if is_cut { (rest(number)) } };
        };
        html! {
            pre.code.xml tabindex="0" aria-label="Body as XML" { @for line in &shown.lines {
                span class=(line_class(line)) {
                    (" ".repeat(2 * line.depth))
                    @for (kind, text) in &line.parts { span class=(class(*kind)) { (text) } }
                    "\n"
                }
            } }
            @if shown.is_cut { (rest(number)) }
        }
    }

    /// Returns the decoded body.
    pub(super) fn json(&self, number: u32) -> Markup {
        let json = self.json.as_deref().unwrap_or_default();
        let mut bytes = 0;
        let lines = json.lines().map(limits::shortened).take(limits::LINES);
        let shown: Vec<_> = lines
            .take_while(|line| {
                bytes += line.len();
                bytes <= limits::BYTES
            })
            .collect();
        html! {
            pre.code.json tabindex="0" aria-label="Body as JSON" { @for line in &shown { (json_line(line)) "\n" } }
            @if shown.len() < json.lines().count() { (rest(number)) }
        }
    }
}

/// Returns the body as text, unless it is a document. Error pages of web servers may be in another encoding than UTF-8.
fn text(exchange: &Exchange) -> Option<Cow<'_, str>> {
    let kind = exchange.response_header("content-type").unwrap_or_default();
    let is_text = ["text/", "xml", "json"].iter().any(|part| kind.contains(part));
    match std::str::from_utf8(&exchange.body) {
        Ok(text) => Some(text.into()),
        Err(_) if is_text => Some(String::from_utf8_lossy(&exchange.body)),
        Err(_) => None,
    }
}

/// Returns a list as a table. Identifiers are links to the operations that use them.
pub(super) fn table(exchange: &Exchange, table: &Table) -> Markup {
    let operation = exchange.operation.map_or("", |info| info.name);
    html! {
        p.hint { (table.objects) " objects" @if table.rows.len() < table.objects { ", of which the first " (table.rows.len()) " are shown" } }
        div.scroll tabindex="0" role="region" aria-label="Table" {
            table {
                thead { tr {
                    @if links::has_action(operation) { th scope="col" { "Next" } }
                    @for column in &table.columns { th scope="col" { (column) } }
                } }
                tbody { @for row in &table.rows { tr {
                    @if links::has_action(operation) { td { (action(operation, &table.columns, row)) } }
                    @for (column, cell) in table.columns.iter().zip(row) { td { (linked(operation, column, cell)) } }
                } } }
            }
        }
    }
}

fn action(operation: &str, columns: &[String], row: &[String]) -> Markup {
    match links::action(operation, columns, row) {
        Some((label, url)) => html! { a href=(url) { (label) } },
        None => html! {},
    }
}

fn linked(operation: &str, column: &str, cell: &str) -> Markup {
    match links::of(operation, column, cell) {
        Some(url) => html! { a href=(url) { (cell) } },
        None => html! { (cell) },
    }
}

/// Returns the class of a line. That of its depth indents what follows when the line is wrapped.
fn line_class(line: &Line) -> String {
    let unknown = if line.is_unknown { " unknown" } else { "" };
    format!("line depth-{}{unknown}", line.depth.min(MOST_INDENTED))
}

fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Tag => "tag",
        Kind::Attribute => "attribute",
        Kind::Value => "value",
        Kind::Text => "text",
        Kind::Comment => "comment",
    }
}

/// Returns a line of pretty-printed JSON, with its name and its value marked.
fn json_line(line: &str) -> Markup {
    let indent = line.len() - line.trim_start().len();
    let (space, rest) = line.split_at(indent);
    let (name, value) = match rest.split_once("\": ") {
        Some((name, value)) if name.starts_with('"') => (format!("{name}\""), value),
        _ => (String::new(), rest),
    };
    html! {
        (space)
        @if !name.is_empty() { span.attribute { (name) } ": " }
        span class=(json_class(value)) { (value) }
    }
}

fn json_class(value: &str) -> &'static str {
    match value.as_bytes().first() {
        Some(b'"') => "value",
        Some(b'{' | b'}' | b'[' | b']') | None => "tag",
        _ => "text",
    }
}

fn rest(number: u32) -> Markup {
    html! { p.hint { "The rest is not shown. " (download(number)) } }
}

fn download(number: u32) -> Markup {
    html! { a href={ "/result/" (number) "/body" } { "Download the whole body" } "." }
}
