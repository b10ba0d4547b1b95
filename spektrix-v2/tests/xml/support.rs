//! Decodes a body on both paths of the decoder, on a small stack, and shows the result in one line.

use serde::Serialize;
use spektrix_v2::runtime::Body;
use spektrix_v2::{Band, BodyNames, DecodeError, DecodeOptions, Decoded};

pub(crate) const BANDS: BodyNames = BodyNames {
    root: "Bands",
    item: "Band",
};

/// Returns the names of a body that is one element.
pub(crate) const fn one(root: &'static str) -> BodyNames {
    BodyNames { root, item: "" }
}

/// Checks a table whose rows are an input and the expected result.
pub(crate) fn check(rows: &[(&str, &str)], read: impl Fn(&str) -> String + Sync) {
    on_a_small_stack(|| {
        let outcomes: Vec<_> = rows.iter().map(|(input, _)| (*input, read(input))).collect();
        let expected: Vec<_> = rows
            .iter()
            .map(|(input, outcome)| (*input, (*outcome).to_owned()))
            .collect();
        for (outcome, expected) in outcomes.iter().zip(&expected) {
            assert_eq!(outcome, expected);
        }
    });
}

/// Runs something on a stack as small as that of a web server's threads.
pub(crate) fn on_a_small_stack(work: impl FnOnce() + Send) {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(256 * 1024);
        if let Err(panic) = thread.spawn_scoped(scope, work).unwrap().join() {
            std::panic::resume_unwind(panic);
        }
    });
}

/// Returns the value as JSON, followed by the unknown parts, or the error.
pub(crate) fn read<T: Body + Serialize>(body: impl AsRef<[u8]>, names: BodyNames) -> String {
    let Decoded { value, unknown, .. } = match decode::<T>(body.as_ref(), names, &DecodeOptions::default()) {
        Ok(decoded) => decoded,
        Err(error) => return error.to_string(),
    };
    let mut outcome = serde_json::to_string(&value).unwrap();
    for path in unknown {
        outcome.push_str(" ?");
        outcome.push_str(&path);
    }
    outcome
}

/// Decodes bands, which most tables use: they have an id and a name.
pub(crate) fn bands(body: &str) -> String {
    read::<Vec<Band>>(body, BANDS)
}

/// Decodes on both paths, with and without a report of unknown parts. It must make no difference.
pub(crate) fn decode<T: Body + Serialize>(
    body: &[u8],
    names: BodyNames,
    options: &DecodeOptions,
) -> Result<Decoded<T>, DecodeError> {
    let decode = |fast_path, report_unknown| {
        let options = options.clone().fast_path(fast_path).report_unknown(report_unknown);
        T::decode(body, names, &options)
    };
    let shown = |outcome: &Result<Decoded<T>, DecodeError>| {
        let decoded = outcome.as_ref().map_err(Clone::clone)?;
        Ok::<_, DecodeError>((serde_json::to_string(&decoded.value).unwrap(), decoded.unknown.clone()))
    };
    let without_report = |outcome: &Result<Decoded<T>, DecodeError>| shown(outcome).map(|(value, _)| value);
    let outcome = decode(true, true);
    assert_eq!(shown(&outcome), shown(&decode(false, true)), "the two paths differ");
    assert_eq!(
        without_report(&outcome),
        without_report(&decode(true, false)),
        "reporting unknown parts changes the result"
    );
    assert_eq!(
        without_report(&outcome),
        without_report(&decode(false, false)),
        "reporting unknown parts changes the result"
    );
    outcome
}
