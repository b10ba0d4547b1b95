//! The request as commands and programs to copy.

use maud::{Markup, html};

use crate::commands::tester::exchange::Exchange;
use crate::request::snippets::{self, Context};

/// Returns each of them, with a button that copies it.
pub(super) fn code(exchange: &Exchange) -> Markup {
    let request = &exchange.request;
    let context = Context {
        in_session: exchange.session.is_some(),
        body_file: None,
    };
    let snippets = [
        ("curl", snippets::curl(request, context)),
        ("PHP", snippets::php(request, context)),
        ("Rust", snippets::rust(request, context)),
        ("spektrix call", snippets::command(request, context)),
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
