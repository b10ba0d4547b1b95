//! The frame of every page: header, note, list of operations, sessions and history.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use maud::{DOCTYPE, Markup, html};

use super::side;
use crate::commands::tester::{history, sessions};

/// What the frame of a page shows.
pub(in super::super) struct Shell {
    pub(in super::super) venue: String,
    pub(in super::super) is_sandbox: bool,
    pub(in super::super) form_token: String,
    /// The address of the page, to return to after a change of the sessions.
    pub(in super::super) here: String,
    pub(in super::super) sessions: Vec<sessions::Row>,
    pub(in super::super) history: Vec<history::Row>,
}

impl Shell {
    /// Returns a page with this title and content. The operation is marked in the list.
    pub(super) fn page(&self, status: StatusCode, title: &str, operation: Option<&str>, content: &Markup) -> Response {
        let body = html! {
            a.skip href="#main" { "Skip to the content" }
            header.top {
                a.brand href="/" { "Spektrix API v2 " span { "tester" } }
                p.venue { "Venue: " strong { (self.venue) } @if self.is_sandbox { " " span.chip { "fictional" } } }
                nav.jump aria-label="Parts of the page" {
                    a href="#operations" { "Operations" }
                    a href="#sessions" { "Sessions" }
                    a href="#history" { "History" }
                }
            }
            (self.note())
            div.columns {
                main #main tabindex="-1" { (content) }
                (side::operations(operation))
                div.side {
                    (side::sessions(&self.sessions, &self.form_token, &self.here))
                    (side::history(&self.history))
                }
            }
        };
        document(status, title, &body)
    }

    fn note(&self) -> Markup {
        html! {
            p.note role="note" {
                strong { "v2 has been read-only since 2025: " }
                "today's service refuses writes (documented). "
                @if self.is_sandbox { "This is the sandbox on your machine. It accepts them, and nothing is charged." }
            }
        }
    }
}

/// Returns the page for a request that is not allowed. It shows nothing of the venue.
pub(in super::super) fn refusal(status: StatusCode, reason: &str) -> Response {
    let title = status.canonical_reason().unwrap_or("Refused");
    let body = html! {
        main #main {
            h1 { (title) }
            p.problem role="alert" { (reason) }
        }
    };
    document(status, title, &body)
}

fn document(status: StatusCode, title: &str, body: &Markup) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " – Spektrix API tester" }
                link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/assets/tester.css";
                script src="/assets/tester.js" defer {}
            }
            body { (body) }
        }
    };
    let headers = [("content-type", "text/html; charset=utf-8")];
    (status, headers, page.into_string()).into_response()
}
