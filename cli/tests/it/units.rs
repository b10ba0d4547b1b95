//! A test of the systemd unit of the sync: its command and its variables, with the configuration of the page about it.

use std::fs;

use spektrix_v2_sandbox::Sandbox;

use crate::program::{Folder, outcome};

const UNIT: &str = include_str!("../../systemd/spektrix-sync@.service");
const PAGE: &str = include_str!("../../docs/sync-with-systemd.md");
const SOURCE: &str = "/etc/spektrix/%i/";

/// Returns the values of a setting of the unit, in their order.
fn values(setting: &str) -> Vec<&'static str> {
    let lines = UNIT.lines().filter_map(|line| line.split_once('='));
    lines
        .filter(|(name, _)| *name == setting)
        .map(|(_, value)| value)
        .collect()
}

/// Returns `spektrix.toml` of the page, for a sandbox.
fn configuration(sandbox: &Sandbox) -> String {
    let block = PAGE.split("```toml\n").nth(1).and_then(|rest| rest.split_once("```"));
    let (block, _) = block.unwrap();
    let client = format!("client = \"{}\" #", sandbox.client_name());
    assert!(block.contains("client = \"playhouse\" "), "{block}");
    let block = block.replace("client = \"playhouse\" ", &client);
    let ca = sandbox.files().ca().display();
    format!("{block}base_url = '{}'\nca = '{ca}'\n", sandbox.base_url())
}

/// Writes what systemd copies for the service.
fn write_credentials(folder: &Folder, sandbox: &Sandbox) {
    let read = |path| fs::read_to_string(path).unwrap();
    let mut names = Vec::new();
    for credential in values("LoadCredential") {
        let (name, source) = credential.split_once(':').unwrap();
        // Paths in the configuration work in both folders.
        assert_eq!(source.strip_prefix(SOURCE), Some(name));
        let content = match name {
            "spektrix.toml" => configuration(sandbox),
            "venue.crt" => read(sandbox.files().certificate()),
            "venue.key" => read(sandbox.files().key()),
            "api-key" => sandbox.api_key().to_owned(),
            _ => panic!("the page does not explain {name}"),
        };
        folder.write(name, &content);
        names.push(name);
    }
    assert_eq!(names, ["spektrix.toml", "venue.crt", "venue.key", "api-key"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_unit_syncs_a_venue_of_the_page() {
    let sandbox = Sandbox::start().await.unwrap();
    let folder = Folder::new();
    write_credentials(&folder, &sandbox);
    let root = folder.path().display().to_string();
    let state = folder.file("state");
    // The manager replaces these specifiers.
    let replace = |text: &str| {
        let text = text.replace("%d", &root).replace("%i", "playhouse");
        text.replace("%S", &state.display().to_string())
    };
    fs::create_dir_all(state.join(replace(values("StateDirectory")[0]))).unwrap();

    let start = values("ExecStart");
    let arguments = start[0].strip_prefix("/usr/bin/spektrix ").unwrap().split(' ');
    let mut command = folder.command();
    // Also without a home: a dynamic user has none.
    command.env_remove("HOME").current_dir("/").args(arguments);
    for variable in values("Environment") {
        let (name, value) = variable.split_once('=').unwrap();
        command.env(name, replace(value));
    }
    let printed = outcome(command.output().unwrap()).success();
    assert!(printed.contains("run 1 wrote"), "{printed}");
    assert!(state.join("spektrix/playhouse/season.db").is_file());
    sandbox.stop().await;
}
