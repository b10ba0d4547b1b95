//! Prints the tables, row by row.

use anyhow::Result;
use clap::ValueEnum as _;
use spektrix_v2_benches::{Bodies, Kind, OPERATIONS, Variant, item_count};

use crate::valgrind::{Count, Form, Valgrind, name_of, precise};

/// Counts and prints.
pub(crate) struct Tables<'a> {
    pub(crate) source: &'a Bodies,
    pub(crate) valgrind: Valgrind,
}

impl Tables<'_> {
    /// Prints everything about the unchanged bodies.
    pub(crate) fn overview(&self) -> Result<()> {
        line(&[
            "",
            "bytes",
            "items",
            "scan: instructions per byte",
            "decode / scan",
            "decode on the plain path / scan",
            "stream / decode",
            "tree / scan",
            "serde derive / scan",
            "encode / escaping copy",
            "allocations per item: decode, stream",
        ]);
        rule(11);
        for operation in OPERATIONS {
            line(&self.overview_of(operation)?);
        }
        Ok(())
    }

    /// Prints the ratios for the same lists written in other ways.
    pub(crate) fn variants(&self) -> Result<()> {
        line(&["", "written", "bytes", "decode / scan", "stream / decode"]);
        rule(5);
        for operation in OPERATIONS {
            for variant in Variant::value_variants() {
                let form = Form {
                    variant: *variant,
                    ..Form::UNCHANGED
                };
                let bytes = form.body(self.source, operation)?.len();
                let (scan, decode) = (
                    self.instructions(Kind::Scan, operation, form)?,
                    self.instructions(Kind::Decode, operation, form)?,
                );
                line(&[
                    operation.to_owned(),
                    name_of(variant)?,
                    bytes.to_string(),
                    format!("{:.3}", decode / scan),
                    format!("{:.3}", self.instructions(Kind::Stream, operation, form)? / decode),
                ]);
            }
        }
        Ok(())
    }

    /// Prints the instructions for 1, 10 and 100 times the items. If those per byte stay the same, the work is linear.
    pub(crate) fn scale(&self) -> Result<()> {
        line(&[
            "",
            "times",
            "bytes",
            "decode: instructions per byte",
            "stream",
            "encode",
        ]);
        rule(6);
        for operation in OPERATIONS {
            for scale in [1, 10, 100] {
                let form = Form {
                    scale,
                    ..Form::UNCHANGED
                };
                let bytes = form.body(self.source, operation)?.len();
                let mut cells = vec![operation.to_owned(), scale.to_string(), bytes.to_string()];
                for kind in [Kind::Decode, Kind::Stream, Kind::Encode] {
                    let instructions = self.instructions(kind, operation, form)?;
                    cells.push(format!("{:.3}", instructions / precise(bytes)));
                }
                line(&cells);
            }
        }
        Ok(())
    }

    fn instructions(&self, kind: Kind, operation: &str, form: Form) -> Result<f64> {
        self.valgrind.count(Count::Instructions, kind, operation, form)
    }

    fn overview_of(&self, operation: &str) -> Result<Vec<String>> {
        let form = Form::UNCHANGED;
        let body = form.body(self.source, operation)?;
        let instructions = |kind| self.instructions(kind, operation, form);
        let ratio = |kind, to: f64| -> Result<String> { Ok(format!("{:.3}", instructions(kind)? / to)) };
        let items = precise(item_count(operation, &body)?);
        let allocations =
            |kind| -> Result<f64> { Ok(self.valgrind.count(Count::Allocations, kind, operation, form)? / items) };
        let (scan, decode) = (instructions(Kind::Scan)?, instructions(Kind::Decode)?);
        let serde = match operation {
            "GetInstances" => ratio(Kind::Serde, scan)?,
            _ => String::new(),
        };
        Ok(vec![
            operation.to_owned(),
            body.len().to_string(),
            items.to_string(),
            format!("{:.2}", scan / precise(body.len())),
            format!("{:.3}", decode / scan),
            ratio(Kind::DecodeOnPlainPath, scan)?,
            ratio(Kind::Stream, decode)?,
            ratio(Kind::Tree, scan)?,
            serde,
            ratio(Kind::Encode, instructions(Kind::EscapingCopy)?)?,
            format!("{:.1}, {:.1}", allocations(Kind::Decode)?, allocations(Kind::Stream)?),
        ])
    }
}

#[expect(clippy::print_stdout, reason = "the output of this program")]
fn line<T: AsRef<str>>(cells: &[T]) {
    let cells: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
    println!("| {} |", cells.join(" | "));
}

fn rule(columns: usize) {
    line(&vec!["---"; columns]);
}
