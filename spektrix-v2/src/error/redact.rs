//! Takes secrets out of texts that came from outside, in every form in which a request carries them.

use std::sync::{Arc, Mutex, PoisonError};

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use zeroize::Zeroizing;

use super::base64_forms::base64_forms;
use super::card_number::without_card_numbers;
use crate::client::QUERY_VALUE;

const MASK: &str = "***";

/// The secrets of one call, to be taken out of whatever is quoted.
#[derive(Default)]
pub(crate) struct Redactor(Mutex<Known>);

#[derive(Default)]
struct Known {
    secrets: Vec<Zeroizing<String>>,
    /// Most calls quote nothing: they are made when they are needed.
    forms: Option<Forms>,
}

type Forms = Arc<[Zeroizing<String>]>;

impl Redactor {
    /// Makes one from the secrets themselves.
    pub(crate) fn new<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let redactor = Self::default();
        secrets.into_iter().for_each(|secret| redactor.learn(secret));
        redactor
    }

    /// Adds a secret that shows only while the call is on its way.
    pub(crate) fn learn(&self, secret: &str) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !secret.is_empty() && !known.secrets.iter().any(|old| **old == secret) {
            known.secrets.push(Zeroizing::new(secret.to_owned()));
            known.forms = None;
        }
    }

    /// The text without the secrets, without the value of any `api_key` parameter, and without card numbers.
    pub(crate) fn scrub(&self, text: &str) -> String {
        let forms = self.forms();
        let scrubbed = |text: String, secret: &Zeroizing<String>| text.replace(secret.as_str(), MASK);
        let mut scrubbed = forms.iter().fold(text.to_owned(), scrubbed);
        if let Some(start) = start_of_cut_secret(&forms, &scrubbed) {
            scrubbed.replace_range(start.., MASK);
        }
        without_card_numbers(&without_key_parameter(&scrubbed), MASK)
    }

    /// Whether one of the secrets stands in the text.
    pub(crate) fn finds(&self, text: &str) -> bool {
        self.forms().iter().any(|secret| text.contains(secret.as_str()))
    }

    fn forms(&self) -> Forms {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Known { secrets, forms } = &mut *known;
        Arc::clone(forms.get_or_insert_with(|| {
            let mut forms: Vec<_> = secrets.iter().flat_map(|secret| self::forms(secret)).collect();
            // The longest first: a form may be part of another.
            forms.sort_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
            forms.dedup();
            forms.into()
        }))
    }
}

/// Where the text ends with the beginning of a secret: it may have been cut there.
fn start_of_cut_secret(forms: &[Zeroizing<String>], text: &str) -> Option<usize> {
    const FEWEST_BYTES: usize = 4;
    let starts = forms.iter().filter_map(|form| {
        let lengths = (FEWEST_BYTES..form.len()).filter(|length| form.is_char_boundary(*length));
        let cut = lengths.rev().find(|length| text.ends_with(&form[..*length]));
        cut.map(|length| text.len() - length)
    });
    starts.min()
}

/// A secret as it is, as the query carries it, in base64, and as other software would write any of those.
fn forms(secret: &str) -> Vec<Zeroizing<String>> {
    let in_base64 = base64_forms(secret);
    let plain = std::iter::once(secret).chain(in_base64.iter().map(|form| form.as_str()));
    plain.flat_map(spellings).map(Zeroizing::new).collect()
}

/// A text as it is, in an address, in markup, and between quotes.
fn spellings(text: &str) -> [String; 10] {
    let sent = utf8_percent_encode(text, QUERY_VALUE).to_string();
    let cautious = utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let ampersand = text.replace('&', "&amp;");
    let markup = ampersand.replace('<', "&lt;").replace('>', "&gt;");
    [
        sent.replace("%20", "+"),
        lower_case_escapes(&sent),
        lower_case_escapes(&cautious),
        markup.replace('"', "&quot;").replace('\'', "&#39;"),
        markup,
        text.replace('\\', "\\\\").replace('"', "\\\""),
        text.escape_debug().to_string(),
        text.to_owned(),
        cautious,
        sent,
    ]
}

/// `%2B` as `%2b`.
fn lower_case_escapes(text: &str) -> String {
    let mut escape = 0;
    let lower = |character: char| {
        escape = if character == '%' {
            3
        } else {
            escape - i32::from(escape > 0)
        };
        if escape > 0 {
            character.to_ascii_lowercase()
        } else {
            character
        }
    };
    text.chars().map(lower).collect()
}

/// Whatever key stands there: it may be another one, or cut.
fn without_key_parameter(text: &str) -> String {
    const NAME: &str = "api_key=";
    let mut parts = text.split(NAME);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|character: char| character.is_whitespace() || "&\"'<>".contains(character));
        out.extend([NAME, MASK, &part[end.unwrap_or(part.len())..]]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_secret_is_found() {
        let redactor = Redactor::new(["k+e y/ß&1~", ""]);
        let cases = [
            ("none here", "none here"),
            ("raw k+e y/ß&1~.", "raw ***."),
            ("sent k%2Be%20y%2F%C3%9F%261~.", "sent ***."),
            ("lower case k%2be%20y%2f%c3%9f%261~.", "lower case ***."),
            ("a form k%2Be+y%2F%C3%9F%261~.", "a form ***."),
            ("cautious k%2Be%20y%2F%C3%9F%261%7E.", "cautious ***."),
            ("markup k+e y/ß&amp;1~.", "markup ***."),
            ("twice k+e y/ß&1~k+e y/ß&1~", "twice ******"),
            ("cut k+e y/ß", "cut ***"),
            ("cut k%2Be%20", "cut ***"),
            ("no cut k+e", "no cut k+e"),
            ("card 4111 1111 1111 1111.", "card ***."),
        ];
        for (text, expected) in cases {
            assert_eq!(redactor.scrub(text), expected, "{text}");
        }
    }

    #[test]
    fn a_secret_that_is_learnt_late_is_found_from_then_on() {
        let redactor = Redactor::new(["first"]);
        assert_eq!(redactor.scrub("first second"), "*** second");
        redactor.learn("second");
        redactor.learn("");
        assert_eq!(redactor.scrub("first second"), "*** ***");
        assert!(redactor.finds("a second time"));
    }

    #[test]
    fn any_key_parameter_is_hidden() {
        let cases = [
            ("GET /x?a=1&api_key=other HTTP/1.1", "GET /x?a=1&api_key=*** HTTP/1.1"),
            ("api_key=a&b=c api_key=\"", "api_key=***&b=c api_key=***\""),
            ("api_key", "api_key"),
        ];
        for (text, expected) in cases {
            assert_eq!(Redactor::default().scrub(text), expected, "{text}");
        }
    }
}
