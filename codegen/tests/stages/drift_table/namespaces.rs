//! A part of the table of edits, which test `diff`. Namespaces: the crate reads names without them, and writes names with them.

use super::pages::Row;

#[rustfmt::skip]
pub(crate) const ROWS: &[Row] = &[
    Row {
        edit: "response: a target namespace",
        before: None,
        change: |pages| {
            pages.replace(&["GetBands/response.xsd"], r#"<xs:schema elementFormDefault="qualified" xmlns:xs="http://www.w3.org/2001/XMLSchema">"#, r#"<xs:schema xmlns="urn:t" targetNamespace="urn:t" elementFormDefault="qualified" xmlns:xs="http://www.w3.org/2001/XMLSchema">"#);
        },
        lines: &[
            "GetBands response: the root element, the items and the names in Band were in no namespace and are in the namespace urn:t (breaks nothing; spektrix_v2::operations::GetBands)",
        ],
    },
    Row {
        edit: "request: a target namespace",
        before: None,
        change: |pages| {
            pages.replace(&["AuthenticateCustomer/request.xsd"], r#"<xs:schema elementFormDefault="qualified" xmlns:xs="http://www.w3.org/2001/XMLSchema">"#, r#"<xs:schema xmlns="urn:t" targetNamespace="urn:t" elementFormDefault="qualified" xmlns:xs="http://www.w3.org/2001/XMLSchema">"#);
        },
        lines: &[
            "AuthenticateCustomer request: the root element and the names in CustomerCredentials were in no namespace and are in the namespace urn:t (breaks the wire, not users; spektrix_v2::operations::AuthenticateCustomer)",
        ],
    },
    Row {
        edit: "response: a target namespace, with user-defined attributes",
        before: None,
        change: |pages| {
            pages.replace(&["GetEvents/response.xsd"], r#"<xs:schema elementFormDefault="qualified" xmlns:xs="http://www.w3.org/2001/XMLSchema">"#, r#"<xs:schema xmlns="urn:t" targetNamespace="urn:t" elementFormDefault="qualified" xmlns:xs="http://www.w3.org/2001/XMLSchema">"#);
        },
        lines: &[
            "Attribute: was only a name and a value, and has other parts now (breaks users, not the wire; spektrix_v2::Event::attributes)",
            "GetEvents response: the root element, the items and the names in Event, Event/RelatedEvents, Event/RelatedStockItems were in no namespace and are in the namespace urn:t (breaks nothing; spektrix_v2::operations::GetEvents)",
        ],
    },
    Row {
        edit: "request: a target namespace of the root alone",
        before: None,
        change: |pages| {
            pages.replace(&["AuthenticateCustomer/request.xsd"], r#"<xs:schema elementFormDefault="qualified" xmlns:xs="http://www.w3.org/2001/XMLSchema">"#, r#"<xs:schema xmlns="urn:t" targetNamespace="urn:t" elementFormDefault="unqualified" xmlns:xs="http://www.w3.org/2001/XMLSchema">"#);
        },
        lines: &[
            "AuthenticateCustomer request: the root element was in no namespace and is in the namespace urn:t (breaks the wire, not users; spektrix_v2::operations::AuthenticateCustomer)",
        ],
    },
    Row {
        edit: "response: a target namespace of the root alone",
        before: None,
        change: |pages| {
            pages.replace(&["GetBands/response.xsd"], r#"<xs:schema elementFormDefault="qualified" xmlns:xs="http://www.w3.org/2001/XMLSchema">"#, r#"<xs:schema xmlns="urn:t" targetNamespace="urn:t" elementFormDefault="unqualified" xmlns:xs="http://www.w3.org/2001/XMLSchema">"#);
        },
        lines: &[
            "GetBands response: the root element was in no namespace and is in the namespace urn:t (breaks nothing; spektrix_v2::operations::GetBands)",
        ],
    },
    Row {
        edit: "request: the form of one element",
        before: None,
        change: |pages| {
            pages.replace(&["AddBasketItems/request.xsd"], r#"<xs:schema elementFormDefault="qualified" xmlns:xs="http://www.w3.org/2001/XMLSchema">"#, r#"<xs:schema xmlns="urn:t" targetNamespace="urn:t" elementFormDefault="unqualified" xmlns:xs="http://www.w3.org/2001/XMLSchema">"#);
            pages.replace(&["AddBasketItems/request.xsd"], r#"<xs:element minOccurs="0" maxOccurs="1" name="Price" type="xs:decimal"/>"#, r#"<xs:element form="qualified" minOccurs="0" maxOccurs="1" name="Price" type="xs:decimal"/>"#);
        },
        lines: &[
            "AddBasketItems request: the root element and the names in MerchandiseItem, Ticket were in no namespace and are in the namespace urn:t (breaks the wire, not users; spektrix_v2::operations::AddBasketItems)",
        ],
    },
    Row {
        edit: "request: the form of one attribute",
        before: None,
        change: |pages| {
            pages.replace(&["AddCustomers/request.xsd"], r#"<xs:schema elementFormDefault="qualified" xmlns:xs="http://www.w3.org/2001/XMLSchema">"#, r#"<xs:schema xmlns="urn:t" targetNamespace="urn:t" elementFormDefault="unqualified" xmlns:xs="http://www.w3.org/2001/XMLSchema">"#);
            pages.replace(&["AddCustomers/request.xsd"], r#"<xs:attribute name="id" type="xs:int"/>"#, r#"<xs:attribute form="qualified" name="id" type="xs:int"/>"#);
        },
        lines: &[
            "AddCustomers request: the root element and the names in Customer were in no namespace and are in the namespace urn:t (breaks the wire, not users; spektrix_v2::operations::AddCustomers)",
        ],
    },
];
