//! Tests of shared sessions: with a Redis on this machine, two servers see one basket.

use std::io::Write as _;

use redis::AsyncCommands as _;
use redis::aio::ConnectionManager;
use spektrix_v2_sandbox::Sandbox;

use super::{REDIS, Sessions, available_seat, key};

#[tokio::test]
async fn two_servers_share_a_basket() -> anyhow::Result<()> {
    let redis = tokio::time::timeout(
        std::time::Duration::from_secs(5),
        ConnectionManager::new(redis::Client::open(REDIS)?),
    );
    let Ok(Ok(mut redis)) = redis.await else {
        // Not `eprintln!`, because the test runner hides its output if a test passes.
        writeln!(
            std::io::stderr(),
            "NOT RUN: two_servers_share_a_basket: no Redis at {REDIS}"
        )?;
        return Ok(());
    };
    let sandbox = Sandbox::start().await?;
    // Each has a client, as two processes have.
    let one = Sessions::new(sandbox.client()?, redis.clone());
    let other = Sessions::new(sandbox.client()?, redis.clone());
    let (visitor, stranger) = (format!("test-{}", std::process::id()), "test-stranger");
    let (instance, plan) = available_seat(&one.client).await?;

    one.add_ticket(&visitor, instance, plan).await?;
    assert_eq!(other.tickets(&visitor).await?, 1);
    other.add_ticket(&visitor, instance, plan).await?;
    assert_eq!(one.tickets(&visitor).await?, 2);
    assert_eq!(one.tickets(stranger).await?, 0);

    let seconds: i64 = redis.ttl(key(&visitor)).await?;
    assert!((1..=600).contains(&seconds), "{seconds}");
    redis.del::<_, ()>(key(&visitor)).await?;
    assert_eq!(other.tickets(&visitor).await?, 0);
    Ok(())
}
