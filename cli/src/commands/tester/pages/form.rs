//! The form of an operation, or of any path.

use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use spektrix_v2::{Effect, OperationInfo};

use super::layout::Shell;
use super::side::token;
use crate::commands::tester::input::{Draft, PARAMETER, Target};
use crate::commands::tester::masking::{shown_body, shown_parameters, shown_path};
use crate::commands::tester::operations::{self, Field, Kind};

/// Returns the form with what the user has entered, and what is wrong with it.
pub(in super::super) fn form(shell: &Shell, draft: &Draft, problems: &[String]) -> Response {
    let operation = draft.operation();
    let title = operation.map_or("Any path", |info| info.name);
    let content = html! {
        h1 { (title) }
        @if let Some(info) = operation { (facts(info)) }
        @if !problems.is_empty() {
            div.problem #problems role="alert" tabindex="-1" {
                p { strong { "Not sent." } }
                ul { @for problem in problems { li { (problem) } } }
            }
        }
        form.request method="post" action="/send" data-send {
            (token(&shell.form_token))
            (target(&draft.target))
            @if let Some(info) = operation { (parameters(info, draft)) }
            (extra(draft))
            @if takes_body(draft) { (body(draft, !problems.is_empty())) }
            p.actions {
                button.primary { @if is_write(draft) { "Check and confirm…" } @else { "Send" } }
                span.hint data-keys {}
            }
        }
    };
    let status = if problems.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    shell.page(status, title, Some(operation.map_or("", |info| info.name)), &content)
}

fn is_write(draft: &Draft) -> bool {
    draft.operation().is_some_and(|info| info.effect == Effect::Write)
}

fn takes_body(draft: &Draft) -> bool {
    draft.operation().is_none_or(|info| !info.request.root.is_empty())
}

fn facts(info: &OperationInfo) -> Markup {
    let (word, sentence) = operations::lifecycle(info);
    html! {
        p.line { code { span.method { (info.method) } " " (info.path) } " " span class={ "chip " (word) } { (word) } }
        p.hint {
            (sentence) " "
            @if let Some(sentence) = operations::session_use(info) { (sentence) }
        }
        @let rules = operations::rules(info);
        @for rule in rules { p.hint { (rule) } }
    }
}

fn target(target: &Target) -> Markup {
    html! { @match target {
        Target::Operation(info) => input type="hidden" name="operation" value=(info.name);,
        Target::Path { method, path } => {
            div.fields {
                div.field {
                    label for="method" { "Method" }
                    select #method name="method" {
                        @for known in ["GET", "POST", "PATCH", "PUT", "DELETE"] {
                            option selected[known.eq_ignore_ascii_case(method)] { (known) }
                        }
                    }
                }
                div.field.wide {
                    label for="path" { "Path below api/v2/ " span.required { "required" } }
                    input #path name="path" type="text" value=(shown_path(path)) required placeholder="events" autocomplete="off" spellcheck="false";
                }
            }
        }
    } }
}

fn parameters(info: &'static OperationInfo, draft: &Draft) -> Markup {
    let fields = operations::fields(info);
    html! {
        @if !fields.is_empty() {
            fieldset {
                legend { "Parameters" }
                div.fields { @for field in &fields { (parameter(field, draft.value(field.name))) } }
            }
        }
    }
}

fn parameter(field: &Field, value: Option<&str>) -> Markup {
    let id = format!("{PARAMETER}{}", field.name);
    let (kind, mode) = match field.kind {
        Kind::Flag => return flag(field, &id, value),
        Kind::Date => ("date", None),
        Kind::Email => ("email", None),
        Kind::Number => ("number", Some("numeric")),
        Kind::Text => ("text", None),
    };
    html! {
        div.field {
            label for=(id) { (field.name) @if field.is_required { " " span.required { "required" } } }
            input id=(id) name=(id) type=(kind) inputmode=[mode] min=[mode.map(|_| "0")] value=[value] required[field.is_required]
                autocomplete="off" spellcheck="false";
        }
    }
}

fn flag(field: &Field, id: &str, value: Option<&str>) -> Markup {
    html! {
        div.field.flag {
            input id=(id) name=(id) type="checkbox" value="true" checked[value == Some("true")];
            label for=(id) { (field.name) }
        }
    }
}

fn extra(draft: &Draft) -> Markup {
    let is_open = !draft.extra.is_empty() || draft.operation().is_none();
    html! {
        details open[is_open] {
            summary { "Further parameters" }
            label for="extra" { "One a line, as NAME=VALUE. The API key is added by itself." }
            textarea #extra name="extra" rows="3" spellcheck="false" autocomplete="off" { (shown_parameters(&draft.extra)) }
        }
    }
}

fn body(draft: &Draft, was_refused: bool) -> Markup {
    let shown = shown_body(&draft.body);
    html! {
        @if let Some(info) = draft.operation().filter(|info| !info.body_requirements.is_empty()) {
            details {
                summary { "What the body must contain" }
                ul.hint { @for part in info.body_requirements { li { code { (part) } } } }
            }
        }
        label for="body" { "Body, as XML" @if draft.operation().is_some() { " " span.required { "required" } } }
        textarea.code #body name="body" rows="16" spellcheck="false" autocomplete="off" autocapitalize="off" wrap="off" { "\n" (shown) }
        p.hint {
            @if shown != draft.body { "Passwords, and a body that is not XML, are not shown again: enter them once more. " }
            @if draft.operation().is_some() { "It is checked before it is sent. Replace the ids: they are examples." }
        }
        @if was_refused || draft.is_forced {
            p.flag {
                input #force name="force" type="checkbox" checked[draft.is_forced];
                label for="force" { "Send the body although the check has failed" }
            }
        }
    }
}
