//! Where a table leads: an identifier is a link to an operation that uses it, and a row may have a next step.

use url::form_urlencoded::Serializer;

/// A column of a list, and the operation and its parameter that the identifiers in it can be used for.
const LINKS: [(&str, &str, &str, &str); 12] = [
    ("GetEvents", "id", "GetInstances", "event_id"),
    ("GetInstances", "id", "GetInstanceStatus", "instance_id"),
    ("GetInstances", "event", "GetEvents", "event_id"),
    ("GetInstanceStatus", "instance", "GetInstances", "instance_id"),
    ("GetCustomers", "id", "GetOrders", "customer_id"),
    ("GetCustomerAddresses", "customer", "GetCustomers", "customer_id"),
    ("GetFixedSeries", "id", "GetFixedSeries", "fixed_series_id"),
    ("GetOrders", "id", "GetTransactions", "order_id"),
    ("GetOrders", "customer", "GetCustomers", "customer_id"),
    ("GetPrintAtHomeDocuments", "instance", "GetInstances", "instance_id"),
    ("GetTransactions", "order", "GetOrders", "order_id"),
    ("PostcodeLookup", "id", "GetAddress", "postcode_lookup_id"),
];

/// Returns the address of the form that uses an identifier.
pub(super) fn of(operation: &str, column: &str, cell: &str) -> Option<String> {
    let mut links = LINKS.iter().filter(|_| is_id(cell));
    let (.., to, parameter) = links.find(|link| (link.0, link.1) == (operation, column))?;
    Some(url(to, &[(parameter, cell)]))
}

/// The operations whose rows have a next step.
pub(super) fn has_action(operation: &str) -> bool {
    matches!(operation, "GetInstanceStatus" | "GetPrintAtHomeDocuments")
}

/// Returns the next step for a row: its name and address.
pub(super) fn action(operation: &str, columns: &[String], row: &[String]) -> Option<(&'static str, String)> {
    let cell = |name: &str| {
        let at = columns.iter().position(|column| column == name)?;
        row.get(at).map(String::as_str).filter(|cell| !cell.is_empty())
    };
    match operation {
        // A plan with sub-plans is never bookable: tickets are for its sub-plans.
        "GetInstanceStatus" if cell("sub_plans").is_none() && cell("available") != Some("0") => {
            let band = cell("bands").and_then(|bands| bands.split("; ").next());
            let mut ids = vec![("instance_id", cell("instance")?), ("plan_id", cell("plan")?)];
            ids.extend(band.map(|band| ("band_id", band)));
            Some(("Sell", url("AddBasketItems", &ids)))
        }
        "GetPrintAtHomeDocuments" if cell("tickets_ready") == Some("true") => {
            let ids = [("customer_id", cell("customer")?), ("document_id", cell("id")?)];
            Some(("Download", url("DownloadTicket", &ids)))
        }
        _ => None,
    }
}

fn is_id(cell: &str) -> bool {
    !cell.is_empty() && cell.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

fn url(operation: &str, pairs: &[(&str, &str)]) -> String {
    let query = Serializer::new(String::new()).extend_pairs(pairs).finish();
    format!("/operation/{operation}?{query}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::tester::operations;

    #[test]
    fn links_lead_to_parameters_that_exist() {
        for (from, column, to, parameter) in LINKS {
            assert!(operations::find(from).is_some(), "{from}");
            let info = operations::find(to).expect(to);
            assert!(
                info.parameters.contains(&parameter),
                "{from}.{column} leads to {to}.{parameter}"
            );
        }
        assert_eq!(
            of("GetEvents", "id", "7001").as_deref(),
            Some("/operation/GetInstances?event_id=7001")
        );
        for (column, cell) in [("name", "7001"), ("id", ""), ("id", "a b")] {
            assert_eq!(of("GetEvents", column, cell), None, "{column}: {cell}");
        }
    }

    #[test]
    fn rows_lead_to_what_can_be_done_with_them() {
        let status = |available: &str, sub_plans: &str| {
            let columns = ["plan", "instance", "available", "bands", "sub_plans"].map(str::to_owned);
            let row = ["402", "21", available, "11; 12", sub_plans].map(str::to_owned);
            action("GetInstanceStatus", &columns, &row)
        };
        let sell = "/operation/AddBasketItems?instance_id=21&plan_id=402&band_id=11".to_owned();
        assert_eq!(status("3", ""), Some(("Sell", sell)));
        assert_eq!(status("0", ""), None, "sold out");
        assert_eq!(status("3", "403; 404"), None, "not bookable");
    }
}
