//! Request bodies to start from. The examples of the help pages contain every element with a value such as `String content`;
//! these contain what a request needs.

/// The bodies by operation.
const BODIES: [(&str, &str); 8] = [
    (
        "AddBasketItems",
        include_str!("../../../assets/bodies/AddBasketItems.xml"),
    ),
    (
        "AddCustomerAddresses",
        include_str!("../../../assets/bodies/AddCustomerAddresses.xml"),
    ),
    ("AddCustomers", include_str!("../../../assets/bodies/AddCustomers.xml")),
    (
        "AuthenticateCustomer",
        include_str!("../../../assets/bodies/AuthenticateCustomer.xml"),
    ),
    ("UpdateBasket", include_str!("../../../assets/bodies/UpdateBasket.xml")),
    (
        "UpdateBasketItems",
        include_str!("../../../assets/bodies/UpdateBasketItems.xml"),
    ),
    (
        "UpdateCustomerAddresses",
        include_str!("../../../assets/bodies/UpdateCustomerAddresses.xml"),
    ),
    (
        "UpdateCustomers",
        include_str!("../../../assets/bodies/UpdateCustomers.xml"),
    ),
];

/// Returns the body to start from; `None` if the operation has no body.
pub(super) fn of(operation: &str) -> Option<&'static str> {
    let found = BODIES.iter().find(|(name, _)| *name == operation);
    found.map(|(_, body)| *body)
}

/// Elements of bodies, and the parameters of a page's address that have their identifiers.
const IDS: [(&str, &str); 5] = [
    ("Instance", "instance_id"),
    ("Plan", "plan_id"),
    ("Band", "band_id"),
    ("TicketType", "ticket_type_id"),
    ("Customer", "customer_id"),
];

/// Returns the body with identifiers in place of those of the example. If there are any, lines without one are left out.
pub(super) fn with_ids(operation: &str, ids: &[(String, String)]) -> Option<String> {
    let body = of(operation)?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let id = |parameter: &str| {
        let found = ids.iter().find(|(name, id)| name == parameter && is_number(id));
        found.map(|(_, id)| id)
    };
    if IDS.iter().all(|(_, parameter)| id(parameter).is_none()) {
        return Some(body.to_owned());
    }
    let mut lines = String::new();
    for line in body.lines() {
        let example = IDS
            .iter()
            .find(|(element, _)| line.trim() == format!("<{element} id=\"1\"/>"));
        match example.map(|(_, parameter)| id(parameter)) {
            None => lines.extend([line, "\n"]),
            Some(Some(id)) => lines.extend([&line.replace("\"1\"", &format!("\"{id}\"")), "\n"]),
            Some(None) => {}
        }
    }
    Some(lines)
}

#[cfg(test)]
mod tests {
    use spektrix_v2::operations;

    use super::{of, with_ids};
    use crate::request::check;

    #[test]
    fn every_operation_with_a_body_has_a_valid_one() {
        for info in operations::ALL {
            let has_body = !info.request.root.is_empty();
            assert_eq!(of(info.name).is_some(), has_body, "{}", info.name);
            let problems = of(info.name).map(|body| check(info.name, body.as_bytes()));
            let problems: Vec<_> = problems.iter().flatten().map(ToString::to_string).collect();
            // A password has no example.
            let expected: &[_] = match info.name {
                "AuthenticateCustomer" => &["line 4: Credentials/Password must be set"],
                _ => &[],
            };
            assert_eq!(problems, expected, "{}", info.name);
        }
    }

    #[test]
    fn identifiers_replace_those_of_the_example() {
        let ids = |pairs: &[(&str, &str)]| -> Vec<_> {
            pairs
                .iter()
                .map(|(name, id)| ((*name).to_owned(), (*id).to_owned()))
                .collect()
        };
        let body = with_ids("AddBasketItems", &ids(&[("instance_id", "21"), ("plan_id", "402")])).expect("a body");
        let ticket = "  <Ticket>\n    <Instance id=\"21\"/>\n    <Plan id=\"402\"/>\n  </Ticket>\n";
        assert_eq!(body, format!("<BasketItems>\n{ticket}{ticket}</BasketItems>\n"));
        let unchanged = [ids(&[]), ids(&[("instance_id", "'/><X")]), ids(&[("limit", "3")])];
        for ids in unchanged {
            assert_eq!(
                with_ids("AddBasketItems", &ids).as_deref(),
                of("AddBasketItems"),
                "{ids:?}"
            );
        }
    }
}
