//! Several web servers share the sessions of visitors in Redis, so that any of them can respond to the next request.
//!
//! The website has its own cookie, with an identifier of the visitor. Redis has the session of the service under it.
//!
//! Since 2025 the service's documentation says that baskets can no longer be changed. The sandbox accepts the writes.
//!
//! ```text
//! redis-server --port 6379 &
//! cargo run --example sessions-redis
//! ```

#[cfg(test)]
mod tests;

use std::io::Write as _;

use redis::AsyncCommands as _;
use redis::aio::ConnectionManager;
use spektrix_v2::{BasketItems, Client, InstanceId, PlanId, Session, Ticket};
use spektrix_v2_examples::Service;

const REDIS: &str = "redis://127.0.0.1:6379";

/// The service ends a session 10 minutes after the last change of its basket.
const LIFETIME_SECONDS: u64 = 10 * 60;

/// The sessions of visitors, as one web server sees them.
#[derive(Clone)]
struct Sessions {
    client: Client,
    redis: ConnectionManager,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let service = Service::start(None).await?;
    let redis = ConnectionManager::new(redis::Client::open(REDIS)?).await?;
    let client = service.client().clone();
    let (one, other) = (
        Sessions::new(client.clone(), redis.clone()),
        Sessions::new(client, redis),
    );

    let (instance, plan) = available_seat(&one.client).await?;
    one.add_ticket("visitor-1", instance, plan).await?;
    let tickets = other.tickets("visitor-1").await?;
    writeln!(std::io::stdout(), "the other server sees {tickets} ticket")?;
    service.stop().await;
    Ok(())
}

impl Sessions {
    fn new(client: Client, redis: ConnectionManager) -> Self {
        Self { client, redis }
    }

    /// Puts a ticket into the basket of a visitor.
    async fn add_ticket(&self, visitor: &str, instance: InstanceId, plan: PlanId) -> anyhow::Result<()> {
        let session = self.session_of(visitor).await?;
        let ticket = Ticket::new().with_instance(instance).with_plan(plan);
        let added = session.add(BasketItems::new().with_tickets([ticket])).await;
        // Also after an error: the service may have started the session, or ended it.
        self.keep(visitor, &session).await?;
        added?;
        Ok(())
    }

    /// Returns how many tickets are in the basket of a visitor.
    async fn tickets(&self, visitor: &str) -> anyhow::Result<usize> {
        let session = self.session_of(visitor).await?;
        if session.id().is_none() {
            return Ok(0);
        }
        match session.basket().await {
            Ok(basket) => Ok(basket.tickets.len()),
            // It has expired.
            Err(error) if error.is_not_found() => Ok(0),
            Err(error) => Err(error.into()),
        }
    }

    /// Returns the session that any of the servers has saved, or a new one.
    async fn session_of(&self, visitor: &str) -> anyhow::Result<Session> {
        let saved: Option<String> = self.redis.clone().get(key(visitor)).await?;
        Ok(match saved {
            Some(saved) => Session::restore(&self.client, &saved)?,
            None => self.client.session(),
        })
    }

    /// Saves the session, which is as secret as a password: keep Redis on a private network.
    async fn keep(&self, visitor: &str, session: &Session) -> anyhow::Result<()> {
        let mut redis = self.redis.clone();
        match session.save() {
            Some(saved) => redis.set_ex(key(visitor), saved.expose(), LIFETIME_SECONDS).await?,
            None => redis.del(key(visitor)).await?,
        }
        Ok(())
    }
}

fn key(visitor: &str) -> String {
    format!("visitor-session:{visitor}")
}

/// Returns an instance that is on sale and has free seats, with a plan that has one band.
async fn available_seat(client: &Client) -> anyhow::Result<(InstanceId, PlanId)> {
    let instances = client.instances().all().await?;
    let statuses = client.instance_status().all().await?;
    let seat = statuses.iter().find(|status| {
        let is_on_sale = instances
            .iter()
            .any(|instance| instance.id == status.instance && instance.is_on_sale);
        is_on_sale && status.bands.len() == 1 && status.available > 0
    });
    let seat = seat.ok_or_else(|| anyhow::anyhow!("no seat is free"))?;
    Ok((seat.instance, seat.plan))
}
