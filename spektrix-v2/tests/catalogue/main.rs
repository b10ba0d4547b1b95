//! The catalogue: loaded together, resolved, compared.
#![expect(clippy::unwrap_used, reason = "what a test sets up must not fail")]

mod changing;
mod loading;
mod looking_up;
mod ordering;
mod venue;
