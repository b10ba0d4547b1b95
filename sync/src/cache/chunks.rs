//! Values that are larger than the server allows: a manifest, and chunks.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::CacheError;
use super::entry::Entry;
use super::store::Store;

/// The name of the list of all keys.
pub(super) const INDEX: &str = "list:keys";

/// The value of a key whose value is split.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    #[serde(rename = "$chunks")]
    chunks: usize,
    #[serde(rename = "$bytes")]
    bytes: usize,
}

/// Returns the entries with their keys, and how many values are split. The last value is the list of all keys.
pub(super) fn split_all(
    root: &str,
    values: Vec<(String, Vec<u8>)>,
    limit: usize,
) -> Result<(Vec<Entry>, usize), CacheError> {
    let (mut entries, mut names, mut split) = (Vec::new(), Vec::new(), 0);
    for (name, value) in values {
        split += usize::from(value.len() > limit);
        add(root, &name, value, limit, &mut entries, &mut names)?;
    }
    names.push(INDEX.to_owned());
    let render = |names: &[String]| serde_json::to_vec(names).map_err(|error| CacheError::Render(error.to_string()));
    let chunks_of_index = render(&names)?.len().div_ceil(limit);
    // With room for the names of the chunks of this list, of which one more may be necessary.
    names.extend((0..=chunks_of_index).map(|number| format!("{INDEX}:{number}")));
    let index = render(&names)?;
    split += usize::from(index.len() > limit);
    add(root, INDEX, index, limit, &mut entries, &mut Vec::new())?;
    Ok((entries, split))
}

fn add(
    root: &str,
    name: &str,
    value: Vec<u8>,
    limit: usize,
    entries: &mut Vec<Entry>,
    names: &mut Vec<String>,
) -> Result<(), CacheError> {
    let mut push = |name: String, value: Bytes| {
        let key = format!("{root}:{name}");
        names.push(name);
        entries.push(Entry { key, value });
    };
    if value.len() <= limit {
        push(name.to_owned(), value.into());
        return Ok(());
    }
    let manifest = Manifest {
        chunks: value.len().div_ceil(limit),
        bytes: value.len(),
    };
    let value = Bytes::from(value);
    for number in 0..manifest.chunks {
        let end = value.len().min((number + 1) * limit);
        push(format!("{name}:{number}"), value.slice(number * limit..end));
    }
    let manifest = serde_json::to_vec(&manifest).map_err(|error| CacheError::Render(error.to_string()))?;
    push(name.to_owned(), manifest.into());
    Ok(())
}

/// Reads a value, and joins its chunks. `None` if any of them is missing.
pub(super) async fn read(store: &mut Store, key: &str) -> Result<Option<Vec<u8>>, CacheError> {
    let Some(value) = store.get(key).await? else {
        return Ok(None);
    };
    let Ok(manifest) = serde_json::from_slice::<Manifest>(&value) else {
        return Ok(Some(value));
    };
    let mut joined = Vec::with_capacity(manifest.bytes);
    for number in 0..manifest.chunks {
        let Some(chunk) = store.get(&format!("{key}:{number}")).await? else {
            return Ok(None);
        };
        joined.extend_from_slice(&chunk);
    }
    Ok((joined.len() == manifest.bytes).then_some(joined))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_at_most_as_large_as_the_limit() {
        let values = || {
            vec![
                ("list:a".to_owned(), vec![b'x'; 250]),
                ("event:1".to_owned(), vec![b'y'; 100]),
            ]
        };
        for limit in [60, 99, 100, 101, 249, 250, 251, 5000] {
            let (entries, split) = split_all("p:v:1", values(), limit).expect("entries");
            assert!(entries.iter().all(|entry| entry.value.len() <= limit), "{limit}");
            let chunks = entries.iter().filter(|entry| entry.key.starts_with("p:v:1:list:a:"));
            let joined: Vec<u8> = chunks.flat_map(|entry| entry.value.to_vec()).collect();
            assert_eq!(joined.len(), if limit < 250 { 250 } else { 0 }, "{limit}");
            assert_eq!(split > 0, limit < 250, "{limit}");
            let mut keys: Vec<_> = entries.iter().map(|entry| &entry.key).collect();
            keys.sort();
            keys.dedup();
            assert_eq!(keys.len(), entries.len(), "{limit}: keys are unique");
        }
    }
}
