//! Which writes are refused whatever they send: none, those of retired operations, or all.

use http::StatusCode;
use spektrix_v2::{Effect, Lifecycle, OperationInfo};

use crate::api::Refusal;

/// Which writes the sandbox refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WritePolicy {
    /// None. The operations decide.
    Allowed,
    /// Changes of customers and their addresses, which were retired first.
    NoCustomers,
    /// All of them.
    ReadOnly,
}

impl WritePolicy {
    pub(crate) fn new(retired_customers: bool, read_only: bool) -> Self {
        if read_only {
            Self::ReadOnly
        } else if retired_customers {
            Self::NoCustomers
        } else {
            Self::Allowed
        }
    }

    /// Refuses an operation that is not allowed.
    ///
    /// That the service refuses is documented. The status 403 is an assumption, because the documentation names none.
    pub(crate) fn check(self, operation: &OperationInfo) -> Result<(), Refusal> {
        let name = operation.name;
        let message = match self {
            Self::ReadOnly if operation.effect == Effect::Write => {
                format!("{name} is refused: data can still be read, but no longer created, changed or deleted.")
            }
            Self::NoCustomers if is_retired_change_of_customers(operation) => {
                format!("{name} is retired: customers can still be read, but not created, changed or deleted.")
            }
            _ => return Ok(()),
        };
        Err(Refusal::new(StatusCode::FORBIDDEN, message))
    }
}

/// Signing in is no change.
fn is_retired_change_of_customers(operation: &OperationInfo) -> bool {
    operation.lifecycle == Lifecycle::Retired && operation.path.starts_with("customers")
}

#[cfg(test)]
mod tests {
    use spektrix_v2::operations;

    use super::WritePolicy;

    #[test]
    fn the_strictest_setting_decides() {
        let cases = [
            (false, false, WritePolicy::Allowed, 0),
            (true, false, WritePolicy::NoCustomers, 6),
            (false, true, WritePolicy::ReadOnly, 14),
            (true, true, WritePolicy::ReadOnly, 14),
        ];
        for (retired_customers, read_only, expected, refused) in cases {
            let policy = WritePolicy::new(retired_customers, read_only);
            assert_eq!(policy, expected, "{retired_customers} {read_only}");
            let operations = operations::ALL.iter();
            let actual = operations.filter(|operation| policy.check(operation).is_err()).count();
            assert_eq!(actual, refused, "{policy:?}");
        }
    }
}
