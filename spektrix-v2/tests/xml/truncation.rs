//! Tests that a body that is cut short, at any byte, is an error and never a shorter value.

use spektrix_v2::{Customer, DecodeErrorKind, DecodeOptions};

use crate::support::{decode, on_a_small_stack, one};

const BODY: &str =
    "\u{feff}<?xml version=\"1.0\" encoding='utf-8'?>\r\n<!-- é --><?pi x?><Customer xmlns:x=\"urn:x\" id='7'>
  <FirstName>Zoë &amp; &#xC9;</FirstName> <LastName><![CDATA[<O'Neill>]]>\r\n</LastName><Phone/><Title
  >Dr</Title ><BirthDate>1980-02-29T00:00:00</BirthDate><Tag id=\"1\"/><Tag id='2'></Tag><x:Unknown a='>'><b/>🎭
  </x:Unknown><Attribute><Name>A</Name><Value>1</Value></Attribute><Mobile xsi:nil='true'/></Customer>";

#[test]
fn a_body_cut_at_any_byte_is_an_error() {
    on_a_small_stack(|| {
        let read = |body: &[u8]| decode::<Customer>(body, one("Customer"), &DecodeOptions::default());
        read(BODY.as_bytes()).unwrap();
        for end in 0..BODY.len() {
            let error = read(&BODY.as_bytes()[..end]).unwrap_err();
            assert!(error.offset() <= end, "{end}: {error}");
            let is_cut_off = matches!(error.kind(), DecodeErrorKind::Malformed(_) | DecodeErrorKind::NoContent);
            assert!(is_cut_off, "{end}: {error}");
        }
    });
}

/// Whatever the result is, both paths agree on it.
#[test]
fn a_body_changed_at_any_byte_causes_no_panic() {
    on_a_small_stack(|| {
        for at in 0..BODY.len() {
            for byte in [
                b'<', b'>', b'&', b';', b'"', b'\'', b'/', b' ', b'\r', b':', b'!', b'?', 0, 0x0B, 0x80, 0xFF,
            ] {
                let mut body = BODY.as_bytes().to_vec();
                body[at] = byte;
                if let Err(error) = decode::<Customer>(&body, one("Customer"), &DecodeOptions::default()) {
                    assert!(error.offset() <= body.len(), "{error}");
                }
            }
        }
    });
}
