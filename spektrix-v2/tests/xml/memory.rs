//! Memory: a body over the limit is not copied, and one within it is held about twice.

use spektrix_v2::runtime::Body;
use spektrix_v2::{Band, DecodeErrorKind, DecodeOptions};

use crate::MEMORY;
use crate::support::{BANDS, on_a_small_stack};

const MEGABYTE: usize = 1024 * 1024;
/// What other tests of this process may hold at the same time.
const OTHERS: usize = 100 * MEGABYTE;

#[test]
fn of_a_text_of_300_megabytes() {
    let mut body = b"<Bands><Band id='7'><Name>".to_vec();
    body.resize(body.len() + 300 * MEGABYTE, b'x');
    body.extend(b"</Name></Band></Bands>");
    on_a_small_stack(|| {
        for fast_path in [true, false] {
            let options = DecodeOptions::default().fast_path(fast_path);
            let (refused, used) = used_by(|| Vec::<Band>::decode(&body, BANDS, &options));
            assert!(matches!(refused.unwrap_err().kind(), DecodeErrorKind::Limit(_)));
            assert!(used < OTHERS, "{used} bytes to refuse it");

            let options = options.max_bytes(body.len());
            let (read, used) = used_by(|| Vec::<Band>::decode(&body, BANDS, &options));
            assert_eq!(read.unwrap().value[0].name.len(), 300 * MEGABYTE);
            assert!(used < 300 * MEGABYTE + OTHERS, "{used} bytes to read it");
        }
    });
}

/// Beside what was held before.
fn used_by<T>(work: impl FnOnce() -> T) -> (T, usize) {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let outcome = work();
    (outcome, MEMORY.peak_usage().saturating_sub(before))
}
