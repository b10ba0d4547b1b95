//! Runs one kind of work on one body several times, for an instruction counter.

use std::fmt::Debug;
use std::hint::black_box;

use anyhow::{Context as _, Result};
use clap::ValueEnum;
use spektrix_v2::Operation;
use spektrix_v2::runtime::Element;

use crate::lists::{ListVisitor, visit};
use crate::work;

/// A kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Reads the tokens of a body and discards them. The reference for decoding.
    Scan,
    /// Decodes a whole body.
    Decode,
    /// Decodes a whole body without the fast path.
    DecodeOnPlainPath,
    /// Decodes a list item by item, from chunks.
    Stream,
    /// Escapes an encoded body once more, which copies it. The reference for encoding.
    EscapingCopy,
    /// Encodes a decoded value.
    Encode,
    /// Reads a tree with roxmltree, and visits its nodes.
    Tree,
    /// Deserializes with serde's derive and quick-xml. For `GetInstances` only.
    Serde,
}

/// Does the work this many times.
pub fn run(kind: Kind, operation: &str, body: &str, times: usize) -> Result<()> {
    let work = Work { kind, body, times };
    visit(operation, work).with_context(|| format!("{operation} is not one of the measured lists"))?
}

/// Counts the items of a list.
pub fn item_count(operation: &str, body: &str) -> Result<usize> {
    struct Count<'a>(&'a str);
    impl ListVisitor for Count<'_> {
        type Output = Result<usize>;

        fn visit<O, T>(self) -> Result<usize>
        where
            O: Operation<Response = Vec<T>>,
            T: Element + Debug,
        {
            work::stream::<O, T>(self.0)
        }
    }
    visit(operation, Count(body)).with_context(|| format!("{operation} is not one of the measured lists"))?
}

struct Work<'a> {
    kind: Kind,
    body: &'a str,
    times: usize,
}

impl ListVisitor for Work<'_> {
    type Output = Result<()>;

    fn visit<O, T>(self) -> Result<()>
    where
        O: Operation<Response = Vec<T>>,
        T: Element + Debug,
    {
        match self.kind {
            Kind::Scan => self.repeat(work::scan),
            Kind::Decode => self.repeat(work::decode::<O>),
            Kind::DecodeOnPlainPath => self.repeat(work::decode_on_plain_path::<O>),
            Kind::Stream => self.repeat(work::stream::<O, T>),
            Kind::Tree => self.repeat(work::tree),
            Kind::Serde => self.repeat(work::serde),
            Kind::EscapingCopy => {
                let value = work::decode::<O>(self.body)?;
                let text = work::encode::<O>(&value)?.unwrap_or_default();
                self.repeat(|_| Ok(work::escaping_copy(black_box(&text))))
            }
            Kind::Encode => {
                let value = work::decode::<O>(self.body)?;
                self.repeat(|_| work::encode::<O>(black_box(&value)))
            }
        }
    }
}

impl Work<'_> {
    fn repeat<T>(&self, work: impl Fn(&str) -> Result<T>) -> Result<()> {
        for _ in 0..self.times {
            black_box(work(black_box(self.body))?);
        }
        Ok(())
    }
}
