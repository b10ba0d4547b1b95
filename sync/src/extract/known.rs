//! What the database has of a list: a hash of each object.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

use crate::error::{Error, Result};
use crate::schema::{Key, Layout};
use crate::store::{Parameter, Session};

/// 128 bits of a SHA-256 of the content.
pub(crate) type Hash = [u8; 16];

/// The objects of a list, by key.
pub(crate) struct Known(HashMap<Key, Entry>);

struct Entry {
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
        let keys: Vec<_> = layout.key.iter().map(|column| dialect.text(column)).collect();
        let sql = format!(
            "SELECT {}, CAST(hash AS CHAR(32)), CASE WHEN removed_at IS NULL THEN '1' ELSE '0' END FROM {} WHERE venue = ?",
            keys.join(", "),
            layout.table
        );
        let mut known = HashMap::new();
        let mut is_valid = true;
        let parameters: [Parameter<'_>; 1] = [Some(venue)];
        let mut visit = |row: &[Option<&str>]| match entry(row) {
            Some((key, entry)) => {
                known.insert(key, entry);
            }
            None => is_valid = false,
        };
        let read = session.rows(&sql, &parameters, &mut visit).await;
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
        Ok(Self(known))
    }

    /// Compares an object with the database, and remembers that it is listed.
    pub(crate) fn compare(&mut self, key: Key, hash: Hash) -> Comparison {
        let Some(entry) = self.0.get_mut(&key) else {
            let (was_listed, is_listed) = (false, true);
            self.0.insert(
                key,
                Entry {
                    hash,
                    was_listed,
                    is_listed,
                },
            );
            return Comparison::Added;
        };
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

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the objects that are no longer listed, sorted.
    pub(crate) fn into_removed(self) -> Vec<Key> {
        let removed = self
            .0
            .into_iter()
            .filter(|(_, entry)| entry.was_listed && !entry.is_listed);
        let mut removed: Vec<_> = removed.map(|(key, _)| key).collect();
        removed.sort_unstable();
        removed
    }
}

fn entry(row: &[Option<&str>]) -> Option<(Key, Entry)> {
    let (key, rest) = row.split_at_checked(row.len().checked_sub(2)?)?;
    let hash = parse_hash(rest[0]?.trim())?;
    let was_listed = rest[1]? == "1";
    Some((
        Key::parse(key)?,
        Entry {
            hash,
            was_listed,
            is_listed: false,
        },
    ))
}

pub(crate) fn hash(content: &[u8]) -> Hash {
    let digest = Sha256::digest(content);
    let mut hash = Hash::default();
    hash.copy_from_slice(&digest[..16]);
    hash
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
        let entry = |was_listed| Entry {
            hash: [1; 16],
            was_listed,
            is_listed: false,
        };
        let known = [
            (Key::One(1), entry(true)),
            (Key::One(2), entry(true)),
            (Key::One(3), entry(false)),
        ];
        let mut known = Known(known.into_iter().collect());
        let table = [
            ("the same", 1, 1, Comparison::Unchanged),
            ("the same twice", 1, 1, Comparison::Unchanged),
            ("another one with its key", 1, 2, Comparison::Repeated),
            ("listed again, the same", 3, 1, Comparison::Added),
            ("new", 4, 1, Comparison::Added),
            ("new twice", 4, 1, Comparison::Unchanged),
        ];
        for (name, id, hash, expected) in table {
            assert_eq!(known.compare(Key::One(id), [hash; 16]), expected, "{name}");
        }
        assert_eq!(known.into_removed(), [Key::One(2)]);
    }
}
