//! Compares a generated folder with the files that codegen generates now.

use crate::folder::Files;

/// Returns the differences, one line each.
pub fn differences(folder: &Files, generated: &Files) -> Vec<String> {
    let missing_or_different = generated.iter().filter_map(|(name, text)| match folder.get(name) {
        None => Some(format!("{name} is missing")),
        Some(bytes) if bytes != text => Some(format!("{name} differs from line {}", first_difference(bytes, text))),
        Some(_) => None,
    });
    let unexpected = folder.keys().filter(|name| !generated.contains_key(*name));
    missing_or_different
        .chain(unexpected.map(|name| format!("{name} would not be generated")))
        .collect()
}

fn first_difference(left: &[u8], right: &[u8]) -> usize {
    let same = left.iter().zip(right).take_while(|(left, right)| left == right).count();
    left[..same].split(|byte| *byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_difference_is_named() {
        let files = |files: &[(&str, &str)]| {
            files
                .iter()
                .map(|(name, text)| (name.to_string(), text.as_bytes().to_vec()))
                .collect()
        };
        let generated: Files = files(&[("ids.rs", "a\nb\nc\n"), ("mod.rs", "m"), ("types.rs", "t")]);
        let folder: Files = files(&[("ids.rs", "a\nb\nx\n"), ("mod.rs", "m"), ("old.rs", "o")]);
        let expected = [
            "ids.rs differs from line 3",
            "types.rs is missing",
            "old.rs would not be generated",
        ];
        assert_eq!(differences(&folder, &generated), expected);
        assert_eq!(differences(&generated, &generated), Vec::<String>::new());
    }
}
