//! Tests that no page contains a secret: the API key, cookies of sessions, passwords, and private keys.

use spektrix_v2_sandbox::Sandbox;
use spektrix_v2_test_support::private_key::Canary;

use super::Tester;
use crate::program::Folder;

const PASSWORD: &str = "c0rrect-h0rse";

/// Every page that there is after some requests.
fn pages(tester: &Tester, results: u32) -> Vec<(String, String)> {
    let mut addresses = vec!["/".to_owned(), "/path".to_owned()];
    for number in 1..=results {
        let views = ["xml", "json", "table", "headers", "code"];
        addresses.extend(views.map(|view| format!("/result/{number}?view={view}")));
        addresses.extend([format!("/result/{number}/edit"), format!("/result/{number}/body")]);
    }
    let page = |address: String| {
        let reply = tester.get(&address);
        assert_eq!(reply.status, 200, "{address}");
        let content = format!("{}{}", reply.headers, reply.text());
        (address, content)
    };
    addresses.into_iter().map(page).collect()
}

#[tokio::test]
async fn no_page_contains_a_secret() {
    let sandbox = Sandbox::start().await.unwrap();
    let (key, variables) = (sandbox.api_key().to_owned(), sandbox.environment());
    let seeded = sandbox.seeded_password().to_owned();
    let run = tokio::task::spawn_blocking(move || {
        let folder = Folder::new();
        let tester = Tester::start(&folder, &["tester"], &variables);
        tester.submit("/sessions/new", &[]);
        let credentials = |password: &str| {
            format!(
                "<Credentials><AddToBasket>true</AddToBasket><Email>ada.sample@example.org</Email><Password>{password}</Password></Credentials>"
            )
        };
        let mut questions = Vec::new();
        for password in [&seeded, PASSWORD] {
            let (question, page) = tester.submit(
                "/send",
                &[("operation", "AuthenticateCustomer"), ("body", &credentials(password))],
            );
            questions.push((question.clone(), page));
            tester.submit(&question, &[]);
        }
        // The service repeats what it is sent.
        tester.submit(
            "/send",
            &[("operation", "Echo"), ("p.message", &format!("my key is {key}"))],
        );
        tester.submit("/send", &[("operation", "GetBasket")]);
        tester.submit(
            "/send",
            &[
                ("method", "GET"),
                ("path", "customers"),
                ("extra", &format!("password={PASSWORD}")),
            ],
        );
        let invalid = credentials(PASSWORD).replace("Email>", "Mail>");
        let refused = tester.post("/send", &[("operation", "AuthenticateCustomer"), ("body", &invalid)]);
        assert_eq!(refused.status, 422);
        questions.push(("refused".to_owned(), refused.text()));
        let problems: [&[(&str, &str)]; 2] = [
            &[
                ("operation", "GetBands"),
                ("extra", &format!("api_key={key}\npassword={PASSWORD}")),
            ],
            &[("method", "GET"), ("path", &format!("events?api_key={key}"))],
        ];
        for fields in problems {
            let refused = tester.post("/send", fields);
            assert_eq!(refused.status, 422);
            questions.push((format!("{fields:?}"), refused.text()));
        }
        tester.submit(
            "/send",
            &[("method", "GET"), ("path", &key), ("extra", &format!("{key}=1"))],
        );
        questions.extend(pages(&tester, 6));
        for (address, page) in questions {
            for secret in [&key, &seeded, PASSWORD] {
                assert!(!page.contains(secret), "{address} contains {secret}: {page}");
            }
            for cookie in page.split("SessionId=").skip(1) {
                assert!(cookie.starts_with("***"), "{address}: {page}");
            }
        }
    });
    run.await.unwrap();
}

#[test]
fn a_private_key_that_was_pasted_is_not_shown() {
    let canary = Canary::generate();
    let folder = Folder::new();
    let tester = Tester::start(&folder, &["--sandbox", "tester"], &[]);
    for (damage, key) in canary.damaged_keys() {
        let key = String::from_utf8_lossy(&key).into_owned();
        let operation = tester.post("/send", &[("operation", "AddCustomers"), ("body", &key)]);
        assert_eq!(operation.status, 422, "{damage}");
        let (_, path) = tester.submit("/send", &[("method", "POST"), ("path", "other"), ("body", &key)]);
        for page in [operation.text(), path] {
            assert_eq!(canary.leak_in(page.as_bytes()), None, "{damage}: {page}");
        }
    }
}
