//! Reading a list and comparing it with the database. Only what changed is kept.

mod known;
mod spool;

use spektrix_v2::Client;

use crate::counts::Counts;
use crate::error::{Error, Result};
use crate::kind::Kind;
use crate::schema::{Described, Key, Layout, RowText, Value, for_kind, layout};
use crate::store::Session;

use known::{Comparison, Known, hash, hash_text};
pub(crate) use spool::Spool;

/// What changed in a list.
pub(crate) struct ListChanges {
    pub(crate) layout: Layout,
    pub(crate) counts: Counts,
    /// Whether the database has objects of this list, removed ones included.
    pub(crate) has_stored: bool,
    pub(crate) added: Vec<Key>,
    pub(crate) changed: Vec<Key>,
    pub(crate) removed: Vec<Key>,
    /// The rows of added and changed objects.
    pub(crate) rows: Spool,
    /// Their rows in child tables, in the order of the layout.
    pub(crate) children: Vec<Spool>,
}

impl ListChanges {
    pub(crate) fn is_empty(&self) -> bool {
        self.counts.written() == 0
    }
}

/// Reads a list, and compares it with the database.
pub(crate) async fn read(client: &Client, session: &mut Session, venue: &str, kind: Kind) -> Result<ListChanges> {
    for_kind!(kind, Item => read_list::<Item>(client, session, venue).await)
}

async fn read_list<T: Described>(client: &Client, session: &mut Session, venue: &str) -> Result<ListChanges> {
    let failed = |error| Error::service(T::TABLE.kind, error);
    let layout = layout(T::TABLE.kind);
    let mut items = T::stream(client);
    // The service and the database work at the same time.
    let (first, known) = tokio::join!(items.next(), Known::read(session, &layout, venue));
    let mut reader = ListReader::<T>::new(venue, layout, known?);
    let mut next = first;
    while let Some(item) = next {
        reader.compare(&item.map_err(failed)?)?;
        next = items.next().await;
    }
    Ok(reader.finish())
}

struct ListReader<'a, T> {
    venue: &'a str,
    known: Known,
    changes: ListChanges,
    /// The content of the current object as JSON, and its rows.
    content: Vec<u8>,
    row: RowText,
    item: std::marker::PhantomData<fn(T)>,
}

impl<'a, T: Described> ListReader<'a, T> {
    fn new(venue: &'a str, layout: Layout, known: Known) -> Self {
        let changes = ListChanges {
            counts: Counts::default(),
            has_stored: !known.is_empty(),
            added: Vec::new(),
            changed: Vec::new(),
            removed: Vec::new(),
            rows: Spool::new(),
            children: layout.children.iter().map(|_| Spool::new()).collect(),
            layout,
        };
        Self {
            venue,
            known,
            changes,
            content: Vec::new(),
            row: RowText::default(),
            item: std::marker::PhantomData,
        }
    }

    fn compare(&mut self, item: &T) -> Result<()> {
        // The order of the fields is that of the type. Sorting them would take longer than everything else here.
        self.content.clear();
        serde_json::to_writer(&mut self.content, item)
            .map_err(|error| Error::io("write an object as JSON", error.into()))?;
        let key = item.key();
        let content_hash = hash(&self.content);
        match self.known.compare(key, content_hash) {
            Comparison::Unchanged => {}
            Comparison::Added => {
                self.changes.added.push(key);
                self.write(item, &hash_text(content_hash))?;
            }
            Comparison::Changed => {
                self.changes.changed.push(key);
                self.write(item, &hash_text(content_hash))?;
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

    fn write(&mut self, item: &T, hash: &[u8]) -> Result<()> {
        let key = item.key();
        self.row.clear();
        start_row(&mut self.row, self.venue, key);
        for column in T::TABLE.columns {
            self.row.push(&(column.1)(item));
        }
        self.row.push_text(&self.content);
        self.row.push_text(hash);
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
        changes.removed = self.known.into_removed();
        changes.counts.added = changes.added.len();
        changes.counts.changed = changes.changed.len();
        changes.counts.removed = changes.removed.len();
        changes
    }
}

fn start_row(row: &mut RowText, venue: &str, key: Key) {
    row.push_text(venue.as_bytes());
    key.for_each(|number| row.push(&Value::Int(number.into())));
}
