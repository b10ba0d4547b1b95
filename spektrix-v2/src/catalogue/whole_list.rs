//! Long lists of a catalogue. They are decoded while they arrive: the body is not in memory beside its objects, and its length
//! is not limited, because that of a large venue exceeds the limit of a response.

use crate::client::Call;
use crate::error::Error;
use crate::operation::Paged;

/// Reads a whole list. A list that breaks off is requested once more, because a stream has no retry after its first item.
pub(super) async fn whole_list<O: Paged + 'static>(call: impl Fn() -> Call<O>) -> Result<Vec<O::Item>, Error>
where
    O::Item: 'static,
{
    let mut items = Vec::new();
    match read(call(), &mut items).await {
        Err(error) if error.is_unavailable() && !items.is_empty() => {
            items.clear();
            read(call(), &mut items).await?;
        }
        result => result?,
    }
    items.shrink_to_fit();
    Ok(items)
}

async fn read<O: Paged + 'static>(call: Call<O>, items: &mut Vec<O::Item>) -> Result<(), Error>
where
    O::Item: 'static,
{
    let mut stream = call.stream();
    while let Some(item) = stream.next().await {
        items.push(item?);
    }
    Ok(())
}
