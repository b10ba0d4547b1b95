//! Parts of answers that the schemas do not know: told once each, whichever way they are read.

use std::sync::{Arc, Mutex};

use spektrix_v2::operations::GetBands;

use crate::scripted::{Reply, Scripted};

const NEW: &str = r#"<Bands><Band id="1" rank="2"><Name>Stalls</Name><Colour>red</Colour></Band></Bands>"#;
const NEWER: &str = r#"<Bands><Band id="1" rank="2"><Name>Stalls</Name><Shade/></Band></Bands>"#;

#[tokio::test]
async fn each_is_told_once() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let listener = Arc::clone(&told);
    let transport = Scripted::new([NEW, NEW, NEWER, NEWER].map(Reply::ok));
    let client = transport
        .builder()
        .on_unknown(move |operation, path| listener.lock().unwrap().push(format!("{operation} {path}")))
        .build()
        .unwrap();
    client.send(GetBands::new()).await.unwrap();
    client.clone().send(GetBands::new()).await.unwrap();
    let mut bands = client.bands().stream();
    while let Some(band) = bands.next().await {
        band.unwrap();
    }
    client.bands().all().await.unwrap();
    let told = told.lock().unwrap();
    assert_eq!(
        *told,
        [
            "GetBands Bands/Band/@rank",
            "GetBands Bands/Band/Colour",
            "GetBands Bands/Band/Shade"
        ]
    );
}

#[tokio::test]
async fn nobody_is_told_unless_asked_for() {
    let transport = Scripted::new([Reply::ok(NEW)]);
    assert_eq!(transport.client().bands().all().await.unwrap().len(), 1);
}
