//! `spektrix call`: sends any request, and shows the response as it is.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::thread;

use spektrix_v2::{Client, Method, RawResponse, operations};
use tokio::sync::oneshot;

use super::decode::{self, read_body, unknown_operation};
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::output;
use crate::request::snippets::{self, Context};
use crate::request::{self, Request};
use crate::session_file::SessionFile;

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
  spektrix call POST customers --body customer.xml --dry-run
  spektrix call POST basket/items --body items.xml --session visitor.session --yes
  spektrix call GET basket --session visitor.session")]
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
    /// The file with a visitor's session, as secret as a password. The first change of a basket creates it
    #[arg(long, value_name = "FILE")]
    session: Option<PathBuf>,
    /// Print the response decoded as JSON
    #[arg(long)]
    json: bool,
    /// Print the request line and the response headers before the body
    #[arg(long)]
    include: bool,
    /// Print the request and the same as a curl command, without sending it
    #[arg(long)]
    dry_run: bool,
    /// Send a write without a question. v2 has refused writes since 2025 (documented)
    #[arg(long)]
    yes: bool,
    /// Send a body that does not match the schema of its operation
    #[arg(long)]
    force: bool,
}

/// Sends the request and prints the response.
///
/// # Errors
///
/// If the arguments or the body are invalid, if a write is not confirmed, or if the service refuses it.
pub async fn run(args: &Args, client: &Client) -> Result<()> {
    let request = request(args)?;
    if !args.force {
        check_body(&request)?;
    }
    if args.dry_run {
        return output::print(&dry_run(args, &request));
    }
    if request.is_write() && !args.yes {
        confirm(&request).await?;
    }
    let response = send(args, &request, client).await?;
    if args.include {
        output::print(&headers(&request, &response))?;
    }
    print_body(args, &request, &response)
}

async fn send(args: &Args, request: &Request, client: &Client) -> Result<RawResponse> {
    let Some(path) = &args.session else {
        return Ok(request.send(client).await?);
    };
    let file = SessionFile::open(path, client).await?;
    let result = request.send_within(file.session()).await;
    file.save()?;
    if file.session().lost_baskets() > 0 {
        output::note("the basket had expired: it contains only what was just added");
    }
    Ok(result?)
}

/// Returns the request line, and the request as a curl command. The body is not printed: it may be the wrong file.
fn dry_run(args: &Args, request: &Request) -> String {
    let file = args.body.as_ref().filter(|path| *path != Path::new("-"));
    let file = file.map_or_else(|| "body.xml".into(), |path| path.to_string_lossy());
    let context = Context {
        in_session: args.session.is_some(),
        body_file: Some(&file),
    };
    format!("{}\n\n{}", request.line(), snippets::curl(request, context))
}

fn print_body(args: &Args, request: &Request, response: &RawResponse) -> Result<()> {
    if !args.json {
        return output::print_bytes(&response.body);
    }
    match request.info() {
        Some(info) => decode::print(info.name, &response.body, false, &request.line()),
        None => Err(
            Failure::usage("only the response of an operation on the help feed can be decoded")
                .with_hint("leave out --json"),
        ),
    }
}

fn request(args: &Args) -> Result<Request> {
    let (method, path, pairs) = target(args)?;
    let parameters: Result<Vec<_>> = pairs.iter().map(|pair| request::parameter(pair)).collect();
    Ok(Request {
        method,
        path,
        parameters: parameters?,
        body: args.body.as_deref().map(read_body).transpose()?,
    })
}

fn check_body(request: &Request) -> Result<()> {
    let problems: Vec<_> = request.problems().iter().map(ToString::to_string).collect();
    if problems.is_empty() {
        return Ok(());
    }
    let message = format!("not sent: the body is invalid: {}", problems.join("; "));
    Err(Failure::usage(message).with_hint("--force sends it as it is"))
}

/// Splits the arguments into the method, the path, and the parameters.
fn target(args: &Args) -> Result<(Method, String, &[String])> {
    if let Some(info) = operations::ALL.iter().find(|info| info.name == args.target) {
        return Ok((info.method, info.path.to_owned(), &args.rest));
    }
    let method = request::method(&args.target).ok_or_else(|| unknown_operation(&args.target))?;
    let Some((path, pairs)) = args.rest.split_first() else {
        return Err(
            Failure::usage(format!("{} needs a path", args.target)).with_hint("for example: spektrix call GET events")
        );
    };
    Ok((method, request::path(path)?, pairs))
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
