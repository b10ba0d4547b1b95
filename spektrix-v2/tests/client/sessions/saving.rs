//! A session as a text.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::*;
use spektrix_v2::{Client, SessionId};

use super::id_of;
use crate::scripted::Scripted;

fn saved(client: &Client, id: &str) -> String {
    let session = client.resume_session(SessionId::new(id).unwrap());
    session.save().unwrap().expose().to_owned()
}

#[test]
fn only_a_whole_session_of_this_client_is_restored() {
    let client = Scripted::default().client();
    let saved = saved(&client, "s3ss10n==");
    assert_eq!(
        id_of(&client.restore_session(&saved).unwrap()).as_deref(),
        Some("s3ss10n==")
    );
    assert!(!saved.contains("s3ss10n"), "{saved}");

    let of = |content: &str| format!("spektrix-session.1.{}", URL_SAFE_NO_PAD.encode(content));
    let root = "https://api.system.spektrix.com/venue/api/v2/";
    let cases = [
        (String::new(), "is no saved session"),
        ("s3ss10n==".to_owned(), "is no saved session"),
        (format!(" {saved}"), "is no saved session"),
        (
            saved.replace(".1.", ".2."),
            "is of a version that this version of spektrix-v2 does not know",
        ),
        ("spektrix-session.".to_owned(), "is of a version"),
        (format!("{saved}\n"), "is damaged"),
        (saved[..saved.len() - 2].to_owned(), "is damaged"),
        ("spektrix-session.1.".to_owned(), "is damaged"),
        ("spektrix-session.1.é".to_owned(), "is damaged"),
        (of(root), "is damaged"),
        (of(&format!("{root}\ns3ss10n==")), "is damaged"),
        (of(&format!("{root}\n\n")), "is damaged"),
        (of(&format!("{root}\ns3ss10n==\n\n")), "is damaged"),
        (of(&format!("{root}\na;b\n")), "is damaged"),
        (
            of("https://api.system.spektrix.com/other/api/v2/\ns3ss10n==\n"),
            "belongs to another venue",
        ),
        (
            of("http://localhost/venue/api/v2/\ns3ss10n==\n"),
            "belongs to another venue",
        ),
    ];
    for (text, why) in cases {
        let error = client.restore_session(&text).unwrap_err();
        assert!(error.is_invalid_request());
        assert!(error.to_string().contains(why), "{text}: {error}");
        assert!(
            !error.to_string().contains("s3ss10n") && !error.to_string().contains("localhost"),
            "{error}"
        );
    }
}

proptest! {
    #[test]
    fn every_session_comes_back(id in "[!#-+\\--:<-\\[\\]-~]{1,60}") {
        let client = Scripted::default().client();
        let restored = client.restore_session(&saved(&client, &id)).unwrap();
        prop_assert_eq!(id_of(&restored), Some(id));
    }

    #[test]
    fn no_text_does_harm(text in "(spektrix-session\\.(1\\.)?)?\\PC*") {
        // Nobody can guess a session: whatever text is made up is refused.
        prop_assert!(Scripted::default().client().restore_session(&text).is_err());
    }
}
