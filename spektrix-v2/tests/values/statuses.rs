//! Tests of what the documentation claims about recorded statuses.

use spektrix_v2::operations::GetInstanceStatus;
use spektrix_v2::{DecodeOptions, Operation};

#[test]
fn recorded_counts_add_up_to_the_capacity() {
    let Some(body) = crate::recorded("GetInstanceStatus") else {
        return;
    };
    let decoded = GetInstanceStatus::decode_response(&body, &DecodeOptions::default());
    let statuses = decoded.unwrap().value;
    assert!(!statuses.is_empty());
    for status in statuses {
        let taken = status.locked + status.reserved + status.selected + status.sold;
        assert_eq!(status.available + taken, status.capacity);
        assert!(status.available >= 0);
    }
}
