//! Bodies of which the help pages say nothing: bytes, as they are.

use std::collections::BTreeSet;

use super::{Body, BodyNames, DecodeError, DecodeErrorKind, DecodeOptions, Decoded, EncodeError, Style};
use crate::Secret;

/// A body of which the help pages say nothing, or nothing that could be read: a stream, JSON, any XML.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct RawBody(pub Vec<u8>);

impl RawBody {
    /// Its text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok()
    }
}

impl From<Vec<u8>> for RawBody {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl Body for RawBody {
    fn decode(bytes: &[u8], _: BodyNames, options: &DecodeOptions) -> Result<Decoded<Self>, DecodeError> {
        if bytes.len() > options.max_bytes {
            let limit = format!("{} bytes, where {} are allowed", bytes.len(), options.max_bytes);
            return Err(DecodeError::new(DecodeErrorKind::Limit(limit), String::new(), 0));
        }
        Ok(Decoded {
            value: Self(bytes.to_vec()),
            unknown: BTreeSet::new(),
        })
    }

    /// As text; bytes that are none are replaced. [`encode_bytes`](Body::encode_bytes) keeps them.
    fn encode(&self, _: BodyNames, _: Style) -> Result<Option<String>, EncodeError> {
        Ok(Some(String::from_utf8_lossy(&self.0).into_owned()))
    }

    fn encode_bytes(&self, _: BodyNames, _: Style) -> Result<Option<Vec<u8>>, EncodeError> {
        Ok(Some(self.0.clone()))
    }

    /// Nobody knows what bytes without a schema hold.
    fn secrets(&self, _: BodyNames) -> Vec<Secret> {
        Vec::new()
    }
}
