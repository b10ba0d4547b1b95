//! Edits of recorded lists. Items that the edit does not change stay as they were recorded, byte for byte.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use spektrix_v2::Operation;

use super::recorded_body::RecordedBody;
use crate::custom_data::{EditError, ListVisitor, Referring, VenueData, decode, edited_recording, visit_lists};

/// The recorded lists, by the names of their operations.
pub(super) type Bodies = BTreeMap<&'static str, Arc<RecordedBody>>;

/// Decodes recorded lists. A list that was not recorded is empty.
pub(super) fn decode_all(bodies: &Bodies) -> Result<VenueData, EditError> {
    let body_of = |operation: &str| bodies.get(operation).map(|body| body.text());
    VenueData::decode(body_of).map_err(EditError::not_edited)
}

/// Returns the bodies after an edit.
pub(super) fn edited(
    bodies: &Bodies,
    change: impl FnOnce(&mut VenueData) -> Result<(), EditError>,
) -> Result<Bodies, EditError> {
    let before = decode_all(bodies)?;
    let mut now = before.clone();
    change(&mut now)?;
    let (before, now) = edited_recording(before, now, |operation| bodies.contains_key(operation))?;
    let mut editor = BodyEditor { bodies: bodies.clone() };
    visit_lists(&before, &now, &mut editor)?;
    Ok(editor.bodies)
}

/// Replaces the bodies of changed lists.
struct BodyEditor {
    bodies: Bodies,
}

impl ListVisitor for BodyEditor {
    fn visit<O, T>(&mut self, before: &[T], now: &[T]) -> Result<(), EditError>
    where
        O: Operation<Response = Vec<T>>,
        T: Referring + Clone + PartialEq,
    {
        if before == now {
            return Ok(());
        }
        let name = O::INFO.name;
        let body = self.bodies.get(name).ok_or_else(|| {
            EditError::not_edited(format!(
                "its list cannot be changed, because {name}.xml was not recorded"
            ))
        })?;
        let text = edited_text::<O, T>(body, now).map_err(EditError::not_edited)?;
        let edited = RecordedBody::parse(text).map_err(EditError::not_edited)?;
        self.bodies.insert(name, Arc::new(edited));
        Ok(())
    }
}

/// Returns the text of a body with these items. Items that the schema does not know are moved to the end.
fn edited_text<O, T>(body: &RecordedBody, now: &[T]) -> Result<String, String>
where
    O: Operation<Response = Vec<T>>,
    T: Referring + Clone + PartialEq,
{
    let (mut recorded, mut unknown) = (HashMap::new(), Vec::new());
    for item in &body.items {
        let text = body.item_text(item);
        let decoded = decode::<O>(body.with_items(std::iter::once(text)).as_bytes())?;
        match decoded.into_iter().next().and_then(|value| Some((value.key()?, value))) {
            Some((key, value)) => drop(recorded.insert(key, (value, text))),
            None => unknown.push(text.to_owned()),
        }
    }
    let mut texts = Vec::new();
    for value in now {
        let as_recorded = value
            .key()
            .and_then(|key| recorded.get(&key))
            .filter(|(old, _)| old == value);
        texts.push(match as_recorded {
            Some((_, text)) => (*text).to_owned(),
            None => encode::<O, T>(value)?,
        });
    }
    texts.extend(unknown);
    Ok(body.with_items(texts.iter().map(String::as_str)))
}

/// Encodes one item.
fn encode<O, T>(value: &T) -> Result<String, String>
where
    O: Operation<Response = Vec<T>>,
    T: Clone,
{
    let list = vec![value.clone()];
    let body = O::encode_response(&list).map_err(|error| format!("an item cannot be encoded: {error}"))?;
    let text = String::from_utf8(body.unwrap_or_default().into()).map_err(|error| error.to_string())?;
    let body = RecordedBody::parse(text).map_err(|error| error.to_string())?;
    let item = body.items.first().ok_or("an item was not encoded")?;
    Ok(body.item_text(item).to_owned())
}
