//! Faults of a cache's server, and of a second program that writes to it: readers see a version as a whole, and nothing is kept
//! for longer than necessary.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::time::Duration;

use spektrix_v2_sync::cache::{Cache, CacheError};

use super::{cache, caches, names, now, season};
use crate::servers::{Cut, Server};

/// The end of a write: what the server has done, although the program does not know it.
#[tokio::test]
async fn a_lost_response_leaves_a_version_as_a_whole() {
    for (kind, server) in caches() {
        let cut = Cut::before(server.port);
        let direct = cache(kind, server.port);
        let mut writer = cache(kind, cut.port);
        writer.write(&season("A", 10), now()).await.unwrap();
        let (mut current, mut round, mut failures, mut switched) = ("A".to_owned(), 0, 0, 0);
        // Each round loses the responses from a later byte on, up to the first write that succeeds.
        loop {
            round += 1;
            let next = format!("B{round}");
            cut.after_responses(round * 61);
            let result = writer.write(&season(&next, 10), now()).await;
            cut.after_responses(usize::MAX);
            let mut seen = names(&direct).await;
            if result.is_err() && seen.first() == Some(&next) {
                // What is discarded is kept for a second.
                tokio::time::sleep(Duration::from_millis(1_100)).await;
                seen = names(&direct).await;
                switched += 1;
            }
            assert!(
                seen.len() == 10 && seen.iter().all(|name| *name == seen[0]),
                "{kind}, round {round}: {seen:?}"
            );
            assert!(seen[0] == current || seen[0] == next, "{kind}: {} is neither", seen[0]);
            current.clone_from(&seen[0]);
            match result {
                Ok(_) => break,
                Err(error) => assert!(matches!(error, CacheError::Unavailable { .. }), "{kind}: {error:?}"),
            }
            failures += 1;
        }
        assert!(failures > 5, "{kind}: only {failures} writes lost a response");
        println!("{kind}: {switched} of {failures} writes that failed had switched the version");
    }
}

#[tokio::test]
async fn dropped_values_are_written_again() {
    let Some(server) = Server::redis(&[]) else { return };
    let mut cache = cache("redis", server.port);
    let version = cache.write(&season("Lear", 3), now()).await.unwrap().version;
    assert_eq!(cache.write_if_changed(&season("Lear", 3), now()).await.unwrap(), None);
    // As if the server had needed the memory for another program.
    let mut connection = connection(&server).await;
    let key = format!("spektrix:playhouse:{version}:performance:1002");
    let deleted: i64 = redis::cmd("DEL").arg(&key).query_async(&mut connection).await.unwrap();
    assert_eq!((deleted, cache.read("performance:1002").await.unwrap()), (1, None));
    let again = cache.write_if_changed(&season("Lear", 3), now()).await.unwrap();
    assert!(again.is_some_and(|again| again.version != version));
    assert!(cache.read("performance:1002").await.unwrap().is_some());
}

/// Two programs by mistake, such as two containers. Without an expiry, each write would leave a version for a day.
#[tokio::test]
async fn two_writers_leave_one_version() {
    for (kind, server) in caches() {
        let second = || {
            let mut cache = cache(kind, server.port).grace(Duration::from_secs(1));
            async move {
                for _ in 0..10 {
                    cache.write(&season("Second", 40), now()).await.unwrap();
                }
            }
        };
        let mut first = cache(kind, server.port).grace(Duration::from_secs(1));
        let others = [tokio::spawn(second()), tokio::spawn(second())];
        let mut versions = Vec::new();
        for _ in 0..10 {
            versions.push(first.write(&season("First", 40), now()).await.unwrap().version);
        }
        for other in others {
            other.await.unwrap();
        }
        let seen = names(&first).await;
        assert!(
            seen.len() == 40 && seen.iter().all(|name| *name == seen[0]),
            "{kind}: a mix"
        );
        let written = first.write(&season("First", 40), now()).await.unwrap();
        versions.push(written.version);
        tokio::time::sleep(Duration::from_millis(2_100)).await;
        if kind == "redis" {
            let mut connection = connection(&server).await;
            let keys: Vec<String> = redis::cmd("KEYS").arg("*").query_async(&mut connection).await.unwrap();
            let last = versions.last().unwrap();
            let others = keys
                .iter()
                .filter(|key| !key.contains(last) && !key.ends_with(":version"));
            assert_eq!(
                others.collect::<Vec<_>>(),
                Vec::<&String>::new(),
                "they are kept for a day"
            );
        } else {
            // Only the last version and the key that names it.
            assert_eq!(items(&server), written.keys, "the others are kept for a day");
        }
        versions.sort();
        versions.dedup();
        assert_eq!(versions.len(), 11, "{kind}: versions are unique");
    }
}

/// Returns how many items memcached has that have not expired.
fn items(server: &Server) -> usize {
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    stream.write_all(b"lru_crawler metadump all\r\n").unwrap();
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    let keys = lines.take_while(|line| line != "END");
    keys.filter(|line| line.starts_with("key=")).count()
}

async fn connection(server: &Server) -> redis::aio::MultiplexedConnection {
    let client = redis::Client::open(format!("redis://127.0.0.1:{}", server.port)).unwrap();
    client.get_multiplexed_async_connection().await.unwrap()
}

#[tokio::test]
async fn servers_of_another_kind_or_state_are_explained() {
    let (replica, protected) = (
        Server::redis(&["--replicaof", "127.0.0.1 1"]),
        Server::redis(&["--requirepass", "s3cret"]),
    );
    let port = |server: &Option<Server>| server.as_ref().map(|server| server.port);
    let http = || Some(scripted(|_| b"HTTP/1.1 400 Bad Request\r\n\r\n"));
    let table = [
        ("a replica", "redis", port(&replica), "replica"),
        ("a password is missing", "redis", port(&protected), "Authentication"),
        ("another program", "memcached", Some(scripted(|_| b"ERROR\r\n")), "1.6"),
        (
            "memcached before 1.6",
            "memcached",
            Some(scripted(old_memcached)),
            "1.6",
        ),
        (
            "a node of a cluster",
            "redis",
            Some(scripted(|_| b"-MOVED 3999 127.0.0.1:6381\r\n")),
            "cluster",
        ),
        ("another server", "memcached", http(), "memcached"),
        ("another server", "redis", http(), "Redis"),
    ];
    for (name, kind, port, expected) in table {
        let Some(port) = port else { continue };
        let (mut cache, season) = (cache(kind, port), season("Lear", 3));
        let result = tokio::time::timeout(Duration::from_mins(1), cache.write(&season, now())).await;
        let error = result.expect(name).expect_err(name).to_string();
        println!("{name}: {error}");
        assert!(error.contains(expected) && error.len() < 400, "{name}: {error}");
    }
}

/// Starts a server with a response to each line.
fn scripted(respond: fn(&[u8]) -> &'static [u8]) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || {
                for line in BufReader::new(&stream).split(b'\n').map_while(Result::ok) {
                    if (&stream).write_all(respond(&line)).is_err() {
                        break;
                    }
                }
            });
        }
    });
    port
}

/// It has settings, and no commands of the meta protocol.
fn old_memcached(line: &[u8]) -> &'static [u8] {
    if line.starts_with(b"stats settings") {
        b"STAT maxbytes 67108864\r\nSTAT item_size_max 1048576\r\nEND\r\n"
    } else {
        b"ERROR\r\n"
    }
}

/// memcached reads a time of more than thirty days as a date, which is in the past.
#[tokio::test]
async fn long_times_to_live_are_kept() {
    for (kind, server) in caches() {
        let mut cache: Cache = cache(kind, server.port).ttl(Duration::from_hours(24 * 400));
        cache.write(&season("Lear", 3), now()).await.unwrap();
        assert_eq!(names(&cache).await.len(), 3, "{kind}");
    }
}
