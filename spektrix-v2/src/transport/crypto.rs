//! The cryptography of keys and connections: aws-lc-rs, or ring, as the features say.

use std::sync::Arc;

use rustls::crypto::CryptoProvider;

use crate::error::Error;

/// The cryptography that this crate was built with. With both features it is aws-lc-rs, whatever other crates do.
///
/// No process-wide default is read or set: with two providers compiled in, that would panic.
pub(crate) fn provider() -> Result<Arc<CryptoProvider>, Error> {
    #[cfg(feature = "aws-lc-rs")]
    let provider = Ok(rustls::crypto::aws_lc_rs::default_provider());
    #[cfg(all(feature = "ring", not(feature = "aws-lc-rs")))]
    let provider = Ok(rustls::crypto::ring::default_provider());
    #[cfg(not(any(feature = "aws-lc-rs", feature = "ring")))]
    let provider = Err(Error::configuration(
        "this program was built without cryptography",
        "turn on the feature `aws-lc-rs` or `ring` of spektrix-v2, or bring a transport of your own and no identity",
    ));
    provider.map(Arc::new)
}

#[cfg(all(test, any(feature = "aws-lc-rs", feature = "ring")))]
mod tests {
    use super::provider;

    #[test]
    fn the_features_say_which_it_is() {
        let expected = match cfg!(feature = "aws-lc-rs") {
            true => "AwsLcRs",
            false => "Ring",
        };
        let provider = provider().unwrap();
        assert_eq!(format!("{:?}", provider.key_provider), expected);
        assert_eq!(format!("{:?}", provider.secure_random), expected);
    }
}
