//! Customers with their addresses, statements and tags, and the postcode lookup. All of them are fictional.

use jiff::civil::date;
use spektrix_v2::{
    Address, Attributes, Customer, CustomerAddress, CustomerAddressId, CustomerId, PostcodeLookup, Statement,
    StatementId, Tag, TagGroup, TagGroupId, TagId,
};

pub(super) const ADA: CustomerId = CustomerId::new(9001);
pub(super) const BEN: CustomerId = CustomerId::new(9002);
pub(super) const CLEO: CustomerId = CustomerId::new(9003);
pub(super) const DEE: CustomerId = CustomerId::new(9004);

/// The tag that makes a customer a member.
pub(super) const MEMBER: TagId = tag_id(5);

/// Title, first name and last name.
const NAMES: &[(&str, &str, &str)] = &[
    ("Ms", "Ada", "Sample"),
    ("Mr", "Ben", "Example"),
    ("Dr", "Cleo", "Placeholder"),
    ("", "Dee", "Specimen"),
    ("Mx", "Eli", "Mockup"),
    ("Mrs", "Fay", "Stand-In"),
];

/// The tag groups, each with the names of its tags.
const TAG_GROUPS: &[(&str, &[&str])] = &[
    ("Interests", &["Plays", "Dance", "Music", "Family shows", "Film"]),
    ("Membership", &["Lamplighter", "Former member"]),
    ("Access", &["Wheelchair user", "Needs captions", "Assistance dog"]),
];

const STATEMENTS: &[&str] = &[
    "Tell me about the season by email",
    "Tell me about the season by post",
    "Share my details with the companies whose shows I have seen",
    "Ask me what I thought of the evening",
];

pub(super) fn customers() -> Vec<Customer> {
    let customers = (0..).zip(NAMES);
    customers.map(|(index, names)| customer(index, names)).collect()
}

fn customer(index: i32, (title, first, last): &(&str, &str, &str)) -> Customer {
    let mut customer = Customer::new()
        .with_id(CustomerId::new(ADA.get() + index))
        .with_attributes(Attributes::from_iter([
            ("Seat Preference", "Aisle"),
            ("Access Notes", ""),
        ]))
        .with_email(format!("{first}.{last}@example.org").to_lowercase())
        .with_first_name(*first)
        .with_friendly_id(format!("C-{}", 88_401 + index * 7))
        .with_last_name(*last)
        // Both ranges are reserved by Ofcom for use in drama.
        .with_mobile(format!("07700 9001{:02}", 20 + index))
        .with_phone(format!("01632 9602{:02}", 10 + index))
        .with_title(*title);
    customer.birth_date = Some(date(1970, 4, 12).at(0, 0, 0, 0));
    if index % 2 == 0 {
        customer.statements = vec![statement_id(0), statement_id(3)];
        customer.tags = vec![tag_id(index), MEMBER];
        customer.tags.dedup();
    }
    customer
}

pub(super) fn addresses() -> Vec<CustomerAddress> {
    let address = |id, customer, name, address: Address| {
        CustomerAddress::to_create(customer, name, address).with_id(CustomerAddressId::new(id))
    };
    vec![
        address(1201, ADA, "Home", full_address()),
        address(1202, ADA, "Work", street("12 Ropewalk", "QV1 2AB")),
        address(1203, BEN, "Home", street("3 Tanner’s Yard", "QV1 2AC")),
        address(1204, CLEO, "Home", street("41 Orchard Road", "QV2 7XX")),
    ]
}

/// Returns an address that has a value in every line.
pub(super) fn full_address() -> Address {
    street("Flat 7", "QV1 1AB")
        .with_line2("Lantern House")
        .with_line3("Third Landing")
        .with_line4("Old Customs Quarter")
        .with_line5("Harbourside")
        .with_county("Mallowshire")
}

/// Returns an address with one line. No real postcode starts with Q.
fn street(line1: &str, postcode: &str) -> Address {
    Address::new()
        .with_line1(line1)
        .with_town("Mallowmere")
        .with_postcode(postcode)
        .with_country("United Kingdom")
}

/// An address that the postcode lookup finds.
#[derive(Clone, Debug)]
pub(crate) struct KnownAddress {
    pub(crate) lookup: PostcodeLookup,
    pub(crate) address: Address,
}

impl KnownAddress {
    /// Returns whether the address has this postcode. Spaces and case do not matter.
    pub(crate) fn has_postcode(&self, postcode: &str) -> bool {
        normalized(self.address.postcode.as_deref().unwrap_or_default()) == normalized(postcode)
    }

    /// Creates an address. `number` distinguishes addresses with the same postcode.
    fn new(number: i32, address: Address) -> Self {
        let parts = [&address.line1, &address.line2, &address.town, &address.postcode];
        let description: Vec<_> = parts.into_iter().flatten().map(String::as_str).collect();
        let postcode = normalized(address.postcode.as_deref().unwrap_or_default());
        let mut lookup = PostcodeLookup::new();
        lookup.id = Some(format!("{postcode}-{number:02}").into());
        lookup.description = Some(description.join(", "));
        Self { lookup, address }
    }
}

fn normalized(postcode: &str) -> String {
    postcode.to_uppercase().split_whitespace().collect()
}

pub(super) fn known_addresses() -> Vec<KnownAddress> {
    let ropewalk = [
        "10 Ropewalk",
        "11 Ropewalk",
        "12 Ropewalk",
        "The Old Ropeworks, Ropewalk",
    ];
    let mut known = vec![
        KnownAddress::new(1, full_address()),
        KnownAddress::new(1, street("1 Lantern Quay", "QV1 1AA")),
    ];
    let ropewalk = (1..).zip(ropewalk);
    known.extend(ropewalk.map(|(number, line)| KnownAddress::new(number, street(line, "QV1 2AB"))));
    known
}

pub(super) fn statements() -> Vec<Statement> {
    let statements = (0..).zip(STATEMENTS);
    statements
        .map(|(index, text)| {
            let mut statement = Statement::new(statement_id(index));
            statement.text = Some((*text).to_owned());
            statement
        })
        .collect()
}

pub(super) fn tags() -> Vec<Tag> {
    let tags = (0..).zip(tags_with_groups());
    tags.map(|(index, (group, name))| {
        let mut tag = Tag::new(tag_id(index));
        tag.name = Some(name.to_owned());
        tag.tag_group = Some(group);
        tag
    })
    .collect()
}

pub(super) fn tag_groups() -> Vec<TagGroup> {
    let groups = (0..).zip(TAG_GROUPS);
    groups
        .map(|(index, (name, _))| {
            let mut group = TagGroup::new(tag_group_id(index), *name);
            let members = (0..).zip(tags_with_groups()).filter(|(_, (of, _))| *of == group.id);
            group.tags = members.map(|(index, _)| tag_id(index)).collect();
            group
        })
        .collect()
}

fn tags_with_groups() -> impl Iterator<Item = (TagGroupId, &'static str)> {
    let groups = (0..).zip(TAG_GROUPS);
    groups.flat_map(|(index, (_, names))| names.iter().map(move |name| (tag_group_id(index), *name)))
}

/// Returns the id of a tag by its index over all groups.
const fn tag_id(index: i32) -> TagId {
    TagId::new(1101 + index)
}

const fn statement_id(index: i32) -> StatementId {
    StatementId::new(101 + index)
}

fn tag_group_id(index: i32) -> TagGroupId {
    TagGroupId::new(1001 + index)
}
