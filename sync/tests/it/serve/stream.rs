//! Tests of the stream of changes.

use std::net::SocketAddr;

use spektrix_v2_sandbox::Sandbox;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::net::TcpStream;

use super::http::eventually;
use super::{client, settings};

struct Events(Lines<BufReader<TcpStream>>);

impl Events {
    async fn connect(address: SocketAddr, last_id: Option<&str>) -> Self {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let last_id = last_id.map(|id| format!("last-event-id: {id}\r\n")).unwrap_or_default();
        let request = format!("GET /changes HTTP/1.1\r\nhost: localhost\r\n{last_id}\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        Self(BufReader::new(stream).lines())
    }

    /// Returns the value of the next line with this field. `None` at the end.
    async fn next(&mut self, field: &str) -> Option<String> {
        while let Some(line) = self.0.next_line().await.unwrap() {
            if let Some(value) = line.strip_prefix(&format!("{field}: ")) {
                return Some(value.to_owned());
            }
        }
        None
    }
}

#[tokio::test]
async fn changes_are_sent_and_missed_ones_again() {
    let sandbox = Sandbox::start().await.unwrap();
    let server = settings(&client(&sandbox)).start().await.unwrap();
    let address = server.address();
    eventually(address, "/health/ready", |response| response.status == 200).await;
    let mut events = Events::connect(address, None).await;
    assert_eq!(events.next("event").await.as_deref(), Some("connected"));
    let first_id = events.next("id").await.unwrap();

    let mut id = 0;
    let rename = |data: &mut spektrix_v2_sandbox::VenueData| {
        data.events[0].name = "Renamed".to_owned();
        id = data.events[0].id.get();
    };
    sandbox.edit(rename).unwrap();
    let changes = loop {
        assert_eq!(events.next("event").await.as_deref(), Some("changes"));
        let data: serde_json::Value = serde_json::from_str(&events.next("data").await.unwrap()).unwrap();
        if data["events"]["changed"] != serde_json::json!([]) {
            break data;
        }
    };
    assert_eq!(changes["events"]["changed"], serde_json::json!([id]));
    assert_eq!(changes["is_truncated"], false);
    drop(events);

    for (name, last_id, expected) in [
        ("missed", first_id.as_str(), "changes"),
        ("too old", "1", "reset"),
        ("not a number", "x", "reset"),
    ] {
        let mut again = Events::connect(address, Some(last_id)).await;
        assert_eq!(again.next("event").await.as_deref(), Some(expected), "{name}");
    }

    let mut events = Events::connect(address, None).await;
    assert_eq!(events.next("event").await.as_deref(), Some("connected"));
    server.stop().await;
    assert_eq!(events.next("event").await, None, "stopping ends the stream");
    sandbox.stop().await;
}
