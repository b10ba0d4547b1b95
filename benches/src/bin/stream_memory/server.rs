//! A server of instances, in a process of its own.

use std::io::{BufRead as _, BufReader, Lines};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;

use anyhow::{Context as _, Result};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use spektrix_v2_benches::instances;

use crate::BLOCK;

/// The server's process, which ends with this value.
pub(crate) struct Server {
    process: Child,
    /// Held open, for the process may still be writing.
    _output: Lines<BufReader<ChildStdout>>,
    pub(crate) port: u16,
    /// The certificate to trust, PEM.
    pub(crate) root: String,
}

impl Server {
    /// Starts it, to answer with so many blocks.
    pub(crate) fn start(blocks: usize) -> Result<Self> {
        let program = std::env::current_exe().context("this program cannot be found")?;
        let mut command = Command::new(program);
        command.args(["serve", &blocks.to_string()]).stdout(Stdio::piped());
        let mut process = command.spawn().context("the server does not start")?;
        let output = process.stdout.take().context("the server has no output")?;
        let mut lines = BufReader::new(output).lines();
        let port = lines.next().context("the server names no port")??;
        let mut root = String::new();
        while !root.contains("-----END") {
            let line = lines.next().context("the server shows no certificate")??;
            root.extend([&line, "\n"]);
        }
        let port = port.parse().context("the server names no port")?;
        Ok(Self {
            process,
            _output: lines,
            port,
            root,
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Should it have ended already, so much the better.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Says where it is and by what it is known, and then answers requests until it is ended.
#[expect(clippy::print_stdout, reason = "this is how its parent hears of it")]
pub(crate) fn serve(blocks: usize) -> Result<()> {
    let own = rcgen::generate_simple_self_signed(["localhost".to_owned()])?;
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("the server cannot listen")?;
    print!("{}\n{}", listener.local_addr()?.port(), own.cert.pem());
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(own.signing_key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![own.cert.der().clone()], key)?;
    let (config, block) = (Arc::new(config), instances(BLOCK));
    loop {
        let (stream, _) = listener.accept()?;
        let connection = ServerConnection::new(Arc::clone(&config))?;
        // A client that goes away ends its connection, not the server.
        let _ = answer_all(StreamOwned::new(connection, stream), &block, blocks);
    }
}

/// One request after another, each without a body: a request with a limit for one block, any other for all.
fn answer_all(stream: StreamOwned<ServerConnection, TcpStream>, block: &str, blocks: usize) -> Result<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let mut request = String::new();
        while !request.ends_with("\r\n\r\n") {
            if stream.read_line(&mut request)? == 0 {
                return Ok(());
            }
        }
        let blocks = if request.contains("limit=") { 1 } else { blocks };
        answer(stream.get_mut(), block, blocks)?;
    }
}

fn answer(stream: &mut impl std::io::Write, block: &str, blocks: usize) -> Result<()> {
    let (start, end) = ("<Instances>", "</Instances>");
    let length = start.len() + block.len() * blocks + end.len();
    write!(
        stream,
        "HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\ncontent-length: {length}\r\n\r\n{start}"
    )?;
    for _ in 0..blocks {
        stream.write_all(block.as_bytes())?;
    }
    stream.write_all(end.as_bytes())?;
    Ok(stream.flush()?)
}
