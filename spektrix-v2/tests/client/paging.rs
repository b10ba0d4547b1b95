//! Tests of lists that are fetched page by page: the requests, and where they end.

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

fn queries(pages: &[(u32, u32)]) -> Vec<String> {
    let query = |(offset, limit): &(u32, u32)| format!("offset={offset}&limit={limit}&api_key=test-k3y");
    pages.iter().map(query).collect()
}

struct Case {
    name: &'static str,
    limit: Option<u32>,
    offset: Option<u32>,
    responses: Vec<String>,
    items: Vec<i32>,
    requested: Vec<(u32, u32)>,
}

#[tokio::test]
async fn paging_ends_where_the_list_ends() {
    let cases = [
        Case {
            name: "a short page is followed by an empty one",
            limit: Some(2),
            offset: None,
            responses: vec![ids(1..=2), ids(3..=4), ids(5..=5), ids([])],
            items: (1..=5).collect(),
            requested: vec![(0, 2), (2, 2), (4, 2), (5, 2)],
        },
        Case {
            name: "the server allows fewer items than requested",
            limit: Some(100),
            offset: None,
            responses: vec![ids(1..=50), ids(51..=100), ids(101..=119), ids([])],
            items: (1..=119).collect(),
            requested: vec![(0, 100), (50, 100), (100, 100), (119, 100)],
        },
        Case {
            name: "the server leaves an item out after it has cut the page",
            limit: Some(3),
            offset: None,
            // The second of eight items is left out.
            responses: vec![ids([1, 3]), ids(3..=5), ids(6..=8), ids([])],
            items: vec![1, 3, 4, 5, 6, 7, 8],
            requested: vec![(0, 3), (2, 3), (5, 3), (8, 3)],
        },
        Case {
            name: "items that are left out at the start of the list",
            limit: Some(3),
            offset: None,
            // The first two of three items are left out.
            responses: vec![ids([3]), ids([3]), ids([3]), ids([])],
            items: vec![3],
            requested: vec![(0, 3), (1, 3), (2, 3), (3, 3)],
        },
        Case {
            name: "an item occurs twice in one page",
            limit: Some(3),
            offset: None,
            responses: vec![ids([1, 1, 2]), ids([])],
            items: vec![1, 1, 2],
            requested: vec![(0, 3), (3, 3)],
        },
        Case {
            name: "a full last page is followed by an empty one",
            limit: Some(2),
            offset: None,
            responses: vec![ids(1..=2), ids([])],
            items: vec![1, 2],
            requested: vec![(0, 2), (2, 2)],
        },
        Case {
            name: "an empty list",
            limit: Some(2),
            offset: None,
            responses: vec![ids([])],
            items: vec![],
            requested: vec![(0, 2)],
        },
        Case {
            name: "100 items per page by default, from the offset on",
            limit: None,
            offset: Some(7),
            responses: vec![ids(8..=107), ids([108]), ids([])],
            items: (8..=108).collect(),
            requested: vec![(7, 100), (107, 100), (108, 100)],
        },
        Case {
            name: "a server sends more items than requested",
            limit: Some(2),
            offset: None,
            responses: vec![ids(1..=5), ids([])],
            items: (1..=5).collect(),
            requested: vec![(0, 2), (5, 2)],
        },
        Case {
            name: "a limit of 0 ends with an empty page",
            limit: Some(0),
            offset: None,
            responses: vec![ids([])],
            items: vec![],
            requested: vec![(0, 0)],
        },
    ];
    for case in cases {
        let transport = Scripted::new(case.responses.into_iter().map(Reply::ok));
        let mut operation = ListIds::default();
        operation.page.limit = case.limit;
        operation.page.offset = case.offset;
        operation.page.all = Some(true);
        let (read, error) = read(transport.client().call(operation).items()).await;
        assert!(error.is_none(), "{}: {error:?}", case.name);
        assert_eq!(read, case.items, "{}", case.name);
        assert_eq!(transport.queries(), queries(&case.requested), "{}", case.name);
    }
}

#[tokio::test]
async fn a_server_that_ignores_the_offset_is_an_error() {
    let transport = Scripted::new([Reply::ok(ids(1..=2)), Reply::ok(ids(1..=2))]);
    let (read, error) = read(transport.client().call(ListIds::default()).limit(2).items()).await;
    assert_eq!(read, [1, 2], "no item is returned twice");
    assert_eq!(
        error.unwrap().to_string(),
        "GetEvents: the service sent items of the list again, instead of the page from item 2 on: it may ignore \
         `offset`. Request the whole list with `all`"
    );
}

/// The items count, and not how they are written.
#[tokio::test]
async fn a_server_that_ignores_all_parameters_is_an_error() {
    let again = |time: u32| {
        Reply::ok(format!(
            "<Events><!-- {time} --><Event id=\"1\"/><Event id=\"2\"/></Events>"
        ))
    };
    let transport = Scripted::new((0..5).map(again));
    let (read, error) = read(transport.client().call(ListIds::default()).items()).await;
    assert_eq!(read, [1, 2]);
    let error = error.unwrap();
    assert_eq!(error.kind(), spektrix_v2::ErrorKind::Paging, "{error}");
    assert_eq!(
        transport.requests().len(),
        5,
        "short pages may repeat items a few times"
    );
}

/// The same element is in every page: with items, it shows that the last page is empty.
#[tokio::test]
async fn an_unknown_element_in_every_page_is_no_error() {
    let page = |items: &str| Reply::ok(format!("<Events><Total>2</Total>{items}</Events>"));
    let transport = Scripted::new([page("<Event id=\"1\"/><Event id=\"2\"/>"), page("")]);
    let (items, error) = read(transport.client().call(ListIds::default()).items()).await;
    assert_eq!((items, error.is_none()), (vec![1, 2], true));
    let transport = Scripted::new([page("")]);
    let (items, error) = read(transport.client().call(ListIds::default()).items()).await;
    assert!(
        items.is_empty() && error.unwrap().is_decode(),
        "it may be a renamed item"
    );
}

#[tokio::test]
async fn items_without_identifiers_are_compared_as_pages() {
    use spektrix_v2::operations::GetInstanceStatus;
    let item = |available: u32| {
        format!(
            "<InstancePlanStatus><Plan id=\"2\"/><Instance id=\"1\"/><Name>Stalls</Name><Available>{available}</Available>\
             <Capacity>9</Capacity><Locked>0</Locked><Reserved>0</Reserved><Selected>0</Selected><Sold>0</Sold>\
             </InstancePlanStatus>"
        )
    };
    let page = |items: &[u32], comment: &str| {
        let items: String = items.iter().map(|available| item(*available)).collect();
        Reply::ok(format!("<InstancePlanStatuses>{comment}{items}</InstancePlanStatuses>"))
    };
    let transport = Scripted::new([page(&[1, 2], ""), page(&[2, 2], ""), page(&[2, 2], "<!-- again -->")]);
    let mut pages = transport.client().call(GetInstanceStatus::new()).limit(2).pages();
    assert_eq!(pages.next().await.unwrap().unwrap().len(), 2);
    assert_eq!(pages.next().await.unwrap().unwrap().len(), 2);
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), spektrix_v2::ErrorKind::Paging, "{error}");
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
async fn nothing_is_fetched_before_it_is_read() {
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
async fn pages_are_complete_and_never_empty() {
    let transport = Scripted::new([Reply::ok(ids(1..=2)), Reply::ok(ids(3..=4)), Reply::ok(ids([]))]);
    let pages = transport.client().call(ListIds::default()).limit(2).pages();
    let lengths: Vec<_> = pages.map(|page| page.unwrap().len()).collect().await;
    assert_eq!(lengths, [2, 2]);
}

#[tokio::test]
async fn all_sends_one_request() {
    let transport = Scripted::new([Reply::ok(ids(1..=30))]);
    let call = transport.client().call(ListIds::default()).limit(2).offset(1);
    assert_eq!(call.all().await.unwrap().len(), 30);
    assert_eq!(transport.queries(), ["all=true&api_key=test-k3y"]);
}

#[tokio::test]
async fn paging_is_send_and_unpin() {
    fn needs<S: futures_util::Stream + Send + Unpin + 'static>(stream: S) -> S {
        stream
    }
    let transport = Scripted::new([Reply::ok(ids([1])), Reply::ok(ids([]))]);
    let items = needs(transport.client().call(ListIds::default()).items());
    let count = tokio::spawn(async move { pin!(items).count().await }).await.unwrap();
    assert_eq!(count, 1);
}
