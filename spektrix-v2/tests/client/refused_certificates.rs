//! Tests of how often a refused certificate is recognized: with TLS 1.3 the refusal arrives after the handshake, in a
//! race with the request.
//!
//! Each case runs 20 times. For a table with better statistics:
//!
//! ```sh
//! SPEKTRIX_TRIES=200 cargo test -p spektrix-v2 --test client refused_certificates -- --nocapture
//! ```

use rustls::SupportedProtocolVersion;
use rustls::version::{TLS12, TLS13};
use spektrix_v2::{ClientBuilder, Error};

use crate::authority::Authority;
use crate::operations::ListIds;
use crate::server::{Server, Setup, Then};

const RESPONSE: Then = Then::Respond("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n<Events/>");
const IN_2027: u64 = 1_800_000_000;
const IN_3000: u64 = 32_503_680_000;

/// A connection that one side does not accept.
struct Case {
    name: &'static str,
    /// The server's clock.
    clock: u64,
    then: Then,
    client: fn(&Server, &Authority) -> ClientBuilder,
    /// What the hint must contain.
    hint: &'static str,
}

const CASES: [Case; 6] = [
    Case {
        name: "no client certificate",
        clock: IN_2027,
        then: RESPONSE,
        client: |server, _| server.builder(),
        hint: "client certificate",
    },
    Case {
        name: "expired by the server's clock",
        clock: IN_3000,
        then: RESPONSE,
        client: |server, authority| server.builder().identity(authority.client()),
        hint: "client certificate",
    },
    Case {
        name: "issued by a foreign authority",
        clock: IN_2027,
        then: RESPONSE,
        client: |server, _| server.builder().identity(Authority::new("another root").client()),
        hint: "client certificate",
    },
    Case {
        name: "closed without an alert",
        clock: IN_2027,
        then: Then::HangUp,
        client: |server, authority| server.builder().identity(authority.client()),
        hint: "client certificate",
    },
    Case {
        name: "server with another name",
        clock: IN_2027,
        then: RESPONSE,
        client: |server, authority| server.builder_by_address().identity(authority.client()),
        hint: "is for another name. Check the base URL",
    },
    Case {
        name: "server of a foreign authority",
        clock: IN_2027,
        then: RESPONSE,
        client: |server, authority| {
            let builder = server.builder().identity(authority.client());
            builder.trust_only(Authority::new("another root").root_pem())
        },
        hint: "the server's certificate is not trusted",
    },
];

/// How many errors named the certificate, and how many at least had the hint.
#[derive(Default)]
struct Counts {
    named: usize,
    hinted: usize,
    others: Vec<String>,
}

impl Counts {
    fn add(&mut self, error: &Error, hint: &str) {
        let hinted = error.is_connect() && error.hint().is_some_and(|given| given.contains(hint));
        self.hinted += usize::from(hinted);
        self.named += usize::from(error.to_string().contains("certificate was not accepted") || error.is_certificate());
        if !hinted {
            self.others.push(error.to_string());
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[expect(clippy::print_stdout, reason = "by hand, the test is run for its table")]
async fn a_refused_certificate_is_named_or_in_the_hint() {
    let tries = std::env::var("SPEKTRIX_TRIES").map_or(20, |tries| tries.parse().unwrap());
    for case in &CASES {
        for version in [&TLS12, &TLS13] {
            for protocol in ["http/1.1", "h2"] {
                let Counts { named, hinted, others } = counts(case, version, protocol, tries).await;
                let row = format!("{:30} {:?} {protocol:8}", case.name, version.version);
                println!("{row} of {tries}: named {named}, hinted {hinted}");
                assert!(hinted * 100 >= tries * 95, "{row}: {others:#?}");
            }
        }
    }
}

async fn counts(
    case: &Case,
    version: &'static SupportedProtocolVersion,
    protocol: &'static str,
    tries: usize,
) -> Counts {
    let authority = Authority::new("a root");
    let setup = Setup {
        version,
        clock: case.clock,
        protocols: if protocol == "h2" { &["h2"] } else { &["http/1.1"] },
        ..Setup::new(&authority, case.then)
    };
    let server = Server::start(setup).await;
    let mut counts = Counts::default();
    for _ in 0..tries {
        // Each client is new, so that none reuses an open connection.
        let client = (case.client)(&server, &authority).build().unwrap();
        let error = client.send(ListIds::default()).await.unwrap_err();
        counts.add(&error, case.hint);
    }
    counts
}
