//! The parts beside the content: the list of operations, the sessions, and the history.

use maud::{Markup, html};
use spektrix_v2::{Effect, OperationInfo};

use crate::commands::tester::operations::{self, GROUPS};
use crate::commands::tester::token::FORM_FIELD;
use crate::commands::tester::{history, sessions};

/// The field with the page to return to.
pub(in super::super) const BACK: &str = "back";

/// Returns the list of operations.
pub(super) fn operations(current: Option<&str>) -> Markup {
    html! {
        nav.operations #operations aria-label="Operations" {
            h2 { "Operations" }
            @for group in GROUPS {
                section {
                    h3 { (group) }
                    ul { @for info in operations::all().filter(|info| operations::group(info) == group) {
                        li { (link(info, current)) }
                    } }
                }
            }
            section {
                h3 { "Anything else" }
                ul { li { a href="/path" aria-current=[(current == Some("")).then_some("page")] { "Any path" } } }
            }
        }
    }
}

fn link(info: &OperationInfo, current: Option<&str>) -> Markup {
    let is_current = current == Some(info.name);
    html! {
        a href={ "/operation/" (info.name) } aria-current=[is_current.then_some("page")] {
            (info.name)
            @if info.effect == Effect::Write { " " span.method { (info.method) } }
        }
    }
}

/// Returns the sessions, with a form for each change.
pub(super) fn sessions(rows: &[sessions::Row], form_token: &str, here: &str) -> Markup {
    html! {
        section.panel #sessions aria-labelledby="sessions-title" {
            h2 #sessions-title { "Session" }
            @if rows.is_empty() {
                p.hint { "A basket needs a session. Start one, then add tickets with AddBasketItems." }
            }
            ul.sessions { @for row in rows { li { (session(row, form_token, here)) } } }
            form method="post" action="/sessions/new" {
                (token(form_token))
                input type="hidden" name=(BACK) value=(here);
                label for="session-name" { "New session" }
                div.row {
                    input #session-name name="name" type="text" maxlength="40" placeholder="Name, optional" autocomplete="off";
                    button { "Start" }
                }
            }
        }
    }
}

fn session(row: &sessions::Row, form_token: &str, here: &str) -> Markup {
    let state = if row.has_started {
        "Started: its cookie is kept here"
    } else {
        "Starts with the first change"
    };
    html! {
        p { strong { (row.name) } " " @if row.is_current { span.chip { "in use" } } }
        p.hint {
            (state)
            @if row.lost_baskets > 0 { "; lost its basket " (row.lost_baskets) "×" }
        }
        form.row method="post" action="/sessions/change" {
            (token(form_token))
            input type="hidden" name=(BACK) value=(here);
            input type="hidden" name="number" value=(row.number);
            @if row.is_current {
                button.quiet name="do" value="leave" { "Stop using" }
            } @else {
                button.quiet name="do" value="use" aria-label={ "Use " (row.name) } { "Use" }
            }
            button.quiet name="do" value="forget" aria-label={ "Forget " (row.name) } { "Forget" }
        }
    }
}

/// Returns the history of the sitting.
pub(super) fn history(rows: &[history::Row]) -> Markup {
    html! {
        section.panel #history aria-labelledby="history-title" {
            h2 #history-title { "History" }
            @if rows.is_empty() { p.hint { "Nothing was sent yet. The history is in memory, and ends with the command." } }
            ol.history { @for row in rows {
                @let exchange = &row.exchange;
                li { a href={ "/result/" (row.number) } {
                    span.method { (exchange.request.method) } " "
                    span.path { (exchange.request.path) } " "
                    (status(exchange.status, exchange.failure.is_some()))
                    time { (exchange.timing.at.strftime("%H:%M:%S")) }
                } }
            } }
        }
    }
}

/// Returns the status of a response as a badge.
pub(super) fn status(status: Option<axum::http::StatusCode>, is_failure: bool) -> Markup {
    let class = if is_failure { "status bad" } else { "status good" };
    html! { span class=(class) { @match status {
        Some(status) => (status.as_u16()),
        None => "failed",
    } } }
}

/// Returns the field with the token of the pages.
pub(super) fn token(form_token: &str) -> Markup {
    html! { input type="hidden" name=(FORM_FIELD) value=(form_token); }
}
