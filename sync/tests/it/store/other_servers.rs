//! Another kind of server at the port of a database: the error names it, before a timeout.

use spektrix_v2_sync::{ErrorKind, Store};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::foreign::did_not_run;
use crate::servers::Server;

/// Returns the port of an HTTP server that ends with the test.
async fn http_server() -> u16 {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut request = Vec::new();
                // As a real one, it waits for the end of a line.
                while !request.ends_with(b"\n") && stream.read_buf(&mut request).await.is_ok_and(|read| read > 0) {}
                let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
            });
        }
    });
    port
}

#[tokio::test]
async fn servers_of_another_kind_are_named() {
    let (redis, memcached) = (Server::redis(&[]), Server::memcached(&[]));
    let port = |server: &Option<Server>| server.as_ref().map(|server| server.port);
    let table = [
        ("MySQL", Some(3306)),
        ("PostgreSQL", Some(5432)),
        ("Redis", port(&redis)),
        ("memcached", port(&memcached)),
        ("HTTP", Some(http_server().await)),
    ];
    for (scheme, expected) in [("postgres", "PostgreSQL"), ("mysql", "MySQL")] {
        for (kind, port) in table.iter().filter(|(kind, _)| *kind != expected) {
            let Some(port) = port else { continue };
            let url = format!("{scheme}://user@127.0.0.1:{port}/season");
            let error = Store::open(&url).await.expect_err(&url);
            if error.kind() == ErrorKind::Unavailable {
                did_not_run(&format!("no {kind}: {error}"));
                continue;
            }
            let named =
                format!("connect to {expected} at 127.0.0.1:{port}: another kind of server is at that port: {kind}");
            assert!(error.to_string().contains(&named), "{url}: {error}");
            assert_eq!(error.kind(), ErrorKind::Database, "{url}");
            assert!(error.hint().unwrap().contains("port"), "{url}");
        }
    }
}
