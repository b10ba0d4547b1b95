//! Tests that the scripts of the drift job post only fixed sentences, for any keys and any output of xtask.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use spektrix_v2_test_support::private_key::Canary;

const NOT_FETCHED: &str = "The help pages could not be fetched. The log of the job \"drift\" has the reason.\n";
const NOT_COMPARED: &str = "The help pages could not be compared. The log of the job \"drift\" has the reason.\n";

/// What a hostile page could make xtask print.
const HOSTILE: &str = "CANARY @everyone Fixes #1 ``` ![](https://elsewhere.invalid/)";

/// A folder to run scripts in, with a folder of programs that is first in their path.
struct Job {
    folder: TempDir,
}

impl Job {
    fn new() -> anyhow::Result<Self> {
        let job = Self {
            folder: TempDir::new()?,
        };
        fs::create_dir(job.path("bin"))?;
        fs::create_dir(job.path("temp"))?;
        Ok(job)
    }

    fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    /// Adds a program to the path of the scripts.
    fn program(&self, name: &str, script: &str) -> anyhow::Result<PathBuf> {
        let path = self.path("bin").join(name);
        fs::write(&path, format!("#!/usr/bin/env bash\n{script}\n"))?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
        Ok(path)
    }

    fn run(&self, script: &str, variables: &[(&str, &str)]) -> anyhow::Result<Output> {
        let path = std::env::var("PATH").unwrap_or_default();
        let output = Command::new(xtask::workspace::path(".github/drift").join(script))
            .current_dir(self.folder.path())
            .env("PATH", format!("{}:{path}", self.path("bin").display()))
            .env("RUNNER_TEMP", self.path("temp"))
            .env("GITHUB_OUTPUT", self.path("github-output"))
            .env_remove("SPEKTRIX_API_KEY")
            .envs(variables.iter().copied())
            .output()?;
        Ok(output)
    }

    /// Returns the text of a file; empty if there is none.
    fn text(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap_or_default()
    }

    /// Returns the content of all files.
    fn files(&self) -> anyhow::Result<Vec<u8>> {
        fn add(folder: &Path, bytes: &mut Vec<u8>) -> anyhow::Result<()> {
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                if path.is_dir() {
                    add(&path, bytes)?;
                } else {
                    bytes.extend(fs::read(&path)?);
                }
            }
            Ok(())
        }
        let mut bytes = Vec::new();
        add(self.folder.path(), &mut bytes)?;
        Ok(bytes)
    }
}

fn all(output: &Output) -> Vec<u8> {
    [&output.stdout[..], &output.stderr[..]].concat()
}

#[test]
fn compare_prints_and_stores_no_damaged_key() -> anyhow::Result<()> {
    let canary = Canary::generate();
    for (damage, key) in canary.damaged_keys() {
        // A variable cannot hold zero bytes.
        let key = String::from_utf8_lossy(&key).replace('\0', "");
        let job = Job::new()?;
        let variables = [
            ("XTASK", env!("CARGO_BIN_EXE_xtask")),
            ("BASE_URL", "https://127.0.0.1:9/venue/api/v2"),
            ("CERT", &canary.certificate),
            ("KEY", &key),
        ];
        let output = job.run("compare.sh", &variables)?;
        let printed = [all(&output), job.files()?].concat();
        let text = String::from_utf8_lossy(&printed);
        assert!(output.status.success(), "{damage}: {text}");
        assert_eq!(canary.leak_in(&printed), None, "{damage}: {text}");
        assert_eq!(job.text("drift.md"), NOT_FETCHED, "{damage}: {text}");
        assert_eq!(job.text("github-output"), "outcome=2\n", "{damage}: {text}");
        assert!(
            text.contains("caused by: --key "),
            "the log lacks the reason: {damage}: {text}"
        );
        assert_eq!(
            fs::read_dir(job.path("temp"))?.count(),
            0,
            "{damage}: a key was not removed"
        );
    }
    Ok(())
}

#[test]
fn compare_posts_no_error_of_xtask() -> anyhow::Result<()> {
    let rows = [
        ("exit 1", NOT_FETCHED, "outcome=2\n"),
        ("[ $1 = fetch ]; exit $(($? * 2))", NOT_COMPARED, "outcome=2\n"),
        ("[ $1 = fetch ]; exit $(($? * 101))", NOT_COMPARED, "outcome=2\n"),
        (
            "[ $1 = fetch ] || echo '| table |'; [ $1 = fetch ]",
            "| table |\n",
            "outcome=1\n",
        ),
        ("[ $1 = fetch ] || echo 'No drift.'", "No drift.\n", "outcome=0\n"),
    ];
    for (script, expected, outcome) in rows {
        let job = Job::new()?;
        let xtask = job.program(
            "xtask",
            &format!("echo '{HOSTILE}' >&2; env | grep -c '^KEY=' >&2; {script}"),
        )?;
        let variables = [
            ("XTASK", xtask.to_str().unwrap_or_default()),
            ("CERT", "certificate"),
            ("KEY", "key"),
        ];
        let output = job.run("compare.sh", &variables)?;
        assert!(output.status.success(), "{script}: {output:?}");
        assert_eq!(job.text("drift.md"), expected, "{script}");
        assert_eq!(job.text("github-output"), outcome, "{script}");
        let log = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(log.contains("CANARY"), "the log lacks the reason: {log}");
        assert!(
            log.lines().any(|line| line == "0"),
            "xtask was given the key in its environment: {log}"
        );
    }
    Ok(())
}

/// Creates a repository with pages, and a folder of new pages.
fn checkout(job: &Job) -> anyhow::Result<()> {
    let script = "set -e
        export GIT_CONFIG_GLOBAL=/dev/null
        git init --quiet --bare origin.git && git init --quiet --initial-branch main .
        mkdir -p schemas spektrix-v2/src/generated new-schemas
        echo readme > schemas/README.md && echo old > schemas/help.atom && echo code > spektrix-v2/src/generated/ids.rs
        git add schemas spektrix-v2
        git -c user.name=t -c user.email=t@example.invalid commit --quiet --message start
        git remote add origin \"$PWD/origin.git\"
        echo new > new-schemas/help.atom && echo '| table |' > drift.md";
    let output = Command::new("bash")
        .args(["-c", script])
        .current_dir(job.folder.path())
        .output()?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}

#[test]
fn pull_request_has_the_table_and_fixed_sentences() -> anyhow::Result<()> {
    let generated = "The code is generated. Document the changes in the overlay (see CONTRIBUTING.md).\n";
    let stops = "codegen stops. The reason is in the log of the job \"drift\"; `cargo xtask codegen` on this branch \
                 prints it, too.\n";
    for (exit, expected) in [("exit 0", generated), ("exit 1", stops)] {
        let job = Job::new()?;
        checkout(&job)?;
        let xtask = job.program("xtask", &format!("echo '{HOSTILE}' | tee /dev/stderr; {exit}"))?;
        let xtask = xtask.display().to_string();
        // Records the calls of gh, and the files that it would post.
        job.program(
            "gh",
            "echo \"$*\" >> gh.log; [ \"$2\" = list ] || cat \"${@: -1}\" >> posted.md",
        )?;

        let output = job.run("generate.sh", &[("XTASK", &xtask)])?;
        assert!(output.status.success(), "{output:?}");
        assert_eq!(job.text("schemas/README.md"), "readme\n");
        assert_eq!(job.text("schemas/help.atom"), "new\n");
        assert_eq!(job.text("gh.log"), "", "generate.sh called gh");
        let output = job.run("issue.sh", &[("GH_TOKEN", "token")])?;
        assert!(output.status.success(), "{output:?}");
        let output = job.run("propose.sh", &[("GH_TOKEN", "token")])?;
        assert!(output.status.success(), "{output:?}");

        assert_eq!(job.text("posted.md"), format!("| table |\n| table |\n\n{expected}"));
        let calls = job.text("gh.log");
        assert!(
            calls.contains("issue create") && calls.contains("pr create --head drift"),
            "{calls}"
        );
        assert!(!calls.contains("token") && !calls.contains("CANARY"), "{calls}");
        let pushed = Command::new("git")
            .args(["--git-dir", "origin.git", "show", "drift:schemas/help.atom"])
            .current_dir(job.folder.path())
            .output()?;
        assert_eq!(pushed.stdout, b"new\n", "{pushed:?}");
    }
    Ok(())
}
