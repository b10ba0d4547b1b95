//! Converts BER to DER: PKCS#12 files of some software have lengths that are not known in advance, and strings in chunks.
//!
//! DER is the subset of BER in which every value has one encoding. Only what occurs in PKCS#12 is converted: indefinite
//! lengths, lengths with more bytes than needed, octet strings in chunks, and bytes after the end.

use zeroize::Zeroizing;

/// Deeper nesting does not occur in a PKCS#12 file.
const MAX_DEPTH: usize = 24;

const OCTET_STRING: u8 = 0x04;
const OCTET_STRING_IN_CHUNKS: u8 = 0x24;
const SEQUENCE: u8 = 0x30;
/// `[0]`: either a wrapper around one value, or an octet string in chunks with another tag.
const CONTEXT_0: u8 = 0xA0;
const CONTEXT_0_STRING: u8 = 0x80;

/// Bytes that may be part of a key.
type Bytes = Zeroizing<Vec<u8>>;

/// Converts the first value of some bytes to DER. Returns nothing if the bytes are not BER.
///
/// With `in_strings`, octet strings whose content is BER are converted, too. That changes what a signature or MAC covers.
pub(super) fn to_der(bytes: &[u8], in_strings: bool) -> Option<Bytes> {
    let (value, _) = Value::read(bytes, MAX_DEPTH)?;
    let mut der = Zeroizing::new(Vec::with_capacity(2 * bytes.len()));
    value.write(&mut der, in_strings)?;
    Some(der)
}

/// Returns a PKCS#12 file in DER without its MAC, or nothing if it is none.
pub(super) fn without_mac(der: &[u8]) -> Option<Bytes> {
    let (file, _) = Value::read(der, MAX_DEPTH)?;
    let Content::Values(parts) = &file.content else {
        return None;
    };
    let mut content = Zeroizing::new(Vec::with_capacity(der.len()));
    for part in parts.iter().take(2) {
        part.write(&mut content, false)?;
    }
    let mut without_mac = Zeroizing::new(Vec::with_capacity(der.len()));
    write_value(&mut without_mac, SEQUENCE, &content);
    Some(without_mac)
}

/// A value of BER.
struct Value<'a> {
    tag: u8,
    content: Content<'a>,
}

enum Content<'a> {
    Bytes(&'a [u8]),
    Values(Vec<Value<'a>>),
}

impl<'a> Value<'a> {
    /// Reads a value, and returns what follows it. `levels` is how deep values may be nested, with this one.
    fn read(bytes: &'a [u8], levels: usize) -> Option<(Self, &'a [u8])> {
        let (&tag, rest) = bytes.split_first()?;
        let levels = levels.checked_sub(1)?;
        // No tag of PKCS#12 has more than one byte.
        if tag & 0x1F == 0x1F {
            return None;
        }
        let is_constructed = tag & 0x20 != 0;
        let (length, rest) = read_length(rest)?;
        let Some(length) = length else {
            let (values, rest) = read_until_end(rest, levels).filter(|_| is_constructed)?;
            let content = Content::Values(values);
            return Some((Self { tag, content }, rest));
        };
        let (content, rest) = rest.split_at_checked(length)?;
        let content = if is_constructed {
            Content::Values(read_all(content, levels)?)
        } else {
            Content::Bytes(content)
        };
        Some((Self { tag, content }, rest))
    }

    fn write(&self, der: &mut Vec<u8>, in_strings: bool) -> Option<()> {
        let values = match &self.content {
            Content::Values(values) => values,
            Content::Bytes(bytes) => {
                let converted = in_strings.then(|| converted_content(self.tag, bytes)).flatten();
                write_value(
                    der,
                    self.tag,
                    converted.as_ref().map_or(*bytes, |content| content.as_slice()),
                );
                return Some(());
            }
        };
        let mut content = Zeroizing::new(Vec::new());
        if self.tag == OCTET_STRING_IN_CHUNKS {
            self.collect_chunks(&mut content)?;
            let converted = in_strings.then(|| converted_content(OCTET_STRING, &content)).flatten();
            write_value(der, OCTET_STRING, converted.as_ref().unwrap_or(&content));
            return Some(());
        }
        for (index, value) in values.iter().enumerate() {
            // The encrypted content of CMS follows the algorithm. A wrapper follows an identifier.
            if self.tag == SEQUENCE && index >= 2 && value.is_string_in_chunks() {
                let mut string = Zeroizing::new(Vec::new());
                value.collect_chunks(&mut string)?;
                write_value(&mut content, CONTEXT_0_STRING, &string);
            } else {
                value.write(&mut content, in_strings)?;
            }
        }
        write_value(der, self.tag, &content);
        Some(())
    }

    fn is_string_in_chunks(&self) -> bool {
        let is_chunk = |value: &Self| [OCTET_STRING, OCTET_STRING_IN_CHUNKS].contains(&value.tag);
        matches!(&self.content, Content::Values(values) if self.tag == CONTEXT_0 && values.iter().all(is_chunk))
    }

    fn collect_chunks(&self, string: &mut Vec<u8>) -> Option<()> {
        match &self.content {
            Content::Bytes(bytes) => string.extend_from_slice(bytes),
            Content::Values(values) => {
                for value in values {
                    if ![OCTET_STRING, OCTET_STRING_IN_CHUNKS].contains(&value.tag) {
                        return None;
                    }
                    value.collect_chunks(string)?;
                }
            }
        }
        Some(())
    }
}

/// Converts the content of an octet string, if it is a sequence in BER and not in DER.
fn converted_content(tag: u8, content: &[u8]) -> Option<Bytes> {
    if tag != OCTET_STRING || content.first() != Some(&SEQUENCE) {
        return None;
    }
    let (_, rest) = Value::read(content, MAX_DEPTH)?;
    let der = to_der(content, true).filter(|_| rest.is_empty())?;
    (der.as_slice() != content).then_some(der)
}

fn read_all(mut bytes: &[u8], levels: usize) -> Option<Vec<Value<'_>>> {
    let mut values = Vec::new();
    while !bytes.is_empty() {
        let (value, rest) = Value::read(bytes, levels)?;
        values.push(value);
        bytes = rest;
    }
    Some(values)
}

/// Reads values up to the mark that ends an indefinite length.
fn read_until_end(mut bytes: &[u8], levels: usize) -> Option<(Vec<Value<'_>>, &[u8])> {
    let mut values = Vec::new();
    loop {
        if let Some(rest) = bytes.strip_prefix(&[0, 0]) {
            return Some((values, rest));
        }
        let (value, rest) = Value::read(bytes, levels)?;
        values.push(value);
        bytes = rest;
    }
}

/// Reads a length. The inner value is `None` for an indefinite one.
fn read_length(bytes: &[u8]) -> Option<(Option<usize>, &[u8])> {
    let (&first, rest) = bytes.split_first()?;
    match first {
        0..0x80 => Some((Some(first.into()), rest)),
        0x80 => Some((None, rest)),
        _ => {
            let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7F))?;
            let length = digits.iter().try_fold(0_usize, |length, digit| {
                length.checked_mul(256)?.checked_add(usize::from(*digit))
            })?;
            Some((Some(length), rest))
        }
    }
}

fn write_value(der: &mut Vec<u8>, tag: u8, content: &[u8]) {
    der.push(tag);
    match u8::try_from(content.len()) {
        Ok(length @ 0..0x80) => der.push(length),
        _ => {
            let digits = content.len().to_be_bytes();
            let digits = &digits[digits.iter().position(|digit| *digit != 0).unwrap_or(0)..];
            // At most eight digits.
            der.push(0x80 + u8::try_from(digits.len()).unwrap_or(0));
            der.extend_from_slice(digits);
        }
    }
    der.extend_from_slice(content);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn converted(ber: &[u8], in_strings: bool) -> Option<Vec<u8>> {
        to_der(ber, in_strings).map(|der| der.to_vec())
    }

    #[test]
    fn every_form_of_ber_becomes_der() {
        let cases: [(&[u8], &[u8]); 9] = [
            (&[0x02, 1, 3], &[0x02, 1, 3]),
            (&[0x02, 0x81, 1, 3], &[0x02, 1, 3]),
            (&[0x02, 0x83, 0, 0, 1, 3], &[0x02, 1, 3]),
            (&[0x30, 0x80, 0x02, 1, 3, 0, 0], &[0x30, 3, 0x02, 1, 3]),
            (&[0x30, 0x80, 0x30, 0x80, 0, 0, 0, 0], &[0x30, 2, 0x30, 0]),
            (&[0x24, 0x80, 0x04, 1, 7, 0x04, 2, 8, 9, 0, 0], &[0x04, 3, 7, 8, 9]),
            (&[0x24, 7, 0x24, 5, 0x04, 1, 7, 0x04, 0], &[0x04, 1, 7]),
            // Encrypted content in chunks, and a wrapper around a string.
            (
                &[
                    0x30, 0x80, 0x06, 0, 0x30, 0, 0xA0, 0x80, 0x04, 1, 7, 0x04, 1, 8, 0, 0, 0, 0,
                ],
                &[0x30, 8, 0x06, 0, 0x30, 0, 0x80, 2, 7, 8],
            ),
            (
                &[0x30, 7, 0x06, 0, 0xA0, 3, 0x04, 1, 7, 99],
                &[0x30, 7, 0x06, 0, 0xA0, 3, 0x04, 1, 7],
            ),
        ];
        for (ber, der) in cases {
            assert_eq!(converted(ber, false).as_deref(), Some(der), "{ber:02x?}");
            assert_eq!(converted(der, false).as_deref(), Some(der), "DER stays as it is");
        }
        let long = [&[0x04, 0x82, 1, 0][..], &[5; 256]].concat();
        assert_eq!(converted(&long, false), Some(long));
    }

    #[test]
    fn strings_are_only_converted_on_request() {
        let ber = [0x04, 7, 0x30, 0x80, 0x02, 1, 3, 0, 0];
        assert_eq!(converted(&ber, false).as_deref(), Some(&ber[..]));
        assert_eq!(
            converted(&ber, true).as_deref(),
            Some(&[0x04, 5, 0x30, 3, 0x02, 1, 3][..])
        );
        // Neither another tag nor other content than a sequence.
        for other in [
            [0x80, 7, 0x30, 0x80, 0x02, 1, 3, 0, 0],
            [0x04, 7, 0x24, 0x80, 0x04, 1, 3, 0, 0],
        ] {
            assert_eq!(converted(&other, true).as_deref(), Some(&other[..]));
        }
        let text = [0x04, 3, 0x30, 0x80, 0x02];
        assert_eq!(converted(&text, true).as_deref(), Some(&text[..]));
    }

    #[test]
    fn what_is_not_ber_is_refused() {
        let deep = [0x30, 0x80].repeat(100_000);
        let cases: [&[u8]; 8] = [
            &[],
            &[0x30],
            &[0x02, 5, 1],
            &[0x02, 0x80, 1, 0, 0],
            &[0x30, 0x80, 0x02, 1, 3],
            &[0x3F, 0x81, 0, 0],
            &[0x04, 0x89, 1, 1, 1, 1, 1, 1, 1, 1, 1],
            &deep,
        ];
        for bytes in cases {
            assert_eq!(converted(bytes, true), None);
        }
    }

    #[test]
    fn values_are_nested_up_to_the_limit() {
        let nested = |levels: usize| {
            let indefinite = [[0x30, 0x80].repeat(levels), [0, 0].repeat(levels)].concat();
            let definite = (0..levels).fold(Vec::new(), |inner, _| {
                let length = u8::try_from(inner.len()).unwrap();
                [vec![0x30, length], inner].concat()
            });
            (indefinite, definite)
        };
        let (indefinite, definite) = nested(MAX_DEPTH);
        assert_eq!(converted(&indefinite, false).as_ref(), Some(&definite));
        assert_eq!(converted(&definite, false).as_ref(), Some(&definite));
        let (indefinite, definite) = nested(MAX_DEPTH + 1);
        assert_eq!(converted(&indefinite, false), None);
        assert_eq!(converted(&definite, false), None);
    }

    #[test]
    fn the_mac_is_removed() {
        let file = [0x30, 7, 0x02, 1, 3, 0x30, 0, 0x30, 0];
        assert_eq!(without_mac(&file).unwrap().as_slice(), [0x30, 5, 0x02, 1, 3, 0x30, 0]);
        assert_eq!(without_mac(b"-----").map(|der| der.to_vec()), None);
    }
}
