//! Tests how much memory decoding takes: a body that is too large is not copied, and any other body is copied about
//! once.

use spektrix_v2::runtime::Body;
use spektrix_v2::{Band, DecodeErrorKind, DecodeOptions};

use crate::MEMORY;
use crate::support::{BANDS, on_a_small_stack};

const MEGABYTE: usize = 1024 * 1024;
/// How much other tests of this process may use at the same time.
const OTHERS: usize = 100 * MEGABYTE;

#[test]
fn a_string_of_300_megabytes_is_copied_once() {
    let mut body = b"<Bands><Band id='7'><Name>".to_vec();
    body.resize(body.len() + 300 * MEGABYTE, b'x');
    body.extend(b"</Name></Band></Bands>");
    on_a_small_stack(|| {
        for fast_path in [true, false] {
            let options = DecodeOptions::default().fast_path(fast_path);
            let (rejected, used) = used_by(|| Vec::<Band>::decode(&body, BANDS, &options));
            assert!(matches!(rejected.unwrap_err().kind(), DecodeErrorKind::Limit(_)));
            assert!(used < OTHERS, "{used} bytes to reject it");

            let options = options.max_bytes(body.len());
            let (decoded, used) = used_by(|| Vec::<Band>::decode(&body, BANDS, &options));
            assert_eq!(decoded.unwrap().value[0].name.len(), 300 * MEGABYTE);
            assert!(used < 300 * MEGABYTE + OTHERS, "{used} bytes to decode it");
        }
    });
}

/// Returns how many bytes were used at most, beyond those that were used before.
fn used_by<T>(work: impl FnOnce() -> T) -> (T, usize) {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let outcome = work();
    (outcome, MEMORY.peak_usage().saturating_sub(before))
}
