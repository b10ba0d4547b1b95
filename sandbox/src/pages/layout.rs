//! The frame of every page: its title, the sign that it is a sandbox, and the links between the booking pages.

use http::StatusCode;
use jiff::civil::DateTime;
use maud::{DOCTYPE, Markup, html};
use rust_decimal::Decimal;

use super::address::{RESIZE_SCRIPT, STYLE, WebsitePage};
use super::reply::PageReply;
use super::request::Values;
use crate::api::Refusal;

/// A page without its content.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// Links to other pages: their names and URLs.
    pub(super) links: Vec<(&'static str, String)>,
    /// What a developer should know about this request.
    pub(super) notes: Vec<String>,
    /// Whether the page reports its height.
    pub(super) is_resized: bool,
    /// Whether this is the page of the bank, which has its own colours.
    pub(super) is_bank: bool,
}

impl Layout {
    /// Returns a page with this title and content.
    pub(super) fn page(&self, status: StatusCode, title: &str, content: &Markup) -> PageReply {
        let class = self.is_bank.then_some("bank");
        let page = html! {
            (DOCTYPE)
            html lang="en-GB" class=[class] {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (title) " – Sandbox" }
                    link rel="stylesheet" href=(STYLE);
                    @if self.is_resized {
                        script src=(RESIZE_SCRIPT) defer {}
                    }
                }
                body {
                    (self.banner())
                    (self.navigation())
                    main { (content) }
                }
            }
        };
        PageReply::html(status, page)
    }

    /// Returns the page for a refusal.
    pub(super) fn refusal(&self, refusal: Refusal) -> PageReply {
        let (status, message) = refusal.into_parts();
        let title = status.canonical_reason().unwrap_or("Error");
        self.page(
            status,
            title,
            &html! {
                h1 { (title) }
                p.notice.bad role="alert" { (message) }
            },
        )
    }

    fn banner(&self) -> Markup {
        html! {
            div.sandbox role="note" {
                strong { "Sandbox. " }
                "This venue does not exist, nothing is charged, and nothing is sent."
                @if !self.notes.is_empty() {
                    ul { @for note in &self.notes { li { (note) } } }
                }
            }
        }
    }

    fn navigation(&self) -> Markup {
        html! {
            @if !self.links.is_empty() {
                nav aria-label="Booking" {
                    ul { @for (name, url) in &self.links { li { a href=(url) { (name) } } } }
                }
            }
        }
    }
}

/// Returns what a developer should know about the parameters of a page.
pub(super) fn notes(page: WebsitePage, query: &Values) -> Vec<String> {
    let mut notes = Vec::new();
    for (name, value) in query.iter() {
        if name.eq_ignore_ascii_case("stylesheet") {
            notes.push(format!(
                "The style sheet '{value}' is not used: the sandbox has only its own."
            ));
        } else if !page.has_parameter(name) {
            notes.push(format!("The parameter '{name}' has no effect in the sandbox."));
        }
    }
    if query.get("resize").is_some() && !is_resized(query) {
        notes.push("This page is not resized: resize=true must be the last parameter.".to_owned());
    }
    notes
}

/// Returns whether a page reports its height: according to the documentation, `resize=true` has to be the last parameter.
pub(super) fn is_resized(query: &Values) -> bool {
    query.ends_with("resize", "true")
}

pub(super) fn money(amount: Decimal) -> String {
    format!("£{amount:.2}")
}

pub(super) fn date_and_time(time: DateTime) -> String {
    time.strftime("%a %-d %b %Y, %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::{Values, WebsitePage, is_resized, notes};

    #[test]
    fn notes_name_what_has_no_effect() {
        let cases = [
            ("EventInstanceId=5&resize=true", true, ""),
            ("EventInstanceId=5", false, ""),
            ("resize=true&EventInstanceId=5", false, "must be the last"),
            (
                "EventInstanceId=5&stylesheet=<venue>.css&resize=true",
                true,
                "<venue>.css",
            ),
            (
                "EventInstanceId=5&OfferId=3&resize=true",
                true,
                "'OfferId' has no effect",
            ),
            (
                "Attribute_Genre=Drama&EventInstanceId=5&resize=true",
                true,
                "'Attribute_Genre' has no effect",
            ),
        ];
        for (query, resized, expected) in cases {
            let values = Values::parse(query.as_bytes());
            let found = notes(WebsitePage::ChooseSeats, &values);
            assert_eq!(is_resized(&values), resized, "{query}");
            assert_eq!(found.len(), usize::from(!expected.is_empty()), "{query}: {found:?}");
            assert!(found.concat().contains(expected), "{query}: {found:?}");
        }
    }
}
