//! The plan for one request: what the faults that fire for it do, before it is processed and to its response.

use std::time::Duration;

use bytes::Bytes;
use http::{Response, header};

use super::fault::Fault;
use super::outcome::{Outcome, set_coding, set_header};
use super::replacements;
use super::response_body::{Drip, Ending, ResponseBody};
use crate::api::{PagingFaults, XML};

/// The faults that fire for one request.
#[derive(Debug)]
pub(crate) struct FaultPlan(Vec<Fault>);

impl FaultPlan {
    pub(crate) fn new(faults: Vec<Fault>) -> Self {
        Self(faults)
    }

    /// Returns the delay before the request is processed.
    pub(crate) fn delay(&self) -> Duration {
        let delays = self.0.iter().map(|fault| match fault {
            Fault::Latency { delay } => *delay,
            _ => Duration::ZERO,
        });
        delays.fold(Duration::ZERO, Duration::saturating_add)
    }

    /// Returns whether the session of the request is removed before the request is processed.
    pub(crate) fn forgets_session(&self) -> bool {
        self.0.contains(&Fault::ForgetSession)
    }

    /// Returns whether the session gets a new id after the request was processed.
    pub(crate) fn renames_session(&self) -> bool {
        self.0.contains(&Fault::NewSessionId)
    }

    /// Returns whether two servers share the requests.
    pub(crate) fn has_two_servers(&self) -> bool {
        self.0.contains(&Fault::AffinityCookie)
    }

    /// Returns how the server deviates from the paging that the request asks for.
    pub(crate) fn paging(&self) -> PagingFaults {
        let mut paging = PagingFaults::default();
        for fault in &self.0 {
            match fault {
                Fault::CapLimit { items } => paging.max_items = Some(*items),
                Fault::IgnoreLimit => paging.ignores_limit = true,
                Fault::IgnoreOffset => paging.ignores_offset = true,
                Fault::IgnoreAll => paging.ignores_all = true,
                Fault::HideItem { index } => paging.hidden.push(*index),
                Fault::ItemsInserted { count } => paging.inserted = *count,
                Fault::ItemsRemoved { count } => paging.removed = *count,
                _ => {}
            }
        }
        paging
    }

    /// Returns the outcome if a fault replaces the response, so that the request must not be processed.
    pub(crate) fn replacement(&self) -> Option<Outcome> {
        let fault = self.0.iter().find(|fault| fault.replaces_response())?;
        if let Some(response) = replacements::response(fault) {
            return Some(self.apply(response));
        }
        Some(match fault {
            Fault::FreezeConnection => Outcome::Freeze,
            Fault::RefuseStream => Outcome::ResetStream(h2::Reason::REFUSED_STREAM),
            Fault::RequireHttp1 => Outcome::ResetStream(h2::Reason::HTTP_1_1_REQUIRED),
            Fault::GoAway { .. } => Outcome::GoAway,
            _ => Outcome::Reset,
        })
    }

    /// Applies the faults to a response, in the order in which they were injected.
    pub(crate) fn apply(&self, response: Response<Bytes>) -> Outcome {
        let mut response = response.map(ResponseBody::from);
        for fault in &self.0 {
            if *fault == Fault::LoseResponse {
                return Outcome::Reset;
            }
            apply(fault, &mut response);
        }
        if self.0.contains(&Fault::GoAway { graceful: true }) {
            Outcome::RespondAndEnd(response)
        } else {
            Outcome::Respond(response)
        }
    }
}

fn apply(fault: &Fault, response: &mut Response<ResponseBody>) {
    let body = response.body_mut();
    match fault {
        Fault::Drip { chunk, pause } => {
            let (chunk, pause) = (*chunk, *pause);
            body.drip = Some(Drip { chunk, pause });
        }
        Fault::Stall { after } => body.ending = Ending::Stall(*after),
        Fault::ResetWithinBody { after } => body.ending = Ending::Reset(*after),
        Fault::Truncated { after } => body.truncate(*after),
        Fault::Oversized { bytes } => body.oversize(*bytes),
        Fault::Malformed => body.make_malformed(),
        Fault::EmptyBody => body.truncate(0),
        Fault::EmptyList => body.remove_items(),
        Fault::ReplaceBody { body: other } => replace_body(response, other),
        Fault::ContentType { value } => set_header(response, header::CONTENT_TYPE, value),
        Fault::ByteOrderMark => body.add_byte_order_mark(),
        Fault::Utf16 => {
            body.encode_as_utf16();
            set_header(response, header::CONTENT_TYPE, "application/xml; charset=utf-16");
        }
        Fault::UnknownParts => body.add_unknown_parts(),
        Fault::FalseXmlEncoding { encoding } => body.declare_encoding(encoding),
        Fault::FalseContentEncoding { value } => set_header(response, header::CONTENT_ENCODING, value),
        Fault::Compress { coding } => set_coding(response, *coding),
        Fault::CompressionBomb { coding, bytes } => {
            body.oversize(*bytes);
            set_coding(response, *coding);
        }
        // The others have their effect before there is a response, or replace it.
        _ => {}
    }
}

fn replace_body(response: &mut Response<ResponseBody>, body: &Bytes) {
    *response.body_mut() = ResponseBody {
        content: body.clone(),
        padding: None,
        ..response.body().clone()
    };
    if !response.headers().contains_key(header::CONTENT_TYPE) {
        set_header(response, header::CONTENT_TYPE, XML);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::api::ContentCoding;

    /// Generates faults that change a body.
    fn body_faults() -> impl Strategy<Value = Fault> {
        prop_oneof![
            (0_usize..60).prop_map(|after| Fault::Truncated { after }),
            (0_u64..60).prop_map(|bytes| Fault::Oversized { bytes }),
            Just(Fault::Malformed),
            Just(Fault::EmptyBody),
            Just(Fault::ByteOrderMark),
            Just(Fault::Utf16),
            Just(Fault::UnknownParts),
            Just(Fault::EmptyList),
            Just(Fault::ReplaceBody {
                body: Bytes::from_static(b"<A></A>")
            }),
            "[a-z]{1,8}".prop_map(|encoding| Fault::FalseXmlEncoding { encoding }),
            (0_u64..60).prop_map(|bytes| Fault::CompressionBomb {
                coding: ContentCoding::Gzip,
                bytes
            }),
        ]
    }

    proptest! {
        /// Any number of faults can be applied to any body.
        #[test]
        fn applying_faults_does_not_fail(
            body in prop_oneof![".*".prop_map(String::into_bytes), proptest::collection::vec(any::<u8>(), 0..60)],
            faults in proptest::collection::vec(body_faults(), 0..5),
        ) {
            let outcome = FaultPlan::new(faults).apply(Response::new(Bytes::from(body)));
            let body = outcome.response().expect("a response").body();
            prop_assert!(body.padding.is_none_or(|padding| padding.at <= body.content.len()));
        }
    }
}
