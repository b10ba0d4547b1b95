//! A part of the table of edits, which test `diff`. Enumerations, choices, types that others extend, and parts of which the crate has nothing.

use super::pages::Row;

#[rustfmt::skip]
pub(crate) const ROWS: &[Row] = &[
    Row {
        edit: "a value of an enumeration is gone",
        before: None,
        change: |pages| {
            pages.replace_everywhere(r#"<xs:enumeration value="Cobo"/>"#, "");
        },
        lines: &[
            r#"DeliveryType: the value "Cobo" is gone (breaks users and the wire; spektrix_v2::DeliveryType::Cobo)"#,
        ],
    },
    Row {
        edit: "a value of an enumeration is gone on the page of a request",
        before: None,
        change: |pages| {
            pages.replace(&["UpdateBasket/request.xsd"], r#"<xs:enumeration value="Cobo"/>"#, "");
        },
        lines: &[
            r#"DeliveryType: the value "Cobo" is gone (breaks users and the wire; spektrix_v2::DeliveryType::Cobo)"#,
        ],
    },
    Row {
        edit: "a value of an enumeration is gone on the page of a response",
        before: None,
        change: |pages| {
            pages.replace(&["ConfirmOrder/response.xsd"], r#"<xs:enumeration value="Cobo"/>"#, "");
        },
        lines: &[
            r#"DeliveryType: the value "Cobo" is gone (breaks users, not the wire; spektrix_v2::DeliveryType::Cobo)"#,
        ],
    },
    Row {
        edit: "a new value of an enumeration",
        before: None,
        change: |pages| {
            pages.replace_everywhere(r#"<xs:enumeration value="Cobo"/>"#, r#"<xs:enumeration value="Cobo"/><xs:enumeration value="Courier"/>"#);
        },
        lines: &[
            r#"DeliveryType: the value "Courier" is new (breaks nothing; spektrix_v2::DeliveryType::Courier)"#,
        ],
    },
    Row {
        edit: "a value of an enumeration is renamed",
        before: None,
        change: |pages| {
            pages.replace_everywhere(r#"<xs:enumeration value="Cobo"/>"#, r#"<xs:enumeration value="BoxOffice"/>"#);
        },
        lines: &[
            r#"DeliveryType: the value "Cobo" is called "BoxOffice" now (a guess: it has the same position) (breaks users and the wire; spektrix_v2::DeliveryType::Cobo)"#,
        ],
    },
    Row {
        edit: "response: an enumeration becomes text",
        before: None,
        change: |pages| {
            pages.replace(&["ConfirmOrder/response.xsd"], r#"name="Type" type="DeliveryType""#, r#"name="Type" type="xs:string""#);
        },
        lines: &[
            "Delivery/Type: held DeliveryType and holds xs:string (breaks users, not the wire; spektrix_v2::Delivery::r#type)",
        ],
    },
    Row {
        edit: "request: an enumeration becomes text",
        before: None,
        change: |pages| {
            pages.replace(&["UpdateBasket/request.xsd"], r#"<xs:element minOccurs="0" maxOccurs="1" name="Type" type="DeliveryType"/>"#, r#"<xs:element minOccurs="0" maxOccurs="1" name="Type" type="xs:string"/>"#);
        },
        lines: &[
            "Delivery/Type: held DeliveryType and holds xs:string (breaks users, not the wire; spektrix_v2::Delivery::r#type)",
        ],
    },
    Row {
        edit: "response: text becomes an enumeration",
        before: None,
        change: |pages| {
            pages.replace(&["GetTagGroups/response.xsd"], r#"<xs:element minOccurs="0" maxOccurs="1" name="Name" type="xs:string"/>"#, r#"<xs:element minOccurs="0" maxOccurs="1" name="Name" type="Colour"/>"#);
            pages.replace(&["GetTagGroups/response.xsd"], r#"<xs:complexType name="TagGroup">"#, r#"<xs:simpleType name="Colour"><xs:restriction base="xs:string"><xs:enumeration value="Red"/></xs:restriction></xs:simpleType><xs:complexType name="TagGroup">"#);
        },
        lines: &[
            "TagGroup/Name: held xs:string and holds Colour (breaks users, not the wire; spektrix_v2::TagGroup::name)",
        ],
    },
    Row {
        edit: "request: text becomes an enumeration",
        before: None,
        change: |pages| {
            pages.replace(&["AddCustomers/request.xsd"], r#"<xs:element minOccurs="0" maxOccurs="1" name="Title" type="xs:string"/>"#, r#"<xs:element minOccurs="0" maxOccurs="1" name="Title" type="Title"/>"#);
            pages.replace(&["AddCustomers/request.xsd"], r#"<xs:complexType name="Customer">"#, r#"<xs:simpleType name="Title"><xs:restriction base="xs:string"><xs:enumeration value="Dr"/></xs:restriction></xs:simpleType><xs:complexType name="Customer">"#);
        },
        lines: &[
            "Customer/Title: held xs:string and holds Title (breaks users and the wire; spektrix_v2::Customer::title)",
        ],
    },
    Row {
        edit: "another type extends a type",
        before: None,
        change: |pages| {
            pages.replace(&["GetBands/response.xsd"], r#"<xs:complexType name="Band">"#, r#"<xs:complexType name="WideBand"><xs:complexContent><xs:extension base="Band"><xs:sequence><xs:element minOccurs="0" name="Width" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType><xs:complexType name="Band">"#);
        },
        lines: &[
            "Band: other types extend it now: WideBand (breaks users, not the wire; spektrix_v2::Band)",
        ],
    },
    Row {
        edit: "a type of a request is abstract now",
        before: None,
        change: |pages| {
            pages.replace(&["AddCustomers/request.xsd"], r#"<xs:complexType name="Customer">"#, r#"<xs:complexType name="Person"><xs:complexContent><xs:extension base="Customer"/></xs:complexContent></xs:complexType><xs:complexType name="Customer" abstract="true">"#);
        },
        lines: &[
            "Customer: it is abstract now, and other types extend it: Person (breaks users and the wire; spektrix_v2::Customer)",
        ],
    },
    Row {
        edit: "any element is allowed",
        before: None,
        change: |pages| {
            pages.replace(&["GetBands/response.xsd"], r#"<xs:element minOccurs="0" maxOccurs="1" name="Name" type="xs:string"/>"#, r#"<xs:element minOccurs="0" maxOccurs="1" name="Name" type="xs:string"/><xs:any minOccurs="0"/>"#);
        },
        lines: &[
            "Band/*: new, and is skipped: any element (breaks nothing; spektrix_v2::Band)",
        ],
    },
    Row {
        edit: "any attribute is allowed",
        before: None,
        change: |pages| {
            pages.replace(&["GetBands/response.xsd"], r#"<xs:attribute name="id" type="xs:int" use="required"/>"#, r#"<xs:attribute name="id" type="xs:int" use="required"/><xs:anyAttribute/>"#);
        },
        lines: &[
            "Band/@*: new, and is skipped: any attribute (breaks nothing; spektrix_v2::Band)",
        ],
    },
    Row {
        edit: "text between elements is allowed",
        before: None,
        change: |pages| {
            pages.replace(&["GetBands/response.xsd"], r#"<xs:complexType name="Band">"#, r#"<xs:complexType name="Band" mixed="true">"#);
        },
        lines: &[
            "Band/text(): new, and is skipped: text between elements (breaks nothing; spektrix_v2::Band)",
        ],
    },
    Row {
        edit: "a facet in a request narrows",
        before: None,
        change: |pages| {
            pages.replace(&["AddCustomers/request.xsd"], r#"<xs:element minOccurs="0" maxOccurs="1" name="Title" type="xs:string"/>"#, r#"<xs:element minOccurs="0" name="Title"><xs:simpleType><xs:restriction base="xs:string"><xs:maxLength value="10"/></xs:restriction></xs:simpleType></xs:element>"#);
        },
        lines: &[
            "Customer/Title: the facet maxLength was missing and is 10 (breaks the wire, not users; spektrix_v2::Customer::title)",
        ],
    },
    Row {
        edit: "a pattern in a request",
        before: None,
        change: |pages| {
            pages.replace(&["AddCustomers/request.xsd"], r#"<xs:element minOccurs="0" maxOccurs="1" name="Mobile" type="xs:string"/>"#, r#"<xs:element minOccurs="0" name="Mobile"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="[0-9]+"/></xs:restriction></xs:simpleType></xs:element>"#);
        },
        lines: &[
            "Customer/Mobile: the facet pattern was missing and is [0-9]+ (breaks the wire, not users; spektrix_v2::Customer::mobile)",
        ],
    },
    Row {
        edit: "a facet in a response",
        before: None,
        change: |pages| {
            pages.replace(&["GetBands/response.xsd"], r#"<xs:element minOccurs="0" maxOccurs="1" name="Name" type="xs:string"/>"#, r#"<xs:element minOccurs="0" name="Name"><xs:simpleType><xs:restriction base="xs:string"><xs:maxLength value="50"/></xs:restriction></xs:simpleType></xs:element>"#);
        },
        lines: &[
            "Band/Name: the facet maxLength was missing and is 50 (breaks nothing; spektrix_v2::Band::name)",
        ],
    },
    Row {
        edit: "the documentation of a type",
        before: None,
        change: |pages| {
            pages.replace(&["GetBands/response.xsd"], r#"<xs:complexType name="Band">"#, r#"<xs:complexType name="Band"><xs:annotation><xs:documentation>A price band.</xs:documentation></xs:annotation>"#);
        },
        lines: &[
            r#"Band: the documentation was missing and is "A price band." (breaks nothing; spektrix_v2::Band)"#,
        ],
    },
    Row {
        edit: "the documentation of a field",
        before: None,
        change: |pages| {
            pages.replace(&["GetBands/response.xsd"], r#"<xs:element minOccurs="0" maxOccurs="1" name="Name" type="xs:string"/>"#, r#"<xs:element minOccurs="0" maxOccurs="1" name="Name" type="xs:string"><xs:annotation><xs:documentation>Its name.</xs:documentation></xs:annotation></xs:element>"#);
        },
        lines: &[
            r#"Band/Name: the documentation was missing and is "Its name." (breaks nothing; spektrix_v2::Band::name)"#,
        ],
    },
    Row {
        edit: "the documentation of a value",
        before: None,
        change: |pages| {
            pages.replace_everywhere(r#"<xs:enumeration value="Cobo"/>"#, r#"<xs:enumeration value="Cobo"><xs:annotation><xs:documentation>Collected.</xs:documentation></xs:annotation></xs:enumeration>"#);
        },
        lines: &[
            r#"DeliveryType: "Cobo": the documentation was missing and is "Collected." (breaks nothing; spektrix_v2::DeliveryType::Cobo)"#,
        ],
    },
    Row {
        edit: "the example",
        before: None,
        change: |pages| {
            pages.replace(&["GetBands/response.xml"], "<Band ", r#"<Band kind="1" "#);
        },
        lines: &[
            r#"GetBands response: the example differs: it had Bands/Band/Name and has Bands/Band/@kind = "1" (breaks nothing; spektrix_v2::operations::GetBands)"#,
        ],
    },
];
