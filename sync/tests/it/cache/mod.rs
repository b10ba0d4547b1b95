//! Tests of the caches against real servers, with readers in other languages and through failures.

mod faults;

use std::process::Command;

use jiff::Timestamp;
use serde_json::Value;
use spektrix_v2::catalogue::Catalogue;
use spektrix_v2_sync::cache::{Cache, CacheError};

use crate::foreign::{did_not_run, python_with, run};
use crate::programme::shows;
use crate::servers::{Cut, Server};

fn now() -> Timestamp {
    "2027-03-01T12:00:00Z".parse().unwrap()
}

fn season(name: &str, count: usize) -> Catalogue {
    let description = "x".repeat(900);
    shows(&vec![(name, description.as_str()); count])
}

fn caches() -> Vec<(&'static str, Server)> {
    let servers = [("memcached", Server::memcached(&[])), ("redis", Server::redis(&[]))];
    servers
        .into_iter()
        .filter_map(|(name, server)| Some((name, server?)))
        .collect()
}

fn cache(kind: &str, port: u16) -> Cache {
    Cache::new(&format!("{kind}://127.0.0.1:{port}"), "playhouse").unwrap()
}

async fn names(cache: &Cache) -> Vec<String> {
    let list = cache.read("list:whats-on").await.unwrap();
    let list: Vec<Value> = serde_json::from_slice(&list.unwrap_or_else(|| b"[]".to_vec())).unwrap();
    list.iter()
        .map(|row| row["event"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn writes_replace_the_version_and_split_large_lists() {
    for (kind, server) in caches() {
        let mut cache = cache(kind, server.port);
        let written = cache.write(&season("Lear", 3), now()).await.unwrap();
        assert_eq!(
            (names(&cache).await, written.split),
            (vec!["Lear".to_owned(); 3], 0),
            "{kind}"
        );
        assert_eq!(
            cache.write_if_changed(&season("Lear", 3), now()).await.unwrap(),
            None,
            "{kind}"
        );
        let large = cache
            .write_if_changed(&season("Iolanthe", 3000), now())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            large.split > 0,
            kind == "memcached",
            "{kind}: only memcached has a limit of 1 MB"
        );
        assert_eq!(names(&cache).await, vec!["Iolanthe"; 3000], "{kind}");
        assert_eq!(cache.read("event:0").await.unwrap(), None, "{kind}");
        let one: Value = serde_json::from_slice(&cache.read("performance:1001").await.unwrap().unwrap()).unwrap();
        assert_eq!(
            (&one["left"], &one["from_price"]),
            (&12.into(), &"12.50".into()),
            "{kind}"
        );
    }
}

#[tokio::test]
async fn a_cut_connection_never_mixes_versions() {
    for (kind, server) in caches() {
        let cut = Cut::before(server.port);
        let direct = cache(kind, server.port);
        let mut writer = cache(kind, cut.port);
        writer.write(&season("A", 40), now()).await.unwrap();
        let mut current = "A".to_owned();
        let mut failures = 0;
        for (round, bytes) in (0..40).map(|round| (round, 1 + round * 7_919)) {
            let next = format!("B{round}");
            cut.after(bytes);
            let result = writer.write(&season(&next, 40), now()).await;
            cut.after(usize::MAX);
            if let Err(error) = &result {
                assert!(matches!(error, CacheError::Unavailable { .. }), "{kind}: {error:?}");
                failures += 1;
            }
            let seen = names(&direct).await;
            assert_eq!(seen.len(), 40, "{kind} after {bytes} bytes");
            assert!(seen.iter().all(|name| *name == seen[0]), "{kind}: a mix");
            assert!(seen[0] == current || seen[0] == next, "{kind}: {} is neither", seen[0]);
            assert!(result.is_err() || seen[0] == next, "{kind}: a success is visible");
            current.clone_from(&seen[0]);
        }
        assert!(failures > 10, "{kind}: only {failures} writes were cut");
    }
}

#[tokio::test]
async fn servers_that_drop_or_refuse_values_are_errors() {
    let table = [
        ("memcached", Server::memcached(&["-m", "2"]), "too little memory"),
        (
            "redis",
            Server::redis(&["--maxmemory", "3mb", "--maxmemory-policy", "noeviction"]),
            "OOM",
        ),
        (
            "redis",
            Server::redis(&["--maxmemory", "3mb", "--maxmemory-policy", "allkeys-lru"]),
            "too little memory",
        ),
    ];
    for (kind, server, expected) in table {
        let Some(server) = server else { continue };
        let mut cache = cache(kind, server.port);
        let error = cache.write(&season("Large", 4_000), now()).await.unwrap_err();
        assert!(!matches!(error, CacheError::Unavailable { .. }), "{kind}: {error}");
        let message = error.to_string();
        assert!(
            message.contains(expected) || message.contains("out of memory") || message.contains("OOM"),
            "{kind}: {message}"
        );
        assert!(message.len() < 500, "{kind}: {message}");
        assert!(names(&cache).await.is_empty(), "{kind}: nothing was switched");
    }
}

#[tokio::test]
async fn a_restarted_server_is_filled_again() {
    let Some(first) = Server::memcached(&[]) else { return };
    let port = first.port;
    let mut cache = cache("memcached", port);
    cache.write(&season("Lear", 3), now()).await.unwrap();
    drop(first);
    let error = cache.write_if_changed(&season("Lear", 3), now()).await.unwrap_err();
    assert!(error.to_string().contains("connecting to memcached"), "{error}");
    let Some(second) = Server::memcached(&[]) else { return };
    let mut moved = self::cache("memcached", second.port);
    moved.write(&season("Lear", 3), now()).await.unwrap();
    assert_eq!(names(&moved).await.len(), 3);
}

#[test]
fn unusable_targets_are_refused_without_the_password() {
    let table = [
        "http://x",
        "memcached://",
        "memcached://user:s3cret@x",
        "redis://:s3cret@[x",
        "not a url",
    ];
    for url in table {
        let error = Cache::new(url, "playhouse").expect_err(url).to_string();
        assert!(!error.contains("s3cret"), "{error}");
    }
    assert!(Cache::new("redis://localhost", "two words").is_err());
    assert!(
        Cache::new("redis://localhost", "playhouse")
            .unwrap()
            .prefix("a:b")
            .is_err()
    );
}

/// Returns the code block of a language in the documentation.
fn documented(language: &str) -> &'static str {
    let docs = include_str!("../../../docs/cache.md");
    let block = docs
        .split(&format!("```{language}\n"))
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    block.expect("the documentation has a reader")
}

#[tokio::test]
async fn documented_readers_read_every_value() {
    let folder = tempfile::tempdir().unwrap();
    for (kind, server) in caches() {
        let port = server.port;
        cache(kind, port).write(&season("Grüße 🎭", 3000), now()).await.unwrap();
        let is_redis = kind == "redis";
        if let Some(python) = python_with("redis, pymemcache") {
            let connect = if is_redis {
                format!("import redis\ncache = redis.Redis(port={port})")
            } else {
                format!("import pymemcache\ncache = pymemcache.Client(('127.0.0.1', {port}))")
            };
            let script = format!(
                "{}\n{connect}\nread = lambda n: spektrix_read(cache, 'spektrix:playhouse', n)\nrows = read('list:whats-on')\n\
                 print(len(rows), rows[0]['event'], read('event:1')['id'], read('event:0'))",
                documented("python")
            );
            assert_eq!(
                run(&python, &["-c", &script], folder.path()),
                "3000 Grüße 🎭 1 None\n",
                "Python, {kind}"
            );
        }
        let extension = Command::new("php")
            .args(["-r", &format!("exit(extension_loaded('{kind}') ? 0 : 1);")])
            .status();
        if extension.is_ok_and(|status| status.success()) {
            let connect = if is_redis {
                format!("$c = new Redis(); $c->connect('127.0.0.1', {port});")
            } else {
                format!("$c = new Memcached(); $c->addServer('127.0.0.1', {port});")
            };
            let script = format!(
                "{}\n{connect} $r = 'spektrix:playhouse'; $rows = spektrix_read($c, $r, 'list:whats-on'); echo count($rows), ' ', \
                 $rows[0]['event'], ' ', spektrix_read($c, $r, 'event:1')['id'], ' ', json_encode(spektrix_read($c, $r, 'event:0'));",
                documented("php")
            );
            assert_eq!(
                run("php", &["-r", &script], folder.path()),
                "3000 Grüße 🎭 1 null",
                "PHP, {kind}"
            );
        } else {
            did_not_run(&format!("PHP with the extension {kind} is not installed"));
        }
        let (gem, connect) = if is_redis {
            ("redis", format!("Redis.new(port: {port})"))
        } else {
            ("dalli", format!("Dalli::Client.new('127.0.0.1:{port}', raw: true)"))
        };
        let ruby = Command::new("ruby").args(["-r", gem, "-e", ""]).output();
        if ruby.is_ok_and(|output| output.status.success()) {
            let script = format!(
                "Encoding.default_external = 'UTF-8'\n{}\nc = {connect}\nread = ->(n) {{ spektrix_read(c, 'spektrix:playhouse', n) }}\nrows = \
                 read['list:whats-on']\nputs [rows.size, rows[0]['event'], read['event:1']['id'], read['event:0'].inspect].join(' ')",
                documented("ruby")
            );
            assert_eq!(
                run("ruby", &["-r", gem, "-e", &script], folder.path()),
                "3000 Grüße 🎭 1 nil\n",
                "Ruby, {kind}"
            );
        } else {
            did_not_run(&format!("Ruby has no {gem}"));
        }
    }
}
