//! The API key is sent with every request, and no error, progress line or file repeats it, whatever the server does.

use std::fs;
use std::process::Command;

use xtask::fetch::ApiKey;

use crate::page_server::{Answer, PageServer};
use crate::small_site;
use crate::trial::Trial;

const KEY: &str = "K3Y/canary+0123";
const PAGE: &str = "help/GetEvents/response/schema";

/// Ways in which servers write the key when they repeat it.
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

/// A fetch with the key from a service with this answer to one path, and everything that it printed and wrote.
async fn traces(path: &str, answer: Answer) -> anyhow::Result<(String, String)> {
    let server = PageServer::start(small_site::pages_with(path, vec![answer])).await?;
    let mut trial = Trial::new(&server)?;
    trial.options.api_key = Some(ApiKey::new(KEY)?);
    let error = trial.error(&server).await;
    assert!(
        server
            .requests()
            .iter()
            .all(|path| path.ends_with("?api_key=K3Y%2Fcanary%2B0123")),
        "{:?}",
        server.requests()
    );
    let mut files = String::new();
    for (file, bytes) in trial.room()? {
        files = files + &file + "\n" + &String::from_utf8_lossy(&bytes) + "\n";
    }
    Ok((error.clone(), format!("{error}\n{}\n{files}", trial.said().join("\n"))))
}

#[tokio::test]
async fn no_answer_makes_fetch_repeat_the_key() -> anyhow::Result<()> {
    for spelling in spellings() {
        let page = |body: &str| Answer::page("text/xml", body.replace("KEY", &spelling));
        let feed = small_site::feed(small_site::OWN_ADDRESS, "2011");
        let login = "<html><form action=\"/login?from=%2Fhelp%3Fapi_key%3DKEY\">";
        let echo_status = |status| Answer::status(status, &login.replace("KEY", &spelling));
        let self_link = "<link rel=\"self\" href=\"http://service.invalid/help?api_key=KEY\"/><entry>";
        let redirect = |location: &str| Answer::status(302, "").with("location", &location.replace("KEY", &spelling));
        let rows: Vec<(&str, Answer, &str)> = vec![
            (
                PAGE,
                echo_status(401),
                "401 Unauthorized with a body that repeats the API key",
            ),
            (
                PAGE,
                echo_status(500),
                "500 Internal Server Error with a body that repeats",
            ),
            ("help", echo_status(403), "403 Forbidden with a body that repeats"),
            ("help", page(login), "with the API key in the page"),
            (
                "help",
                page(&feed.replacen("<entry>", self_link, 1)),
                "with the API key in the page",
            ),
            ("help", page("<feed><KEY>"), "with the API key in the page"),
            (
                PAGE,
                page("<Schemas><!-- KEY --></Schemas>"),
                "with the API key in the page",
            ),
            (PAGE, page("KEY"), "with the API key in the page"),
            (
                PAGE,
                Answer::page(&format!("text/xml; from=\"{spelling}\""), "<Schemas/>"),
                "with the API key in the page or its content type",
            ),
            (
                PAGE,
                redirect("https://login.invalid/?next=KEY"),
                "a redirect to login.invalid",
            ),
        ];
        for (path, answer, expected) in rows {
            let (error, traces) = traces(path, answer).await?;
            assert!(error.contains(expected), "{error}\nlacks\n{expected}");
            assert!(!traces.contains(&spelling), "{traces}");
            assert!(!ApiKey::new(KEY)?.is_in(traces.as_bytes()), "{traces}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_redirect_to_a_host_named_like_the_key_is_not_shown() -> anyhow::Result<()> {
    for host in ["K3Y-canary-0123.example", "k3y-CANARY-0123", "%6B3Y-canary-0123"] {
        let server = Answer::status(302, "").with("location", &format!("https://{host}/"));
        let server = PageServer::start(small_site::pages_with(PAGE, vec![server])).await?;
        let mut trial = Trial::new(&server)?;
        trial.options.api_key = Some(ApiKey::new("K3Y-canary-0123")?);
        let error = trial.error(&server).await;
        assert!(
            error.contains("a redirect to [not shown: it repeats the API key]"),
            "{error}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn an_error_page_that_is_not_complete_is_not_quoted() -> anyhow::Result<()> {
    // The key is cut where reading stops, so it could not be recognised.
    let long = " ".repeat(64 * 1024 - 5) + KEY;
    let (error, traces) = traces(PAGE, Answer::status(403, &long)).await?;
    assert!(
        error.contains("403 Forbidden with a body that is too long to be shown"),
        "{error}"
    );
    assert!(!traces.contains("K3Y"), "{traces}");
    Ok(())
}

#[tokio::test]
async fn the_key_in_an_origin_is_not_stored() -> anyhow::Result<()> {
    let server = PageServer::start(small_site::pages()).await?;
    let mut trial = Trial::new(&server)?;
    trial.options.api_key = Some(ApiKey::new(KEY)?);
    trial.options.origin = format!("https://h/v2?api_key={KEY}");
    let error = trial.error(&server).await;
    assert!(error.contains("lock.toml would hold the API key"), "{error}");
    assert_eq!(trial.names()?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn plain_http_to_another_host_carries_no_secret() -> anyhow::Result<()> {
    let server = PageServer::start(small_site::pages()).await?;
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
        let mut trial = Trial::new(&server)?;
        // This machine, by an address that does not promise to be loopback.
        trial.options.base = server.base()?.to_string().replace("127.0.0.1", "0.0.0.0").parse()?;
        trial.options.api_key = has_key.then(|| ApiKey::new(KEY)).transpose()?;
        let room = tempfile::tempdir()?;
        let [cert, key] = ["cert.pem", "key.pem"].map(|name| room.path().join(name));
        let pair = rcgen::KeyPair::generate()?;
        fs::write(&cert, rcgen::CertificateParams::new([])?.self_signed(&pair)?.pem())?;
        fs::write(&key, pair.serialize_pem())?;
        trial.options.tls.identity = has_certificate.then_some((cert, key));
        let requests = server.requests().len();
        let error = trial.error(&server).await;
        assert!(error.contains(expected), "{error}\nlacks\n{expected}");
        let sent_nothing = server.requests().len() == requests;
        assert_eq!(sent_nothing, has_key || has_certificate, "{error}");
    }
    Ok(())
}

#[tokio::test]
async fn the_command_takes_the_key_from_the_environment_alone() -> anyhow::Result<()> {
    let server = PageServer::start(small_site::pages()).await?;
    let base = server.base()?.to_string();
    for command in [&["fetch", "--out", "new"][..], &["drift"]] {
        let run = async |base: String, key: Option<&str>| {
            let mut process = Command::new(env!("CARGO_BIN_EXE_xtask"));
            let room = tempfile::tempdir()?;
            process
                .args(command)
                .args(["--base-url", &base])
                .current_dir(room.path());
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
        let (code, text) = run(base.clone(), Some("short")).await?;
        assert!(matches!(code, Some(1 | 2)), "{text}");
        assert!(
            text.contains("shorter than 8 characters") && !text.contains("short "),
            "{text}"
        );
        assert_eq!(server.requests(), requests, "something was sent");
    }
    Ok(())
}
