//! A request as a Rust program.

use spektrix_v2::Method;

use super::{Context, body, shown};
use crate::request::Request;

/// Returns a Rust program that uses `spektrix-v2` and `tokio`.
pub fn rust(request: &Request, context: Context<'_>) -> String {
    let parameters: Vec<_> = request
        .parameters
        .iter()
        .map(|(name, value)| format!("({name:?}, {:?})", shown(name, value)))
        .collect();
    let body = body(request).map_or_else(
        || "None".to_owned(),
        |body| format!("Some({}.into())", raw_string(&body)),
    );
    let (session, caller) = if context.in_session {
        (
            "    // A new one. `Session::restore` continues a session that was saved.\n    let session = client.session();\n",
            "session",
        )
    } else {
        ("", "client")
    };
    format!(
        "//! Sends `{} {}`.\n\n\
         use spektrix_v2::{{Client, Method}};\n\n\
         #[tokio::main]\n\
         async fn main() -> Result<(), spektrix_v2::Error> {{\n    \
             let client = Client::from_env()?;\n\
             {session}    \
             let parameters = [{}];\n    \
             let body = {body};\n    \
             let response = {caller}.raw(Method::{}, {:?}, &parameters, body).await?;\n    \
             println!(\"{{}} {{}}\", response.status, String::from_utf8_lossy(&response.body));\n    \
             Ok(())\n\
         }}\n",
        request.method,
        request.path.escape_debug(),
        parameters.join(", "),
        variant(request.method),
        request.path,
    )
}

fn variant(method: Method) -> &'static str {
    match method {
        Method::Get => "Get",
        Method::Post => "Post",
        Method::Patch => "Patch",
        Method::Put => "Put",
        Method::Delete => "Delete",
        Method::Other(name) => name,
        // The enum is not exhaustive. A request has one of the methods above.
        _ => method.as_str(),
    }
}

/// Returns a raw string, with more number signs than follow a quotation mark in the text.
fn raw_string(text: &str) -> String {
    let mut signs = "#".to_owned();
    while text.contains(&format!("\"{signs}")) {
        signs.push('#');
    }
    format!("r{signs}\"{text}\"{signs}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Programs as [`rust`] writes them, so that they are compiled.
    #[expect(dead_code, clippy::print_stdout, reason = "they are programs, and need a venue")]
    mod programs {
        mod read;
        mod write;
    }

    #[test]
    fn programs_are_those_that_are_compiled() {
        let read = Request {
            method: Method::Get,
            path: "events".to_owned(),
            parameters: vec![
                ("limit".to_owned(), "3".to_owned()),
                ("all".to_owned(), r#""\"#.to_owned()),
            ],
            body: None,
        };
        assert_eq!(rust(&read, Context::default()), include_str!("tests/programs/read.rs"));
        let write = Request {
            method: Method::Post,
            path: "basket/items".to_owned(),
            parameters: Vec::new(),
            body: Some(br##"<A b="#"/>"##.to_vec()),
        };
        let context = Context {
            in_session: true,
            body_file: None,
        };
        assert_eq!(rust(&write, context), include_str!("tests/programs/write.rs"));
    }

    #[test]
    fn raw_strings_do_not_end_early() {
        assert_eq!(raw_string(r#"<A b="1"/>"#), "r#\"<A b=\"1\"/>\"#");
        assert_eq!(raw_string("\"#"), "r##\"\"#\"##");
    }
}
