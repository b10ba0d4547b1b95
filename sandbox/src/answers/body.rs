//! Writes values as bodies: the operation says what type its body has, and how its elements are called.

use http::StatusCode;
use spektrix_v2::{Operation, Paged};

use super::Call;
use crate::service::{Refusal, Reply};

/// A whole body.
pub(crate) fn whole<O: Operation>(value: &O::Response) -> Result<Reply, Refusal> {
    let body = O::encode_response(value);
    // Only what the request brought along can be such that XML cannot carry it: the message of an echo.
    let body =
        body.map_err(|error| Refusal::new(StatusCode::BAD_REQUEST, format!("There is no answer to that: {error}.")))?;
    Ok(Reply::xml(body.unwrap_or_default()))
}

/// The page of a list that was asked for.
pub(crate) fn page<'a, O>(call: &Call<'_>, items: impl IntoIterator<Item = &'a O::Item>) -> Result<Reply, Refusal>
where
    O: Paged<Item: Clone + 'a>,
{
    let page = call.parameters.page().of(items.into_iter());
    whole::<O>(&page.cloned().collect())
}

/// A list that is not paged, as far as it is wanted.
pub(crate) fn list<'a, O, T>(
    items: impl IntoIterator<Item = &'a T>,
    is_wanted: impl Fn(&T) -> bool,
) -> Result<Reply, Refusal>
where
    O: Operation<Response = Vec<T>>,
    T: Clone + 'a,
{
    let wanted = items.into_iter().filter(|item| is_wanted(item));
    whole::<O>(&wanted.cloned().collect())
}
