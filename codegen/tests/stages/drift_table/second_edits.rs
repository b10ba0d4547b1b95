//! A part of the table of edits, which test `diff`. Edits of what the vendored pages have nothing of, so that they are edited before.

use super::pages::Row;

#[rustfmt::skip]
pub(crate) const ROWS: &[Row] = &[
    Row {
        edit: "a facet of a named type widens",
        before: Some(|pages| {
            pages.replace(&["AddCustomers/request.xsd"], r#"name="Mobile" type="xs:string""#, r#"name="Mobile" type="Number""#);
            pages.replace(&["AddCustomers/request.xsd"], r#"name="Phone" type="xs:string""#, r#"name="Phone" type="Number""#);
            pages.replace(&["AddCustomers/request.xsd"], r#"<xs:complexType name="Customer">"#, r#"<xs:simpleType name="Number"><xs:restriction base="xs:string"><xs:maxLength value="20"/></xs:restriction></xs:simpleType><xs:complexType name="Customer">"#);
        }),
        change: |pages| {
            pages.replace(&["AddCustomers/request.xsd"], r#"<xs:maxLength value="20"/>"#, r#"<xs:maxLength value="30"/>"#);
        },
        lines: &[
            "Number: the facet maxLength was 20 and is 30 (breaks nothing; spektrix_v2::Customer::mobile and 1 more)",
        ],
    },
    Row {
        edit: "a facet of a named type narrows",
        before: Some(|pages| {
            pages.replace(&["AddCustomers/request.xsd"], r#"name="Mobile" type="xs:string""#, r#"name="Mobile" type="Number""#);
            pages.replace(&["AddCustomers/request.xsd"], r#"name="Phone" type="xs:string""#, r#"name="Phone" type="Number""#);
            pages.replace(&["AddCustomers/request.xsd"], r#"<xs:complexType name="Customer">"#, r#"<xs:simpleType name="Number"><xs:restriction base="xs:string"><xs:maxLength value="20"/></xs:restriction></xs:simpleType><xs:complexType name="Customer">"#);
        }),
        change: |pages| {
            pages.replace(&["AddCustomers/request.xsd"], r#"<xs:maxLength value="20"/>"#, r#"<xs:maxLength value="10"/>"#);
        },
        lines: &[
            "Number: the facet maxLength was 20 and is 10 (breaks the wire, not users; spektrix_v2::Customer::mobile and 1 more)",
        ],
    },
    Row {
        edit: "a facet of a named type is gone",
        before: Some(|pages| {
            pages.replace(&["AddCustomers/request.xsd"], r#"name="Mobile" type="xs:string""#, r#"name="Mobile" type="Number""#);
            pages.replace(&["AddCustomers/request.xsd"], r#"name="Phone" type="xs:string""#, r#"name="Phone" type="Number""#);
            pages.replace(&["AddCustomers/request.xsd"], r#"<xs:complexType name="Customer">"#, r#"<xs:simpleType name="Number"><xs:restriction base="xs:string"><xs:maxLength value="20"/></xs:restriction></xs:simpleType><xs:complexType name="Customer">"#);
        }),
        change: |pages| {
            pages.replace(&["AddCustomers/request.xsd"], r#"<xs:maxLength value="20"/>"#, "");
        },
        lines: &[
            "Number: the facet maxLength was 20 and is missing (breaks nothing; spektrix_v2::Customer::mobile and 1 more)",
        ],
    },
    Row {
        edit: "the type of a named type",
        before: Some(|pages| {
            pages.replace(&["AddCustomers/request.xsd"], r#"name="Mobile" type="xs:string""#, r#"name="Mobile" type="Number""#);
            pages.replace(&["AddCustomers/request.xsd"], r#"name="Phone" type="xs:string""#, r#"name="Phone" type="Number""#);
            pages.replace(&["AddCustomers/request.xsd"], r#"<xs:complexType name="Customer">"#, r#"<xs:simpleType name="Number"><xs:restriction base="xs:string"></xs:restriction></xs:simpleType><xs:complexType name="Customer">"#);
        }),
        change: |pages| {
            pages.replace(&["AddCustomers/request.xsd"], r#"<xs:simpleType name="Number"><xs:restriction base="xs:string"></xs:restriction></xs:simpleType>"#, r#"<xs:simpleType name="Number"><xs:restriction base="xs:int"></xs:restriction></xs:simpleType>"#);
        },
        lines: &[
            "Number: held xs:string and holds xs:int (breaks users and the wire; spektrix_v2::Customer::mobile and 1 more)",
        ],
    },
    Row {
        edit: "the name of a named type",
        before: Some(|pages| {
            pages.replace(&["AddCustomers/request.xsd"], r#"name="Mobile" type="xs:string""#, r#"name="Mobile" type="Number""#);
            pages.replace(&["AddCustomers/request.xsd"], r#"name="Phone" type="xs:string""#, r#"name="Phone" type="Number""#);
            pages.replace(&["AddCustomers/request.xsd"], r#"<xs:complexType name="Customer">"#, r#"<xs:simpleType name="Number"><xs:restriction base="xs:string"><xs:maxLength value="20"/></xs:restriction></xs:simpleType><xs:complexType name="Customer">"#);
        }),
        change: |pages| {
            pages.replace(&["AddCustomers/request.xsd"], r#""Number""#, r#""Digits""#);
        },
        lines: &[
            "no drift",
        ],
    },
    Row {
        edit: "the variable of a path",
        before: Some(|pages| {
            pages.replace(&["help.atom"], "/keep-alive<", "/keep-alive/{session}<");
        }),
        change: |pages| {
            pages.replace(&["help.atom"], "{session}", "{visitor}");
        },
        lines: &[
            "KeepAlive?session: the variable of the path is called visitor now (breaks users, not the wire; spektrix_v2::operations::KeepAlive::session)",
        ],
    },
    Row {
        edit: "a slash at the end of a path is gone",
        before: Some(|pages| {
            pages.replace(&["help.atom"], "/keep-alive<", "/keep-alive/<");
        }),
        change: |pages| {
            pages.replace(&["help.atom"], "/keep-alive/<", "/keep-alive<");
        },
        lines: &[
            "KeepAlive: the path was keep-alive/ and is keep-alive (breaks the wire, not users; spektrix_v2::operations::KeepAlive)",
        ],
    },
    Row {
        edit: "the value of a fixed part of the query",
        before: Some(|pages| {
            pages.replace(&["help.atom"], "/echo?message={message}", "/echo?message={message}&amp;kind=a");
        }),
        change: |pages| {
            pages.replace(&["help.atom"], "&amp;kind=a", "&amp;kind=b");
        },
        lines: &[
            r#"Echo?kind: the value was always "a" and is always "b" (breaks the wire, not users; spektrix_v2::operations::Echo)"#,
        ],
    },
    Row {
        edit: "a fixed part of the query is gone",
        before: Some(|pages| {
            pages.replace(&["help.atom"], "/echo?message={message}", "/echo?message={message}&amp;kind=a");
        }),
        change: |pages| {
            pages.replace(&["help.atom"], "&amp;kind=a", "");
        },
        lines: &[
            r#"Echo?kind: the fixed value "a" is gone (breaks nothing; spektrix_v2::operations::Echo)"#,
        ],
    },
    Row {
        edit: "a fixed part of the query becomes a parameter",
        before: Some(|pages| {
            pages.replace(&["help.atom"], "/echo?message={message}", "/echo?message={message}&amp;kind=a");
        }),
        change: |pages| {
            pages.replace(&["help.atom"], "&amp;kind=a", "&amp;kind={kind}");
        },
        lines: &[
            r#"Echo?kind: the value was always "a" and can be chosen now (breaks nothing; spektrix_v2::operations::Echo)"#,
        ],
    },
    Row {
        edit: "a parameter becomes a fixed part of the query",
        before: Some(|pages| {
            pages.replace(&["help.atom"], "/echo?message={message}", "/echo?message={message}&amp;kind={kind}");
        }),
        change: |pages| {
            pages.replace(&["help.atom"], "&amp;kind={kind}", "&amp;kind=a");
        },
        lines: &[
            r#"Echo?kind: the value could be chosen and is always "a" (breaks users and the wire; spektrix_v2::operations::Echo)"#,
        ],
    },
    Row {
        edit: "a description changes",
        before: Some(|pages| {
            pages.add_row("GetBands", "Description", "Lists bands.");
        }),
        change: |pages| {
            pages.replace_in_entry("GetBands", "Lists bands.", "Lists all bands.");
        },
        lines: &[
            r#"GetBands: the description was "Lists bands." and is "Lists all bands." (breaks nothing; spektrix_v2::operations::GetBands)"#,
        ],
    },
    Row {
        edit: "request: elementFormDefault",
        before: Some(|pages| {
            pages.replace(&["AuthenticateCustomer/request.xsd"], r#"<xs:schema elementFormDefault="qualified" xmlns:xs="http://www.w3.org/2001/XMLSchema">"#, r#"<xs:schema xmlns="urn:t" targetNamespace="urn:t" elementFormDefault="qualified" xmlns:xs="http://www.w3.org/2001/XMLSchema">"#);
        }),
        change: |pages| {
            pages.replace(&["AuthenticateCustomer/request.xsd"], r#""qualified""#, r#""unqualified""#);
        },
        lines: &[
            "CustomerCredentials: its names were in the namespace urn:t and are in no namespace (breaks the wire, not users; spektrix_v2::CustomerCredentials)",
        ],
    },
    Row {
        edit: "response: elementFormDefault",
        before: Some(|pages| {
            pages.replace(&["GetBands/response.xsd"], r#"<xs:schema elementFormDefault="qualified" xmlns:xs="http://www.w3.org/2001/XMLSchema">"#, r#"<xs:schema xmlns="urn:t" targetNamespace="urn:t" elementFormDefault="qualified" xmlns:xs="http://www.w3.org/2001/XMLSchema">"#);
        }),
        change: |pages| {
            pages.replace(&["GetBands/response.xsd"], r#""qualified""#, r#""unqualified""#);
        },
        lines: &[
            "GetBands response: the items and the names in BandT were in the namespace urn:t and are in no namespace (breaks nothing; spektrix_v2::operations::GetBands)",
        ],
    },
    Row {
        edit: "request: another target namespace",
        before: Some(|pages| {
            pages.replace(&["AuthenticateCustomer/request.xsd"], r#"<xs:schema elementFormDefault="qualified" xmlns:xs="http://www.w3.org/2001/XMLSchema">"#, r#"<xs:schema xmlns="urn:t" targetNamespace="urn:t" elementFormDefault="qualified" xmlns:xs="http://www.w3.org/2001/XMLSchema">"#);
        }),
        change: |pages| {
            pages.replace(&["AuthenticateCustomer/request.xsd"], "urn:t", "urn:u");
        },
        lines: &[
            "AuthenticateCustomer request: the root element and the names in CustomerCredentials were in the namespace urn:t and are in the namespace urn:u (breaks the wire, not users; spektrix_v2::operations::AuthenticateCustomer)",
        ],
    },
    Row {
        edit: "response: another target namespace",
        before: Some(|pages| {
            pages.replace(&["GetBands/response.xsd"], r#"<xs:schema elementFormDefault="qualified" xmlns:xs="http://www.w3.org/2001/XMLSchema">"#, r#"<xs:schema xmlns="urn:t" targetNamespace="urn:t" elementFormDefault="qualified" xmlns:xs="http://www.w3.org/2001/XMLSchema">"#);
        }),
        change: |pages| {
            pages.replace(&["GetBands/response.xsd"], "urn:t", "urn:u");
        },
        lines: &[
            "GetBands response: the root element, the items and the names in BandT were in the namespace urn:t and are in the namespace urn:u (breaks nothing; spektrix_v2::operations::GetBands)",
        ],
    },
    Row {
        edit: "request: the form of an element",
        before: Some(|pages| {
            pages.replace(&["AuthenticateCustomer/request.xsd"], r#"<xs:schema elementFormDefault="qualified" xmlns:xs="http://www.w3.org/2001/XMLSchema">"#, r#"<xs:schema xmlns="urn:t" targetNamespace="urn:t" elementFormDefault="unqualified" xmlns:xs="http://www.w3.org/2001/XMLSchema">"#);
        }),
        change: |pages| {
            pages.replace(&["AuthenticateCustomer/request.xsd"], r#"<xs:element minOccurs="0" maxOccurs="1" name="Email" type="xs:string"/>"#, r#"<xs:element form="qualified" minOccurs="0" maxOccurs="1" name="Email" type="xs:string"/>"#);
        },
        lines: &[
            "CustomerCredentials/Email: it was in no namespace and is in the namespace urn:t (breaks the wire, not users; spektrix_v2::CustomerCredentials::email)",
        ],
    },
    Row {
        edit: "request: the form of an attribute",
        before: Some(|pages| {
            pages.replace(&["AddCustomers/request.xsd"], r#"<xs:schema elementFormDefault="qualified" xmlns:xs="http://www.w3.org/2001/XMLSchema">"#, r#"<xs:schema xmlns="urn:t" targetNamespace="urn:t" elementFormDefault="unqualified" xmlns:xs="http://www.w3.org/2001/XMLSchema">"#);
        }),
        change: |pages| {
            pages.replace(&["AddCustomers/request.xsd"], r#"<xs:attribute name="id" type="xs:int"/>"#, r#"<xs:attribute form="qualified" name="id" type="xs:int"/>"#);
        },
        lines: &[
            "CustomerT/@id: it was in no namespace and is in the namespace urn:t (breaks the wire, not users; spektrix_v2::CustomerT::id)",
        ],
    },
    Row {
        edit: "response: the form of an attribute",
        before: Some(|pages| {
            pages.replace(&["GetBands/response.xsd"], r#"<xs:schema elementFormDefault="qualified" xmlns:xs="http://www.w3.org/2001/XMLSchema">"#, r#"<xs:schema xmlns="urn:t" targetNamespace="urn:t" elementFormDefault="unqualified" xmlns:xs="http://www.w3.org/2001/XMLSchema">"#);
        }),
        change: |pages| {
            pages.replace(&["GetBands/response.xsd"], r#"<xs:attribute name="id""#, r#"<xs:attribute form="qualified" name="id""#);
        },
        lines: &[
            "BandT/@id: it was in no namespace and is in the namespace urn:t (breaks the wire, not users; spektrix_v2::BandT::id)",
        ],
    },
    Row {
        edit: "response: a new branch of a required choice",
        before: Some(|pages| {
            pages.replace(&["GetInstanceStatus/response.xsd"], r#"<xs:element minOccurs="0" maxOccurs="1" name="Plan" type="Reference"/>"#, r#"<xs:choice minOccurs="1"><xs:element name="Plan" type="Reference"/><xs:element name="Seat" type="xs:int"/></xs:choice>"#);
        }),
        change: |pages| {
            pages.replace(&["GetInstanceStatus/response.xsd"], r#"<xs:choice minOccurs="1"><xs:element name="Plan" type="Reference"/><xs:element name="Seat" type="xs:int"/></xs:choice>"#, r#"<xs:choice minOccurs="1"><xs:element name="Plan" type="Reference"/><xs:element name="Seat" type="xs:int"/><xs:element minOccurs="1" maxOccurs="1" name="Zone" type="xs:int"/></xs:choice>"#);
        },
        lines: &[
            "InstancePlanStatus/Zone: the branch is new: xs:int (breaks the wire, not users; spektrix_v2::InstancePlanStatusChoice::Zone)",
        ],
    },
    Row {
        edit: "response: a new branch of an optional choice",
        before: Some(|pages| {
            pages.replace(&["GetInstanceStatus/response.xsd"], r#"<xs:element minOccurs="0" maxOccurs="1" name="Plan" type="Reference"/>"#, r#"<xs:choice minOccurs="0"><xs:element name="Plan" type="Reference"/><xs:element name="Seat" type="xs:int"/></xs:choice>"#);
        }),
        change: |pages| {
            pages.replace(&["GetInstanceStatus/response.xsd"], r#"<xs:choice minOccurs="0"><xs:element name="Plan" type="Reference"/><xs:element name="Seat" type="xs:int"/></xs:choice>"#, r#"<xs:choice minOccurs="0"><xs:element name="Plan" type="Reference"/><xs:element name="Seat" type="xs:int"/><xs:element minOccurs="1" maxOccurs="1" name="Zone" type="xs:int"/></xs:choice>"#);
        },
        lines: &[
            "InstancePlanStatus/Zone: the branch is new: xs:int (breaks nothing; spektrix_v2::InstancePlanStatusChoice::Zone)",
        ],
    },
    Row {
        edit: "response: a branch is gone",
        before: Some(|pages| {
            pages.replace(&["GetInstanceStatus/response.xsd"], r#"<xs:element minOccurs="0" maxOccurs="1" name="Plan" type="Reference"/>"#, r#"<xs:choice minOccurs="1"><xs:element name="Plan" type="Reference"/><xs:element name="Seat" type="xs:int"/><xs:element minOccurs="1" maxOccurs="1" name="Zone" type="xs:int"/></xs:choice>"#);
        }),
        change: |pages| {
            pages.replace(&["GetInstanceStatus/response.xsd"], r#"<xs:element name="Seat" type="xs:int"/>"#, "");
        },
        lines: &[
            "InstancePlanStatus/Seat: the branch is gone (breaks users, not the wire; spektrix_v2::InstancePlanStatusChoice::Seat)",
        ],
    },
    Row {
        edit: "response: a choice may be absent",
        before: Some(|pages| {
            pages.replace(&["GetInstanceStatus/response.xsd"], r#"<xs:element minOccurs="0" maxOccurs="1" name="Plan" type="Reference"/>"#, r#"<xs:choice minOccurs="1"><xs:element name="Plan" type="Reference"/><xs:element name="Seat" type="xs:int"/></xs:choice>"#);
        }),
        change: |pages| {
            pages.replace(&["GetInstanceStatus/response.xsd"], r#"<xs:choice minOccurs="1">"#, r#"<xs:choice minOccurs="0">"#);
        },
        lines: &[
            "InstancePlanStatus/choice(): was required and is optional (breaks users and the wire; spektrix_v2::InstancePlanStatus::choice)",
        ],
    },
    Row {
        edit: "response: a choice may repeat",
        before: Some(|pages| {
            pages.replace(&["GetInstanceStatus/response.xsd"], r#"<xs:element minOccurs="0" maxOccurs="1" name="Plan" type="Reference"/>"#, r#"<xs:choice minOccurs="1"><xs:element name="Plan" type="Reference"/><xs:element name="Seat" type="xs:int"/></xs:choice>"#);
        }),
        change: |pages| {
            pages.replace(&["GetInstanceStatus/response.xsd"], r#"<xs:choice minOccurs="1">"#, r#"<xs:choice minOccurs="1" maxOccurs="9">"#);
        },
        lines: &[
            "InstancePlanStatus/choice(): held InstancePlanStatusChoice and holds any number of InstancePlanStatusChoice (breaks users and the wire; spektrix_v2::InstancePlanStatus::choice)",
        ],
    },
    Row {
        edit: "response: a choice becomes separate elements",
        before: Some(|pages| {
            pages.replace(&["GetInstanceStatus/response.xsd"], r#"<xs:element minOccurs="0" maxOccurs="1" name="Plan" type="Reference"/>"#, r#"<xs:choice minOccurs="1"><xs:element name="Plan" type="Reference"/><xs:element name="Seat" type="xs:int"/></xs:choice>"#);
        }),
        change: |pages| {
            pages.replace(&["GetInstanceStatus/response.xsd"], r#"<xs:choice minOccurs="1"><xs:element name="Plan" type="Reference"/><xs:element name="Seat" type="xs:int"/></xs:choice>"#, r#"<xs:element minOccurs="0" maxOccurs="1" name="Plan" type="Reference"/><xs:element minOccurs="0" maxOccurs="1" name="Seat" type="xs:int"/>"#);
        },
        lines: &[
            "InstancePlanStatus/choice(): was a choice of Plan, Seat, which are separate elements now (breaks users and the wire; spektrix_v2::InstancePlanStatus::choice)",
        ],
    },
    Row {
        edit: "a second type extends a type",
        before: Some(|pages| {
            pages.replace(&["GetBands/response.xsd"], r#"<xs:complexType name="Band">"#, r#"<xs:complexType name="WideBand"><xs:complexContent><xs:extension base="Band"><xs:sequence><xs:element minOccurs="0" name="Width" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType><xs:complexType name="Band">"#);
        }),
        change: |pages| {
            pages.replace(&["GetBands/response.xsd"], r#"<xs:complexType name="Band">"#, r#"<xs:complexType name="FlatBand"><xs:complexContent><xs:extension base="Band"><xs:sequence><xs:element minOccurs="0" name="Width" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType><xs:complexType name="Band">"#);
        },
        lines: &[
            "Band: the derived type FlatBand is new (breaks nothing; spektrix_v2::AnyBand)",
        ],
    },
    Row {
        edit: "a type no longer extends a type",
        before: Some(|pages| {
            pages.replace(&["GetBands/response.xsd"], r#"<xs:complexType name="Band">"#, r#"<xs:complexType name="WideBand"><xs:complexContent><xs:extension base="Band"><xs:sequence><xs:element minOccurs="0" name="Width" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType><xs:complexType name="FlatBand"><xs:complexContent><xs:extension base="Band"><xs:sequence><xs:element minOccurs="0" name="Width" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType><xs:complexType name="Band">"#);
        }),
        change: |pages| {
            pages.replace(&["GetBands/response.xsd"], r#"<xs:complexType name="FlatBand"><xs:complexContent><xs:extension base="Band"><xs:sequence><xs:element minOccurs="0" name="Width" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>"#, "");
        },
        lines: &[
            "Band: the derived type FlatBand is gone (breaks users, not the wire; spektrix_v2::AnyBand)",
        ],
    },
    Row {
        edit: "no type extends a type any more",
        before: Some(|pages| {
            pages.replace(&["GetBands/response.xsd"], r#"<xs:complexType name="Band">"#, r#"<xs:complexType name="WideBand"><xs:complexContent><xs:extension base="Band"><xs:sequence><xs:element minOccurs="0" name="Width" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType><xs:complexType name="Band">"#);
        }),
        change: |pages| {
            pages.replace(&["GetBands/response.xsd"], r#"<xs:complexType name="WideBand"><xs:complexContent><xs:extension base="Band"><xs:sequence><xs:element minOccurs="0" name="Width" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>"#, "");
        },
        lines: &[
            "Band: no other types extend it any more: WideBand (breaks users, not the wire; spektrix_v2::AnyBand)",
        ],
    },
    Row {
        edit: "a part of a derived type",
        before: Some(|pages| {
            pages.replace(&["GetBands/response.xsd"], r#"<xs:complexType name="Band">"#, r#"<xs:complexType name="WideBand"><xs:complexContent><xs:extension base="Band"><xs:sequence><xs:element minOccurs="0" name="Width" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType><xs:complexType name="Band">"#);
        }),
        change: |pages| {
            pages.replace(&["GetBands/response.xsd"], r#"name="Width" type="xs:int""#, r#"name="Width" type="xs:string""#);
        },
        lines: &[
            "WideBand/Width: held xs:int and holds xs:string (breaks users and the wire; spektrix_v2::WideBand::width)",
        ],
    },
    Row {
        edit: "a default changes",
        before: Some(|pages| {
            pages.replace_in_type("AddBasketItems/request.xsd", "Ticket", r#"<xs:element minOccurs="0" maxOccurs="1" name="OfferGroup" type="xs:int"/>"#, r#"<xs:element minOccurs="0" name="OfferGroup" default="1" type="xs:int"/>"#);
        }),
        change: |pages| {
            pages.replace_in_type("AddBasketItems/request.xsd", "Ticket", r#"default="1""#, r#"default="2""#);
        },
        lines: &[
            r#"Ticket/OfferGroup: its absence meant "1" and means "2" (breaks the wire, not users; spektrix_v2::TicketInAddBasketItemsRequest::offer_group)"#,
        ],
    },
    Row {
        edit: "a field can no longer be nil",
        before: Some(|pages| {
            pages.replace(&["GetTagGroups/response.xsd"], r#"<xs:element minOccurs="0" maxOccurs="1" name="Name" type="xs:string"/>"#, r#"<xs:element minOccurs="0" name="Name" nillable="true" type="xs:string"/>"#);
        }),
        change: |pages| {
            pages.replace(&["GetTagGroups/response.xsd"], r#" nillable="true" type="xs:string""#, r#" type="xs:string""#);
        },
        lines: &[
            "TagGroup/Name: can no longer be nil (breaks nothing; spektrix_v2::TagGroup::name)",
        ],
    },
    Row {
        edit: "any element is no longer allowed",
        before: Some(|pages| {
            pages.replace(&["GetBands/response.xsd"], r#"<xs:element minOccurs="0" maxOccurs="1" name="Name" type="xs:string"/>"#, r#"<xs:element minOccurs="0" maxOccurs="1" name="Name" type="xs:string"/><xs:any minOccurs="0"/>"#);
        }),
        change: |pages| {
            pages.replace(&["GetBands/response.xsd"], r#"<xs:any minOccurs="0"/>"#, "");
        },
        lines: &[
            "Band/*: gone, and was skipped: any element (breaks nothing; spektrix_v2::Band)",
        ],
    },
    Row {
        edit: "request: the wrapper of a list is required",
        before: Some(|pages| {
            pages.replace(&["AddCustomers/request.xsd"], r#"<xs:element minOccurs="0" maxOccurs="1" name="Title" type="xs:string"/>"#, r#"<xs:element minOccurs="0" name="Seats" type="Seats"/>"#);
            pages.replace(&["AddCustomers/request.xsd"], r#"<xs:complexType name="Customer">"#, r#"<xs:complexType name="Seats"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Seat" type="xs:int"/></xs:sequence></xs:complexType><xs:complexType name="Customer">"#);
        }),
        change: |pages| {
            pages.replace(&["AddCustomers/request.xsd"], r#"minOccurs="0" name="Seats""#, r#"minOccurs="1" name="Seats""#);
        },
        lines: &[
            "Customer/Seats: the wrapper was optional and is required (breaks the wire, not users; spektrix_v2::CustomerInAddCustomersRequest::seats)",
        ],
    },
    Row {
        edit: "a new operation",
        before: None,
        change: |pages| {
            pages.copy_operation("KeepAlive", "Ping");
        },
        lines: &[
            "Ping: the operation is new (breaks nothing; spektrix_v2::operations::Ping)",
        ],
    },
];
