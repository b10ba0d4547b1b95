//! What the venue notes about its customers: statements that they agree to, and tags in groups.

use spektrix_v2::{Statement, StatementId, Tag, TagGroup, TagGroupId, TagId};

/// The groups, each with the names of its tags.
const GROUPS: &[(&str, &[&str])] = &[
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

/// The place of the n-th tag, counted over all groups from 0.
pub(super) const fn tag(place: i32) -> TagId {
    TagId::new(1101 + place)
}

/// The id of the n-th statement, counted from 0.
pub(super) const fn statement(place: i32) -> StatementId {
    StatementId::new(101 + place)
}

fn group(place: i32) -> TagGroupId {
    TagGroupId::new(1001 + place)
}

pub(super) fn statements() -> Vec<Statement> {
    let statements = (0..).zip(STATEMENTS);
    statements
        .map(|(place, text)| {
            let mut made = Statement::new(statement(place));
            made.text = Some((*text).to_owned());
            made
        })
        .collect()
}

pub(super) fn tags() -> Vec<Tag> {
    let tags = (0..).zip(tags_with_groups());
    tags.map(|(place, (group, name))| {
        let mut made = Tag::new(tag(place));
        made.name = Some(name.to_owned());
        made.tag_group = Some(group);
        made
    })
    .collect()
}

pub(super) fn tag_groups() -> Vec<TagGroup> {
    let groups = (0..).zip(GROUPS);
    groups
        .map(|(place, (name, _))| {
            let mut made = TagGroup::new(group(place), *name);
            let members = (0..).zip(tags_with_groups()).filter(|(_, (of, _))| *of == made.id);
            made.tags = members.map(|(place, _)| tag(place)).collect();
            made
        })
        .collect()
}

fn tags_with_groups() -> impl Iterator<Item = (TagGroupId, &'static str)> {
    let groups = (0..).zip(GROUPS);
    groups.flat_map(|(place, (_, names))| names.iter().map(move |name| (group(place), *name)))
}
