//! The first page: what can be done here.

use axum::http::StatusCode;
use axum::response::Response;
use maud::html;

use super::layout::Shell;

/// Returns the first page.
pub(in super::super) fn start(shell: &Shell) -> Response {
    let first = [
        ("GetEvents", "the events, with all that the venue wrote about them"),
        (
            "GetInstances",
            "the performances: when they start, and when they are on sale",
        ),
        ("GetInstanceStatus", "the free seats of each performance"),
        ("GetPriceLists", "what tickets cost, by band and ticket type"),
    ];
    let content = html! {
        h1 { "Send a request" }
        p { "Choose an operation from the list, or start with one of these:" }
        ul.cards { @for (name, purpose) in first {
            li { a href={ "/operation/" (name) } { strong { (name) } span { (purpose) } } }
        } }
        h2 { "Sell two tickets" }
        ol {
            li { "Start a session." }
            li { "Send " a href="/operation/GetInstanceStatus?limit=20" { "GetInstanceStatus" } ". In its table, choose " em { "Sell" } " for a performance." }
            li { "Check the body, send it, and confirm." }
            li { "Send " a href="/operation/GetBasket" { "GetBasket" } " to see the tickets and their prices." }
        }
        h2 { "What this page does not show" }
        p {
            "The API key, the cookies of sessions, passwords and keys are never part of a page. Requests go to "
            strong { (shell.venue) } ", and each is sent once. This page is only for this machine."
        }
    };
    shell.page(StatusCode::OK, "Send a request", None, &content)
}
