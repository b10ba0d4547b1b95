//! What the database has of a list: a hash of each object.

use std::collections::HashMap;
use std::collections::hash_map;

use xxhash_rust::xxh3::xxh3_128;

use crate::error::{Error, Result};
use crate::schema::{Key, Layout};
use crate::store::Session;

/// The XXH3 hash of the content, 128 bits. It finds changes, and protects from nobody.
pub(crate) type Hash = [u8; 16];

/// The objects of a list.
pub(crate) struct Known {
    /// Those that the database has, by key.
    stored: Vec<Entry>,
    /// The one after that which was compared last. Lists are mostly ordered by key, as this is.
    next: usize,
    /// Those that the database does not have.
    new: HashMap<Key, Hash>,
}

struct Entry {
    key: Key,
    hash: Hash,
    /// Whether the list had it in the last run.
    was_listed: bool,
    is_listed: bool,
}

/// What an object of the list is, compared with the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    Unchanged,
    /// New, or listed again.
    Added,
    Changed,
    /// The list has another object with the same key.
    Repeated,
}

impl Known {
    pub(crate) async fn read(session: &mut Session, layout: &Layout, venue: &str) -> Result<Self> {
        let dialect = session.dialect();
        let columns = layout.key.iter().copied().chain(["hash"]);
        let columns: Vec<_> = columns.map(|column| dialect.scanned(column)).collect();
        // PostgreSQL reads this from the index of the primary key.
        let sql = format!(
            "SELECT {}, CASE WHEN removed_at IS NULL THEN '1' ELSE '0' END FROM {} WHERE venue = ?",
            columns.join(", "),
            layout.table
        );
        let mut stored = Vec::new();
        let mut is_valid = true;
        let mut visit = |row: &[Option<&str>]| match entry(row) {
            Some(entry) => stored.push(entry),
            None => is_valid = false,
        };
        let read = session.scan(&sql, venue, &mut visit).await;
        read.map_err(|error| Error::database(format!("read {}", layout.table), error))?;
        if !is_valid {
            return Err(Error::new(
                crate::ErrorKind::Schema,
                format!("cannot read {}: a key or a hash in it is not valid", layout.table),
            )
            .with_hint(
                "only the sync may write to this table. Restore it from a backup, or drop all tables spektrix_*",
            ));
        }
        Ok(Self::new(stored))
    }

    fn new(mut stored: Vec<Entry>) -> Self {
        stored.sort_unstable_by_key(|entry| entry.key);
        Self {
            stored,
            next: 0,
            new: HashMap::new(),
        }
    }

    /// Compares an object with the database, and remembers that it is listed.
    pub(crate) fn compare(&mut self, key: Key, hash: Hash) -> Comparison {
        let Some(index) = self.find(key) else {
            return match self.new.entry(key) {
                hash_map::Entry::Vacant(entry) => {
                    entry.insert(hash);
                    Comparison::Added
                }
                hash_map::Entry::Occupied(entry) if *entry.get() == hash => Comparison::Unchanged,
                hash_map::Entry::Occupied(_) => Comparison::Repeated,
            };
        };
        self.next = index + 1;
        let entry = &mut self.stored[index];
        if entry.is_listed {
            return if entry.hash == hash {
                Comparison::Unchanged
            } else {
                Comparison::Repeated
            };
        }
        entry.is_listed = true;
        let before = std::mem::replace(&mut entry.hash, hash);
        match (entry.was_listed, before == hash) {
            (true, true) => Comparison::Unchanged,
            (true, false) => Comparison::Changed,
            (false, _) => Comparison::Added,
        }
    }

    fn find(&self, key: Key) -> Option<usize> {
        if self.stored.get(self.next).is_some_and(|entry| entry.key == key) {
            return Some(self.next);
        }
        self.stored.binary_search_by_key(&key, |entry| entry.key).ok()
    }

    /// Returns whether the database has none.
    pub(crate) fn is_empty(&self) -> bool {
        self.stored.is_empty()
    }

    /// Returns the objects that are no longer listed, sorted.
    pub(crate) fn into_removed(self) -> Vec<Key> {
        let removed = self.stored.into_iter();
        let removed = removed.filter(|entry| entry.was_listed && !entry.is_listed);
        removed.map(|entry| entry.key).collect()
    }
}

fn entry(row: &[Option<&str>]) -> Option<Entry> {
    let (key, rest) = row.split_at_checked(row.len().checked_sub(2)?)?;
    let hash = parse_hash(rest[0]?.trim())?;
    let was_listed = rest[1]? == "1";
    Some(Entry {
        key: Key::parse(key)?,
        hash,
        was_listed,
        is_listed: false,
    })
}

pub(crate) fn hash(content: &[u8]) -> Hash {
    xxh3_128(content).to_be_bytes()
}

pub(crate) fn hash_text(hash: Hash) -> [u8; 32] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = [0; 32];
    for (index, byte) in hash.into_iter().enumerate() {
        text[2 * index] = DIGITS[usize::from(byte >> 4)];
        text[2 * index + 1] = DIGITS[usize::from(byte & 15)];
    }
    text
}

fn parse_hash(text: &str) -> Option<Hash> {
    (text.len() == 32)
        .then(|| u128::from_str_radix(text, 16).ok())?
        .map(u128::to_be_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_read_back() {
        let hash = hash(b"content");
        let text = hash_text(hash);
        assert_eq!(parse_hash(std::str::from_utf8(&text).unwrap()), Some(hash));
        assert_eq!(parse_hash("1"), None);
        assert_eq!(parse_hash(&"x".repeat(32)), None);
    }

    #[test]
    fn objects_are_compared_with_the_last_run() {
        let entry = |id, was_listed| Entry {
            key: Key::One(id),
            hash: [1; 16],
            was_listed,
            is_listed: false,
        };
        let mut known = Known::new(vec![entry(3, false), entry(1, true), entry(2, true)]);
        let table = [
            ("the same", 1, 1, Comparison::Unchanged),
            ("the same twice", 1, 1, Comparison::Unchanged),
            ("another one with its key", 1, 2, Comparison::Repeated),
            ("listed again, the same", 3, 1, Comparison::Added),
            ("new", 4, 1, Comparison::Added),
            ("new twice", 4, 1, Comparison::Unchanged),
            ("another one with the new key", 4, 2, Comparison::Repeated),
        ];
        for (name, id, hash, expected) in table {
            assert_eq!(known.compare(Key::One(id), [hash; 16]), expected, "{name}");
        }
        assert_eq!(known.into_removed(), [Key::One(2)]);
    }
}
