//! Long lists: what is asked for, when it stops, and that it always does.

use std::pin::pin;

use futures_util::StreamExt;
use spektrix_v2::{Error, EventId, Paging};

use crate::operations::{ListIds, ids};
use crate::scripted::{Reply, Scripted};

async fn read(mut items: Paging<EventId>) -> (Vec<i32>, Option<Error>) {
    let mut read = Vec::new();
    while let Some(item) = items.next().await {
        match item {
            Ok(id) => read.push(id.get()),
            Err(error) => return (read, Some(error)),
        }
    }
    (read, None)
}

fn queries(parts: &[(u32, u32)]) -> Vec<String> {
    let query = |(offset, limit): &(u32, u32)| format!("offset={offset}&limit={limit}&api_key=test-k3y");
    parts.iter().map(query).collect()
}

struct Walk {
    why: &'static str,
    limit: Option<u32>,
    offset: Option<u32>,
    answers: Vec<String>,
    read: Vec<i32>,
    asked: Vec<(u32, u32)>,
}

#[tokio::test]
async fn a_walk_stops_where_the_list_ends() {
    let walks = [
        Walk {
            why: "a short page is the last",
            limit: Some(2),
            offset: None,
            answers: vec![ids(1..=2), ids(3..=4), ids(5..=5)],
            read: (1..=5).collect(),
            asked: vec![(0, 2), (2, 2), (4, 2)],
        },
        Walk {
            why: "a full last page is followed by an empty one",
            limit: Some(2),
            offset: None,
            answers: vec![ids(1..=2), ids([])],
            read: vec![1, 2],
            asked: vec![(0, 2), (2, 2)],
        },
        Walk {
            why: "an empty list",
            limit: Some(2),
            offset: None,
            answers: vec![ids([])],
            read: vec![],
            asked: vec![(0, 2)],
        },
        Walk {
            why: "100 items a page unless said otherwise, from the offset on",
            limit: None,
            offset: Some(7),
            answers: vec![ids(8..=107), ids([108])],
            read: (8..=108).collect(),
            asked: vec![(7, 100), (107, 100)],
        },
        Walk {
            why: "a server that sends more than was asked for is believed",
            limit: Some(2),
            offset: None,
            answers: vec![ids(1..=5), ids([])],
            read: (1..=5).collect(),
            asked: vec![(0, 2), (5, 2)],
        },
        Walk {
            why: "a limit of nothing ends with an empty page",
            limit: Some(0),
            offset: None,
            answers: vec![ids([])],
            read: vec![],
            asked: vec![(0, 0)],
        },
    ];
    for walk in walks {
        let transport = Scripted::new(walk.answers.into_iter().map(Reply::ok));
        let mut operation = ListIds::default();
        operation.page.limit = walk.limit;
        operation.page.offset = walk.offset;
        operation.page.all = Some(true);
        let (read, error) = read(transport.client().call(operation).items()).await;
        assert!(error.is_none(), "{}: {error:?}", walk.why);
        assert_eq!(read, walk.read, "{}", walk.why);
        assert_eq!(transport.queries(), queries(&walk.asked), "{}", walk.why);
    }
}

#[tokio::test]
async fn a_server_that_ignores_the_offset_is_an_error_and_no_endless_loop() {
    let transport = Scripted::new([Reply::ok(ids(1..=2)), Reply::ok(ids(1..=2))]);
    let (read, error) = read(transport.client().call(ListIds::default()).limit(2).items()).await;
    assert_eq!(read, [1, 2], "no item comes twice");
    assert_eq!(
        error.unwrap().to_string(),
        "GetEvents (GET events): the service sent the same part of the list again, instead of the part from item 2 on: \
         it seems to ignore `offset`: ask for everything at once with `all`"
    );
}

#[tokio::test]
async fn an_error_ends_the_stream() {
    let transport = Scripted::new([Reply::ok(ids(1..=2)), Reply::status(503, ""), Reply::ok(ids([3]))]);
    let mut items = transport.client().call(ListIds::default()).limit(2).items();
    for id in [1, 2] {
        assert_eq!(items.next().await.unwrap().unwrap(), EventId::new(id));
    }
    assert!(items.next().await.unwrap().unwrap_err().is_server());
    assert!(items.next().await.is_none());
    assert!(items.next().await.is_none());
    assert_eq!(transport.requests().len(), 2);
}

#[tokio::test]
async fn nothing_is_fetched_before_it_is_asked_for() {
    let transport = Scripted::new([Reply::ok(ids(1..=2)), Reply::ok(ids(3..=4))]);
    let mut items = transport.client().call(ListIds::default()).limit(2).items();
    assert_eq!(transport.requests().len(), 0);
    items.next().await.unwrap().unwrap();
    items.next().await.unwrap().unwrap();
    assert_eq!(transport.requests().len(), 1);
    drop(items);
    assert_eq!(transport.requests().len(), 1);
}

#[tokio::test]
async fn pages_come_whole_and_never_empty() {
    let transport = Scripted::new([Reply::ok(ids(1..=2)), Reply::ok(ids(3..=4)), Reply::ok(ids([]))]);
    let pages = transport.client().call(ListIds::default()).limit(2).pages();
    let lengths: Vec<_> = pages.map(|page| page.unwrap().len()).collect().await;
    assert_eq!(lengths, [2, 2]);
}

#[tokio::test]
async fn all_asks_once_for_everything() {
    let transport = Scripted::new([Reply::ok(ids(1..=30))]);
    let call = transport.client().call(ListIds::default()).limit(2).offset(1);
    assert_eq!(call.all().await.unwrap().len(), 30);
    assert_eq!(transport.queries(), ["all=true&api_key=test-k3y"]);
}

#[tokio::test]
async fn streams_can_be_sent_to_another_thread_and_pinned_or_not() {
    fn needs<S: futures_util::Stream + Send + Unpin + 'static>(stream: S) -> S {
        stream
    }
    let transport = Scripted::new([Reply::ok(ids([1]))]);
    let items = needs(transport.client().call(ListIds::default()).items());
    let count = tokio::spawn(async move { pin!(items).count().await }).await.unwrap();
    assert_eq!(count, 1);
}
