//! An operation as it is sent, whichever it is.
//!
//! Behind this, nothing depends on the type of the operation: the code that sends one sends them all, and is compiled
//! once, with this crate, instead of once for each operation that a program calls.

use zeroize::Zeroizing;

use crate::operation::{InvalidBody, Operation, OperationInfo, Parameters};
use crate::runtime::{Codec, EncodeError};
use crate::secret::Secret;

pub(super) trait Outgoing: Sync {
    fn info(&self) -> OperationInfo;

    fn parameters(&self) -> Parameters;

    fn check_body(&self) -> Result<(), InvalidBody>;

    /// The body, if there is one. It may hold a password.
    fn body(&self) -> Result<Option<Zeroizing<Vec<u8>>>, EncodeError>;

    fn secrets(&self) -> Vec<Secret>;
}

impl<O: Operation> Outgoing for O {
    fn info(&self) -> OperationInfo {
        O::INFO
    }

    fn parameters(&self) -> Parameters {
        let mut parameters = Parameters::new();
        Operation::parameters(self, &mut parameters);
        parameters
    }

    fn check_body(&self) -> Result<(), InvalidBody> {
        O::check_request(self.request())
    }

    fn body(&self) -> Result<Option<Zeroizing<Vec<u8>>>, EncodeError> {
        Ok(self.encode_request()?.map(Zeroizing::new))
    }

    fn secrets(&self) -> Vec<Secret> {
        <O::Codec as Codec<O::Request>>::secrets(self.request(), O::INFO.request)
    }
}
