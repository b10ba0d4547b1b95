//! What the API serves at one time. Each list is serialized once, and compressed once for each encoding that is requested.

use std::io::Write as _;
use std::sync::Arc;

use axum::http::{HeaderMap, HeaderValue, header};
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use spektrix_v2::catalogue::Catalogue;
use tokio::sync::OnceCell;
use tokio::task::spawn_blocking;

use super::problem::Problem;
use super::query::Query;
use super::resource::{Rendered, Resource};
use crate::export::{Export, ExportError};

/// A catalogue, and the lists that were rendered from it.
pub(super) struct Snapshot {
    pub(super) catalogue: Arc<Catalogue>,
    /// Whether tickets are sold depends on the time.
    pub(super) at: Timestamp,
    export: Arc<Export>,
    cells: [Cell; Resource::ALL.len()],
    /// The last calendar that was rendered before.
    previous_calendar: Option<Bytes>,
}

/// The representations of one list, each rendered when it is first requested.
#[derive(Default)]
struct Cell {
    identity: OnceCell<Representation>,
    gzip: OnceCell<Representation>,
    brotli: OnceCell<Representation>,
}

/// A list as bytes.
#[derive(Debug, Clone)]
pub(super) struct Representation {
    pub(super) bytes: Bytes,
    /// Of these bytes: it is strong.
    pub(super) etag: HeaderValue,
    pub(super) encoding: Encoding,
    pub(super) total: Option<usize>,
}

/// A content coding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Identity,
    Gzip,
    Brotli,
}

impl Snapshot {
    pub(super) fn new(catalogue: Arc<Catalogue>, at: Timestamp, export: Arc<Export>, previous: Option<&Self>) -> Self {
        let calendar = previous.and_then(|previous| {
            let rendered = previous.cell(Resource::Calendar).identity.get();
            rendered
                .map(|calendar| calendar.bytes.clone())
                .or_else(|| previous.previous_calendar.clone())
        });
        Self {
            catalogue,
            at,
            export,
            cells: Default::default(),
            previous_calendar: calendar,
        }
    }

    /// Renders what was requested of the previous snapshot, so that no request waits for it.
    pub(super) async fn warm(self: &Arc<Self>, previous: &Self) {
        for resource in Resource::ALL {
            for encoding in [Encoding::Identity, Encoding::Gzip, Encoding::Brotli] {
                if previous.cell(resource).of(encoding).initialized() {
                    // An error is found again by the request.
                    let _ = self.whole(resource, encoding).await;
                }
            }
        }
    }

    /// Returns a whole list.
    pub(super) async fn whole(
        self: &Arc<Self>,
        resource: Resource,
        encoding: Encoding,
    ) -> Result<Representation, Problem> {
        let cell = self.cell(resource);
        if let Some(ready) = cell.of(encoding).get() {
            return Ok(ready.clone());
        }
        let identity = cell
            .identity
            .get_or_try_init(|| self.render(resource, Query::default()))
            .await?;
        if encoding == Encoding::Identity {
            return Ok(identity.clone());
        }
        let compress = || async {
            let plain = identity.clone();
            blocking(move || compressed(&plain, encoding)).await
        };
        cell.of(encoding).get_or_try_init(compress).await.cloned()
    }

    /// Renders the part of a list that a query selects.
    pub(super) async fn render(self: &Arc<Self>, resource: Resource, query: Query) -> Result<Representation, Problem> {
        let snapshot = Arc::clone(self);
        blocking(move || {
            let previous = snapshot.previous_calendar.as_deref();
            let (catalogue, export) = (&snapshot.catalogue, &snapshot.export);
            let rendered = resource.render(catalogue, export, snapshot.at, &query, previous)?;
            Ok(Representation::identity(rendered))
        })
        .await
    }

    fn cell(&self, resource: Resource) -> &Cell {
        // Variants are numbered in the order of `ALL`.
        &self.cells[resource as usize]
    }
}

/// Renders in a thread that may take its time.
async fn blocking(
    render: impl FnOnce() -> Result<Representation, ExportError> + Send + 'static,
) -> Result<Representation, Problem> {
    let failed = |why: &dyn std::fmt::Display| {
        tracing::error!("a list could not be rendered: {why}");
        Problem::new(
            axum::http::StatusCode::INTERNAL_SERVER_ERROR,
            "the list could not be rendered",
        )
    };
    match spawn_blocking(render).await {
        Ok(result) => result.map_err(|error| failed(&error)),
        Err(error) => Err(failed(&error)),
    }
}

impl Cell {
    fn of(&self, encoding: Encoding) -> &OnceCell<Representation> {
        match encoding {
            Encoding::Identity => &self.identity,
            Encoding::Gzip => &self.gzip,
            Encoding::Brotli => &self.brotli,
        }
    }
}

impl Representation {
    pub(super) fn identity(mut rendered: Rendered) -> Self {
        // While it grew, it had room for up to twice as much.
        rendered.bytes.shrink_to_fit();
        let hash = Sha256::digest(&rendered.bytes);
        let (first, _) = hash.split_at(16);
        let hash = u128::from_be_bytes(first.try_into().unwrap_or_default());
        Self {
            etag: etag(&format!("\"{hash:032x}\"")),
            bytes: rendered.bytes.into(),
            encoding: Encoding::Identity,
            total: rendered.total,
        }
    }
}

fn etag(text: &str) -> HeaderValue {
    // Hexadecimal digits and quotation marks are valid.
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("\"\""))
}

impl Encoding {
    /// Returns the encoding that a client accepts and that is smallest. Quality values only matter if they are 0.
    pub(super) fn accepted(headers: &HeaderMap) -> Self {
        let values = headers.get_all(header::ACCEPT_ENCODING).into_iter();
        let values = values
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','));
        let mut best = Self::Identity;
        for value in values {
            let (name, parameters) = value.split_once(';').unwrap_or((value, ""));
            let quality = parameters
                .trim()
                .strip_prefix("q=")
                .and_then(|quality| quality.parse::<f32>().ok());
            if quality == Some(0.0) {
                continue;
            }
            match name.trim() {
                "br" => return Self::Brotli,
                "gzip" | "x-gzip" => best = Self::Gzip,
                _ => {}
            }
        }
        best
    }

    pub(super) const fn name(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }
}

/// Compresses a list. The tag is another one, because the bytes are others.
fn compressed(plain: &Representation, encoding: Encoding) -> Result<Representation, ExportError> {
    let failed = |error: std::io::Error| ExportError::new(error);
    let bytes = if encoding == Encoding::Brotli {
        // Quality 5 is about as fast as gzip, and smaller.
        let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, 5, 22);
        writer.write_all(&plain.bytes).map_err(failed)?;
        writer.into_inner()
    } else {
        let mut writer = GzEncoder::new(Vec::new(), Compression::default());
        writer.write_all(&plain.bytes).map_err(failed)?;
        writer.finish().map_err(failed)?
    };
    let hash = plain.etag.to_str().unwrap_or_default().trim_matches('"');
    let name = encoding.name().unwrap_or_default();
    Ok(Representation {
        etag: etag(&format!("\"{hash}-{name}\"")),
        bytes: bytes.into(),
        encoding,
        total: plain.total,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_negotiated() {
        let table = [
            (None, Encoding::Identity),
            (Some("gzip, deflate, br"), Encoding::Brotli),
            (Some("gzip, br;q=0"), Encoding::Gzip),
            (Some("gzip;q=0"), Encoding::Identity),
            (Some("GZIPPED, *"), Encoding::Identity),
            (Some("gzip;q=0.5"), Encoding::Gzip),
        ];
        for (value, expected) in table {
            let mut headers = HeaderMap::new();
            if let Some(value) = value {
                headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(value));
            }
            assert_eq!(Encoding::accepted(&headers), expected, "{value:?}");
        }
    }
}
