//! Faults of the service and of the database: each leaves the tables as they were.

use std::time::Duration;

use spektrix_v2::Retry;
use spektrix_v2_sandbox::{Fault, Sandbox};
use spektrix_v2_sync::{ErrorKind, Kind, Store, Sync};

use crate::database::with_each;

/// The operation of each list.
const LISTS: [(Kind, &str); 12] = [
    (Kind::Bands, "GetBands"),
    (Kind::TicketTypes, "GetTicketTypes"),
    (Kind::PriceLists, "GetPriceLists"),
    (Kind::Plans, "GetPlans"),
    (Kind::Events, "GetEvents"),
    (Kind::Instances, "GetInstances"),
    (Kind::Availability, "GetInstanceStatus"),
    (Kind::Offers, "GetOffers"),
    (Kind::Memberships, "GetMemberships"),
    (Kind::StockItems, "GetStockItems"),
    (Kind::Tags, "GetTags"),
    (Kind::Statements, "GetStatements"),
];

fn faults() -> Vec<(&'static str, Fault)> {
    vec![
        ("an empty list", Fault::EmptyList),
        ("a web page", Fault::HtmlPage { status: 200 }),
        ("an empty body", Fault::EmptyBody),
        ("not XML", Fault::Malformed),
        ("cut off", Fault::Truncated { after: 150 }),
        ("a reset", Fault::Reset),
        ("a reset within the body", Fault::ResetWithinBody { after: 150 }),
        ("a stall", Fault::Stall { after: 150 }),
        (
            "status 500",
            Fault::Status {
                status: 500,
                retry_after: None,
            },
        ),
        (
            "status 429",
            Fault::Status {
                status: 429,
                retry_after: None,
            },
        ),
        (
            "a redirect",
            Fault::Redirect {
                location: "https://elsewhere.invalid/".into(),
            },
        ),
        (
            "another list",
            Fault::ReplaceBody {
                body: b"<Customers/>".to_vec().into(),
            },
        ),
    ]
}

#[tokio::test]
async fn faults_of_every_list_change_nothing() {
    with_each(|database| async move {
        let sandbox = Sandbox::start().await.unwrap();
        let builder = sandbox.client_builder().unwrap().timeout(Duration::from_millis(500));
        let client = builder.retry(Retry::none()).build().unwrap();
        let sync = Sync::new(client, database.store().await);
        Sync::new(sandbox.client().unwrap(), database.store().await)
            .run()
            .await
            .unwrap();
        // What a run would write if the fault were not noticed.
        sandbox
            .edit(|venue| venue.event_mut(7001).unwrap().name = "Changed".into())
            .unwrap();
        let before = database.content().await;
        // The service's faults are noticed before anything is written, so one list is enough for the other databases.
        let lists = if database.name == "sqlite" {
            &LISTS[..]
        } else {
            &LISTS[4..5]
        };
        for (kind, operation) in lists.iter().copied() {
            // The other lists are not read, to save time.
            let sync = sync.clone().only([kind]);
            for (name, fault) in faults() {
                let id = sandbox.inject(fault.on(operation)).unwrap();
                let error = sync.run().await.expect_err(&format!("{name} of {operation}"));
                let fired = sandbox.remove_fault(id).unwrap().fired;
                assert_eq!(fired, 1, "{name} of {operation}: {error}");
                let expected = [ErrorKind::Service, ErrorKind::Implausible];
                assert!(expected.contains(&error.kind()), "{name} of {operation}: {error}");
            }
        }
        assert_eq!(database.content().await, before, "{}", database.name);
        let failed = database
            .number(
                "count(*)",
                "spektrix_runs WHERE outcome = 'failed' AND error IS NOT NULL",
            )
            .await;
        assert_eq!(failed, i64::try_from(lists.len() * faults().len()).unwrap());
        Sync::new(sandbox.client().unwrap(), database.store().await)
            .run()
            .await
            .unwrap();
        assert_ne!(database.content().await, before);
    })
    .await;
}

#[tokio::test]
async fn short_lists_are_refused() {
    with_each(|database| async move {
        let sandbox = Sandbox::start().await.unwrap();
        let sync = Sync::new(sandbox.client().unwrap(), database.store().await);
        sync.run().await.unwrap();
        let before = database.content().await;
        for operation in ["GetEvents", "GetInstances", "GetInstanceStatus"] {
            let id = sandbox.inject(Fault::IgnoreAll.on(operation)).unwrap();
            let error = sync.run().await.expect_err(operation);
            assert_eq!(error.kind(), ErrorKind::Implausible, "{error}");
            sandbox.remove_fault(id);
        }
        assert_eq!(database.content().await, before);
    })
    .await;
}

#[tokio::test]
async fn unusable_databases_are_explained() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    std::fs::write(
        &text,
        "not a database, but a text that is long enough to be read as one ".repeat(40),
    )
    .unwrap();
    let other = scripted(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    let refused = b"SFATAL\0C0A000\0Munsupported frontend protocol 3.0: server supports 1.0 to 2.0\0\0";
    let length = u32::try_from(4 + refused.len()).unwrap();
    let old_postgres = scripted(&[b"E", &length.to_be_bytes()[..], refused].concat());
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let closed = silent.local_addr().unwrap().port();
    drop(silent);
    let table = [
        (
            "no folder",
            format!("sqlite:{}/no/such/season.db", folder.path().display()),
            "check the path",
        ),
        (
            "another file",
            format!("sqlite:{}", text.display()),
            "not an SQLite database",
        ),
        (
            "nobody listens",
            format!("postgres://u@127.0.0.1:{closed}/x"),
            "the server runs",
        ),
        (
            "nobody listens",
            format!("mysql://u@127.0.0.1:{closed}/x"),
            "the server runs",
        ),
        ("another protocol", format!("postgres://u@127.0.0.1:{other}/x"), "port"),
        ("another protocol", format!("mysql://u@127.0.0.1:{other}/x"), "port"),
        (
            "an old version",
            format!("postgres://u@127.0.0.1:{old_postgres}/x"),
            "too old",
        ),
        ("no name", "sqlite:".to_owned(), "sqlite:season.db"),
        ("no name", "sqlite://".to_owned(), "sqlite:season.db"),
    ];
    for (name, url, hint) in table {
        println!("{name}: {url}");
        let opened = tokio::time::timeout(Duration::from_secs(30), Store::open(&url))
            .await
            .expect("a time limit");
        let error = opened.expect_err(name);
        assert!(
            error.hint().is_some_and(|text| text.contains(hint)),
            "{name}: {error} {:?}",
            error.hint()
        );
    }
}

/// Starts a server that sends the same bytes to each client.
fn scripted(bytes: &[u8]) -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let bytes = bytes.to_vec();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let _ = std::io::Write::write_all(&mut &stream, &bytes);
        }
    });
    port
}
