//! Tests of the website's queries: its own rows survive each run, and a show that is removed has no more performances.

use spektrix_v2_sandbox::Sandbox;

use super::{open, review, reviewed_shows, sync};

#[tokio::test]
async fn reviews_are_joined_with_the_programme() -> anyhow::Result<()> {
    let sandbox = Sandbox::start().await?;
    let client = sandbox.client()?;
    let folder = tempfile::tempdir()?;
    let database = open(&folder.path().join("site.db")).await?;
    assert!(sync(&client, &database).await?.written() > 0);

    let event = client.events().all().await?.pop().expect("an event");
    review(&database, event.id, 5).await?;
    let shows = reviewed_shows(&database).await?;
    assert_eq!(
        (shows.len(), shows[0].name.as_str(), shows[0].stars),
        (1, event.name.as_str(), 5)
    );

    sandbox.edit(|venue| {
        venue.instances.retain(|instance| instance.event != event.id);
        let listed: Vec<_> = venue.instances.iter().map(|instance| instance.id).collect();
        venue.instance_status.retain(|status| listed.contains(&status.instance));
    })?;
    sync(&client, &database).await?;
    let shows = reviewed_shows(&database).await?;
    assert_eq!((shows.len(), shows[0].next.as_deref()), (1, None));
    assert_eq!(sync(&client, &database).await?.written(), 0);
    Ok(())
}
