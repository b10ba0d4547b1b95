//! The question before a write is sent.

use axum::http::StatusCode;
use axum::response::Response;
use maud::html;

use super::layout::Shell;
use super::side::token;
use crate::commands::tester::operations;
use crate::request::Request;

/// Returns the page that asks whether to send a write. The request is masked.
pub(in super::super) fn confirm(shell: &Shell, number: u32, request: &Request) -> Response {
    let operation = operations::of(request);
    let session = shell.sessions.iter().find(|row| row.is_current);
    let content = html! {
        h1 { "Send this write?" }
        p.line { code { (request.line()) } }
        p {
            "It changes data of " strong { (shell.venue) } ", "
            @match session {
                Some(session) => { "in the session " strong { (session.name) } "." },
                None => "in no session.",
            }
            @if session.is_none() && operation.is_some_and(|info| operations::session_use(info).is_some()) {
                " Without a session, the basket that it changes cannot be reached later."
            }
        }
        @if let Some(body) = &request.body { pre.code tabindex="0" aria-label="Body" { (String::from_utf8_lossy(body)) } }
        form.actions method="post" action={ "/confirm/" (number) } data-send {
            (token(&shell.form_token))
            button.primary.danger { "Yes, send it" }
            a.button href="/" { "Cancel" }
        }
    };
    shell.page(
        StatusCode::OK,
        "Send this write?",
        operation.map(|info| info.name),
        &content,
    )
}
