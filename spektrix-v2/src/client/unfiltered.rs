//! Lists that cannot be requested without a filter, and lists of which one object is wanted.

use std::fmt;

use super::Call;
use crate::error::Error;
use crate::operation::Operation;

/// A call that needs a parameter before it can be sent: the service requires one of several.
///
/// ```no_run
/// # async fn example(client: spektrix_v2::Client) -> Result<(), spektrix_v2::Error> {
/// let customers = client.customers().email("ada@example.org").await?;
/// # Ok(())
/// # }
/// ```
///
/// Without a parameter, there is nothing to await:
///
/// ```compile_fail
/// # async fn example(client: spektrix_v2::Client) -> Result<(), spektrix_v2::Error> {
/// let customers = client.customers().await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "it cannot be sent before a parameter is set"]
pub struct Unfiltered<O>(Call<O>);

impl<O: Operation> Unfiltered<O> {
    pub(crate) fn new(call: Call<O>) -> Self {
        Self(call)
    }

    pub(crate) fn into_call(self) -> Call<O> {
        self.0
    }
}

impl<O: Operation> fmt::Debug for Unfiltered<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Unfiltered").field(&self.0).finish()
    }
}

/// Returns the item of a list that is wanted. Status 404 means that there is none.
pub(crate) fn find_item<T>(list: Result<Vec<T>, Error>, is_wanted: impl Fn(&T) -> bool) -> Result<Option<T>, Error> {
    match list {
        Ok(list) => Ok(list.into_iter().find(is_wanted)),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(error),
    }
}
