//! Memberships that can be bought.

use spektrix_v2::{Attributes, Membership, MembershipId};

use super::text;

pub(super) fn memberships() -> Vec<Membership> {
    vec![
        membership(601, "Lamplighter", "Priority booking and a tenth off plays and dance."),
        membership(602, "Lamplighter Duo", "The same for two people at one address."),
        membership(
            603,
            "Harbour Patron",
            "All of it, a seat with your name on it, and our thanks.",
        ),
    ]
}

fn membership(id: i32, name: &str, about: &str) -> Membership {
    let (image, thumbnail) = text::pictures(name);
    let mut membership = Membership::new(MembershipId::new(id));
    membership.attributes = Attributes::from_iter([("Renews Itself", "1"), ("Card Colour", "")]);
    membership.description = Some(text::plain(&[about]));
    membership.html_description = Some(text::html(&[about]));
    membership.image_url = Some(image);
    membership.name = Some(name.to_owned());
    membership.thumbnail_url = Some(thumbnail);
    membership
}
