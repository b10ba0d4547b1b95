//! What the database has of a list: a hash of each object.

use std::collections::HashMap;
use std::collections::hash_map;

use super::content_hash::{ContentHasher, FORM, Hash};
use super::entries::{self, Entry};
use crate::error::{Error, Result};
use crate::schema::{Key, Layout};
use crate::store::{HashBlock, HashedList, Session};

/// The objects of a list.
pub(crate) struct Known {
    /// Those that the database has, by key.
    stored: Vec<Object>,
    /// The one after that which was compared last. Lists are mostly ordered by key, as this is.
    next: usize,
    /// Those that the database does not have, and their order.
    new: HashMap<Key, Hash>,
    new_keys: Vec<Key>,
    source: Source,
}

/// What the objects of the database are compared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// Their stored hashes.
    Hashes,
    /// Their content. Then all hashes are written.
    Content,
}

struct Object {
    entry: Entry,
    /// The block that has the entry.
    block: i32,
    is_listed: bool,
    is_dirty: bool,
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

/// What is written about a list after it was compared.
#[derive(Debug, Default)]
pub(crate) struct HashChanges {
    /// Whether these are all blocks.
    pub(crate) is_complete: bool,
    pub(crate) blocks: Vec<HashBlock>,
}

impl Known {
    /// Reads the stored hashes. Without any, those of a new database or of an older version, it reads the objects.
    pub(crate) async fn read(session: &mut Session, layout: &Layout, venue: &str) -> Result<Self> {
        let mut stored = Vec::new();
        let mut is_valid = true;
        let mut visit = |block: i32, bytes: &[u8]| {
            let objects = entries::parse(bytes, layout.key.len());
            is_valid &= objects.is_some();
            stored.extend(objects.into_iter().flatten().map(|entry| Object::new(entry, block)));
        };
        let read = session.read_hashes(list(layout, venue), &mut visit).await;
        read.map_err(|error| Error::database("read spektrix_hashes", error))?;
        if stored.is_empty() || !is_valid {
            return Self::read_content(session, layout, venue).await;
        }
        Ok(Self::new(stored, Source::Hashes))
    }

    /// Reads the objects themselves.
    pub(crate) async fn read_content(session: &mut Session, layout: &Layout, venue: &str) -> Result<Self> {
        let dialect = session.dialect();
        let columns = layout.key.iter().copied().chain(["content"]);
        let columns: Vec<_> = columns.map(|column| dialect.text(column)).collect();
        let sql = format!(
            "SELECT {}, CASE WHEN removed_at IS NULL THEN '1' ELSE '0' END FROM {} WHERE venue = ?",
            columns.join(", "),
            layout.table
        );
        let mut stored = Vec::new();
        let mut is_valid = true;
        let mut hasher = ContentHasher::default();
        let mut visit = |row: &[Option<&str>]| match entry(&mut hasher, row) {
            Some(entry) => stored.push(Object::new(entry, 0)),
            None => is_valid = false,
        };
        let read = session.rows(&sql, &[Some(venue)], &mut visit).await;
        read.map_err(|error| Error::database(format!("read {}", layout.table), error))?;
        if !is_valid {
            return Err(Error::new(
                crate::ErrorKind::Schema,
                format!("cannot read {}: a key or an object in it is not valid", layout.table),
            )
            .with_hint(
                "only the sync may write to this table. Restore it from a backup, or drop all tables spektrix_*",
            ));
        }
        Ok(Self::new(stored, Source::Content))
    }

    fn new(mut stored: Vec<Object>, source: Source) -> Self {
        stored.sort_unstable_by_key(|object| object.entry.key);
        Self {
            stored,
            next: 0,
            new: HashMap::new(),
            new_keys: Vec::new(),
            source,
        }
    }

    /// Returns whether objects are compared as JSON, and not by their hash.
    pub(crate) fn compares_content(&self) -> bool {
        self.source == Source::Content
    }

    /// Returns how many objects the database has, removed ones included.
    pub(crate) fn len(&self) -> usize {
        self.stored.len()
    }

    /// Compares an object with the database, and remembers that it is listed. `compared` is the hash of its JSON if
    /// [that is compared](Self::compares_content), and otherwise `hash`.
    pub(crate) fn compare(&mut self, key: Key, hash: Hash, compared: Hash) -> Comparison {
        let Some(index) = self.find(key) else {
            return match self.new.entry(key) {
                hash_map::Entry::Vacant(entry) => {
                    entry.insert(hash);
                    self.new_keys.push(key);
                    Comparison::Added
                }
                hash_map::Entry::Occupied(entry) if *entry.get() == hash => Comparison::Unchanged,
                hash_map::Entry::Occupied(_) => Comparison::Repeated,
            };
        };
        self.next = index + 1;
        self.stored[index].compare(hash, compared)
    }

    fn find(&self, key: Key) -> Option<usize> {
        if self.stored.get(self.next).is_some_and(|object| object.entry.key == key) {
            return Some(self.next);
        }
        self.stored.binary_search_by_key(&key, |object| object.entry.key).ok()
    }

    /// Ends the comparison. Returns the objects that are no longer listed, sorted, and the hashes that changed.
    pub(crate) fn finish(mut self) -> (Vec<Key>, HashChanges) {
        let mut removed = Vec::new();
        for object in &mut self.stored {
            if object.entry.is_listed && !object.is_listed {
                removed.push(object.entry.key);
            }
            object.is_dirty |= object.entry.is_listed != object.is_listed;
            object.entry.is_listed = object.is_listed;
        }
        let new = self.new_keys.iter().map(|key| Entry {
            key: *key,
            hash: self.new[key],
            is_listed: true,
        });
        let changes = match self.source {
            Source::Content => HashChanges {
                is_complete: true,
                blocks: entries::blocks(self.stored.iter().map(|object| object.entry).chain(new)),
            },
            Source::Hashes => HashChanges {
                is_complete: false,
                blocks: changed_blocks(&self.stored, new),
            },
        };
        (removed, changes)
    }
}

impl Object {
    fn new(entry: Entry, block: i32) -> Self {
        Self {
            entry,
            block,
            is_listed: false,
            is_dirty: false,
        }
    }

    fn compare(&mut self, hash: Hash, compared: Hash) -> Comparison {
        if self.is_listed {
            return if self.entry.hash == hash {
                Comparison::Unchanged
            } else {
                Comparison::Repeated
            };
        }
        self.is_listed = true;
        let before = std::mem::replace(&mut self.entry.hash, hash);
        self.is_dirty = before != hash;
        match (self.entry.is_listed, before == compared) {
            (true, true) => Comparison::Unchanged,
            (true, false) => Comparison::Changed,
            (false, _) => Comparison::Added,
        }
    }
}

/// Returns whose hashes are those of a list.
pub(crate) fn list<'a>(layout: &Layout, venue: &'a str) -> HashedList<'a> {
    HashedList {
        venue,
        kind: layout.kind.name(),
        form: FORM,
    }
}

fn changed_blocks(stored: &[Object], new: impl ExactSizeIterator<Item = Entry>) -> Vec<HashBlock> {
    let last = stored.iter().map(|object| object.block).max().unwrap_or_default();
    let mut changed: std::collections::BTreeMap<i32, Vec<Entry>> = stored
        .iter()
        .filter(|object| object.is_dirty)
        .map(|object| (object.block, Vec::new()))
        .collect();
    if new.len() > 0 {
        changed.insert(last, Vec::new());
    }
    if changed.is_empty() {
        return Vec::new();
    }
    for object in stored {
        if let Some(entries) = changed.get_mut(&object.block) {
            entries.push(object.entry);
        }
    }
    entries::append(changed, last, new)
}

fn entry(hasher: &mut ContentHasher, row: &[Option<&str>]) -> Option<Entry> {
    let (key, rest) = row.split_at_checked(row.len().checked_sub(2)?)?;
    let content = serde_json::from_str(rest[0]?).ok()?;
    Some(Entry {
        key: Key::parse(key)?,
        hash: hasher.hash_json(&content).ok()?,
        is_listed: rest[1]? == "1",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(id: i32, is_listed: bool, block: i32) -> Object {
        let entry = Entry {
            key: Key::One(id),
            hash: 1,
            is_listed,
        };
        Object::new(entry, block)
    }

    #[test]
    fn objects_are_compared_with_the_last_run() {
        let stored = vec![object(3, false, 0), object(1, true, 0), object(2, true, 0)];
        let mut known = Known::new(stored, Source::Hashes);
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
            assert_eq!(known.compare(Key::One(id), hash, hash), expected, "{name}");
        }
        assert_eq!(known.finish().0, [Key::One(2)]);
    }

    #[test]
    fn only_blocks_that_changed_are_written() {
        let table = [
            ("nothing changed", vec![(1, 1), (2, 1), (3, 1)], vec![]),
            ("an object changed", vec![(1, 2), (2, 1), (3, 1)], vec![0]),
            ("an object was removed", vec![(1, 1), (3, 1)], vec![1]),
            ("an object was added", vec![(1, 1), (2, 1), (3, 1), (9, 1)], vec![2]),
            ("all of it", vec![(1, 2), (9, 1)], vec![0, 1, 2]),
        ];
        for (name, listed, expected) in table {
            let stored = vec![object(1, true, 0), object(2, true, 1), object(3, true, 2)];
            let mut known = Known::new(stored, Source::Hashes);
            for (id, hash) in listed {
                known.compare(Key::One(id), hash, hash);
            }
            let (_, changes) = known.finish();
            let numbers: Vec<_> = changes.blocks.iter().map(|block| block.number).collect();
            assert_eq!((numbers, changes.is_complete), (expected, false), "{name}");
        }
    }
}
