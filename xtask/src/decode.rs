//! `cargo xtask decode`: prints a body as JSON, decoded by the generated types.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde::Serialize;
use spektrix_v2::{DecodeOptions, Decoded, Operation, OperationVisitor, operations};

use crate::output;

/// The arguments of the command.
#[derive(clap::Args)]
#[command(
    help_template = output::HELP,
    before_help = "\
Examples:
  cargo xtask decode GetEvents events.xml
  curl … | cargo xtask decode GetEvents - | head
  cargo xtask decode --request AddBasketItems items.xml"
)]
pub struct Args {
    /// The name of the operation on the help feed: `GetInstances`
    operation: String,
    /// The file with the body; `-` means standard input
    file: PathBuf,
    /// The body is a request, not a response
    #[arg(long)]
    request: bool,
}

/// Decodes the body and prints it. Parts that the schema does not know are listed on standard error.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let (name, body) = read(&args.file)?;
    let visitor = ToJson {
        body: &body,
        is_request: args.request,
    };
    let result = operations::visit(&args.operation, visitor).with_context(|| unknown_operation(&args.operation))?;
    let (json, unknown) = result.with_context(|| format!("{name} is not a valid body of {}", args.operation))?;
    for path in unknown {
        output::note(&format!("unknown: {path}"));
    }
    output::print_line(&json)
}

/// Reads a file, or standard input, and returns a name for it.
fn read(file: &Path) -> anyhow::Result<(String, Vec<u8>)> {
    if file == Path::new("-") {
        let mut body = Vec::new();
        io::stdin()
            .read_to_end(&mut body)
            .context("cannot read standard input")?;
        return Ok(("standard input".to_owned(), body));
    }
    let name = file.display().to_string();
    let body = fs::read(file).with_context(|| format!("cannot read {name}"))?;
    Ok((name, body))
}

fn unknown_operation(name: &str) -> String {
    let names: Vec<&str> = operations::ALL.iter().map(|info| info.name).collect();
    format!("there is no operation {name}; the operations are {}", names.join(", "))
}

/// Decodes the body of the operation that it visits.
struct ToJson<'a> {
    body: &'a [u8],
    is_request: bool,
}

impl OperationVisitor for ToJson<'_> {
    /// The JSON, and the paths of unknown parts.
    type Output = anyhow::Result<(String, Vec<String>)>;

    fn visit<O: Operation>(self) -> Self::Output {
        let options = DecodeOptions::default().report_unknown(true);
        if self.is_request {
            to_json(O::decode_request(self.body, &options)?)
        } else {
            to_json(O::decode_response(self.body, &options)?)
        }
    }
}

fn to_json<T: Serialize>(decoded: Decoded<T>) -> anyhow::Result<(String, Vec<String>)> {
    let json = serde_json::to_string_pretty(&decoded.value)?;
    Ok((json, decoded.unknown.into_iter().collect()))
}
