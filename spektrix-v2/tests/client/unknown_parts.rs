//! Tests of unknown parts of responses: each is reported once, for every way to read the response.

use std::sync::{Arc, Mutex};

use spektrix_v2::operations::GetBands;

use crate::scripted::{Reply, Scripted};

const NEW: &str = r#"<Bands><Band id="1" rank="2"><Name>Stalls</Name><Colour>red</Colour></Band></Bands>"#;
const NEWER: &str = r#"<Bands><Band id="1" rank="2"><Name>Stalls</Name><Shade/></Band></Bands>"#;

#[tokio::test]
async fn each_unknown_part_is_reported_once() {
    let reported = Arc::new(Mutex::new(Vec::new()));
    let hook = Arc::clone(&reported);
    let transport = Scripted::new([NEW, NEW, NEWER, NEWER].map(Reply::ok));
    let client = transport
        .builder()
        .on_unknown(move |operation, path| hook.lock().unwrap().push(format!("{operation} {path}")))
        .build()
        .unwrap();
    client.send(GetBands::new()).await.unwrap();
    client.clone().send(GetBands::new()).await.unwrap();
    let mut bands = client.bands().stream();
    while let Some(band) = bands.next().await {
        band.unwrap();
    }
    client.bands().all().await.unwrap();
    let expected = [
        "GetBands Bands/Band/@rank",
        "GetBands Bands/Band/Colour",
        "GetBands Bands/Band/Shade",
    ];
    assert_eq!(*reported.lock().unwrap(), expected);
}

#[tokio::test]
async fn without_a_hook_unknown_parts_are_skipped() {
    let transport = Scripted::new([Reply::ok(NEW)]);
    assert_eq!(transport.client().bands().all().await.unwrap().len(), 1);
}
