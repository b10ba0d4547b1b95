//! `spektrix decode`: prints a body of the service as JSON.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use serde::Serialize;
use spektrix_v2::{DecodeError, DecodeOptions, Decoded, Operation, OperationVisitor, operations};

use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::output;

/// The arguments of the command.
#[derive(Debug, Clone, clap::Args)]
#[command(before_help = "\
Examples:
  spektrix decode GetEvents events.xml
  curl … | spektrix decode GetEvents - | head
  spektrix decode --request AddBasketItems items.xml")]
pub struct Args {
    /// The name of the operation, such as `GetInstances`
    operation: String,
    /// The file with the body; - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The body is that of a request
    #[arg(long)]
    request: bool,
}

/// Prints the body as JSON. Parts that the schema does not have are listed on standard error.
///
/// # Errors
///
/// If the body cannot be read, or does not match the schema.
pub fn run(args: &Args) -> Result<()> {
    let body = read_body(&args.file)?;
    print(&args.operation, &body, args.request, &args.file.display().to_string())
}

/// Prints a body of an operation as JSON. The name is for errors.
pub(super) fn print(operation: &str, body: &[u8], is_request: bool, name: &str) -> Result<()> {
    let Some(result) = to_json(operation, body, is_request) else {
        return Err(unknown_operation(operation));
    };
    let (json, unknown) = result
        .map_err(|error| Failure::new(Exit::Mismatch, format!("{name} is not a body of {operation}: {error}")))?;
    for path in unknown {
        output::note(&format!("not in the schema: {}", output::printable(&path)));
    }
    output::print(&format!("{json}\n"))
}

/// Returns a body of an operation as JSON, with the paths of the parts that the schema does not have. `None` if there is no such
/// operation.
pub(super) fn to_json(operation: &str, body: &[u8], is_request: bool) -> Option<Decoding> {
    operations::visit(operation, ToJson { body, is_request })
}

/// The JSON, and the paths of unknown parts.
pub(super) type Decoding = std::result::Result<(String, Vec<String>), DecodeError>;

/// The error for an operation that does not exist.
pub(super) fn unknown_operation(name: &str) -> Failure {
    let names: Vec<_> = operations::ALL.iter().map(|info| info.name).collect();
    Failure::usage(format!("there is no operation `{name}`"))
        .with_hint(format!("the operations are {}", names.join(", ")))
}

/// As large as the client accepts by default.
const LIMIT: u64 = 64 * 1024 * 1024;

/// Reads a body from a file, or from standard input.
pub(super) fn read_body(file: &Path) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    let read = if file == Path::new("-") {
        io::stdin().take(LIMIT + 1).read_to_end(&mut body)
    } else {
        File::open(file).and_then(|file| file.take(LIMIT + 1).read_to_end(&mut body))
    };
    read.map_err(|error| Failure::io(format!("cannot read {}", file.display()), &error))?;
    if body.len() as u64 > LIMIT {
        return Err(Failure::new(
            Exit::Failure,
            format!("{} is larger than 64 MiB", file.display()),
        ));
    }
    Ok(body)
}

/// Decodes a body of the operation that it visits.
struct ToJson<'a> {
    body: &'a [u8],
    is_request: bool,
}

impl OperationVisitor for ToJson<'_> {
    type Output = Decoding;

    fn visit<O: Operation>(self) -> Decoding {
        let options = DecodeOptions::default().report_unknown(true);
        if self.is_request {
            O::decode_request(self.body, &options).map(pretty)
        } else {
            O::decode_response(self.body, &options).map(pretty)
        }
    }
}

fn pretty<T: Serialize>(decoded: Decoded<T>) -> (String, Vec<String>) {
    let json = serde_json::to_string_pretty(&decoded.value);
    // Every type of a body serializes: its maps have strings as keys.
    (json.unwrap_or_default(), decoded.unknown.into_iter().collect())
}
