//! Servers that tests start, and a proxy that ends connections.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::foreign::did_not_run;

/// A server on loopback, which ends with the test.
pub(crate) struct Server {
    process: Child,
    pub(crate) port: u16,
}

impl Server {
    /// Starts memcached with further arguments. `None` if it is not installed.
    pub(crate) fn memcached(more: &[&str]) -> Option<Self> {
        Self::start(|port| {
            let mut command = Command::new("memcached");
            command
                .args(["-l", "127.0.0.1", "-U", "0", "-u", "nobody", "-p", port])
                .args(more);
            command
        })
    }

    /// Starts Redis with further arguments. `None` if it is not installed.
    pub(crate) fn redis(more: &[&str]) -> Option<Self> {
        Self::start(|port| {
            let mut command = Command::new("redis-server");
            command
                .args(["--bind", "127.0.0.1", "--save", "", "--port", port])
                .args(more);
            command
        })
    }

    fn start(command: impl Fn(&str) -> Command) -> Option<Self> {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = command(&port.to_string());
        let process = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let Ok(process) = process else {
            did_not_run(&format!("{} is not installed", command.get_program().display()));
            return None;
        };
        for _ in 0..200 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Some(Self { process, port });
            }
            std::thread::sleep(Duration::from_millis(25));
        }
        panic!("the server did not start")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The process may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Passes connections on to a server, and ends them after so many bytes in a direction.
pub(crate) struct Cut {
    pub(crate) port: u16,
    to_server: Arc<AtomicUsize>,
    to_client: Arc<AtomicUsize>,
}

impl Cut {
    pub(crate) fn before(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let unlimited = || Arc::new(AtomicUsize::new(usize::MAX));
        let (to_server, to_client) = (unlimited(), unlimited());
        let shared = (Arc::clone(&to_server), Arc::clone(&to_client));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let Ok(target) = TcpStream::connect(("127.0.0.1", server)) else {
                    continue;
                };
                let (back, forth) = (target.try_clone().unwrap(), stream.try_clone().unwrap());
                let (to_server, to_client) = shared.clone();
                std::thread::spawn(move || copy(&forth, &target, &to_server));
                std::thread::spawn(move || copy(&back, &stream, &to_client));
            }
        });
        Self {
            port,
            to_server,
            to_client,
        }
    }

    /// Ends connections after so many further bytes to the server.
    pub(crate) fn after(&self, bytes: usize) {
        self.to_server.store(bytes, Ordering::SeqCst);
    }

    /// Ends connections after so many further bytes to the client. The server has received what these respond to.
    pub(crate) fn after_responses(&self, bytes: usize) {
        self.to_client.store(bytes, Ordering::SeqCst);
    }
}

fn copy(mut from: &TcpStream, mut to: &TcpStream, left: &AtomicUsize) {
    let mut buffer = [0; 4096];
    while let Ok(read @ 1..) = from.read(&mut buffer) {
        let allowed = left.load(Ordering::SeqCst).min(read);
        if allowed < read || to.write_all(&buffer[..allowed]).is_err() {
            let _ = to.write_all(&buffer[..allowed]);
            break;
        }
        left.fetch_sub(allowed, Ordering::SeqCst);
    }
    let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
}
