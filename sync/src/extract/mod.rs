//! Reading a list and comparing it with the database. Only what changed is kept.

mod binary_form;
mod content_hash;
mod entries;
mod known;
mod spool;

use spektrix_v2::{Client, ItemStream};

use crate::counts::Counts;
use crate::error::{Error, Result};
use crate::kind::Kind;
use crate::schema::{Described, Key, Layout, RowText, Value, for_kind, layout};
use crate::store::Session;

use content_hash::ContentHasher;
pub(crate) use known::list as hashed_list;
use known::{Comparison, HashChanges, Known};
pub(crate) use spool::Spool;

/// What changed in a list.
pub(crate) struct ListChanges {
    pub(crate) layout: Layout,
    pub(crate) counts: Counts,
    /// How many objects of this list the database has, removed ones included.
    pub(crate) stored: usize,
    pub(crate) added: Vec<Key>,
    pub(crate) changed: Vec<Key>,
    pub(crate) removed: Vec<Key>,
    /// The rows of added and changed objects.
    pub(crate) rows: Spool,
    /// Their rows in child tables, in the order of the layout.
    pub(crate) children: Vec<Spool>,
    /// The hashes that changed.
    pub(crate) hashes: HashChanges,
}

impl ListChanges {
    pub(crate) fn is_empty(&self) -> bool {
        self.counts.written() == 0 && self.hashes.blocks.is_empty()
    }
}

/// Reads a list, and compares it with the database.
pub(crate) async fn read(client: &Client, session: &mut Session, venue: &str, kind: Kind) -> Result<ListChanges> {
    for_kind!(kind, Item => read_list::<Item>(client, session, venue).await)
}

async fn read_list<T: Described>(client: &Client, session: &mut Session, venue: &str) -> Result<ListChanges> {
    let layout = layout(T::TABLE.kind);
    let mut items = T::stream(client);
    // The service and the database work at the same time.
    let (first, known) = tokio::join!(items.next(), Known::read(session, &layout, venue));
    let known = known?;
    if known.compares_content() {
        return compare(ListReader::new(venue, layout, known), first, items).await;
    }
    let stored = known.len();
    let reader = ListReader::new(venue, layout.clone(), known);
    let (changes, rows) = tokio::join!(compare(reader, first, items), count_rows(session, &layout, venue));
    if rows? == stored {
        return changes;
    }
    // Something else wrote to the table: a purge, or a person. Its rows count, and not their hashes.
    tracing::debug!("{} has other rows than hashes: its objects are compared", layout.table);
    let known = Known::read_content(session, &layout, venue).await?;
    let mut items = T::stream(client);
    let first = items.next().await;
    compare(ListReader::new(venue, layout, known), first, items).await
}

async fn compare<T: Described>(
    mut reader: ListReader<'_, T>,
    first: Option<std::result::Result<T, spektrix_v2::Error>>,
    mut items: ItemStream<T>,
) -> Result<ListChanges> {
    let mut next = first;
    while let Some(item) = next {
        let item = item.map_err(|error| Error::service(T::TABLE.kind, error))?;
        reader.compare(&item)?;
        next = items.next().await;
    }
    Ok(reader.finish())
}

/// Returns how many objects the table has. An index has them without their content.
async fn count_rows(session: &mut Session, layout: &Layout, venue: &str) -> Result<usize> {
    let count = session.dialect().text("count(*)");
    let sql = format!("SELECT {count} FROM {} WHERE venue = ?", layout.table);
    let row = session.row(&sql, &[Some(venue)]).await;
    let row = row.map_err(|error| Error::database(format!("read {}", layout.table), error))?;
    let count = row.and_then(|row| row.into_iter().next().flatten()?.parse().ok());
    Ok(count.unwrap_or_default())
}

struct ListReader<'a, T> {
    venue: &'a str,
    known: Known,
    changes: ListChanges,
    hasher: ContentHasher,
    /// The content of an object that changed as JSON, and its rows.
    content: Vec<u8>,
    row: RowText,
    item: std::marker::PhantomData<fn(T)>,
}

impl<'a, T: Described> ListReader<'a, T> {
    fn new(venue: &'a str, layout: Layout, known: Known) -> Self {
        let changes = ListChanges {
            counts: Counts::default(),
            stored: known.len(),
            added: Vec::new(),
            changed: Vec::new(),
            removed: Vec::new(),
            rows: Spool::new(),
            children: layout.children.iter().map(|_| Spool::new()).collect(),
            layout,
            hashes: HashChanges::default(),
        };
        Self {
            venue,
            known,
            changes,
            hasher: ContentHasher::default(),
            content: Vec::new(),
            row: RowText::default(),
            item: std::marker::PhantomData,
        }
    }

    fn compare(&mut self, item: &T) -> Result<()> {
        let key = item.key();
        let hash = self.hasher.hash(item).map_err(not_serialized)?;
        let compared = if self.known.compares_content() {
            let json = serde_json::to_value(item).map_err(not_serialized)?;
            self.hasher.hash_json(&json).map_err(not_serialized)?
        } else {
            hash
        };
        match self.known.compare(key, hash, compared) {
            Comparison::Unchanged => {}
            Comparison::Added => {
                self.changes.added.push(key);
                self.write(item)?;
            }
            Comparison::Changed => {
                self.changes.changed.push(key);
                self.write(item)?;
            }
            Comparison::Repeated => {
                tracing::warn!(
                    "the list of {} has {key} several times: the first is kept",
                    T::TABLE.kind
                );
                return Ok(());
            }
        }
        self.changes.counts.listed += 1;
        Ok(())
    }

    fn write(&mut self, item: &T) -> Result<()> {
        let key = item.key();
        self.content.clear();
        serde_json::to_writer(&mut self.content, item).map_err(not_serialized)?;
        self.row.clear();
        start_row(&mut self.row, self.venue, key);
        for column in T::TABLE.columns {
            self.row.push(&(column.1)(item));
        }
        self.row.push_text(&self.content);
        self.row.end_row();
        self.changes.rows.write(self.row.as_bytes())?;
        for (child, spool) in T::TABLE.children.iter().zip(&mut self.changes.children) {
            self.row.clear();
            let mut position = 0;
            (child.rows)(item, &mut |values| {
                start_row(&mut self.row, self.venue, key);
                self.row.push(&Value::Int(position));
                for value in values {
                    self.row.push(value);
                }
                self.row.end_row();
                position += 1;
            });
            spool.write(self.row.as_bytes())?;
        }
        Ok(())
    }

    fn finish(self) -> ListChanges {
        let mut changes = self.changes;
        (changes.removed, changes.hashes) = self.known.finish();
        changes.counts.added = changes.added.len();
        changes.counts.changed = changes.changed.len();
        changes.counts.removed = changes.removed.len();
        changes
    }
}

fn not_serialized(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::io("write an object as JSON", std::io::Error::other(error))
}

fn start_row(row: &mut RowText, venue: &str, key: Key) {
    row.push_text(venue.as_bytes());
    key.for_each(|number| row.push(&Value::Int(number.into())));
}
