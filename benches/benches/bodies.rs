//! Measures the time of decoding and encoding, with references in the same run.

use std::fmt::Debug;
use std::hint::black_box;
use std::time::Instant;

use anyhow::{Context as _, Result};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use spektrix_v2::Operation;
use spektrix_v2::runtime::Element;
use spektrix_v2_benches::work::{decode, decode_on_plain_path, encode, escaping_copy, scan, serde, stream, tree};
use spektrix_v2_benches::{Bodies, ListVisitor, OPERATIONS, scaled, visit};

criterion_group!(benches, all);
criterion_main!(benches);

#[expect(clippy::print_stderr, reason = "shows what is measured")]
#[expect(clippy::expect_used, reason = "Criterion takes no result")]
fn all(criterion: &mut Criterion) {
    let bodies = Bodies::from_env();
    eprintln!("measured with {}", bodies.describe());
    for operation in OPERATIONS {
        let body = bodies.body(operation).expect("a body");
        bench(criterion, operation, body).expect("a body that can be decoded");
    }
    scale(criterion, &bodies).expect("a body that can be scaled");
}

fn bench(criterion: &mut Criterion, operation: &str, body: String) -> Result<()> {
    let bench = Bench { criterion, body };
    visit(operation, bench).context("an operation that is not measured")?
}

struct Bench<'a> {
    criterion: &'a mut Criterion,
    body: String,
}

impl ListVisitor for Bench<'_> {
    type Output = Result<()>;

    fn visit<O, T>(self) -> Result<()>
    where
        O: Operation<Response = Vec<T>>,
        T: Element + Debug,
    {
        let Self { criterion, body } = self;
        let mut decoding = group(criterion, &format!("decode {}", O::INFO.name), body.len());
        add(&mut decoding, "token scan (reference)", || scan(&body));
        add(&mut decoding, "decode", || decode::<O>(&body));
        add(&mut decoding, "decode on the plain path", || {
            decode_on_plain_path::<O>(&body)
        });
        add(&mut decoding, "stream", || stream::<O, T>(&body));
        add(&mut decoding, "tree", || tree(&body));
        if O::INFO.name == "GetInstances" {
            add(&mut decoding, "serde derive", || serde(&body));
        }
        decoding.finish();

        let value = decode::<O>(&body)?;
        let text = encode::<O>(&value)?.unwrap_or_default();
        let mut encoding = group(criterion, &format!("encode {}", O::INFO.name), text.len());
        add(&mut encoding, "escaping copy (reference)", || Ok(escaping_copy(&text)));
        add(&mut encoding, "encode", || encode::<O>(&value));
        encoding.finish();
        Ok(())
    }
}

/// Measures 1, 10 and 100 times the items. If the time per byte stays the same, it is linear.
#[expect(clippy::print_stderr, reason = "Criterion shows no time per byte")]
fn scale(criterion: &mut Criterion, bodies: &Bodies) -> Result<()> {
    use spektrix_v2::operations::GetInstances;
    let body = bodies.body("GetInstances")?;
    for times in [1, 10, 100] {
        let body = scaled(&body, times)?;
        let value = decode::<GetInstances>(&body)?;
        let mut group = group(criterion, &format!("scale GetInstances {times}x"), body.len());
        add(&mut group, "decode", || decode::<GetInstances>(&body));
        add(&mut group, "stream", || stream::<GetInstances, _>(&body));
        add(&mut group, "encode", || encode::<GetInstances>(&value));
        group.finish();
        let decode = best_per_byte(body.len(), || decode::<GetInstances>(&body));
        let stream = best_per_byte(body.len(), || stream::<GetInstances, _>(&body));
        let encode = best_per_byte(body.len(), || encode::<GetInstances>(&value));
        eprintln!("{times}x, the best of several rounds: decode {decode}, stream {stream}, encode {encode}\n");
    }
    Ok(())
}

/// Returns the shortest of several times, which other programs disturb least.
fn best_per_byte<T>(bytes: usize, work: impl Fn() -> Result<T>) -> String {
    const ROUNDS: usize = 20;
    let time = |_| {
        let start = Instant::now();
        black_box(work().is_ok());
        start.elapsed()
    };
    let best = (0..ROUNDS).map(time).min().unwrap_or_default();
    let thousandths = best.as_nanos() * 1000 / bytes as u128;
    format!("{}.{:03} ns per byte", thousandths / 1000, thousandths % 1000)
}

fn group<'a>(criterion: &'a mut Criterion, name: &str, bytes: usize) -> BenchmarkGroup<'a, WallTime> {
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Bytes(bytes as u64));
    group
}

fn add<T>(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, work: impl Fn() -> Result<T>) {
    group.bench_function(name, |bencher| bencher.iter(|| black_box(work().is_ok())));
}
