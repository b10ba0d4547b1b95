//! One kind of work on one body, a number of times: what the instruction counter runs.
#![allow(clippy::unwrap_used, reason = "a failure is to end the measurement")]
use quick_xml::events::Event;
use spektrix_v2::xml::{Body, DecodeOptions, Style};
use spektrix_v2::{Operation, OperationVisitor, operations};
use std::hint::black_box;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let body = std::fs::read(&args[3]).unwrap();
    let times: usize = args[4].parse().unwrap();
    operations::visit(
        &args[2],
        Work {
            kind: &args[1],
            body: &body,
            times,
        },
    )
    .unwrap();
}

struct Work<'a> {
    kind: &'a str,
    body: &'a [u8],
    times: usize,
}

impl OperationVisitor for Work<'_> {
    type Output = ();
    fn visit<O: Operation>(self) {
        let options = DecodeOptions::default().whole_leaves(self.kind != "plain");
        let decoded = O::Response::decode(self.body, O::INFO.response, &options)
            .unwrap()
            .value;
        for _ in 0..self.times {
            match self.kind {
                "scan" => {
                    black_box(scan(self.body));
                }
                "encode" => {
                    black_box(decoded.encode(O::INFO.response, Style::Response).unwrap());
                }
                _ => {
                    black_box(O::Response::decode(black_box(self.body), O::INFO.response, &options).unwrap());
                }
            }
        }
    }
}

fn scan(body: &[u8]) -> usize {
    let mut reader = quick_xml::Reader::from_reader(body);
    let mut events = 0;
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return events,
            _ => events += 1,
        }
    }
}
