//! The documentation of the schema, compared with the tables that the migrations create.

use std::collections::BTreeSet;

use spektrix_v2_sandbox::Sandbox;
use spektrix_v2_sync::Sync;

use crate::database::with_each;

/// The columns that the page documents, as `table.column`.
fn documented() -> BTreeSet<String> {
    let page = include_str!("../../../docs/schema.md");
    let mut table = "";
    let mut columns = BTreeSet::new();
    for line in page.lines() {
        if let Some(name) = line.strip_prefix("### `").and_then(|rest| rest.strip_suffix('`')) {
            table = name;
        }
        let cell = line.strip_prefix("| `").and_then(|rest| rest.split('|').next());
        for column in cell.into_iter().flat_map(|cell| cell.split(',')) {
            columns.insert(format!("{table}.{}", column.trim().trim_matches('`')));
        }
    }
    columns
}

#[tokio::test]
async fn documentation_has_every_column() {
    with_each(|database| async move {
        let sandbox = Sandbox::start().await.unwrap();
        Sync::new(sandbox.client().unwrap(), database.store().await)
            .plan()
            .await
            .unwrap();
        let from = match database.name {
            "sqlite" => "pragma_table_list t JOIN pragma_table_info(t.name) c WHERE t.name LIKE 'spektrix_%'",
            "postgres" => {
                "information_schema.columns WHERE table_schema = current_schema() AND table_name LIKE 'spektrix_%'"
            }
            _ => "information_schema.columns WHERE table_schema = database() AND table_name LIKE 'spektrix_%'",
        };
        let columns = if database.name == "sqlite" {
            ["t.name", "c.name"]
        } else {
            ["table_name", "column_name"]
        };
        let rows = database.query(&columns, from).await;
        let rows = rows.into_iter().filter(|row| row[0] != "spektrix_migrations");
        let real: BTreeSet<_> = rows.map(|row| row.join(".")).collect();
        let mut documented = documented();
        if database.name != "postgres" {
            documented.retain(|column| !column.starts_with("spektrix_fleet."));
        }
        let missing: Vec<_> = real.difference(&documented).collect();
        let unknown: Vec<_> = documented.difference(&real).collect();
        assert!(
            missing.is_empty() && unknown.is_empty(),
            "{}: missing {missing:?}, unknown {unknown:?}",
            database.name
        );
    })
    .await;
}
