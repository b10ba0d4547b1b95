//! Tests of the pages in `docs/` and of the README: every line in a block of `sh` succeeds.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use spektrix_v2_sandbox::Sandbox;

use crate::program::{Folder, has_openssl, outcome};

/// Returns the blocks of a page that a shell runs.
fn blocks(page: &str) -> Vec<String> {
    let parts = page.split("```sh\n").skip(1);
    let blocks: Vec<_> = parts
        .filter_map(|part| Some(part.split_once("```")?.0.to_owned()))
        .collect();
    assert!(blocks.len() > 2, "the page has few blocks: {blocks:?}");
    blocks
}

/// Runs a block, in which every line must succeed, with the variables of a sandbox. Returns what it printed.
fn run(block: &str, folder: &Folder, variables: &BTreeMap<String, String>) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_spektrix")).parent().unwrap();
    let path = std::env::join_paths(
        std::iter::once(program.to_owned()).chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
    );
    let mut command = Command::new("bash");
    command
        .args(["-euo", "pipefail", "-c", block])
        .current_dir(folder.path());
    command
        .env_clear()
        .env("HOME", folder.path())
        .env("PASSPHRASE", "correct horse");
    command.env("PATH", path.unwrap()).envs(variables);
    let ended = outcome(command.output().unwrap());
    assert_eq!(ended.code, 0, "{block}\n{}\n{}", ended.stdout, ended.stderr);
    ended.stdout
}

async fn sandbox() -> (Sandbox, BTreeMap<String, String>) {
    let sandbox = Sandbox::start().await.unwrap();
    let variables = sandbox.environment().into_iter();
    let variables = variables.map(|(name, value)| (name.to_owned(), value)).collect();
    (sandbox, variables)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_programs_of_the_documentation_are_commands() {
    let (sandbox, variables) = sandbox().await;
    let folder = Folder::new();
    let page = blocks(include_str!("../../docs/the-same-with-spektrix.md"));
    let printed: Vec<_> = page.iter().map(|block| run(block, &folder, &variables)).collect();
    assert!(
        printed[0].starts_with("> GET offers?all=true&api_key=***\n< 200 OK\n"),
        "{}",
        printed[0]
    );
    assert!(printed[2].contains("<MerchandiseItem id="), "{}", printed[2]);
    let offers = std::fs::read_to_string(folder.file("offers.json")).unwrap();
    assert!(offers.starts_with("[\n"), "{offers}");
    assert!(
        sandbox.requests_for("AddBasketItems").len() == 1,
        "a dry run sends nothing"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_way_to_renew_a_certificate_works() {
    if !has_openssl() {
        return;
    }
    let (_sandbox, variables) = sandbox().await;
    let folder = Folder::new();
    folder.openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -subj /CN=Authority -days 900");
    folder.openssl("req -newkey rsa:2048 -nodes -keyout old.key -out playhouse-2026.csr -subj /CN=playhouse");
    for block in blocks(include_str!("../../docs/renewing-the-certificate.md")) {
        sign_requests(&folder);
        run(&block, &folder, &variables);
    }
    for name in ["playhouse-2027", "playhouse-acme-2027"] {
        let subject = folder.openssl(&format!("x509 -in {name}.crt -noout -subject -nameopt RFC2253"));
        assert!(subject.contains("CN=playhouse,O=The Playhouse"), "{subject}");
    }
}

/// Does what Spektrix support does between two steps of the page.
fn sign_requests(folder: &Folder) {
    for name in ["playhouse-2026", "playhouse-2027", "playhouse-acme-2027"] {
        let [request, certificate] = ["csr", "crt"].map(|extension| format!("{name}.{extension}"));
        if folder.file(&request).exists() && !folder.file(&certificate).exists() {
            folder.openssl(&format!(
                "x509 -req -in {request} -CA ca.crt -CAkey ca.key -out {certificate} -days 300"
            ));
        }
    }
}
