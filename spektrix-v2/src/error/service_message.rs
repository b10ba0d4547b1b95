//! Finds the sentence of the service in the body of a refusal: without the markup, the codes and the page around it.

use super::page_text::page_text;

/// Returns the sentence; `None` if there is none, as in the page of a gateway.
pub(super) fn service_message(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(body);
    let text = text.trim_start_matches('\u{FEFF}').trim();
    let message = match text.as_bytes().first()? {
        b'{' | b'[' => json_message(text),
        b'"' => json_string(text),
        b'<' if is_web_page(text) => quoted_exception(&page_text(body)),
        b'<' => Some(xml_message(text)),
        _ => Some(text.to_owned()),
    };
    message
        .map(|message| message.trim().to_owned())
        .filter(|message| !message.is_empty())
}

fn is_web_page(text: &str) -> bool {
    let beginning = text.as_bytes();
    let beginning = beginning[..beginning.len().min(1024)].to_ascii_lowercase();
    [&b"<html"[..], b"<!doctype html", b"<body"]
        .iter()
        .any(|mark| memchr::memmem::find(&beginning, mark).is_some())
}

/// Returns the message in the error page of WCF, the framework of old .NET services, if details are shown.
fn quoted_exception(page: &str) -> Option<String> {
    let (_, message) = page.split_once("exception message is '")?;
    let (message, _) = message
        .split_once("'. See server logs")
        .or_else(|| message.rsplit_once('\''))?;
    Some(message.to_owned())
}

/// Returns the content of the element that contains the message, or else the text of the document.
fn xml_message(text: &str) -> String {
    const NAMES: [&str; 8] = [
        "ExceptionMessage",
        "Message",
        "message",
        "faultstring",
        "Text",
        "Description",
        "Detail",
        "detail",
    ];
    let contents = NAMES.iter().filter_map(|name| element_content(text, name));
    let mut messages = contents.map(|content| page_text(content.as_bytes()));
    messages
        .find(|message| !message.trim().is_empty())
        .unwrap_or_else(|| page_text(text.as_bytes()))
}

/// Returns what is between the start tag and the end tag of the first element with a name, which may have a prefix.
fn element_content<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    for (at, _) in text.match_indices(name) {
        let (before, after) = (&text[..at], &text[at + name.len()..]);
        let is_start = before.ends_with('<')
            || before.rsplit_once('<').is_some_and(|(_, prefix)| {
                prefix
                    .strip_suffix(':')
                    .is_some_and(|prefix| prefix.chars().all(char::is_alphanumeric))
            });
        let Some((attributes, content)) = after.split_once('>').filter(|_| is_start) else {
            continue;
        };
        let is_tag = attributes.is_empty() || attributes.starts_with(char::is_whitespace);
        if is_tag && !attributes.ends_with('/') {
            return content.split_once("</").map(|(content, _)| content);
        }
    }
    None
}

/// Returns the string of the first member with such a name, at whatever depth.
fn json_message(text: &str) -> Option<String> {
    const NAMES: [&str; 7] = [
        "exceptionmessage",
        "message",
        "error_description",
        "detail",
        "error",
        "title",
        "reason",
    ];
    let lower = text.to_ascii_lowercase();
    NAMES.iter().find_map(|name| {
        let name = format!("\"{name}\"");
        let mut found = lower.match_indices(&name);
        found.find_map(|(at, _)| json_string(text[at + name.len()..].trim_start().strip_prefix(':')?.trim_start()))
    })
}

/// Decodes a JSON string that the text begins with.
fn json_string(text: &str) -> Option<String> {
    let mut decoded = String::new();
    let mut characters = text.strip_prefix('"')?.chars();
    loop {
        match characters.next()? {
            '"' => return Some(decoded),
            '\\' => match characters.next()? {
                'n' | 'r' | 't' | 'b' | 'f' => decoded.push(' '),
                'u' => {
                    let digits: String = characters.by_ref().take(4).collect();
                    let code = u32::from_str_radix(&digits, 16).ok()?;
                    decoded.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                }
                escaped => decoded.push(escaped),
            },
            character => decoded.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_is_found_in_every_form() {
        let cases = [
            ("", None),
            ("  ", None),
            ("Seat is taken\r\n", Some("Seat is taken")),
            ("\u{FEFF}Seat is taken", Some("Seat is taken")),
            ("<Error>Seat &amp; row</Error>", Some("Seat & row")),
            (
                "<Error><Code>7</Code><Message>Seat is taken</Message></Error>",
                Some("Seat is taken"),
            ),
            (
                "<e:Error xmlns:e='x'><e:Message a='b'>Gone</e:Message></e:Error>",
                Some("Gone"),
            ),
            (
                "<Error><Messages/><Message/><Detail>No such plan</Detail></Error>",
                Some("No such plan"),
            ),
            (
                "<Fault><Code><Value>Sender</Value></Code><Reason><Text xml:lang='en'>No plan</Text></Reason></Fault>",
                Some("No plan"),
            ),
            ("<string xmlns='http://x'>No seat</string>", Some("No seat")),
            ("<Error/>", None),
            (
                r#"{"Code": 7, "Message" : "Seat \"A1\"\n is \u0074aken"}"#,
                Some("Seat \"A1\"  is taken"),
            ),
            (r#"{"error":{"message":"No plan"}}"#, Some("No plan")),
            (r#"{"error":true}"#, None),
            (r#"{"message":"cut"#, None),
            (r#""Seat is taken""#, Some("Seat is taken")),
            ("<html><body><h1>Bad gateway</h1></body></html>", None),
            (
                "<!DOCTYPE html><html><body><p>The server encountered an error processing the request. The exception \
                 message is 'Seat 'A1' is taken'. See server logs for more details.</p></body></html>",
                Some("Seat 'A1' is taken"),
            ),
        ];
        for (body, expected) in cases {
            assert_eq!(service_message(body.as_bytes()).as_deref(), expected, "{body}");
        }
    }
}
