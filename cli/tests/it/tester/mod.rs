//! Tests of `spektrix tester`, over HTTP as a browser uses it, and in a browser.

mod browser;
mod guard;
mod requests;
mod secrets;

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::Stdio;

use crate::program::{Folder, Running};

/// The program with the page, and what a browser that has opened it knows.
pub(crate) struct Tester {
    running: Running,
    pub(crate) port: u16,
    /// The address that was printed.
    pub(crate) url: String,
    pub(crate) cookie: String,
    pub(crate) form_token: String,
}

/// A response, with its headers in small letters.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: String,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.headers.lines();
        let line = lines.find(|line| line.starts_with(&format!("{name}: ")));
        line.map(|line| &line[name.len() + 2..])
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Tester {
    /// Starts the program, and opens the page.
    pub(crate) fn start(folder: &Folder, arguments: &[&str], variables: &[(&str, String)]) -> Self {
        let mut command = folder.command();
        command
            .env("TMPDIR", folder.path())
            .args(arguments)
            .envs(variables.iter().cloned());
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut running = Running(child);
        let url = running.lines_until("http://127.0.0.1:").trim_end().to_owned();
        let port = url.trim_start_matches("http://127.0.0.1:").split('/').next().unwrap();
        let mut tester = Self {
            running,
            port: port.parse().unwrap(),
            url: url.clone(),
            cookie: String::new(),
            form_token: String::new(),
        };
        let entered = tester.send("GET", &url[url.find("/?").unwrap()..], &tester.host(), "");
        assert_eq!(
            (entered.status, entered.header("location")),
            (303, Some("/")),
            "{entered:?}"
        );
        let cookie = entered.header("set-cookie").unwrap();
        tester.cookie = cookie.split(';').next().unwrap().into();
        let page = tester.get("/").text();
        let field = page.split("name=\"form_token\" value=\"").nth(1).unwrap();
        tester.form_token = field.split('"').next().unwrap().into();
        tester
    }

    /// Ends the program with a signal, and returns its exit code.
    pub(crate) fn end_with(mut self, signal: &str) -> Option<i32> {
        self.running.end_with(signal).0
    }

    fn host(&self) -> String {
        format!("Host: 127.0.0.1:{}\r\n", self.port)
    }

    /// Sends a request with these header lines only.
    pub(crate) fn send(&self, method: &str, target: &str, headers: &str, body: &str) -> Reply {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let length = body.len();
        let request = format!(
            "{method} {target} HTTP/1.1\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut received = Vec::new();
        stream.read_to_end(&mut received).unwrap();
        let end = received.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        let (head, body) = (
            String::from_utf8(received[..end].to_vec()).unwrap(),
            received[end + 4..].to_vec(),
        );
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let mut headers = String::new();
        for (name, value) in head.lines().skip(1).filter_map(|line| line.split_once(": ")) {
            headers.extend([&name.to_lowercase(), ": ", value, "\n"]);
        }
        Reply { status, headers, body }
    }

    /// Opens a page as the browser does after the address was exchanged.
    pub(crate) fn get(&self, target: &str) -> Reply {
        let headers = format!(
            "{}Cookie: {}\r\nSec-Fetch-Site: same-origin\r\n",
            self.host(),
            self.cookie
        );
        self.send("GET", target, &headers, "")
    }

    /// Sends a form of the page.
    pub(crate) fn post(&self, target: &str, fields: &[(&str, &str)]) -> Reply {
        let headers = format!(
            "{}Cookie: {}\r\nSec-Fetch-Site: same-origin\r\nOrigin: http://127.0.0.1:{}\r\n",
            self.host(),
            self.cookie,
            self.port
        );
        self.send("POST", target, &headers, &self.form(fields))
    }

    /// Sends a form without fields, and does not wait for the response.
    pub(crate) fn begin_post(&self, target: &str) -> TcpStream {
        let (port, cookie, form) = (self.port, &self.cookie, self.form(&[]));
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        let request = format!(
            "POST {target} HTTP/1.1\r\n{}Cookie: {cookie}\r\nOrigin: http://127.0.0.1:{port}\r\nContent-Length: {}\r\n\r\n{form}",
            self.host(),
            form.len()
        );
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    /// Returns the fields of a form with the token of the page.
    pub(crate) fn form(&self, fields: &[(&str, &str)]) -> String {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("form_token", &self.form_token);
        form.extend_pairs(fields).finish()
    }

    /// Sends a form, follows its redirect, and returns the address of the page with its content.
    pub(crate) fn submit(&self, target: &str, fields: &[(&str, &str)]) -> (String, String) {
        let reply = self.post(target, fields);
        assert_eq!(reply.status, 303, "{}", reply.text());
        let location = reply.header("location").unwrap().to_owned();
        let page = self.get(&location);
        assert_eq!(page.status, 200, "{location}");
        (location, page.text())
    }
}
