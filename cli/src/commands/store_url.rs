//! The URL of a database or a cache, which may have a password: then it is no argument.

use std::env;
use std::path::Path;

use spektrix_v2_sync::Store;

use crate::failure::{Failure, Result};
use crate::secret_source::SecretSource;

/// Returns the URL: the argument, which must not have a password, or else the environment variable.
///
/// `what` names it in errors: "the URL of the database".
pub(super) fn find(argument: Option<&str>, variable: &str, what: &str) -> Result<Option<String>> {
    if let Some(url) = argument {
        if Store::url_has_password(url) {
            let problem = format!("{what} has a password, which other users of this machine can see");
            return Err(Failure::usage(problem)
                .with_hint(format!("set the environment variable {variable} to the URL instead")));
        }
        return Ok(Some(url.to_owned()));
    }
    if env::var_os(variable).is_none() {
        return Ok(None);
    }
    let url = SecretSource::Env(variable.to_owned()).read(what, Path::new(""))?;
    Ok(Some(url.expose().to_owned()))
}
