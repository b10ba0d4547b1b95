//! Addresses by postcode. No real postcode begins with Q.

use spektrix_v2::{Address, PostcodeLookup};

use super::customers::{full_address, street};

/// An address that a look-up can find.
#[derive(Debug)]
pub(crate) struct KnownAddress {
    pub(crate) lookup: PostcodeLookup,
    pub(crate) address: Address,
}

impl KnownAddress {
    /// Whether it has this postcode, however that is spaced and cased.
    pub(crate) fn has_postcode(&self, postcode: &str) -> bool {
        normal(self.address.postcode.as_deref().unwrap_or_default()) == normal(postcode)
    }
}

fn normal(postcode: &str) -> String {
    postcode.to_uppercase().split_whitespace().collect()
}

pub(super) fn known_addresses() -> Vec<KnownAddress> {
    let ropewalk = [
        "10 Ropewalk",
        "11 Ropewalk",
        "12 Ropewalk",
        "The Old Ropeworks, Ropewalk",
    ];
    let mut known = vec![known(1, full_address()), known(1, street("1 Lantern Quay", "QV1 1AA"))];
    known.extend(
        (1..)
            .zip(ropewalk)
            .map(|(number, line)| self::known(number, street(line, "QV1 2AB"))),
    );
    known
}

/// The number tells apart the addresses of one postcode.
fn known(number: i32, address: Address) -> KnownAddress {
    let parts = [&address.line1, &address.line2, &address.town, &address.postcode];
    let description: Vec<_> = parts.into_iter().flatten().map(String::as_str).collect();
    let postcode = normal(address.postcode.as_deref().unwrap_or_default());
    let mut lookup = PostcodeLookup::new();
    lookup.id = Some(format!("{postcode}-{number:02}").into());
    lookup.description = Some(description.join(", "));
    KnownAddress { lookup, address }
}
