//! Decodes a body by the name of its operation, and encodes it again.

use std::collections::BTreeSet;
use std::fmt;

use anyhow::{Context as _, Result};
use spektrix_v2::runtime::{Codec, Style};
use spektrix_v2::{BodyNames, DecodeOptions, Operation, OperationInfo, OperationVisitor, operations};

/// The request or the response of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The request.
    Request,
    /// The response.
    Response,
}

impl Side {
    /// Returns the element names of the body on this side.
    pub fn names(self, info: &OperationInfo) -> BodyNames {
        match self {
            Self::Request => info.request,
            Self::Response => info.response,
        }
    }

    fn style(self) -> Style {
        match self {
            Self::Request => Style::Request,
            Self::Response => Style::Response,
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Request => "request",
            Self::Response => "response",
        })
    }
}

/// The result of decoding a body. Bodies with the same meaning have equal readings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The value, without its secrets.
    pub json: String,
    /// The value encoded again, as the client or the service writes it, with its secrets.
    pub xml: String,
    /// The paths that the schema does not know.
    pub unknown: BTreeSet<String>,
}

/// Decodes a body and encodes it again.
pub fn read(operation: &str, side: Side, body: &[u8], options: &DecodeOptions) -> Result<Reading> {
    let visitor = Read {
        side,
        body,
        options: options.clone().report_unknown(true),
    };
    operations::visit(operation, visitor).with_context(|| format!("there is no operation {operation}"))?
}

struct Read<'a> {
    side: Side,
    body: &'a [u8],
    options: DecodeOptions,
}

impl OperationVisitor for Read<'_> {
    type Output = Result<Reading>;

    fn visit<O: Operation>(self) -> Self::Output {
        match self.side {
            Side::Request => self.read::<O::Codec, O::Request>(&O::INFO),
            Side::Response => self.read::<O::Codec, O::Response>(&O::INFO),
        }
    }
}

impl Read<'_> {
    fn read<C: Codec<B>, B: serde::Serialize>(&self, info: &OperationInfo) -> Result<Reading> {
        let names = self.side.names(info);
        let decoded = C::decode(self.body, names, &self.options)?;
        let xml = C::encode(&decoded.value, names, self.side.style())?;
        Ok(Reading {
            json: serde_json::to_string_pretty(&decoded.value)?,
            xml: xml.context("nothing was written")?,
            unknown: decoded.unknown,
        })
    }
}
