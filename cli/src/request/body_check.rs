//! Checks a request body against the schema and the required parts of its operation.

use std::fmt;

use spektrix_v2::{DecodeOptions, Operation, OperationVisitor, operations};

use super::position;

/// What is wrong with a request body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line of the body, from 1. For a part that is missing, the line of the element that must contain it.
    pub line: Option<u32>,
    /// What is wrong, with its path.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

/// Returns what is wrong with a request body of this operation, in the order of checks: XML and values, then unknown
/// elements, then missing parts. A body that cannot be decoded has one problem.
pub fn check(operation: &str, body: &[u8]) -> Vec<Problem> {
    operations::visit(operation, Check { body }).unwrap_or_default()
}

struct Check<'a> {
    body: &'a [u8],
}

impl OperationVisitor for Check<'_> {
    type Output = Vec<Problem>;

    fn visit<O: Operation>(self) -> Vec<Problem> {
        let options = DecodeOptions::default().report_unknown(true);
        let decoded = match O::decode_request(self.body, &options) {
            Ok(decoded) => decoded,
            Err(error) => {
                return vec![Problem {
                    line: Some(position::line_at(self.body, error.offset())),
                    message: error.to_string(),
                }];
            }
        };
        // The service drops what it does not know without an error.
        let unknown = decoded.unknown.into_iter().map(|path| Problem {
            line: position::line_of(self.body, &path),
            message: format!("{path} is not in the schema"),
        });
        let mut problems: Vec<_> = unknown.collect();
        if let Err(invalid) = O::check_body(&decoded.value) {
            let line = invalid
                .missing()
                .next()
                .and_then(|path| position::line_of(self.body, path));
            let message = invalid.to_string();
            problems.push(Problem { line, message });
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn problems_name_path_and_line() {
        let table: [(&str, &str, &[&str]); 5] = [
            (
                "valid",
                "<BasketItems>\n<Ticket><Instance id='1'/><Plan id='2'/></Ticket>\n</BasketItems>",
                &[],
            ),
            (
                "a missing part of the second ticket",
                "<BasketItems>\n<Ticket><Instance id='1'/><Plan id='2'/></Ticket>\n\
                 <Ticket>\n<Instance id='1'/>\n</Ticket>\n</BasketItems>",
                &["line 3: BasketItems/Ticket[2]/Plan must be set"],
            ),
            (
                "an unknown element of the second ticket, and a missing part",
                "<BasketItems>\n<Ticket><Instance id='1'/><Plan id='2'/></Ticket>\n\
                 <Ticket>\n<Instance id='1'/>\n<Seat/></Ticket>\n</BasketItems>",
                &[
                    "line 5: BasketItems/Ticket/Seat is not in the schema",
                    "line 3: BasketItems/Ticket[2]/Plan must be set",
                ],
            ),
            (
                "an unknown attribute",
                "<BasketItems>\n<Ticket>\n<Instance id='1'/><Plan\nid='2' shade='3'/></Ticket>\n</BasketItems>",
                &["line 3: BasketItems/Ticket/Plan/@shade is not in the schema"],
            ),
            ("an operation without a schema for it", "", &[]),
        ];
        for (name, body, expected) in table {
            let operation = if body.is_empty() {
                "GetNothing"
            } else {
                "AddBasketItems"
            };
            let found: Vec<_> = check(operation, body.as_bytes())
                .iter()
                .map(ToString::to_string)
                .collect();
            assert_eq!(found, expected, "{name}");
        }
    }

    #[test]
    fn broken_xml_has_the_line_where_reading_stopped() {
        let found = check(
            "AddBasketItems",
            b"<BasketItems>\n<Ticket>\n<Instance id='x'/>\n</Ticket></BasketItems>",
        );
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].line, Some(3), "{found:?}");
    }
}
