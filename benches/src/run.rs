//! One kind of work on one body, a number of times: what an instruction counter runs.

use std::fmt::Debug;
use std::hint::black_box;

use anyhow::{Context as _, Result};
use clap::ValueEnum;
use spektrix_v2::Operation;
use spektrix_v2::runtime::Element;

use crate::list::{ListVisitor, visit};
use crate::work;

/// A kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// The bare token scan: the reference for reading.
    Scan,
    /// Decoding the whole body.
    Decode,
    /// Decoding the whole body through the tokenizer alone.
    DecodeByEvents,
    /// Decoding item by item, from pieces.
    Stream,
    /// The escaping copy of the encoded text: the reference for writing.
    EscapingCopy,
    /// Encoding the decoded value.
    Encode,
    /// A tree by roxmltree, walked.
    Tree,
    /// serde's derive on quick-xml; for `GetInstances` only.
    Serde,
}

/// Does the work so many times.
pub fn run(kind: Kind, operation: &str, body: &str, times: usize) -> Result<()> {
    let work = Work { kind, body, times };
    visit(operation, work).with_context(|| format!("{operation} is not one of the lists that are measured"))?
}

/// How many items a list has.
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
    visit(operation, Count(body)).with_context(|| format!("{operation} is not one of the lists that are measured"))?
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
            Kind::DecodeByEvents => self.repeat(work::decode_by_events::<O>),
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
