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
