//! The lists that need no customer, order or basket: they have no personal data.

use spektrix_v2::{Client, OperationInfo, operations};

use crate::failure::Result;

const NAMES: [&str; 14] = [
    "GetEvents",
    "GetInstances",
    "GetInstanceStatus",
    "GetPlans",
    "GetPriceLists",
    "GetBands",
    "GetTicketTypes",
    "GetOffers",
    "GetMemberships",
    "GetFixedSeries",
    "GetStockItems",
    "GetTags",
    "GetTagGroups",
    "GetStatements",
];

/// Returns the operations, in an order that reads well.
pub(super) fn all() -> impl Iterator<Item = &'static OperationInfo> {
    let find = |name: &&str| operations::ALL.iter().find(|info| info.name == *name);
    NAMES.iter().filter_map(find)
}

/// Reads a whole list, and returns its body as it was received.
pub(super) async fn read(client: &Client, info: &OperationInfo) -> Result<Vec<u8>> {
    let all: &[_] = if info.parameters.contains(&"all") {
        &[("all", "true")]
    } else {
        &[]
    };
    let response = client.raw(info.method, info.path, all, None).await?;
    Ok(response.body.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_an_operation_that_requires_nothing() {
        let found: Vec<_> = all().collect();
        assert_eq!(found.len(), NAMES.len());
        assert!(found.iter().all(|info| info.requirements.is_empty()), "{found:?}");
    }
}
