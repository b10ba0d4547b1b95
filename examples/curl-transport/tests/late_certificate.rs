//! Tests against servers that ask for the client certificate after the request: OpenSSL's `s_server`, which does so on command.

use std::io::{Read, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use curl_transport::CurlTransport;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use spektrix_v2::{Client, Retry};
use tempfile::TempDir;

const BODY: &str = "<Bands><Band id=\"1\"><Name>Stalls</Name></Band></Bands>";

/// What `s_server` prints when it verifies a client certificate.
const CERTIFICATE_RECEIVED: &str = "depth=0";

/// How a server asks late: the TLS version, and the command of `s_server`.
const SERVERS: [(&str, &str, &str); 2] = [
    ("renegotiation", "-tls1_2", "R"),
    ("post-handshake authentication", "-tls1_3", "c"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_read_when_the_server_asks_late() {
    for (name, version, command) in SERVERS {
        let files = Files::create();
        let server = Server::start(&files, version, command);
        let transport = CurlTransport::new(files.path("client.pem"), files.path("client.key"));
        let transport = transport.authority(files.path("ca.pem"));
        let client = Client::builder("venue")
            .api_key("an-api-key")
            .base_url(server.address());
        let client = client.transport(transport).retry(Retry::none()).build().unwrap();

        let bands = client.bands().await;

        let bands = bands.unwrap_or_else(|error| panic!("{name}: {error}\n{}", server.log()));
        assert_eq!(bands[0].name, "Stalls", "{name}");
    }
}

/// The files of an authority, a server and a client.
struct Files(TempDir);

impl Files {
    fn create() -> Self {
        let files = Self(tempfile::tempdir().unwrap());
        let mut authority = CertificateParams::new(Vec::new()).unwrap();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
        files.write("ca.pem", &authority.pem());
        for (name, subject) in [("server", "localhost"), ("client", "venue")] {
            let key = KeyPair::generate().unwrap();
            let mut parameters = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
            parameters.distinguished_name.push(DnType::CommonName, subject);
            let certificate = parameters.signed_by(&key, &authority).unwrap();
            files.write(&format!("{name}.pem"), &certificate.pem());
            files.write(&format!("{name}.key"), &key.serialize_pem());
        }
        files
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, content: &str) {
        std::fs::write(self.path(name), content).unwrap();
    }
}

/// `openssl s_server`, which is stopped when this is dropped.
struct Server {
    process: Child,
    port: u16,
    log: Arc<Mutex<String>>,
}

impl Server {
    fn start(files: &Files, version: &str, command: &'static str) -> Self {
        let port = free_port();
        let mut process = s_server(files, version, port);
        let log = Arc::<Mutex<String>>::default();
        collect(process.stdout.take().unwrap(), &log);
        collect(process.stderr.take().unwrap(), &log);
        assert!(wait_for(&log, "ACCEPT"), "the server did not start");
        let mut input = process.stdin.take().unwrap();
        let seen = Arc::clone(&log);
        thread::spawn(move || {
            // `s_server` prints the request.
            if !wait_for(&seen, "api_key=") {
                return;
            }
            // In one write: `s_server` sends everything but a command to the client.
            input.write_all(format!("{command}\n").as_bytes()).unwrap();
            // The end of its input stops the server. So a client without a certificate gets no response.
            if !wait_for(&seen, CERTIFICATE_RECEIVED) {
                return;
            }
            let length = BODY.len();
            let response = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{BODY}\n");
            input.write_all(response.as_bytes()).unwrap();
            wait_for(&seen, "DONE");
        });
        Self { process, port, log }
    }

    fn address(&self) -> String {
        format!("https://localhost:{}", self.port)
    }

    fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn s_server(files: &Files, version: &str, port: u16) -> Child {
    let option = |command: &mut Command, name: &str, path: &Path| {
        command.arg(name).arg(path);
    };
    let mut command = Command::new("openssl");
    command.args([
        "s_server",
        version,
        "-accept",
        &format!("127.0.0.1:{port}"),
        "-no_ticket",
        "-no_cache",
    ]);
    option(&mut command, "-cert", &files.path("server.pem"));
    option(&mut command, "-key", &files.path("server.key"));
    option(&mut command, "-CAfile", &files.path("ca.pem"));
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command.spawn().expect("`openssl` is needed for this test")
}

fn collect(mut output: impl Read + Send + 'static, log: &Arc<Mutex<String>>) {
    let log = Arc::clone(log);
    thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(count @ 1..) = output.read(&mut bytes) {
            log.lock().unwrap().push_str(&String::from_utf8_lossy(&bytes[..count]));
        }
    });
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Waits until the server has printed a string. Returns `false` if it did not within three seconds.
fn wait_for(log: &Mutex<String>, wanted: &str) -> bool {
    let end = Instant::now() + Duration::from_secs(3);
    while Instant::now() < end {
        if log.lock().unwrap().contains(wanted) {
            return true;
        }
        thread::sleep(Duration::from_millis(10));
    }
    false
}
