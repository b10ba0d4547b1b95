//! Tests of `spektrix call --session`: a basket over several runs, and the file that keeps it.

use std::os::unix::fs::PermissionsExt as _;

use jiff::Timestamp;
use spektrix_v2::catalogue::Catalogue;
use spektrix_v2_sandbox::Sandbox;

use crate::program::{Folder, Outcome, outcome};

/// Runs the program against a sandbox of the test.
async fn call(sandbox: &Sandbox, folder: &Folder, arguments: &[&str]) -> Outcome {
    let mut command = folder.command();
    command.arg("call").args(arguments).envs(sandbox.environment());
    let run = tokio::task::spawn_blocking(move || command.output().unwrap());
    outcome(run.await.unwrap())
}

/// A ticket for a performance that is on sale.
async fn ticket(sandbox: &Sandbox) -> String {
    let catalogue = Catalogue::load(&sandbox.client().unwrap()).await.unwrap();
    let now = Timestamp::now();
    let mut upcoming = catalogue.between(now..);
    let instance = upcoming.find(|instance| {
        catalogue
            .availability(instance.id, now)
            .is_some_and(|seats| seats.is_on_sale())
    });
    let instance = instance.unwrap().id;
    let plan = catalogue.bookable_plans_of(instance).next().unwrap();
    let band = plan.bands[0];
    let price = catalogue
        .prices_of(instance)
        .find(|price| price.band.is_some_and(|found| found.id == band));
    let (plan, ticket_type) = (plan.id, price.unwrap().ticket_type.unwrap().id);
    format!(
        "<BasketItems><Ticket><Band id=\"{band}\"/><Instance id=\"{instance}\"/><Plan id=\"{plan}\"/>\
         <TicketType id=\"{ticket_type}\"/></Ticket></BasketItems>"
    )
}

#[tokio::test]
async fn a_basket_is_kept_between_two_calls() {
    let sandbox = Sandbox::start().await.unwrap();
    let folder = Folder::new();
    folder.write("items.xml", &ticket(&sandbox).await);
    let add = [
        "POST",
        "basket/items",
        "--body",
        "items.xml",
        "--yes",
        "--session",
        "visitor.session",
    ];
    let get = ["GET", "basket", "--session", "visitor.session"];

    call(&sandbox, &folder, &get).await.fails(4, "needs a session");
    assert!(!folder.file("visitor.session").exists(), "nothing has started");
    for tickets in [1, 2] {
        call(&sandbox, &folder, &add).await.success();
        let basket = call(&sandbox, &folder, &get).await.success();
        assert_eq!(basket.matches("<Ticket id=").count(), tickets, "{basket}");
        let mode = folder.file("visitor.session").metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{tickets}");
    }
    let other = [&get[..3], &["other.session"]].concat();
    call(&sandbox, &folder, &other).await.fails(4, "session");

    sandbox.advance(std::time::Duration::from_mins(11));
    let late = call(&sandbox, &folder, &add).await;
    assert!(late.stderr.contains("the basket had expired"), "{}", late.stderr);
    late.success();
}

#[tokio::test]
async fn files_that_are_no_private_session_are_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let folder = Folder::new();
    let set_mode = |name: &str, mode| {
        std::fs::set_permissions(folder.file(name), std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let table = [
        (
            "open.session",
            0o644,
            1,
            "other users of this machine can read open.session",
        ),
        ("text.session", 0o600, 2, "cannot use text.session"),
    ];
    for (name, mode, code, message) in table {
        folder.write(name, "not a session");
        set_mode(name, mode);
        let arguments = ["GET", "basket", "--session", name];
        call(&sandbox, &folder, &arguments).await.fails(code, message);
        assert_eq!(std::fs::read_to_string(folder.file(name)).unwrap(), "not a session");
    }
    assert!(sandbox.requests().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn nothing_is_sent_if_the_session_cannot_be_kept() {
    let sandbox = Sandbox::start().await.unwrap();
    let folder = Folder::new();
    folder.write("items.xml", "<BasketItems/>");
    let made = std::process::Command::new("mkfifo").arg(folder.file("pipe")).status();
    assert!(made.unwrap().success());
    std::os::unix::fs::symlink("nowhere", folder.file("link")).unwrap();
    let table = [
        ("no/such/folder", 1, "cannot write no/such/folder: No such file"),
        ("pipe", 2, "pipe: it is not a file"),
        (".", 2, ".: it is not a file"),
        ("link", 1, "cannot read link"),
    ];
    for (name, code, message) in table {
        let arguments = [
            "POST",
            "basket/items",
            "--body",
            "items.xml",
            "--force",
            "--yes",
            "--session",
            name,
        ];
        let failed = call(&sandbox, &folder, &arguments).await;
        assert!(!failed.stderr.contains(".tmp"), "{}", failed.stderr);
        failed.fails(code, message);
    }
    assert!(sandbox.requests().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn calls_with_the_same_file_wait_for_each_other() {
    let sandbox = Sandbox::start().await.unwrap();
    let folder = Folder::new();
    folder.write("items.xml", &ticket(&sandbox).await);
    let add = |name: &'static str| {
        [
            "POST",
            "basket/items",
            "--body",
            "items.xml",
            "--yes",
            "--session",
            name,
        ]
    };
    // One of them starts the session. The link leads to the same file.
    folder.write("visitor.session", "");
    std::fs::set_permissions(folder.file("visitor.session"), std::fs::Permissions::from_mode(0o600)).unwrap();
    std::os::unix::fs::symlink("visitor.session", folder.file("link")).unwrap();
    let arguments = ["visitor.session", "link", "visitor.session"].map(add);
    let calls = arguments.iter().map(|arguments| call(&sandbox, &folder, arguments));
    for outcome in futures_util::future::join_all(calls).await {
        outcome.success();
    }
    assert!(folder.file("link").is_symlink());
    let basket = call(&sandbox, &folder, &["GET", "basket", "--session", "link"])
        .await
        .success();
    assert_eq!(basket.matches("<Ticket id=").count(), 3, "{basket}");
}
