//! The programs of TESTING.md in curl, Python and PHP get the same responses as the Rust client.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::support::{TODAY, decode};
use spektrix_v2::operations::{GetBasket, GetEvents};
use spektrix_v2::{Basket, BasketItems, Client, Event, InstancePlanStatus, Ticket};
use spektrix_v2_sandbox::Sandbox;

const GUIDE: &str = include_str!("../../TESTING.md");

/// A language of the guide.
struct Language {
    name: &'static str,
    /// The language of its code blocks.
    code_block: &'static str,
    /// A command that succeeds if everything that is needed is installed.
    check: &'static [&'static str],
    /// The command that runs a file.
    run: &'static [&'static str],
}

const LANGUAGES: [Language; 3] = [
    Language {
        name: "curl",
        code_block: "sh",
        check: &["curl", "--version"],
        run: &["sh", "-eu"],
    },
    Language {
        name: "python3",
        code_block: "python",
        check: &["python3", "-c", "import ssl"],
        run: &["python3"],
    },
    Language {
        name: "php with its curl extension",
        code_block: "php",
        check: &["php", "-r", "curl_init();"],
        run: &["php", "-d", "display_errors=stderr"],
    },
];

impl Language {
    fn is_installed(&self) -> bool {
        let status = command(self.check).stdout(Stdio::null()).stderr(Stdio::null()).status();
        status.is_ok_and(|status| status.success())
    }

    /// Returns the program of the guide.
    fn program(&self) -> &'static str {
        let fence = format!("```{}\n", self.code_block);
        let mut programs = GUIDE.split(&fence).skip(1).filter_map(|rest| rest.split("```").next());
        programs
            .find(|program| program.contains("== basket"))
            .expect("a program")
    }
}

fn command(words: &[&str]) -> Command {
    let mut command = Command::new(words[0]);
    command.args(&words[1..]);
    command
}

/// Runs a program. Returns the text after each heading of its output.
async fn run(language: &Language, sandbox: &Sandbox, seats: &InstancePlanStatus, folder: &Path) -> Vec<String> {
    let file: PathBuf = folder.join(language.code_block);
    std::fs::write(&file, language.program()).expect("a file");
    let mut command = command(language.run);
    command
        .arg(&file)
        .envs(sandbox.environment())
        .env("INSTANCE", seats.instance.to_string())
        .env("PLAN", seats.plan.to_string());
    let output = tokio::task::spawn_blocking(move || command.output()).await;
    let output = output.expect("no panic").expect("it runs");
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.success() && errors.is_empty(),
        "{}: {errors}",
        language.name
    );
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let texts = text.strip_prefix("== ").expect("a heading").split("\n== ");
    texts
        .map(|text| text.split_once('\n').map_or("", |(_, text)| text).to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_languages_get_the_same_responses() {
    let folder = tempfile::tempdir().expect("a folder");
    for language in &LANGUAGES {
        if !language.is_installed() {
            let message = format!(
                "NOT RUN: all_languages_get_the_same_responses for {}: not installed",
                language.name
            );
            writeln!(std::io::stderr(), "{message}").expect("standard error");
            continue;
        }
        let sandbox = Sandbox::builder()
            .today(TODAY)
            .control(true)
            .start()
            .await
            .expect("a sandbox");
        let client = sandbox.client().expect("a client");
        let seats = seats(&client).await;
        let expected = client.events().all().await.expect("events");
        let expected_basket = basket_in_rust(&client, &seats).await;
        let [events, basket, edited, status] = &run(language, &sandbox, &seats, folder.path()).await[..] else {
            panic!("{}: four texts", language.name)
        };
        assert_eq!(status, "503", "{}", language.name);
        assert!(basket.starts_with("<?xml"), "{}: {basket}", language.name);
        assert_eq!(decode::<GetEvents>(events, language.name), expected);
        let edited = decode::<GetEvents>(edited, language.name);
        let on_sale = |events: &[Event]| events.iter().filter(|event| event.is_on_sale).count();
        assert_eq!((edited.len(), on_sale(&edited)), (1, 0), "{}", language.name);
        assert!(on_sale(&expected) > 0, "something was on sale before");
        let basket = decode::<GetBasket>(basket, language.name);
        assert_eq!(without_ids(basket), without_ids(expected_basket), "{}", language.name);
        assert_eq!(sandbox.faults()[0].fired, 1, "{}", language.name);
    }
}

/// Returns the basket that the Rust client gets for the same ticket.
async fn basket_in_rust(client: &Client, seats: &InstancePlanStatus) -> Basket {
    let session = client.session();
    let ticket = Ticket::new().with_instance(seats.instance).with_plan(seats.plan);
    session
        .add(BasketItems::new().with_tickets([ticket]))
        .await
        .expect("a seat");
    session.basket().await.expect("a basket")
}

/// Removes the ids of tickets, which differ between baskets.
fn without_ids(mut basket: Basket) -> Basket {
    assert_eq!(basket.tickets.len(), 1, "{basket:?}");
    for ticket in &mut basket.tickets {
        assert!(ticket.id.take().is_some(), "a ticket has an id");
    }
    basket
}

/// Returns a status with free seats, in a plan with one band, for an instance that is on sale.
async fn seats(client: &Client) -> InstancePlanStatus {
    let instances = client.instances().all().await.expect("instances");
    let is_on_sale = |status: &InstancePlanStatus| {
        let mut instances = instances.iter();
        instances.any(|instance| instance.id == status.instance && instance.is_on_sale)
    };
    let statuses = client.instance_status().all().await.expect("statuses");
    let mut with_seats = statuses
        .into_iter()
        .filter(|status| status.bands.len() == 1 && status.available > 9);
    with_seats.find(is_on_sale).expect("seats")
}
