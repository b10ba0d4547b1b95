//! Undoes the encodings that other software may have applied to a secret: percent-encoding, HTML references, escapes of
//! JSON, base64 and hexadecimal.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

/// The number of binary encodings that may be nested: base64 of base64, or of hexadecimal.
const NESTED_BINARY: usize = 2;

/// Returns the string, and everything that it decodes to. Encodings may have been applied several times, in any order.
///
/// The result contains every step and not only the last one: `100%25` may be meant literally.
pub(super) fn decodings(text: &str) -> Vec<Zeroizing<String>> {
    let mut all = escape_decodings(text);
    let mut level = 0..all.len();
    for _ in 0..NESTED_BINARY {
        let start = all.len();
        for index in level {
            let binary: Vec<_> = binary_decodings(&all[index]).collect();
            all.extend(binary.iter().flat_map(|text| escape_decodings(text)));
        }
        level = start..all.len();
    }
    all
}

/// Returns the string with its escapes undone once, twice, and so on, until there are none.
pub(super) fn escape_decodings(text: &str) -> Vec<Zeroizing<String>> {
    let mut all = vec![Zeroizing::new(text.to_owned())];
    // This ends: a step that changes something makes the string shorter, or replaces an escape by U+FFFD.
    while let Some(decoded) = all.last().map(|text| undo_escapes(text))
        && all.last() != Some(&decoded)
    {
        all.push(decoded);
    }
    all
}

/// What an escape represents.
pub(super) enum Unescaped {
    Byte(u8),
    Character(char),
    /// A named reference other than those of XML. It represents a character that is not an ASCII letter or digit, and only
    /// those are compared.
    Ignored,
}

/// Undoes percent-encoding, HTML references, and the escapes of JSON, JavaScript and Rust, each once.
fn undo_escapes(text: &str) -> Zeroizing<String> {
    // Decoding never makes a string longer. So the buffer does not grow, which would leave a copy of a secret behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut rest = text;
    while let Some(at) = rest.find(['%', '&', '\\']) {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        let escape = &rest[at..];
        let unescaped = percent(escape)
            .or_else(|| reference(escape))
            .or_else(|| backslash(escape));
        let (unescaped, length) = unescaped.unwrap_or((Unescaped::Byte(escape.as_bytes()[0]), 1));
        match unescaped {
            Unescaped::Byte(byte) => bytes.push(byte),
            Unescaped::Character(character) => {
                bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            }
            Unescaped::Ignored => {}
        }
        rest = &escape[length..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    Zeroizing::new(String::from_utf8_lossy(&bytes).into_owned())
}

/// Decodes `%2B`, and `%u002B` as classic ASP writes it. Returns the number of bytes that the escape takes as well.
fn percent(escape: &str) -> Option<(Unescaped, usize)> {
    let code = escape.strip_prefix('%')?;
    match code.strip_prefix(['u', 'U']) {
        Some(code) => Some((character(hexadecimal(code, 4)?), 6)),
        None => Some((Unescaped::Byte(u8::try_from(hexadecimal(code, 2)?).ok()?), 3)),
    }
}

/// Decodes `&amp;`, `&#38;`, `&#x00026;`, each with or without its semicolon, as browsers do.
pub(super) fn reference(escape: &str) -> Option<(Unescaped, usize)> {
    const NAMED: [(&str, char); 6] = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", ' '),
    ];
    let name = escape.strip_prefix('&')?;
    let (unescaped, length) = if let Some(number) = name.strip_prefix('#') {
        let (digits, radix) = number
            .strip_prefix(['x', 'X'])
            .map_or((number, 10), |digits| (digits, 16));
        let end = digits
            .find(|digit: char| !digit.is_digit(radix))
            .unwrap_or(digits.len());
        let code = u32::from_str_radix(&digits[..end], radix).ok()?;
        (character(code), name.len() - digits.len() + end)
    } else if let Some((name, meant)) = NAMED.into_iter().find(|(known, _)| name.starts_with(known)) {
        (Unescaped::Character(meant), name.len())
    } else {
        const LONGEST_NAME: usize = 31;
        let end = name.bytes().take(LONGEST_NAME).position(|byte| byte == b';')?;
        let is_name = end > 1 && name.as_bytes()[..end].iter().all(u8::is_ascii_alphanumeric);
        (is_name.then_some(Unescaped::Ignored)?, end)
    };
    let has_semicolon = name[length..].starts_with(';');
    Some((unescaped, 1 + length + usize::from(has_semicolon)))
}

/// Decodes `\u002b`, `\u{2b}`, `\x2b`, `\n`, `\"`.
fn backslash(escape: &str) -> Option<(Unescaped, usize)> {
    let code = escape.strip_prefix('\\')?;
    let marked = |mark| code.strip_prefix(mark);
    if let Some(code) = marked("u{") {
        let end = code.find('}')?;
        return Some((character(u32::from_str_radix(&code[..end], 16).ok()?), end + 4));
    }
    if let Some(code) = marked("u").and_then(|code| hexadecimal(code, 4)) {
        return Some((character(code), 6));
    }
    if let Some(code) = marked("x").and_then(|code| hexadecimal(code, 2)) {
        return Some((Unescaped::Byte(u8::try_from(code).ok()?), 4));
    }
    let escaped = code.chars().next()?;
    let meant = if "nrtbf0".contains(escaped) { ' ' } else { escaped };
    Some((Unescaped::Character(meant), 1 + escaped.len_utf8()))
}

/// Parses a number of exactly this many digits.
fn hexadecimal(text: &str, digits: usize) -> Option<u32> {
    let digits = text.get(..digits)?;
    let is_number = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_number.then(|| u32::from_str_radix(digits, 16).ok())?
}

/// Half of a surrogate pair is not a character. The character that both halves represent is not ASCII, so it is not compared.
fn character(code: u32) -> Unescaped {
    char::from_u32(code).map_or(Unescaped::Ignored, Unescaped::Character)
}

/// Decodes every part of the string that could be base64 or hexadecimal. Other characters may directly precede the encoded
/// part, so decoding starts at each position in a group: this gives four strings for base64 and two for hexadecimal.
fn binary_decodings(text: &str) -> impl Iterator<Item = Zeroizing<String>> {
    let base64 = (0..4).map(move |offset| decoded_runs(text, is_base64, |run| base64(run.get(offset..)?)));
    let hexadecimal = (0..2).map(move |offset| {
        decoded_runs(
            text,
            |byte| byte.is_ascii_hexdigit(),
            |run| hexadecimal_bytes(run.get(offset..)?),
        )
    });
    base64.chain(hexadecimal).filter(|decoded| !decoded.trim().is_empty())
}

/// Returns whether the byte is in the standard or the URL-safe alphabet.
fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte)
}

/// Decodes each run of such bytes that is long enough to contain a part of a secret.
fn decoded_runs(
    text: &str,
    is_part: fn(u8) -> bool,
    decode: impl Fn(&[u8]) -> Option<Zeroizing<Vec<u8>>>,
) -> Zeroizing<String> {
    const SHORTEST: usize = 8;
    let mut decoded = Zeroizing::new(String::with_capacity(2 * text.len()));
    let runs = text.as_bytes().split(|byte| !is_part(*byte));
    for bytes in runs.filter(|run| run.len() >= SHORTEST).filter_map(decode) {
        // Only ASCII is compared, so bytes that are not UTF-8 can be dropped.
        bytes.utf8_chunks().for_each(|chunk| decoded.push_str(chunk.valid()));
        decoded.push(' ');
    }
    decoded
}

fn base64(run: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    const LENIENT: GeneralPurpose = GeneralPurpose::new(
        &STANDARD,
        GeneralPurposeConfig::new()
            .with_decode_padding_mode(DecodePaddingMode::Indifferent)
            .with_decode_allow_trailing_bits(true),
    );
    // A last group of one character contains less than a byte.
    let whole = run.len() - usize::from(run.len() % 4 == 1);
    let standard = run[..whole].iter().map(|byte| match byte {
        b'-' => b'+',
        b'_' => b'/',
        other => *other,
    });
    let standard = Zeroizing::new(standard.collect::<Vec<_>>());
    LENIENT.decode(&*standard).ok().map(Zeroizing::new)
}

fn hexadecimal_bytes(run: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let digits = std::str::from_utf8(run).ok()?;
    let pairs = (0..digits.len() / 2).map(|pair| u8::from_str_radix(&digits[2 * pair..2 * pair + 2], 16));
    pairs.collect::<Result<Vec<_>, _>>().ok().map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE};

    use super::*;

    fn decodes_to(text: &str, expected: &str) -> bool {
        decodings(text).iter().any(|decoded| decoded.contains(expected))
    }

    #[test]
    fn escapes_are_undone_however_often_they_were_applied() {
        let cases = [
            ("plain", "plain"),
            ("a%2Bb%2fc", "a+b/c"),
            ("a%252Bb", "a+b"),
            ("a%25252Bb", "a+b"),
            ("a%u002Bb", "a+b"),
            ("caf%C3%A9", "café"),
            ("a&amp;b&lt;c&gt;d&quot;e&apos;f", "a&b<c>d\"e'f"),
            ("a&#43;b&#x2B;c&#X2b;d", "a+b+c+d"),
            ("a&#0000043;b&#x0000002B;c", "a+b+c"),
            ("a&#43 b&amp b", "a+ b& b"),
            ("a&amp;#43;b", "a+b"),
            ("a&amp;amp;#x2b;b", "a+b"),
            ("a\\u002bb\\u{2b}c\\x2bd", "a+b+c+d"),
            ("a\\\"b\\\\c\\/d", "a\"b\\c/d"),
            ("a%26%2343%3Bb", "a+b"),
            ("a%5Cu002bb", "a+b"),
            ("100%25 of 5% & more \\", "100% of 5% & more "),
            ("&eacute;&unknown;x", "x"),
            ("&#xD800;&#x110000;&#99999999;x", "x"),
            ("\\u{110000}\\ud800x", "x"),
        ];
        for (text, expected) in cases {
            assert!(decodes_to(text, expected), "{text}: {:?}", decodings(text));
        }
    }

    #[test]
    fn base64_and_hexadecimal_are_found_anywhere() {
        for before in ["", "a", "ab", "abc", "user:", "é"] {
            let text = format!("{before}k>y?ÿ and more");
            for encoded in [STANDARD_NO_PAD.encode(&text), URL_SAFE.encode(&text)] {
                for glued in ["", "x", "xy", "xyz", "Basic "] {
                    assert!(
                        decodes_to(&format!("{glued}{encoded}."), "and more"),
                        "{glued}{encoded}"
                    );
                }
            }
            let digits: Vec<_> = text.bytes().map(|byte| format!("{byte:02X}")).collect();
            let digits = digits.concat();
            assert!(decodes_to(&format!("0x{digits}."), "and more"), "{digits}");
        }
        let nested = STANDARD_NO_PAD.encode(STANDARD_NO_PAD.encode("k%2By and more"));
        assert!(decodes_to(&nested.replace('/', "%2F"), "k+y and more"));
    }

    #[test]
    fn malformed_escapes_do_not_panic() {
        for text in [
            "%", "%%", "%u", "%u12", "&", "&#", "&#x", "&#;", "&;", "\\", "\\u", "\\u{", "\\u{}", "\\x", "%é", "&é;",
            "\\é",
        ] {
            assert!(!decodings(text).is_empty());
        }
        let deep = format!("{}2B", "%25".repeat(200));
        assert!(decodes_to(&deep, "%"));
    }
}
