//! Refuses a request without the parameters that its operation cannot be answered without.

use http::StatusCode;
use spektrix_v2::{OperationInfo, Parameters};

use super::Refusal;
use super::query::Query;

/// The parameters that the documentation asks for without a choice. Those with a choice are among the operation's own
/// requirements.
const ALWAYS: &[(&str, &[&str])] = &[
    ("DeleteBasketItem", &["item_id"]),
    ("DeleteCustomerAddress", &["customer_id", "address_id"]),
    ("Echo", &["message"]),
    ("GetAddress", &["postcode_lookup_id"]),
    ("GetCustomerAddresses", &["customer_id"]),
    ("GetPrintAtHomeDocuments", &["customer_id"]),
    ("PostcodeLookup", &["postcode"]),
    ("ResetCustomerPassword", &["customer_id"]),
    ("SendConfirmationEmail", &["order_id"]),
];

/// The only operation for which an empty text is a value like any other.
const ECHO: &str = "Echo";

pub(super) fn check(operation: &OperationInfo, query: &Query) -> Result<(), Refusal> {
    let given = given(operation, query);
    let missing = always(operation).find(|name| !given.iter().any(|(set, _)| set == *name));
    let problem = match missing {
        Some(name) => Some(format!("{name} must be set")),
        None => given.check(operation).err().map(|invalid| invalid.to_string()),
    };
    problem.map_or(Ok(()), |problem| {
        let message = format!("{} cannot be answered: {problem}.", operation.name);
        Err(Refusal::new(StatusCode::BAD_REQUEST, message))
    })
}

fn always(operation: &OperationInfo) -> impl Iterator<Item = &'static str> {
    let row = ALWAYS.iter().find(|(name, _)| *name == operation.name);
    row.into_iter().flat_map(|(_, names)| names.iter().copied())
}

/// The parameters that have a value, under the names that the operation knows them by.
fn given(operation: &OperationInfo, query: &Query) -> Parameters {
    let mut given = Parameters::new();
    for name in operation.parameters {
        let value = query
            .get(name)
            .filter(|value| !value.is_empty() || operation.name == ECHO);
        given.set(name, value.map(str::to_owned).as_ref());
    }
    given
}

#[cfg(test)]
mod tests {
    use spektrix_v2::operations;

    use super::ALWAYS;

    #[test]
    fn every_row_names_an_operation_and_its_parameters() {
        for (name, parameters) in ALWAYS {
            let operation = operations::ALL.iter().find(|operation| operation.name == *name);
            let known = operation.unwrap_or_else(|| panic!("there is no {name}")).parameters;
            assert!(
                parameters.iter().all(|parameter| known.contains(parameter)),
                "{name}: {known:?}"
            );
        }
    }
}
