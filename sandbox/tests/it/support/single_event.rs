//! Custom data with a single event.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// Returns custom data: one event with one instance, a plan with two parts, and one price.
pub(crate) fn single_event() -> Value {
    json!({
        "bands": [{ "id": 1, "name": "Any" }],
        "ticket_types": [{ "id": 2, "name": "Adult" }],
        "plans": [
            { "id": 3, "name": "House", "is_bookable": false, "bands": [1], "sub_plans": [4, 5] },
            { "id": 4, "name": "Left", "is_bookable": true, "bands": [1] },
            { "id": 5, "name": "Right", "is_bookable": true, "bands": [1] },
        ],
        "price_lists": [{ "id": 6, "prices": [{ "band": 1, "is_band_default": true, "amount": "12.50", "ticket_type": 2 }] }],
        "events": [{
            "id": 7, "name": "One Evening", "description": "", "html_description": "", "duration": 90, "image_url": "",
            "thumbnail_url": "", "is_on_sale": true,
        }],
        "instances": [{
            "id": 8, "event": 7, "plan": 3, "price_list": 6, "is_on_sale": true,
            "start": "2031-04-05T19:30:00", "start_utc": "2031-04-05T18:30:00Z",
            "start_selling_at": "2031-01-05T10:00:00", "start_selling_at_utc": "2031-01-05T10:00:00Z",
            "stop_selling_at": "2031-04-05T18:30:00", "stop_selling_at_utc": "2031-04-05T17:30:00Z",
        }],
    })
}

/// Writes custom data to a file in the folder.
pub(crate) fn write_data(folder: &Path, data: &Value) -> PathBuf {
    let file = folder.join("data.json");
    std::fs::write(&file, data.to_string()).expect("a file");
    file
}
