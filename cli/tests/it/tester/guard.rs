//! Tests of who may use the page: each request of another website or machine is refused before anything is sent.

use std::net::{TcpStream, UdpSocket};

use super::Tester;
use crate::program::Folder;

/// The header lines of a request by name of what is wrong with it, and the status.
type Row = (&'static str, &'static str, String, u16);

#[test]
fn only_the_browser_that_has_the_address_may_read() {
    let folder = Folder::new();
    let tester = Tester::start(&folder, &["--sandbox", "tester"], &[]);
    let (port, cookie) = (tester.port, &tester.cookie);
    let host = format!("Host: 127.0.0.1:{port}\r\n");
    let with_cookie = format!("{host}Cookie: {cookie}\r\n");
    let wrong_token = cookie.replace('=', "=x");
    let table: [Row; 14] = [
        ("the page", "/", with_cookie.clone(), 200),
        (
            "by the name of the machine",
            "/",
            format!("Host: localhost:{port}\r\nCookie: {cookie}\r\n"),
            200,
        ),
        (
            "an address that was typed",
            "/",
            format!("{with_cookie}Sec-Fetch-Site: none\r\n"),
            200,
        ),
        (
            "among other cookies",
            "/",
            format!("{host}Cookie: a=b; {cookie}; c\r\n"),
            200,
        ),
        ("no cookie", "/", host.clone(), 403),
        ("no cookie for a script", "/assets/tester.js", host.clone(), 403),
        ("a wrong cookie", "/", format!("{host}Cookie: {wrong_token}\r\n"), 403),
        ("a wrong token in the address", "/?token=x", host.clone(), 403),
        ("the token at another page", "/path?token=x", host.clone(), 403),
        (
            "a rebound name",
            "/",
            format!("Host: evil.example:{port}\r\nCookie: {cookie}\r\n"),
            403,
        ),
        (
            "a name with this one in it",
            "/",
            format!("Host: 127.0.0.1:{port}.evil.example\r\nCookie: {cookie}\r\n"),
            403,
        ),
        (
            "another port",
            "/",
            format!("Host: 127.0.0.1:1\r\nCookie: {cookie}\r\n"),
            403,
        ),
        (
            "another website",
            "/",
            format!("{with_cookie}Sec-Fetch-Site: cross-site\r\n"),
            403,
        ),
        (
            "another server of this machine",
            "/",
            format!("{with_cookie}Sec-Fetch-Site: same-site\r\n"),
            403,
        ),
    ];
    for (name, target, headers, status) in table {
        let reply = tester.send("GET", target, &headers, "");
        assert_eq!(reply.status, status, "{name}: {}", reply.text());
        check_headers(name, &reply);
        assert_eq!(reply.text().contains("form_token"), status == 200, "{name}");
    }
    assert_eq!(tester.send("DELETE", "/", &with_cookie, "").status, 405);
    assert_eq!(tester.get("/no/such/page").status, 404);
    for (host, status) in [(format!("127.0.0.1:{port}"), 200), ("evil.example".to_owned(), 403)] {
        let reply = tester.get(&format!("http://{host}/"));
        assert_eq!(reply.status, status, "a target of a proxy: {host}");
    }
    let entry = tester.url[tester.url.find("/?").unwrap()..].to_owned();
    let cross_site = format!("{host}Sec-Fetch-Site: cross-site\r\n");
    assert_eq!(
        tester.send("GET", &entry, &cross_site, "").status,
        403,
        "a link on a website"
    );
}

/// Checks what every response has, also a refusal.
fn check_headers(name: &str, reply: &super::Reply) {
    let policy = reply.header("content-security-policy").expect(name);
    for part in [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    ] {
        assert!(policy.contains(part), "{name}: {policy}");
    }
    assert!(!policy.contains("unsafe"), "{name}: {policy}");
    let expected = [
        ("cache-control", "no-store"),
        ("x-frame-options", "DENY"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ];
    for (header, value) in expected {
        assert_eq!(reply.header(header), Some(value), "{name}: {header}");
    }
    assert_eq!(reply.header("access-control-allow-origin"), None, "{name}");
}

#[test]
fn forms_of_other_websites_are_refused() {
    let folder = Folder::new();
    let tester = Tester::start(&folder, &["--sandbox", "tester"], &[]);
    let (port, cookie) = (tester.port, &tester.cookie);
    let own = format!("Host: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n");
    let origin = format!("{own}Origin: http://127.0.0.1:{port}\r\n");
    let form = tester.form(&[("operation", "GetBands")]);
    let other_token = form.replacen(&tester.form_token, "AAAA", 1);
    let table = [
        ("no origin", own.clone(), form.clone()),
        (
            "no origin by choice of a website",
            format!("{own}Origin: null\r\n"),
            form.clone(),
        ),
        (
            "another website",
            format!("{own}Origin: https://evil.example\r\n"),
            form.clone(),
        ),
        (
            "another server of this machine",
            format!("{own}Origin: http://127.0.0.1:1\r\n"),
            form.clone(),
        ),
        (
            "this server by another name",
            format!("{own}Origin: http://localhost:{port}\r\n"),
            form.clone(),
        ),
        (
            "over TLS",
            format!("{own}Origin: https://127.0.0.1:{port}\r\n"),
            form.clone(),
        ),
        (
            "two origins",
            format!("{origin}Origin: http://127.0.0.1:{port}\r\n"),
            form.clone(),
        ),
        (
            "another website by fetch metadata",
            format!("{origin}Sec-Fetch-Site: cross-site\r\n"),
            form.clone(),
        ),
        (
            "no cookie",
            format!("Host: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"),
            form.clone(),
        ),
        ("no token in the form", origin.clone(), "operation=GetBands".to_owned()),
        ("another token in the form", origin.clone(), other_token),
    ];
    for (name, headers, body) in table {
        for target in ["/send", "/confirm/1", "/sessions/new"] {
            let reply = tester.send("POST", target, &headers, &body);
            assert_eq!(reply.status, 403, "{name}: {target}: {}", reply.text());
        }
    }
    let too_large = tester.form(&[("body", &"x".repeat(1024 * 1024))]);
    assert_eq!(tester.send("POST", "/send", &origin, &too_large).status, 413);
    assert!(tester.get("/").text().contains("Nothing was sent yet"));
    assert_eq!(tester.send("POST", "/send", &origin, &form).status, 303);
    // The sandbox has removed its keys.
    assert_eq!(tester.end_with("-TERM"), Some(0));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

/// The arguments of a program can be read by other users, so the token in them is valid once.
#[test]
#[cfg(target_os = "linux")]
fn the_browser_is_started_with_a_token_for_one_use() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = Folder::new();
    let browser = folder.file("xdg-open");
    std::fs::write(
        &browser,
        "#!/bin/sh\necho \"$1\" > opened.part\n/bin/mv opened.part opened\n",
    )
    .unwrap();
    std::fs::set_permissions(&browser, std::fs::Permissions::from_mode(0o700)).unwrap();
    let path = [("PATH", folder.path().display().to_string())];
    let tester = Tester::start(&folder, &["--sandbox", "tester", "--open"], &path);
    while !folder.file("opened").exists() {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    let opened = std::fs::read_to_string(folder.file("opened")).unwrap();
    let (address, target) = opened.trim_end().split_at(opened.find("/?token=").unwrap());
    assert_eq!(address, format!("http://127.0.0.1:{}", tester.port));
    assert!(!tester.url.ends_with(target), "the printed token");
    let headers = format!("Host: 127.0.0.1:{}\r\n", tester.port);
    for status in [303, 403] {
        assert_eq!(tester.send("GET", target, &headers, "").status, status);
    }
    let printed = &tester.url[tester.url.find("/?").unwrap()..];
    assert_eq!(tester.send("GET", printed, &headers, "").status, 303);
}

/// Returns an address of this machine that other machines can reach, if it has one. Nothing is sent.
fn outside_address() -> Option<std::net::IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("192.0.2.1:9").ok()?;
    let address = socket.local_addr().ok()?.ip();
    (!address.is_loopback() && !address.is_unspecified()).then_some(address)
}

#[test]
fn no_flag_makes_the_page_public() {
    let folder = Folder::new();
    for flag in ["--listen", "--host", "--bind", "--address"] {
        let ended = folder.spektrix(&["--sandbox", "tester", flag, "0.0.0.0"]);
        ended.fails(2, "unexpected argument");
    }
    let tester = Tester::start(&folder, &["--sandbox", "tester"], &[]);
    // Other addresses of loopback are not this one.
    assert!(TcpStream::connect(("127.0.0.2", tester.port)).is_err() || cfg!(not(target_os = "linux")));
    match outside_address() {
        Some(address) => assert!(TcpStream::connect((address, tester.port)).is_err(), "{address}"),
        None => println!("NOT RUN: this machine has no other address"),
    }
    let port = tester.port.to_string();
    let second = folder.spektrix(&["--sandbox", "tester", "--port", &port]);
    second.fails(1, "cannot listen on 127.0.0.1");
    assert_eq!(tester.end_with("-INT"), Some(0));
}
