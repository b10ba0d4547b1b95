//! Tests that the API key is sent with every request, and that no error, progress line or file contains it, for any
//! response of the server.

use std::fs;
use std::process::Command;

use xtask::fetch::ApiKey;

use crate::fetch_test::FetchTest;
use crate::page_server::{PageServer, Response};
use crate::site;

const KEY: &str = "K3Y/canary+0123";
const PAGE: &str = "help/GetEvents/response/schema";

/// Returns the key as servers may escape it.
fn spellings() -> Vec<String> {
    let each = |spell: fn(char) -> String| KEY.chars().map(spell).collect::<String>();
    vec![
        KEY.to_owned(),
        "K3Y%2Fcanary%2B0123".to_owned(),
        "K3Y%2fcanary%2b0123".to_owned(),
        "K3Y%252fcanary%252b0123".to_owned(),
        each(|c| format!("&#{};", c as u32)),
        each(|c| format!("&#x{:x};", c as u32)),
        each(|c| format!("\\u{:04x}", c as u32)),
        "SzNZL2NhbmFyeSswMTIz".to_owned(),
    ]
}

/// Fetches with the key, with another response for one path. Returns the error, and everything that was printed and written.
async fn traces(path: &str, response: Response) -> anyhow::Result<(String, String)> {
    let server = PageServer::start(site::pages_with(path, vec![response])).await?;
    let mut test = FetchTest::new(&server)?;
    test.options.api_key = Some(ApiKey::new(KEY)?);
    let error = test.error(&server).await;
    assert!(
        server
            .requests()
            .iter()
            .all(|path| path.ends_with("?api_key=K3Y%2Fcanary%2B0123")),
        "{:?}",
        server.requests()
    );
    let mut files = String::new();
    for (file, bytes) in test.files()? {
        files = files + &file + "\n" + &String::from_utf8_lossy(&bytes) + "\n";
    }
    Ok((
        error.clone(),
        format!("{error}\n{}\n{files}", test.progress().join("\n")),
    ))
}

#[tokio::test]
async fn no_response_makes_fetch_print_or_store_the_key() -> anyhow::Result<()> {
    for spelling in spellings() {
        let page = |body: &str| Response::page("text/xml", body.replace("KEY", &spelling));
        let feed = site::feed(site::OWN_ADDRESS, "2011");
        let login = "<html><form action=\"/login?from=%2Fhelp%3Fapi_key%3DKEY\">";
        let echo_status = |status| Response::status(status, &login.replace("KEY", &spelling));
        let self_link = "<link rel=\"self\" href=\"http://service.invalid/help?api_key=KEY\"/><entry>";
        let redirect = |location: &str| Response::status(302, "").with("location", &location.replace("KEY", &spelling));
        let rows: Vec<(&str, Response, &str)> = vec![
            (
                PAGE,
                echo_status(401),
                "401 Unauthorized (the body is not shown: it contains the API key)",
            ),
            (
                PAGE,
                echo_status(500),
                "500 Internal Server Error (the body is not shown: it contains",
            ),
            (
                "help",
                echo_status(403),
                "403 Forbidden (the body is not shown: it contains",
            ),
            (
                "help",
                page(login),
                "the page, or its content type, contains the API key",
            ),
            (
                "help",
                page(&feed.replacen("<entry>", self_link, 1)),
                "the page, or its content type, contains the API key",
            ),
            (
                "help",
                page("<feed><KEY>"),
                "the page, or its content type, contains the API key",
            ),
            (
                PAGE,
                page("<Schemas><!-- KEY --></Schemas>"),
                "the page, or its content type, contains the API key",
            ),
            (PAGE, page("KEY"), "the page, or its content type, contains the API key"),
            (
                PAGE,
                Response::page(&format!("text/xml; from=\"{spelling}\""), "<Schemas/>"),
                "the page, or its content type, contains the API key",
            ),
            (
                PAGE,
                redirect("https://login.invalid/?next=KEY"),
                "a redirect to login.invalid",
            ),
        ];
        for (path, response, expected) in rows {
            let (error, traces) = traces(path, response).await?;
            assert!(error.contains(expected), "{error}\nlacks\n{expected}");
            assert!(!traces.contains(&spelling), "{traces}");
            assert!(!ApiKey::new(KEY)?.is_in(traces.as_bytes()), "{traces}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_redirect_host_that_contains_the_key_is_not_shown() -> anyhow::Result<()> {
    for host in ["K3Y-canary-0123.example", "k3y-CANARY-0123", "%6B3Y-canary-0123"] {
        let redirect = Response::status(302, "").with("location", &format!("https://{host}/"));
        let server = PageServer::start(site::pages_with(PAGE, vec![redirect])).await?;
        let mut test = FetchTest::new(&server)?;
        test.options.api_key = Some(ApiKey::new("K3Y-canary-0123")?);
        let error = test.error(&server).await;
        assert!(
            error.contains("a redirect to [not shown: it contains the API key]"),
            "{error}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn an_incomplete_error_page_is_not_quoted() -> anyhow::Result<()> {
    // The key is cut off where reading stops, so it could not be recognized.
    let long = " ".repeat(64 * 1024 - 5) + KEY;
    let (error, traces) = traces(PAGE, Response::status(403, &long)).await?;
    assert!(
        error.contains("403 Forbidden (the body is not shown: it is too long, or was cut off)"),
        "{error}"
    );
    assert!(!traces.contains("K3Y"), "{traces}");
    Ok(())
}

#[tokio::test]
async fn a_key_in_the_origin_is_not_stored() -> anyhow::Result<()> {
    let server = PageServer::start(site::pages()).await?;
    let mut test = FetchTest::new(&server)?;
    test.options.api_key = Some(ApiKey::new(KEY)?);
    test.options.origin = format!("https://h/v2?api_key={KEY}");
    let error = test.error(&server).await;
    assert!(error.contains("lock.toml would contain the API key"), "{error}");
    assert_eq!(test.names()?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn plain_http_to_another_host_is_refused_with_a_secret() -> anyhow::Result<()> {
    let server = PageServer::start(site::pages()).await?;
    let rows: [(bool, bool, &str); 3] = [
        (true, false, "the API key in SPEKTRIX_API_KEY would be sent unencrypted"),
        (
            false,
            true,
            "the client certificate of --cert and --key would not be used",
        ),
        (false, false, "no error"),
    ];
    for (has_key, has_certificate, expected) in rows {
        let mut test = FetchTest::new(&server)?;
        // An address of this machine that is not a loopback address.
        test.options.base = server.base()?.to_string().replace("127.0.0.1", "0.0.0.0").parse()?;
        test.options.api_key = has_key.then(|| ApiKey::new(KEY)).transpose()?;
        let temp = tempfile::tempdir()?;
        let [cert, key] = ["cert.pem", "key.pem"].map(|name| temp.path().join(name));
        let pair = rcgen::KeyPair::generate()?;
        fs::write(&cert, rcgen::CertificateParams::new([])?.self_signed(&pair)?.pem())?;
        fs::write(&key, pair.serialize_pem())?;
        test.options.tls.identity = has_certificate.then_some((cert, key));
        let requests = server.requests().len();
        let error = test.error(&server).await;
        assert!(error.contains(expected), "{error}\nlacks\n{expected}");
        let sent_nothing = server.requests().len() == requests;
        assert_eq!(sent_nothing, has_key || has_certificate, "{error}");
    }
    Ok(())
}

#[tokio::test]
async fn commands_read_the_key_from_the_environment_only() -> anyhow::Result<()> {
    let server = PageServer::start(site::pages()).await?;
    let base = server.base()?.to_string();
    for command in [&["fetch", "--out", "new"][..], &["drift"]] {
        let run = async |base: String, key: Option<&str>| {
            let mut process = Command::new(env!("CARGO_BIN_EXE_xtask"));
            let temp = tempfile::tempdir()?;
            process
                .args(command)
                .args(["--base-url", &base])
                .current_dir(temp.path());
            process
                .env_remove("SPEKTRIX_API_KEY")
                .envs(key.map(|key| ("SPEKTRIX_API_KEY", key)));
            let output = tokio::task::spawn_blocking(move || process.output()).await??;
            let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
            anyhow::Ok((output.status.code(), text))
        };
        let (_, text) = run(base.clone(), Some(KEY)).await?;
        assert!(!text.contains("K3Y"), "{text}");
        let requests = server.requests();
        let last = requests.last().map(String::as_str).unwrap_or_default();
        assert!(last.ends_with("?api_key=K3Y%2Fcanary%2B0123"), "{requests:?}");

        let (code, text) = run(format!("{base}?api_key={KEY}"), None).await?;
        assert!(matches!(code, Some(1 | 2)), "{text}");
        assert!(text.contains("set SPEKTRIX_API_KEY") && !text.contains("K3Y"), "{text}");
        let (code, text) = run(base.clone(), Some("S3CRE")).await?;
        assert!(matches!(code, Some(1 | 2)), "{text}");
        assert!(
            text.contains("fewer than 8 characters") && !text.contains("S3CRE"),
            "{text}"
        );
        assert_eq!(server.requests(), requests, "something was sent");
    }
    Ok(())
}
