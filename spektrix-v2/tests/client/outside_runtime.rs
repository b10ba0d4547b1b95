//! Tests of every entry point outside a Tokio runtime: an error instead of a panic.

use futures_util::FutureExt;
use spektrix_v2::catalogue::{Catalogue, LiveCatalogue};
use spektrix_v2::{CustomerId, Error, Method, PrintAtHomeLinkId, SessionId};

use crate::operations::{ListIds, NeedsSession, RetiredWrite};
use crate::scripted::{Reply, Scripted};

fn at_first_poll<T>(future: impl Future<Output = T>) -> T {
    future.now_or_never().expect("the result is there at the first poll")
}

fn check(error: &Error) {
    assert!(error.is_configuration(), "{error}");
    assert!(
        error.to_string().contains("not sent: there is no Tokio runtime: "),
        "{error}"
    );
    assert_eq!(error.attempts(), 0);
}

#[test]
fn calls_are_errors() {
    let transport = Scripted::default();
    let client = transport.client();
    let session = client.resume_session(SessionId::new("a1").unwrap());
    check(&at_first_poll(client.send(ListIds::default())).unwrap_err());
    check(&at_first_poll(client.call(ListIds::default()).into_future()).unwrap_err());
    check(&at_first_poll(client.call(ListIds::default()).all()).unwrap_err());
    check(
        &at_first_poll(client.call(ListIds::default()).items().next())
            .unwrap()
            .unwrap_err(),
    );
    check(
        &at_first_poll(client.call(ListIds::default()).pages().next())
            .unwrap()
            .unwrap_err(),
    );
    check(
        &at_first_poll(client.call(ListIds::default()).stream().next())
            .unwrap()
            .unwrap_err(),
    );
    check(&at_first_poll(session.send(NeedsSession)).unwrap_err());
    check(&at_first_poll(session.send(RetiredWrite::default())).unwrap_err());
    check(&at_first_poll(session.basket().into_future()).unwrap_err());
    check(&at_first_poll(client.event(1)).unwrap_err());
    let document = client.download_ticket(CustomerId::new(1), PrintAtHomeLinkId::new(2));
    check(&at_first_poll(document).unwrap_err());
    check(&at_first_poll(client.call(ListIds::default()).raw()).unwrap_err());
    check(&at_first_poll(client.call(ListIds::default()).bytes()).unwrap_err());
    check(&at_first_poll(client.raw(Method::Get, "ids", &[], None).into_future()).unwrap_err());
    check(&at_first_poll(client.customer(1)).unwrap_err());
    check(&at_first_poll(Catalogue::load(&client)).unwrap_err());
    let mut catalogue = Catalogue::default();
    check(&at_first_poll(catalogue.refresh(&client)).unwrap_err());
    check(&at_first_poll(catalogue.refresh_statuses(&client)).unwrap_err());
    check(&at_first_poll(LiveCatalogue::start(&client)).unwrap_err());
    assert!(transport.requests().is_empty());
}

#[test]
fn a_background_task_is_an_error() {
    let client = Scripted::default().client();
    let session = client.resume_session(SessionId::new("a1").unwrap());
    let error = session
        .keep_alive_every(std::time::Duration::from_secs(60))
        .unwrap_err();
    assert!(error.is_configuration(), "{error}");
}

/// A stream or a download that leaves the runtime in which it began.
#[test]
fn what_began_in_a_runtime_is_an_error_outside() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let transport = Scripted::new([Reply::ok("%PDF"), Reply::ok("%PDF")]);
    let client = transport.client();
    let start = || client.download_ticket(CustomerId::new(1), PrintAtHomeLinkId::new(2));
    let mut document = runtime.block_on(start()).unwrap();
    let saved = runtime.block_on(start()).unwrap();
    drop(runtime);
    assert_eq!(at_first_poll(document.next()).unwrap().unwrap(), "%PDF");
    let error = at_first_poll(document.next()).unwrap().unwrap_err();
    assert!(error.to_string().contains("there is no Tokio runtime"), "{error}");
    let error = at_first_poll(saved.save("/nowhere/tickets.pdf")).unwrap_err();
    assert!(error.to_string().contains("there is no Tokio runtime"), "{error}");
}
