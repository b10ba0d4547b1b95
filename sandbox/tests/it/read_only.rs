//! A read-only sandbox: every write is refused, whatever it sends, and everything can be read.

use spektrix_v2::{Effect, operations};
use spektrix_v2_sandbox::Sandbox;

use crate::support::{Visitor, accepted_client, expect_refusal, get, url};

async fn read_only() -> Sandbox {
    Sandbox::builder().read_only(true).start().await.expect("a sandbox")
}

#[tokio::test]
async fn every_write_is_refused() {
    let sandbox = read_only().await;
    let mut visitor = Visitor::new(&sandbox);
    visitor.session = Some(sandbox.seeded_session_id().to_owned());
    let before = visitor.send("GET", "basket", None).await.expect("a basket");
    let mut refused = 0;
    for operation in operations::ALL
        .iter()
        .filter(|operation| operation.effect == Effect::Write)
    {
        // Neither the parameters nor the body matter.
        let result = visitor
            .send(operation.method.as_str(), operation.path, Some("<Nonsense>"))
            .await;
        expect_refusal(result, 403, "no longer created, changed or deleted");
        refused += 1;
        let [request] = &sandbox.requests_for(operation.name)[..] else {
            panic!("{}: one request", operation.name)
        };
        assert_eq!(
            (request.body_text().as_str(), request.status),
            ("<Nonsense>", Some(403))
        );
    }
    assert_eq!(refused, 14);
    assert_eq!(visitor.send("GET", "basket", None).await.expect("a basket"), before);
}

#[tokio::test]
async fn every_form_of_an_update_is_refused() {
    let sandbox = read_only().await;
    let client = accepted_client(&sandbox);
    let cases = [("PATCH", None), ("PROPPATCH", None), ("POST", Some("PATCH"))];
    for (method, method_override) in cases {
        let path = format!("basket?api_key={}", sandbox.api_key());
        let mut request = client.request(method.parse().expect("a method"), url(&sandbox, &path));
        if let Some(method_override) = method_override {
            request = request.header("X-HTTP-Method-Override", method_override);
        }
        let response = request.send().await.expect("a response");
        assert_eq!(response.status(), 403, "{method}");
        let page = response.text().await.expect("a page");
        assert!(page.contains("UpdateBasket is refused"), "{page}");
    }
}

#[tokio::test]
async fn a_wrong_request_is_not_a_refused_write() {
    let sandbox = read_only().await;
    let mut visitor = Visitor::new(&sandbox);
    let cases = [
        ("DELETE", "events", 405, "is not allowed here"),
        ("POST", "nowhere", 404, "no operation at 'nowhere'"),
        ("GET", "basket", 404, "no cookie SessionId"),
    ];
    for (method, path, status, expected) in cases {
        expect_refusal(visitor.send(method, path, None).await, status, expected);
    }
    assert_eq!(get(&sandbox, "instances?limit=1").await.0, 200);
}
