//! The entries of a block of hashes: for each object its key, its hash, and whether the last run had it in its list.

use std::collections::BTreeMap;

use super::content_hash::Hash;
use crate::schema::Key;
use crate::store::HashBlock;

/// An object that the database has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) key: Key,
    pub(super) hash: Hash,
    /// Whether the list had it in the last run.
    pub(super) is_listed: bool,
}

/// The entries of a full block. With two numbers as a key, it has 1,700 bytes: PostgreSQL would compress 2,000 or more.
const IN_BLOCK: usize = 100;

impl Entry {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.key
            .for_each(|number| bytes.extend_from_slice(&number.to_be_bytes()));
        bytes.extend_from_slice(&self.hash.to_be_bytes());
        bytes.push(u8::from(self.is_listed));
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let (rest, [flag]) = bytes.split_last_chunk()?;
        let (key, hash) = rest.split_last_chunk()?;
        let number = |bytes: &[u8]| Some(i32::from_be_bytes(bytes.try_into().ok()?));
        Some(Self {
            key: match key.len() {
                4 => Key::One(number(key)?),
                8 => Key::Two(number(&key[..4])?, number(&key[4..])?),
                _ => return None,
            },
            hash: Hash::from_be_bytes(*hash),
            is_listed: *flag != 0,
        })
    }
}

/// Returns the entries of a block, whose keys have so many numbers. `None` if it is not valid.
pub(super) fn parse(block: &[u8], numbers: usize) -> Option<Vec<Entry>> {
    let length = numbers * 4 + 9;
    let entries = block.chunks_exact(length);
    if !entries.remainder().is_empty() {
        return None;
    }
    entries.map(Entry::parse).collect()
}

/// Returns blocks with these entries.
pub(super) fn blocks(entries: impl Iterator<Item = Entry>) -> Vec<HashBlock> {
    append(BTreeMap::new(), 0, entries)
}

/// Returns these blocks, by number. New entries are stored in the last one until it is full, and then in further ones.
pub(super) fn append(
    mut blocks: BTreeMap<i32, Vec<Entry>>,
    mut last: i32,
    new: impl Iterator<Item = Entry>,
) -> Vec<HashBlock> {
    for entry in new {
        if blocks.get(&last).is_some_and(|entries| entries.len() >= IN_BLOCK) {
            last += 1;
        }
        blocks.entry(last).or_default().push(entry);
    }
    let blocks = blocks.into_iter().map(|(number, entries)| {
        let mut bytes = Vec::new();
        for entry in entries {
            entry.write(&mut bytes);
        }
        HashBlock { number, entries: bytes }
    });
    blocks.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(count: i32, key: fn(i32) -> Key) -> Vec<Entry> {
        let entries = (0..count).map(|number| Entry {
            key: key(number),
            hash: u64::MAX - 7 * u64::from(number.unsigned_abs()),
            is_listed: number % 3 != 0,
        });
        entries.collect()
    }

    #[test]
    fn entries_are_read_back() {
        let keys: [fn(i32) -> Key; 2] = [|one| Key::One(one - 50), |one| Key::Two(one, -one)];
        for (key, numbers) in keys.into_iter().zip([1, 2]) {
            for (count, expected) in [(0, 0), (1, 1), (100, 1), (101, 2), (350, 4)] {
                let all = entries(count, key);
                let blocks = blocks(all.iter().copied());
                assert_eq!(blocks.len(), expected);
                let read: Vec<_> = blocks
                    .iter()
                    .flat_map(|block| parse(&block.entries, numbers).unwrap())
                    .collect();
                assert_eq!(read, all);
                assert!(blocks.iter().all(|block| block.entries.len() < 2_000));
            }
        }
    }

    #[test]
    fn new_entries_fill_the_last_block() {
        let stored = BTreeMap::from([(3, entries(1, Key::One)), (7, entries(99, Key::One))]);
        let blocks = append(stored, 7, entries(102, Key::One).into_iter());
        let sizes: Vec<_> = blocks
            .iter()
            .map(|block| (block.number, block.entries.len() / 13))
            .collect();
        assert_eq!(sizes, [(3, 1), (7, 100), (8, 100), (9, 1)]);
    }

    #[test]
    fn blocks_of_other_lengths_are_not_valid() {
        for length in [1, 12, 14, 25] {
            assert_eq!(parse(&vec![0; length], 1), None, "{length}");
        }
    }
}
