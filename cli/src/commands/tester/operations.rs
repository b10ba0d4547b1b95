//! What is known of each operation: its group, the fields of its form, and what it requires.

use spektrix_v2::{Download, Lifecycle, OperationInfo, Requirement, SessionUse, operations};

use crate::request::Request;

/// A group of operations in the list.
pub(super) const GROUPS: [&str; 4] = ["Programme and shop", "Basket", "Customers", "Orders"];

/// How a field is edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Email,
    Number,
    Date,
    Flag,
}

/// A parameter as a field of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) is_required: bool,
}

/// Returns the 40 operations of the help feed, and the download of tickets.
pub(super) fn all() -> impl Iterator<Item = &'static OperationInfo> {
    operations::ALL.iter().chain([&Download::INFO])
}

/// Returns the operation that a request is, if it is one.
pub(super) fn of(request: &Request) -> Option<&'static OperationInfo> {
    all().find(|info| info.method == request.method && info.path == request.path)
}

/// Returns the operation with this name.
pub(super) fn find(name: &str) -> Option<&'static OperationInfo> {
    all().find(|info| info.name == name)
}

/// Returns the group of an operation, one of [`GROUPS`].
pub(super) fn group(info: &OperationInfo) -> &'static str {
    match info.path.split('/').next() {
        Some("basket" | "keep-alive") => "Basket",
        Some("customers" | "postcode-lookup" | "statements" | "tags" | "tag-groups") => "Customers",
        Some("orders" | "transactions") => "Orders",
        _ => "Programme and shop",
    }
}

/// Returns the fields of an operation's form, in the order of its template.
pub(super) fn fields(info: &OperationInfo) -> Vec<Field> {
    let required = required(info);
    let field = |name: &&'static str| Field {
        name,
        kind: kind(name),
        is_required: required.contains(name),
    };
    info.parameters.iter().map(field).collect()
}

fn kind(name: &str) -> Kind {
    match name {
        "all" => Kind::Flag,
        "email" => Kind::Email,
        "offset" | "limit" => Kind::Number,
        _ if name.ends_with("_from") || name.ends_with("_to") => Kind::Date,
        _ => Kind::Text,
    }
}

fn required(info: &OperationInfo) -> Vec<&'static str> {
    let all = info.requirements.iter().flat_map(|requirement| match requirement {
        Requirement::All(parameters) => *parameters,
        _ => &[],
    });
    all.copied().collect()
}

/// Returns what the parameters must satisfy together, as sentences.
pub(super) fn rules(info: &OperationInfo) -> Vec<String> {
    let rule = |requirement: &Requirement| match requirement {
        Requirement::AnyOf(names) => Some(format!("At least one is required: {}.", names.join(", "))),
        Requirement::AtMostOne(names) => Some(format!("At most one of: {}.", names.join(", "))),
        _ => None,
    };
    info.requirements.iter().filter_map(rule).collect()
}

/// Returns what the documentation says about the future of an operation: a word and a sentence.
pub(super) fn lifecycle(info: &OperationInfo) -> (&'static str, &'static str) {
    match info.lifecycle {
        Lifecycle::Retired => (
            "retired",
            "Retired in 2025: today's service refuses it (documented). The sandbox accepts it.",
        ),
        Lifecycle::Deprecated => (
            "deprecated",
            "Deprecated: it may continue to work, without a guarantee.",
        ),
        _ => ("maintained", "Maintained for existing integrations."),
    }
}

/// Returns how an operation uses a session, as a sentence.
pub(super) fn session_use(info: &OperationInfo) -> Option<&'static str> {
    match info.session {
        SessionUse::Begins => Some("It starts the session if it has not started."),
        SessionUse::MayBegin => Some("It starts a session if AddToBasket is true."),
        SessionUse::Needs => Some("It needs a session that has started."),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn every_operation_is_in_a_group() {
        let mut counts = BTreeMap::new();
        for info in all() {
            *counts.entry(group(info)).or_insert(0) += 1;
        }
        assert!(GROUPS.iter().all(|group| counts.contains_key(group)), "{counts:?}");
        assert_eq!(counts.values().sum::<usize>(), 41, "{counts:?}");
    }

    #[test]
    fn required_parameters_are_marked() {
        let required = |name: &str| required(find(name).expect("an operation"));
        let none: [&str; 0] = [];
        assert_eq!(required("Echo"), ["message"]);
        assert_eq!(required("DeleteCustomerAddress"), ["customer_id", "address_id"]);
        assert_eq!(required("DownloadTicket"), ["customer_id", "document_id"]);
        assert_eq!(required("GetCustomers"), none, "one of three");
    }

    #[test]
    fn fields_have_the_kind_of_their_parameter() {
        let events = fields(find("GetEvents").expect("an operation"));
        let kinds: Vec<_> = events.iter().map(|field| (field.name, field.kind)).collect();
        let expected = [
            ("offset", Kind::Number),
            ("limit", Kind::Number),
            ("all", Kind::Flag),
            ("event_id", Kind::Text),
            ("instance_id", Kind::Text),
            ("instance_start_from", Kind::Date),
            ("instance_start_to", Kind::Date),
        ];
        assert_eq!(kinds, expected);
        let download = fields(find("DownloadTicket").expect("an operation"));
        assert!(download.iter().all(|field| field.is_required), "{download:?}");
    }
}
