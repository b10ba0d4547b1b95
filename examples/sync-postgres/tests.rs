//! Tests of the sync against the sandbox and a PostgreSQL server on this machine.

use std::io::Write as _;

use spektrix_v2::catalogue::{Catalogue, Lists};
use spektrix_v2::operations::{
    GetBands, GetEvents, GetInstanceStatus, GetInstances, GetPlans, GetPriceLists, GetTicketTypes,
};
use spektrix_v2::testing::Replay;
use spektrix_v2::{Client, Error, Operation};
use spektrix_v2_sandbox::Sandbox;
use tokio_postgres::NoTls;

use super::sync;

const SERVER: &str = "host=127.0.0.1 port=5432 user=postgres connect_timeout=5";

async fn connect(url: &str) -> Result<tokio_postgres::Client, tokio_postgres::Error> {
    let (database, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    Ok(database)
}

async fn number(database: &tokio_postgres::Client, query: &str) -> anyhow::Result<i64> {
    Ok(database.query_one(query, &[]).await?.get(0))
}

/// Responds with these lists.
fn client(lists: &Lists) -> anyhow::Result<Client> {
    fn add<O: Operation>(replay: Replay, list: &O::Response) -> anyhow::Result<Replay> {
        Ok(replay.respond(O::INFO.name, O::encode_response(list)?.unwrap_or_default()))
    }
    let replay = add::<GetEvents>(Replay::new(), &lists.events)?;
    let replay = add::<GetInstances>(replay, &lists.instances)?;
    let replay = add::<GetInstanceStatus>(replay, &lists.statuses)?;
    let replay = add::<GetPlans>(replay, &lists.plans)?;
    let replay = add::<GetPriceLists>(replay, &lists.price_lists)?;
    let replay = add::<GetBands>(replay, &lists.bands)?;
    let replay = add::<GetTicketTypes>(replay, &lists.ticket_types)?;
    Ok(Client::builder("venue").api_key("test-k3y").transport(replay).build()?)
}

#[tokio::test]
async fn programmes_are_stored_and_outages_are_not() -> anyhow::Result<()> {
    let Ok(server) = connect(SERVER).await else {
        let _ = std::io::stderr().write_all(b"did not run: no PostgreSQL server on 127.0.0.1:5432\n");
        return Ok(());
    };
    let name = format!("spektrix_sync_{}", std::process::id());
    server.batch_execute(&format!("CREATE DATABASE {name}")).await?;
    // In a task, so that the database is dropped after a failed assertion, too.
    let result = tokio::spawn(check(format!("{SERVER} dbname={name}"))).await;
    server
        .batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)"))
        .await?;
    result?
}

async fn check(url: String) -> anyhow::Result<()> {
    let sandbox = Sandbox::start().await?;
    let mut database = connect(&url).await?;
    let loaded = Catalogue::load(&sandbox.client()?).await?;
    let events = i64::try_from(loaded.events().count())?;
    let instances = i64::try_from(loaded.instances().count())?;

    // The first run, and a second one without changes.
    let changes = sync(&sandbox.client()?, &mut database).await?;
    assert_eq!(i64::try_from(changes.events.added.len())?, events);
    assert!(sync(&sandbox.client()?, &mut database).await?.is_empty());
    assert_eq!(
        number(&database, "SELECT count(*) FROM events WHERE is_listed").await?,
        events
    );
    assert_eq!(
        number(&database, "SELECT count(*) FROM instances WHERE is_listed").await?,
        instances
    );
    let priced = "SELECT count(*) FROM instances WHERE sale = 'on_sale' AND seats_left > 0 AND price_from > 0";
    assert!(number(&database, priced).await? > 0);
    let in_london = "SELECT count(*) FROM instances WHERE start <> start_utc AT TIME ZONE 'Europe/London'";
    assert_eq!(number(&database, in_london).await?, 0, "both times are the same");

    // An event that is gone is marked, and one that changed is updated.
    let mut lists = Lists::from(loaded);
    let gone = lists.events.remove(0);
    "Another name".clone_into(&mut lists.events[0].name);
    let changes = sync(&client(&lists)?, &mut database).await?;
    assert_eq!(
        (changes.events.removed[0].id, changes.events.changed.len()),
        (gone.id, 1)
    );
    let unlisted = format!("SELECT count(*) FROM events WHERE NOT is_listed AND id = {}", gone.id);
    assert_eq!(number(&database, &unlisted).await?, 1);
    assert_eq!(
        number(&database, "SELECT count(*) FROM events WHERE name = 'Another name'").await?,
        1
    );

    // An empty programme changes nothing.
    let Err(error) = sync(&client(&Lists::default())?, &mut database).await else {
        anyhow::bail!("an empty programme was stored");
    };
    assert!(
        error.downcast_ref::<Error>().is_some_and(Error::is_implausible),
        "{error}"
    );
    assert_eq!(
        number(&database, "SELECT count(*) FROM events WHERE is_listed").await?,
        events - 1
    );
    assert_eq!(number(&database, "SELECT count(*) FROM last_run").await?, 1);
    sandbox.stop().await;
    Ok(())
}
