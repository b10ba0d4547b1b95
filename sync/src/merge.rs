//! Writing what changed in a list: a temporary table with the new rows, and a few statements over it.

use std::io::{BufReader, Cursor};

use crate::error::{Error, Result};
use crate::extract::{ListChanges, hashed_list};
use crate::kind::Kind;
use crate::schema::{Key, RowText, Value};
use crate::store::{Dialect, Session, equal};

/// Added and changed rows.
const LOADED: &str = "spektrix_loaded";
/// The keys of removed rows.
const REMOVED: &str = "spektrix_removed";

/// Up to one row in so many is found by an index.
const FEW: usize = 10;

/// The run that writes.
#[derive(Clone, Copy)]
pub(crate) struct Writer<'a> {
    pub(crate) venue: &'a str,
    pub(crate) run: i64,
    /// The time of all changes of the run.
    pub(crate) now: &'a str,
}

impl Writer<'_> {
    /// Writes the changes of a list. The session is in a transaction.
    pub(crate) async fn write(self, session: &mut Session, changes: ListChanges) -> Result<()> {
        let kind = changes.layout.kind;
        let statements = Statements {
            dialect: session.dialect(),
            changes: &changes,
            writer: self,
        };
        let removal = (!changes.removed.is_empty()).then(|| statements.removal());
        let merge = (!changes.rows.is_empty()).then(|| statements.merge());
        self.write_hashes(session, &changes).await?;
        if let Some(steps) = removal {
            self.remove(session, &changes, &steps).await?;
        }
        if let Some(steps) = merge {
            self.merge(session, changes, &steps).await?;
        }
        if kind == Kind::Plans {
            self.derive_bookable_plans(session).await?;
        }
        Ok(())
    }

    async fn write_hashes(self, session: &mut Session, changes: &ListChanges) -> Result<()> {
        let failed = |error| Error::database("write to spektrix_hashes", error);
        let list = hashed_list(&changes.layout, self.venue);
        if changes.hashes.is_complete {
            let delete = "DELETE FROM spektrix_hashes WHERE venue = ? AND kind = ?";
            let deleted = session.execute(delete, &[Some(self.venue), Some(list.kind)]).await;
            deleted.map_err(failed)?;
        }
        session.write_hashes(list, &changes.hashes.blocks).await.map_err(failed)
    }

    async fn merge(self, session: &mut Session, changes: ListChanges, steps: &Steps) -> Result<()> {
        let layout = changes.layout;
        self.run_all(session, layout.table, &steps.create).await?;
        let rows = changes.rows.into_reader()?;
        session.load(LOADED, &layout.columns, rows).await?;
        self.run_all(session, layout.table, &steps.write).await?;
        for (child, rows) in layout.children.iter().zip(changes.children) {
            if !rows.is_empty() {
                session.load(child.table, &child.columns, rows.into_reader()?).await?;
            }
        }
        Ok(())
    }

    async fn remove(self, session: &mut Session, changes: &ListChanges, steps: &Steps) -> Result<()> {
        let table = changes.layout.table;
        self.run_all(session, table, &steps.create).await?;
        let mut rows = RowText::default();
        for key in &changes.removed {
            rows.push(&Value::Text(self.venue));
            push_key(&mut rows, *key);
            rows.end_row();
        }
        let columns: Vec<_> = ["venue"]
            .into_iter()
            .chain(changes.layout.key.iter().copied())
            .collect();
        session
            .load(REMOVED, &columns, BufReader::new(Cursor::new(rows.take())))
            .await?;
        self.run_all(session, table, &steps.write).await
    }

    /// Runs statements in one request.
    async fn run_all(self, session: &mut Session, table: &str, statements: &[String]) -> Result<()> {
        let result = session.batch(statements.join(";\n")).await;
        result.map_err(|error| Error::database(format!("write to {table}"), error))
    }

    /// Finds the plans that tickets are sold for, within each plan. `UNION` visits each plan once, so it ends even if a plan
    /// contains itself.
    async fn derive_bookable_plans(self, session: &mut Session) -> Result<()> {
        let derive = "INSERT INTO spektrix_bookable_plans (venue, plan_id, bookable_plan_id)
            WITH RECURSIVE tree (venue, root, plan_id) AS (
                SELECT venue, id, id FROM spektrix_plans WHERE venue = ? AND removed_at IS NULL
                UNION
                SELECT t.venue, t.root, s.sub_plan_id FROM tree t
                JOIN spektrix_sub_plans s ON s.venue = t.venue AND s.plan_id = t.plan_id
                JOIN spektrix_plans p ON p.venue = s.venue AND p.id = s.sub_plan_id AND p.removed_at IS NULL
            )
            SELECT t.venue, t.root, t.plan_id FROM tree t
            JOIN spektrix_plans p ON p.venue = t.venue AND p.id = t.plan_id
            WHERE p.is_bookable AND NOT EXISTS (
                SELECT 1 FROM spektrix_sub_plans s WHERE s.venue = p.venue AND s.plan_id = p.id)";
        for sql in ["DELETE FROM spektrix_bookable_plans WHERE venue = ?", derive] {
            let result = session.execute(sql, &[Some(self.venue)]).await;
            result.map_err(|error| Error::database("write to spektrix_bookable_plans", error))?;
        }
        Ok(())
    }
}

fn push_key(row: &mut RowText, key: Key) {
    key.for_each(|number| row.push(&Value::Int(number.into())));
}

/// The statements before and after the load of a temporary table.
struct Steps {
    create: [String; 1],
    write: Vec<String>,
}

struct Statements<'a> {
    dialect: Dialect,
    changes: &'a ListChanges,
    writer: Writer<'a>,
}

impl Statements<'_> {
    fn merge(&self) -> Steps {
        let (layout, writer) = (&self.changes.layout, self.writer);
        let columns = layout.columns.join(", ");
        let key = self.key_columns();
        let own = "first_seen, changed_at";
        let updated: Vec<_> = layout
            .columns
            .iter()
            .copied()
            .filter(|column| !key.contains(column))
            .chain(["changed_at", "removed_at"])
            .collect();
        let upsert = format!(
            "INSERT INTO {} ({columns}, {own}, removed_at) SELECT {columns}, '{now}', '{now}', NULL FROM {LOADED} \
             WHERE 1 = 1 {}",
            layout.table,
            self.dialect.on_conflict(&key.join(", "), &updated),
            now = writer.now,
        );
        let children = layout.children.iter().map(|child| {
            let pairs = layout.key.iter().zip(&child.parent);
            let pairs = pairs.map(|(own, parent)| ((*parent).to_owned(), (*own).to_owned()));
            let pairs: Vec<_> = [("venue".to_owned(), "venue".to_owned())]
                .into_iter()
                .chain(pairs)
                .collect();
            self.dialect.delete_matching(child.table, LOADED, &pairs)
        });
        // On a first run there is nothing to replace. Objects that were removed have rows in child tables, too.
        let children: Vec<_> = if self.changes.stored > 0 {
            children.collect()
        } else {
            Vec::new()
        };
        let loaded = self.changes.added.len() + self.changes.changed.len();
        let write = [self.added_and_changed()]
            .into_iter()
            .chain(children)
            .chain([upsert, self.dialect.drop_temporary(LOADED)]);
        let write = self.planned(LOADED, &key.join(", "), loaded, write);
        Steps {
            create: [self
                .dialect
                .temporary_copy(LOADED, &columns, &key.join(", "), layout.table)],
            write,
        }
    }

    /// Returns statements that use few rows of a temporary table or many, in a way that suits their number.
    fn planned(
        &self,
        temporary: &str,
        key: &str,
        rows: usize,
        statements: impl Iterator<Item = String>,
    ) -> Vec<String> {
        let stored = self.changes.stored;
        let (before, after) = if rows.saturating_mul(FEW) <= stored {
            self.dialect.for_few_rows()
        } else {
            // On a first run, no row is searched for.
            let analyze = self.dialect.analyze_temporary(temporary, key);
            (analyze.filter(|_| stored > 0), None)
        };
        before.into_iter().chain(statements).chain(after).collect()
    }

    fn removal(&self) -> Steps {
        let (layout, writer) = (&self.changes.layout, self.writer);
        let key = self.key_columns().join(", ");
        let assignments = format!("removed_at = '{now}', changed_at = '{now}'", now = writer.now);
        let update = self
            .dialect
            .update_matching(layout.table, &assignments, REMOVED, &self.own_pairs());
        let write = [self.removed(), update, self.dialect.drop_temporary(REMOVED)];
        let write = self.planned(REMOVED, &key, self.changes.removed.len(), write.into_iter());
        Steps {
            create: [self.dialect.temporary_copy(REMOVED, &key, &key, layout.table)],
            write,
        }
    }

    /// The objects that are added or changed, in the table of changes. One that is listed again is added. One whose hash changed
    /// and whose JSON did not is no change.
    fn added_and_changed(&self) -> String {
        let layout = &self.changes.layout;
        format!(
            "{} CASE WHEN t.venue IS NULL OR t.removed_at IS NOT NULL THEN 'added' ELSE 'changed' END, \
             CASE WHEN t.removed_at IS NULL THEN t.content END, l.content, '{}' \
             FROM {LOADED} l LEFT JOIN {} t ON {} WHERE t.removed_at IS NOT NULL OR {} ORDER BY {}",
            self.insert_changes("l"),
            self.writer.now,
            layout.table,
            equal(&self.own_pairs(), "t", "l"),
            self.dialect.differ("t.content", "l.content"),
            self.ordered("l"),
        )
    }

    fn removed(&self) -> String {
        let layout = &self.changes.layout;
        format!(
            "{} 'removed', t.content, NULL, '{}' FROM {REMOVED} l JOIN {} t ON {} ORDER BY {}",
            self.insert_changes("l"),
            self.writer.now,
            layout.table,
            equal(&self.own_pairs(), "t", "l"),
            self.ordered("l"),
        )
    }

    fn insert_changes(&self, from: &str) -> String {
        let layout = &self.changes.layout;
        let key: Vec<_> = layout.key.iter().map(|column| format!("{from}.{column}")).collect();
        format!(
            "INSERT INTO spektrix_changes \
             (venue, run_id, kind, object_key, what, before_content, after_content, changed_at) \
             SELECT {from}.venue, {}, '{}', {},",
            self.writer.run,
            layout.kind,
            self.dialect.joined_key(&key),
        )
    }

    fn ordered(&self, from: &str) -> String {
        let columns = self.changes.layout.key.iter().map(|column| format!("{from}.{column}"));
        columns.collect::<Vec<_>>().join(", ")
    }

    fn key_columns(&self) -> Vec<&'static str> {
        ["venue"]
            .into_iter()
            .chain(self.changes.layout.key.iter().copied())
            .collect()
    }

    fn own_pairs(&self) -> Vec<(String, String)> {
        let columns = self.key_columns().into_iter();
        columns.map(|column| (column.to_owned(), column.to_owned())).collect()
    }
}
