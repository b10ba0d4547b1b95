//! What differs between the databases in statements.

/// The SQL of a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    #[cfg(feature = "sqlite")]
    Sqlite,
    #[cfg(feature = "postgres")]
    Postgres,
    #[cfg(feature = "mysql")]
    MySql,
}

impl Dialect {
    /// Replaces each `?` by the placeholder of this database. No statement has a `?` with another meaning.
    pub(crate) fn placeholders(self, sql: &str) -> String {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres => {
                let mut parts = sql.split('?');
                let mut numbered = parts.next().unwrap_or_default().to_owned();
                for (index, part) in parts.enumerate() {
                    numbered.extend(["$", &(index + 1).to_string(), part]);
                }
                numbered
            }
            #[cfg(any(feature = "sqlite", feature = "mysql"))]
            _ => sql.to_owned(),
        }
    }

    /// Returns the expression as text.
    pub(crate) fn text(self, expression: &str) -> String {
        match self {
            #[cfg(feature = "mysql")]
            Self::MySql => format!("CAST({expression} AS CHAR)"),
            #[cfg(any(feature = "sqlite", feature = "postgres"))]
            _ => format!("CAST({expression} AS TEXT)"),
        }
    }

    /// Returns the condition that two expressions differ, of which one may be null.
    pub(crate) fn differ(self, one: &str, other: &str) -> String {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite => format!("{one} IS NOT {other}"),
            #[cfg(feature = "postgres")]
            Self::Postgres => format!("{one} IS DISTINCT FROM {other}"),
            #[cfg(feature = "mysql")]
            Self::MySql => format!("NOT ({one} <=> {other})"),
        }
    }

    /// Returns the text that identifies an object, from its key columns: `21001/401`.
    pub(crate) fn joined_key(self, columns: &[String]) -> String {
        let texts: Vec<_> = columns.iter().map(|column| self.text(column)).collect();
        match self {
            #[cfg(feature = "mysql")]
            Self::MySql => format!("CONCAT({})", texts.join(", '/', ")),
            #[cfg(any(feature = "sqlite", feature = "postgres"))]
            _ => texts.join(" || '/' || "),
        }
    }

    /// Returns a placeholder whose text is JSON.
    pub(crate) fn json(self) -> &'static str {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres => "CAST(? AS jsonb)",
            #[cfg(any(feature = "sqlite", feature = "mysql"))]
            _ => "?",
        }
    }

    /// Returns an empty temporary table with these columns of a table, of which some are the key.
    pub(crate) fn temporary_copy(self, name: &str, columns: &str, key: &str, table: &str) -> String {
        let select = format!("SELECT {columns} FROM {table} WHERE 1 = 0");
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite => format!("CREATE TEMP TABLE {name} AS {select}"),
            #[cfg(feature = "postgres")]
            Self::Postgres => format!("CREATE TEMP TABLE {name} ON COMMIT DROP AS {select}"),
            #[cfg(feature = "mysql")]
            // Some servers refuse a table without a key.
            Self::MySql => format!("CREATE TEMPORARY TABLE {name} (PRIMARY KEY ({key})) AS {select}"),
        }
    }

    /// Returns a statement after which the database knows how many rows a temporary table has. Without it, PostgreSQL may read
    /// whole tables to find a few rows.
    pub(crate) fn analyze_temporary(self, name: &str, key: &str) -> Option<String> {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres => Some(format!("ANALYZE {name} ({key})")),
            #[cfg(any(feature = "sqlite", feature = "mysql"))]
            _ => None,
        }
    }

    /// Returns statements before and after others, which find the few rows of a temporary table in a large table. PostgreSQL would
    /// read whole tables for a hundredth of their rows: to find 1,000 of 100,000 by an index took it 2 ms instead of 25.
    pub(crate) fn for_few_rows(self) -> (Option<String>, Option<String>) {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres => {
                let set = |value: &str| {
                    let set = |name| format!("SET LOCAL {name} TO {value}");
                    // The price of a forbidden scan would make it compile the query.
                    Some(
                        ["enable_hashjoin", "enable_mergejoin", "enable_seqscan", "jit"]
                            .map(set)
                            .join("; "),
                    )
                };
                (set("off"), set("DEFAULT"))
            }
            #[cfg(any(feature = "sqlite", feature = "mysql"))]
            _ => (None, None),
        }
    }

    /// Returns the statement that removes a temporary table.
    pub(crate) fn drop_temporary(self, name: &str) -> String {
        match self {
            // Without this word, it would end the transaction.
            #[cfg(feature = "mysql")]
            Self::MySql => format!("DROP TEMPORARY TABLE {name}"),
            #[cfg(any(feature = "sqlite", feature = "postgres"))]
            _ => format!("DROP TABLE {name}"),
        }
    }

    /// Returns the end of an insertion that updates the rows that exist.
    pub(crate) fn on_conflict(self, key: &str, updated: &[&str]) -> String {
        let assign = |excluded: &dyn Fn(&str) -> String| {
            let assignments: Vec<_> = updated
                .iter()
                .map(|column| format!("{column} = {}", excluded(column)))
                .collect();
            assignments.join(", ")
        };
        match self {
            #[cfg(feature = "mysql")]
            Self::MySql => {
                let assignments = assign(&|column| format!("VALUES({column})"));
                format!("ON DUPLICATE KEY UPDATE {assignments}")
            }
            #[cfg(any(feature = "sqlite", feature = "postgres"))]
            _ => {
                let assignments = assign(&|column| format!("excluded.{column}"));
                format!("ON CONFLICT ({key}) DO UPDATE SET {assignments}")
            }
        }
    }

    /// Returns the statement that deletes the rows of `table` that have a row in `matching`. `pairs` are the columns of both
    /// that are equal.
    pub(crate) fn delete_matching(self, table: &str, matching: &str, pairs: &[(String, String)]) -> String {
        match self {
            // A subquery in a deletion would read the whole table.
            #[cfg(feature = "mysql")]
            Self::MySql => format!(
                "DELETE t FROM {matching} m JOIN {table} t ON {}",
                equal(pairs, "t", "m")
            ),
            #[cfg(feature = "postgres")]
            Self::Postgres => format!(
                "DELETE FROM {table} t USING {matching} m WHERE {}",
                equal(pairs, "t", "m")
            ),
            #[cfg(feature = "sqlite")]
            Self::Sqlite => format!("DELETE FROM {table} WHERE {}", in_matching(pairs, matching)),
        }
    }

    /// Returns the statement that changes the rows of `table` that have a row in `matching`.
    pub(crate) fn update_matching(
        self,
        table: &str,
        assignments: &str,
        matching: &str,
        pairs: &[(String, String)],
    ) -> String {
        match self {
            #[cfg(feature = "mysql")]
            Self::MySql => format!(
                "UPDATE {matching} m JOIN {table} t ON {} SET {assignments}",
                equal(pairs, "t", "m")
            ),
            #[cfg(feature = "postgres")]
            Self::Postgres => format!(
                "UPDATE {table} t SET {assignments} FROM {matching} m WHERE {}",
                equal(pairs, "t", "m")
            ),
            #[cfg(feature = "sqlite")]
            Self::Sqlite => format!(
                "UPDATE {table} SET {assignments} WHERE {}",
                in_matching(pairs, matching)
            ),
        }
    }

    /// Returns how many parameters a statement with many rows may have. SQLite allows 32,766 and MySQL 65,535.
    pub(crate) fn max_parameters(self) -> usize {
        match self {
            #[cfg(feature = "sqlite")]
            // Preparing a longer statement takes longer than it saves.
            Self::Sqlite => 1_000,
            #[cfg(any(feature = "postgres", feature = "mysql"))]
            _ => 10_000,
        }
    }
}

/// `t.a = m.b AND …`
pub(crate) fn equal(pairs: &[(String, String)], left: &str, right: &str) -> String {
    let conditions = pairs
        .iter()
        .map(|(one, other)| format!("{left}.{one} = {right}.{other}"));
    conditions.collect::<Vec<_>>().join(" AND ")
}

#[cfg(feature = "sqlite")]
fn in_matching(pairs: &[(String, String)], matching: &str) -> String {
    let (own, other): (Vec<_>, Vec<_>) = pairs.iter().cloned().unzip();
    format!("({}) IN (SELECT {} FROM {matching})", own.join(", "), other.join(", "))
}

#[cfg(all(test, feature = "postgres"))]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_numbered_where_that_is_required() {
        let sql = "SELECT ? WHERE a = ? AND b = CAST(? AS jsonb)";
        let numbered = "SELECT $1 WHERE a = $2 AND b = CAST($3 AS jsonb)";
        assert_eq!(Dialect::Postgres.placeholders(sql), numbered);
    }
}
