//! Servers that page differently from what a request asks for.

use spektrix_v2_sandbox::{Fault, Injection, Sandbox};

use crate::support::{Reader, get};

/// Returns the ids of the instances in a response.
async fn ids(sandbox: &Sandbox, query: &str) -> Vec<i32> {
    let (status, body) = get(sandbox, &format!("instances?{query}")).await;
    assert_eq!(status, 200, "{query}: {body}");
    let items = body.split("<Instance id=\"").skip(1);
    let ids = items.filter_map(|item| item.split('"').next()?.parse().ok());
    ids.collect()
}

#[tokio::test]
async fn a_page_differs_from_what_was_requested() {
    let Reader { sandbox, .. } = Reader::new().await;
    let all = ids(&sandbox, "all=true").await;
    assert!(all.len() > 6, "{all:?}");
    let last = all.len();
    let faults = |faults: &[Fault]| faults.to_vec();
    let cases = [
        (faults(&[]), "limit=2&offset=1", &all[1..3]),
        (faults(&[Fault::CapLimit { items: 2 }]), "limit=5", &all[..2]),
        (faults(&[Fault::CapLimit { items: 2 }]), "limit=5&offset=2", &all[2..4]),
        (faults(&[Fault::CapLimit { items: 2 }]), "all=true", &all[..]),
        (faults(&[Fault::IgnoreLimit]), "limit=1", &all[..last.min(10)]),
        (faults(&[Fault::IgnoreOffset]), "limit=2&offset=4", &all[..2]),
        (
            faults(&[Fault::IgnoreAll, Fault::CapLimit { items: 3 }]),
            "all=true",
            &all[..3],
        ),
        (faults(&[Fault::HideItem { index: 1 }]), "limit=2", &all[..1]),
        (faults(&[Fault::HideItem { index: 1 }]), "limit=2&offset=2", &all[2..4]),
        (
            faults(&[Fault::HideItem { index: 1 }, Fault::HideItem { index: 0 }]),
            "limit=2",
            &[],
        ),
        (faults(&[Fault::ItemsInserted { count: 1 }]), "limit=3", &all[..3]),
        (
            faults(&[Fault::ItemsInserted { count: 1 }]),
            "limit=3&offset=3",
            &all[2..5],
        ),
        (faults(&[Fault::ItemsRemoved { count: 1 }]), "limit=3", &all[..3]),
        (
            faults(&[Fault::ItemsRemoved { count: 1 }]),
            "limit=3&offset=3",
            &all[4..7],
        ),
    ];
    for (faults, query, expected) in cases {
        sandbox.clear_faults();
        for fault in &faults {
            sandbox.inject(fault.clone()).expect("a valid fault");
        }
        assert_eq!(ids(&sandbox, query).await, expected, "{query} {faults:?}");
    }
}

/// Reads a list in pages, as a program does that stops at a short page. Returns the ids.
async fn read_pages(fault: impl Into<Injection>) -> (Vec<i32>, Vec<i32>) {
    let Reader { sandbox, .. } = Reader::new().await;
    let all = ids(&sandbox, "all=true").await;
    sandbox.inject(fault).expect("a valid fault");
    let mut read = Vec::new();
    for page in 0..10 {
        let ids = ids(&sandbox, &format!("limit=3&offset={}", page * 3)).await;
        read.extend_from_slice(&ids);
        if ids.len() < 3 {
            break;
        }
    }
    (all, read)
}

#[tokio::test]
async fn simple_programs_read_a_wrong_list() {
    let (all, read) = read_pages(Fault::ItemsInserted { count: 1 }).await;
    assert_eq!(
        read[..6],
        [all[0], all[1], all[2], all[2], all[3], all[4]],
        "one item twice"
    );
    let (all, read) = read_pages(Fault::ItemsRemoved { count: 1 }.after(1)).await;
    assert!(!read.contains(&all[3]), "one item is missing: {read:?}");
    let (all, read) = read_pages(Fault::HideItem { index: 1 }).await;
    assert_eq!(read, [all[0], all[2]], "the short page was not the last one");
    let (all, read) = read_pages(Fault::IgnoreOffset).await;
    assert_eq!(read.len(), 30, "it never ends: {}", all.len());
}

#[tokio::test]
async fn a_replay_pages_differently_as_well() {
    let folder = tempfile::tempdir().expect("a folder");
    let items: Vec<_> = (1..=9).map(|id| format!("<Instance id=\"{id}\"/>")).collect();
    let body = format!("<Instances>{}</Instances>", items.concat());
    std::fs::write(folder.path().join("GetInstances.xml"), body).expect("a file");
    let sandbox = Sandbox::builder()
        .replay(folder.path())
        .start()
        .await
        .expect("a sandbox");
    sandbox.inject(Fault::CapLimit { items: 2 }).expect("a valid fault");
    sandbox.inject(Fault::HideItem { index: 5 }).expect("a valid fault");
    assert_eq!(ids(&sandbox, "limit=9&offset=4").await, [5]);
}
