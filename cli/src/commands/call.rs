//! `spektrix call`: sends any request, and shows the response as it is.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::thread;

use spektrix_v2::{Client, DecodeOptions, Method, Operation, OperationInfo, OperationVisitor, RawResponse, operations};
use tokio::sync::oneshot;

use super::decode::{self, read_body, unknown_operation};
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::output;

/// The arguments of the command.
#[derive(Debug, Clone, clap::Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an independent flag of the command line"
)]
#[command(before_help = "\
Examples:
  spektrix --sandbox call GET events limit=3
  spektrix call GetEvents event_id=7001 --json
  spektrix call GET customers email=jo@example.org --include
  spektrix call POST customers --body customer.xml --dry-run")]
pub struct Args {
    /// The name of an operation, such as `GetEvents`; or a method, followed by a path below api/v2/
    #[arg(value_name = "OPERATION | METHOD PATH")]
    target: String,
    /// The path after a method; then parameters as NAME=VALUE
    #[arg(value_name = "NAME=VALUE")]
    rest: Vec<String>,
    /// The file with the body as XML; - for standard input
    #[arg(long, value_name = "FILE")]
    body: Option<PathBuf>,
    /// Print the response decoded as JSON
    #[arg(long)]
    json: bool,
    /// Print the request line and the response headers before the body
    #[arg(long)]
    include: bool,
    /// Print the request without sending it
    #[arg(long)]
    dry_run: bool,
    /// Send a write without a question. v2 has refused writes since 2025 (documented)
    #[arg(long)]
    yes: bool,
    /// Send a body that does not match the schema of its operation
    #[arg(long)]
    force: bool,
}

/// What is sent.
struct Request {
    method: Method,
    path: String,
    parameters: Vec<(String, String)>,
    body: Option<Vec<u8>>,
    /// The operation that it is, if it is one.
    info: Option<&'static OperationInfo>,
}

/// Sends the request and prints the response.
///
/// # Errors
///
/// If the arguments or the body are invalid, if a write is not confirmed, or if the service refuses it.
pub async fn run(args: &Args, client: &Client) -> Result<()> {
    let request = Request::of(args)?;
    if !args.force {
        request.check_body()?;
    }
    if args.dry_run {
        return output::print(&format!("{}\n", request.line()));
    }
    if !matches!(request.method, Method::Get) && !args.yes {
        confirm(&request).await?;
    }
    let parameters = request
        .parameters
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    let parameters: Vec<_> = parameters.collect();
    let body = request.body.clone().map(Into::into);
    let response = client.raw(request.method, &request.path, &parameters, body).await?;
    if args.include {
        output::print(&headers(&request, &response))?;
    }
    print_body(args, &request, &response)
}

fn print_body(args: &Args, request: &Request, response: &RawResponse) -> Result<()> {
    if !args.json {
        return output::print_bytes(&response.body);
    }
    match request.info {
        Some(info) => decode::print(info.name, &response.body, false, &request.line()),
        None => Err(
            Failure::usage("only the response of an operation on the help feed can be decoded")
                .with_hint("leave out --json"),
        ),
    }
}

impl Request {
    fn of(args: &Args) -> Result<Self> {
        let (method, path, pairs) = target(args)?;
        let parameters: Result<Vec<_>> = pairs.iter().map(|pair| parameter(pair)).collect();
        let body = args.body.as_deref().map(read_body).transpose()?;
        let info = operations::ALL
            .iter()
            .find(|info| info.method == method && info.path == path);
        Ok(Self {
            method,
            path,
            parameters: parameters?,
            body,
            info,
        })
    }

    /// The request line without its secrets.
    fn line(&self) -> String {
        let mut query: Vec<_> = self
            .parameters
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        query.push("api_key=***".to_owned());
        format!("{} {}?{}", self.method, self.path, query.join("&"))
    }

    fn check_body(&self) -> Result<()> {
        let (Some(info), Some(body)) = (self.info, &self.body) else {
            return Ok(());
        };
        let problem = operations::visit(info.name, Check { body }).flatten();
        match problem {
            Some(problem) => Err(Failure::usage(format!("not sent: the body is invalid: {problem}"))
                .with_hint("--force sends it as it is")),
            None => Ok(()),
        }
    }
}

/// Splits the arguments into the method, the path, and the parameters.
fn target(args: &Args) -> Result<(Method, String, &[String])> {
    if let Some(info) = operations::ALL.iter().find(|info| info.name == args.target) {
        return Ok((info.method, info.path.to_owned(), &args.rest));
    }
    let method = match args.target.to_ascii_uppercase().as_str() {
        "GET" => Method::Get,
        "POST" => Method::Post,
        "PATCH" => Method::Patch,
        "PUT" => Method::Put,
        "DELETE" => Method::Delete,
        _ => return Err(unknown_operation(&args.target)),
    };
    let Some((path, pairs)) = args.rest.split_first() else {
        return Err(
            Failure::usage(format!("{} needs a path", args.target)).with_hint("for example: spektrix call GET events")
        );
    };
    Ok((method, path.trim_matches('/').to_owned(), pairs))
}

fn parameter(pair: &str) -> Result<(String, String)> {
    let pair = pair
        .split_once('=')
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    pair.ok_or_else(|| Failure::usage("a parameter is written as NAME=VALUE"))
}

async fn confirm(request: &Request) -> Result<()> {
    if !io::stdin().is_terminal() {
        return Err(Failure::usage(format!("not sent: {} is a write", request.line())).with_hint("--yes sends it"));
    }
    output::note(&format!("{} changes data. Send it? [y/N]", request.line()));
    let _ = io::stderr().flush();
    let reply = read_line()
        .await
        .map_err(|error| Failure::io("cannot read the reply", &error))?;
    if matches!(reply.trim(), "y" | "Y" | "yes") {
        Ok(())
    } else {
        Err(Failure::new(Exit::Failure, "not sent"))
    }
}

/// Reads a line in a separate thread, so that Ctrl-C ends the program while it waits. The runtime would wait for a thread of
/// its pool.
async fn read_line() -> io::Result<String> {
    let (sender, receiver) = oneshot::channel();
    thread::spawn(move || {
        let mut line = String::new();
        // Nobody receives it after Ctrl-C.
        let _ = sender.send(io::stdin().read_line(&mut line).map(|_| line));
    });
    receiver.await.unwrap_or_else(|_| Ok(String::new()))
}

fn headers(request: &Request, response: &RawResponse) -> String {
    let lines = response.headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes());
        format!("< {name}: {}\n", output::printable(&value))
    });
    let lines: Vec<_> = lines.collect();
    format!("> {}\n< {}\n{}\n", request.line(), response.status, lines.concat())
}

/// Checks a request body against the schema and the required parts of the operation that it visits.
struct Check<'a> {
    body: &'a [u8],
}

impl OperationVisitor for Check<'_> {
    type Output = Option<String>;

    fn visit<O: Operation>(self) -> Option<String> {
        let options = DecodeOptions::default().report_unknown(true);
        match O::decode_request(self.body, &options) {
            Err(error) => Some(error.to_string()),
            Ok(decoded) => match decoded.unknown.into_iter().next() {
                // The service drops what it does not know without an error.
                Some(path) => Some(format!("{path} is not in the schema")),
                None => O::check_body(&decoded.value).err().map(|error| error.to_string()),
            },
        }
    }
}
