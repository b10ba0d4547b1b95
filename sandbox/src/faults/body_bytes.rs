//! Bodies in JSON: a string if the body is UTF-8, and base64 otherwise.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The JSON form of a body.
#[derive(Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Json {
    Text(String),
    Base64 { base64: String },
}

pub(super) fn serialize<S: Serializer>(body: &Bytes, serializer: S) -> Result<S::Ok, S::Error> {
    let json = match str::from_utf8(body) {
        Ok(text) => Json::Text(text.to_owned()),
        Err(_) => Json::Base64 {
            base64: STANDARD.encode(body),
        },
    };
    json.serialize(serializer)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Bytes, D::Error> {
    let json = Json::deserialize(deserializer)
        .map_err(|_| D::Error::custom("a body is a string, or an object with the only member `base64`"))?;
    match json {
        Json::Text(text) => Ok(text.into()),
        Json::Base64 { base64 } => {
            let bytes = STANDARD.decode(base64);
            let invalid = |error| D::Error::custom(format!("the body is not valid base64: {error}"));
            bytes.map(Bytes::from).map_err(invalid)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fault::Fault;

    #[test]
    fn a_body_is_a_string_or_base64() {
        let cases: [(&str, &[u8]); 3] = [
            (r#""<A/>""#, b"<A/>"),
            (r#"{"base64":"/wA="}"#, b"\xff\0"),
            (r#""""#, b""),
        ];
        for (json, bytes) in cases {
            let fault = format!(r#"{{"kind":"replace_body","body":{json}}}"#);
            let parsed: Fault = serde_json::from_str(&fault).expect("valid JSON");
            assert_eq!(
                parsed,
                Fault::ReplaceBody {
                    body: bytes.to_vec().into()
                }
            );
            assert_eq!(serde_json::to_string(&parsed).expect("JSON"), fault);
        }
        for (json, expected) in [
            ("7", "a string, or an object"),
            (r#"{"base64":"?"}"#, "not valid base64"),
        ] {
            let fault = format!(r#"{{"kind":"replace_body","body":{json}}}"#);
            let error = serde_json::from_str::<Fault>(&fault).expect_err(json).to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
