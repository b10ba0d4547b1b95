//! The request as commands and programs to copy.

use maud::{Markup, html};

use crate::commands::tester::exchange::Exchange;
use crate::request::snippets;

/// Returns each of them, with a button that copies it.
pub(super) fn code(exchange: &Exchange) -> Markup {
    let (request, in_session) = (&exchange.request, exchange.session.is_some());
    let snippets = [
        ("curl", snippets::curl(request, in_session)),
        ("PHP", snippets::php(request, in_session)),
        ("Rust", snippets::rust(request, in_session)),
        ("spektrix call", snippets::command(request)),
    ];
    html! {
        p.hint {
            "They read SPEKTRIX_CLIENT, SPEKTRIX_API_KEY, SPEKTRIX_CERT and SPEKTRIX_KEY, as the crate does, so they contain no secret. "
            code { "spektrix sandbox" } " prints these variables for a sandbox."
        }
        @for (name, text) in &snippets {
            section.snippet {
                div.row { h2 { (name) } button.quiet type="button" hidden data-copy { "Copy" } }
                pre.code tabindex="0" aria-label={ (name) ", to copy" } { (text) }
            }
        }
    }
}
