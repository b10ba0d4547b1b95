//! Tests of the program `spektrix`, run as a user runs it.
#![expect(clippy::unwrap_used, reason = "what a test sets up must not fail")]
#![expect(clippy::print_stdout, reason = "a test prints its row, and what it did not run")]

mod calls;
mod cert;
mod failures;
mod files;
#[cfg(unix)]
mod listing_in_php;
mod lists;
#[cfg(unix)]
mod pages;
#[cfg(unix)]
mod php_website;
mod private_keys;
mod program;
mod programme;
#[cfg(unix)]
mod publish;
mod recorded_customers;
#[cfg(unix)]
mod sandbox;
#[cfg(unix)]
mod sessions;
#[cfg(unix)]
mod sync;
#[cfg(unix)]
mod tester;
#[cfg(unix)]
mod testing_guide;
#[cfg(unix)]
mod units;
#[cfg(unix)]
mod watch;
