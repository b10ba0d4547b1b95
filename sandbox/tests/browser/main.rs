//! Tests of the pages in Chromium: in a frame on another site, with the cookies and policies of a real browser.
//!
//! They print that they did not run where Chromium or its driver is not installed. With `SPEKTRIX_SCREENSHOTS`, they write
//! pictures of the pages to that folder.

mod blocked_cookies;
mod payment;
mod purchase;
mod website;
