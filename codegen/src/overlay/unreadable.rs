//! Pages whose bodies the overlay treats as bytes, because they cannot be read.

use std::collections::BTreeSet;

use super::Overlay;
use crate::error::Error;
use crate::load::Unreadable;

/// Returns an error for each page that the overlay treats as bytes although it can be read.
pub fn readable_pages(overlay: &Overlay, unreadable: &[Unreadable]) -> Vec<Error> {
    let unreadable: BTreeSet<&str> = unreadable.iter().map(|page| page.page.as_str()).collect();
    let readable = overlay.pages_of_bytes().filter(|page| !unreadable.contains(page));
    let errors = readable.map(|page| {
        Error::new(
            format!("overlay entry [page.{page:?}] bytes"),
            "the page can be read, or there is no such page, so this entry does not apply. Remove it, or correct its name",
        )
    });
    errors.collect()
}

/// Returns an error for each page that cannot be read, unless the overlay treats its body as bytes.
pub fn unreadable_pages(overlay: &Overlay, unreadable: Vec<Unreadable>) -> Vec<Error> {
    let of_bytes: BTreeSet<&str> = overlay.pages_of_bytes().collect();
    let others = unreadable
        .into_iter()
        .filter(|page| !of_bytes.contains(page.page.as_str()));
    let errors = others.map(
        |Unreadable {
             page,
             error,
             is_missing,
             ..
         }| {
            if is_missing {
                return error;
            }
            let advice = format!("Or treat the body as bytes in the overlay: [page.{page:?}] bytes = true");
            error.or_else(&advice)
        },
    );
    errors.collect()
}
