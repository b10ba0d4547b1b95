//! Tests of the availability in memcached against the sandbox and a server that the test starts.

use std::io::Write as _;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use async_memcached::AsciiProtocol as _;
use jiff::Timestamp;
use spektrix_v2::catalogue::{Availability, LiveCatalogue};
use spektrix_v2_sandbox::{Fault, Sandbox};

use super::write;

/// A memcached on loopback, which ends with the test.
struct Memcached {
    process: Child,
    address: String,
}

impl Memcached {
    /// Returns `None` if memcached is not installed.
    fn start() -> anyhow::Result<Option<Self>> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut command = Command::new("memcached");
        command.args(["-l", "127.0.0.1", "-U", "0", "-u", "nobody", "-p", &port.to_string()]);
        match command.stdout(Stdio::null()).stderr(Stdio::null()).spawn() {
            Ok(process) => Ok(Some(Self {
                process,
                address: format!("tcp://127.0.0.1:{port}"),
            })),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    async fn client(&self) -> anyhow::Result<async_memcached::Client> {
        for _ in 0..100 {
            if let Ok(client) = async_memcached::Client::new(&self.address).await {
                return Ok(client);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        anyhow::bail!("memcached did not start")
    }
}

impl Drop for Memcached {
    fn drop(&mut self) {
        // The process may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[tokio::test]
async fn availability_is_written_also_during_an_outage() -> anyhow::Result<()> {
    let Some(memcached) = Memcached::start()? else {
        let _ = std::io::stderr().write_all(b"did not run: memcached is not installed\n");
        return Ok(());
    };
    let mut client = memcached.client().await?;
    let sandbox = Sandbox::start().await?;
    let live = LiveCatalogue::start(&sandbox.client()?).await?;
    sandbox.inject(Fault::Status {
        status: 503,
        retry_after: None,
    })?;
    assert!(live.refresh().await.is_err(), "the service is down");
    write(&live, &memcached.address).await?;

    let catalogue = live.catalogue();
    for instance in catalogue.instances() {
        let value = client.get(format!("availability:{}", instance.id)).await?;
        let json = value.and_then(|value| value.data).unwrap_or_default();
        let found: Availability = serde_json::from_slice(&json)?;
        let expected = catalogue.availability(instance.id, Timestamp::now());
        assert_eq!(Some(found), expected, "instance {}", instance.id);
    }
    assert!(catalogue.instances().count() > 100, "the sandbox has a season");
    assert!(write(&live, "tcp://127.0.0.1:1").await.is_err(), "there is no server");
    sandbox.stop().await;
    Ok(())
}
