//! A part of the table of edits, which test `diff`. What the text of a value may be, in each direction.

use super::pages::Row;

#[rustfmt::skip]
pub(crate) const ROWS: &[Row] = &[
    Row {
        edit: "response: int to long",
        before: None,
        change: |pages| {
            pages.replace(&["GetEvents/response.xsd"], r#"name="Duration" type="xs:int""#, r#"name="Duration" type="xs:long""#);
        },
        lines: &[
            "Event/Duration: held xs:int and holds xs:long (breaks users and the wire; spektrix_v2::Event::duration)",
        ],
    },
    Row {
        edit: "response: int to short",
        before: None,
        change: |pages| {
            pages.replace(&["GetEvents/response.xsd"], r#"name="Duration" type="xs:int""#, r#"name="Duration" type="xs:short""#);
        },
        lines: &[
            "Event/Duration: held xs:int and holds xs:short (breaks users, not the wire; spektrix_v2::Event::duration)",
        ],
    },
    Row {
        edit: "response: int to string",
        before: None,
        change: |pages| {
            pages.replace(&["GetEvents/response.xsd"], r#"name="Duration" type="xs:int""#, r#"name="Duration" type="xs:string""#);
        },
        lines: &[
            "Event/Duration: held xs:int and holds xs:string (breaks users and the wire; spektrix_v2::Event::duration)",
        ],
    },
    Row {
        edit: "response: int to decimal",
        before: None,
        change: |pages| {
            pages.replace(&["GetEvents/response.xsd"], r#"name="Duration" type="xs:int""#, r#"name="Duration" type="xs:decimal""#);
        },
        lines: &[
            "Event/Duration: held xs:int and holds xs:decimal (breaks users and the wire; spektrix_v2::Event::duration)",
        ],
    },
    Row {
        edit: "response: boolean to string",
        before: None,
        change: |pages| {
            pages.replace(&["GetEvents/response.xsd"], r#"name="IsOnSale" type="xs:boolean""#, r#"name="IsOnSale" type="xs:string""#);
        },
        lines: &[
            "Event/IsOnSale: held xs:boolean and holds xs:string (breaks users and the wire; spektrix_v2::Event::is_on_sale)",
        ],
    },
    Row {
        edit: "response: string to int",
        before: None,
        change: |pages| {
            pages.replace(&["GetTagGroups/response.xsd"], r#"name="Name" type="xs:string""#, r#"name="Name" type="xs:int""#);
        },
        lines: &[
            "TagGroup/Name: held xs:string and holds xs:int (breaks users, not the wire; spektrix_v2::TagGroup::name)",
        ],
    },
    Row {
        edit: "response: string to a date",
        before: None,
        change: |pages| {
            pages.replace(&["GetTagGroups/response.xsd"], r#"name="Name" type="xs:string""#, r#"name="Name" type="xs:date""#);
        },
        lines: &[
            "TagGroup/Name: held xs:string and holds xs:date (breaks users, not the wire; spektrix_v2::TagGroup::name)",
        ],
    },
    Row {
        edit: "response: dateTime to date",
        before: None,
        change: |pages| {
            pages.replace(&["GetInstances/response.xsd"], r#"name="Start" type="xs:dateTime""#, r#"name="Start" type="xs:date""#);
        },
        lines: &[
            "Instance/Start: held xs:dateTime and holds xs:date (breaks users and the wire; spektrix_v2::Instance::start)",
        ],
    },
    Row {
        edit: "response: a time in UTC to text",
        before: None,
        change: |pages| {
            pages.replace(&["GetInstances/response.xsd"], r#"name="StartUtc" type="xs:dateTime""#, r#"name="StartUtc" type="xs:string""#);
        },
        lines: &[
            "Instance/StartUtc: held xs:dateTime and holds xs:string (breaks users and the wire; spektrix_v2::Instance::start_utc)",
        ],
    },
    Row {
        edit: "request: int to long",
        before: None,
        change: |pages| {
            pages.replace_in_type("AddBasketItems/request.xsd", "Ticket", r#"name="OfferGroup" type="xs:int""#, r#"name="OfferGroup" type="xs:long""#);
        },
        lines: &[
            "Ticket/OfferGroup: held xs:int and holds xs:long (breaks users, not the wire; spektrix_v2::Ticket::offer_group)",
        ],
    },
    Row {
        edit: "request: int to unsignedInt",
        before: None,
        change: |pages| {
            pages.replace_in_type("AddBasketItems/request.xsd", "Ticket", r#"name="OfferGroup" type="xs:int""#, r#"name="OfferGroup" type="xs:unsignedInt""#);
        },
        lines: &[
            "Ticket/OfferGroup: held xs:int and holds xs:unsignedInt (breaks users and the wire; spektrix_v2::Ticket::offer_group)",
        ],
    },
    Row {
        edit: "request: int to string",
        before: None,
        change: |pages| {
            pages.replace_in_type("AddBasketItems/request.xsd", "Ticket", r#"name="OfferGroup" type="xs:int""#, r#"name="OfferGroup" type="xs:string""#);
        },
        lines: &[
            "Ticket/OfferGroup: held xs:int and holds xs:string (breaks users, not the wire; spektrix_v2::Ticket::offer_group)",
        ],
    },
    Row {
        edit: "request: int to byte",
        before: None,
        change: |pages| {
            pages.replace_in_type("AddBasketItems/request.xsd", "Ticket", r#"name="OfferGroup" type="xs:int""#, r#"name="OfferGroup" type="xs:byte""#);
        },
        lines: &[
            "Ticket/OfferGroup: held xs:int and holds xs:byte (breaks users and the wire; spektrix_v2::Ticket::offer_group)",
        ],
    },
    Row {
        edit: "request: decimal to int",
        before: None,
        change: |pages| {
            pages.replace_in_type("AddBasketItems/request.xsd", "Ticket", r#"name="Price" type="xs:decimal""#, r#"name="Price" type="xs:int""#);
        },
        lines: &[
            "Ticket/Price: held xs:decimal and holds xs:int (breaks users and the wire; spektrix_v2::Ticket::price)",
        ],
    },
    Row {
        edit: "request: decimal to double",
        before: None,
        change: |pages| {
            pages.replace_in_type("AddBasketItems/request.xsd", "Ticket", r#"name="Price" type="xs:decimal""#, r#"name="Price" type="xs:double""#);
        },
        lines: &[
            "Ticket/Price: held xs:decimal and holds xs:double (breaks users and the wire; spektrix_v2::Ticket::price)",
        ],
    },
    Row {
        edit: "request: string to int",
        before: None,
        change: |pages| {
            pages.replace(&["AddCustomers/request.xsd"], r#"name="Title" type="xs:string""#, r#"name="Title" type="xs:int""#);
        },
        lines: &[
            "Customer/Title: held xs:string and holds xs:int (breaks users and the wire; spektrix_v2::Customer::title)",
        ],
    },
    Row {
        edit: "request and response: int to long",
        before: None,
        change: |pages| {
            pages.replace(&["UpdateBasket/request.xsd", "GetBasket/response.xsd"], r#"name="OfferGroup" type="xs:int""#, r#"name="OfferGroup" type="xs:long""#);
        },
        lines: &[
            "MerchandiseItem/OfferGroup: held xs:int and holds xs:long (breaks users and the wire; spektrix_v2::MerchandiseItem::offer_group)",
            "Ticket/OfferGroup: held xs:int and holds xs:long (breaks users and the wire; spektrix_v2::Ticket::offer_group)",
        ],
    },
    Row {
        edit: "response: anything",
        before: None,
        change: |pages| {
            pages.replace(&["GetTagGroups/response.xsd"], r#"name="Name" type="xs:string""#, r#"name="Name" type="xs:anyType""#);
        },
        lines: &[
            "TagGroup/Name: held xs:string and holds any XML (breaks users and the wire; spektrix_v2::TagGroup::name)",
        ],
    },
    Row {
        edit: "request: anything",
        before: None,
        change: |pages| {
            pages.replace(&["AddCustomers/request.xsd"], r#"name="Title" type="xs:string""#, r#"name="Title" type="xs:anyType""#);
        },
        lines: &[
            "Customer/Title: held xs:string and holds any XML (breaks users, not the wire; spektrix_v2::Customer::title)",
        ],
    },
    Row {
        edit: "an identifier is another number",
        before: None,
        change: |pages| {
            pages.replace(&["GetBands/response.xsd"], r#"name="id" type="xs:int""#, r#"name="id" type="xs:long""#);
        },
        lines: &[
            "Band/@id: held xs:int and holds xs:long (breaks users and the wire; spektrix_v2::Band::id)",
        ],
    },
    Row {
        edit: "an identifier is text",
        before: None,
        change: |pages| {
            pages.replace(&["GetBands/response.xsd"], r#"name="id" type="xs:int""#, r#"name="id" type="xs:string""#);
        },
        lines: &[
            "Band/@id: held xs:int and holds xs:string (breaks users and the wire; spektrix_v2::Band::id)",
        ],
    },
    Row {
        edit: "an identifier in a request is a wider number",
        before: None,
        change: |pages| {
            pages.replace(&["AddCustomers/request.xsd"], r#"<xs:attribute name="id" type="xs:int"/>"#, r#"<xs:attribute name="id" type="xs:long"/>"#);
        },
        lines: &[
            "Customer/@id: held xs:int and holds xs:long (breaks users, not the wire; spektrix_v2::Customer::id)",
        ],
    },
    Row {
        edit: "all identifiers of events are text",
        before: None,
        change: |pages| {
            pages.replace(&["GetEvents/response.xsd", "GetBasketRelatedData/response.xsd", "GetOrderRelatedData/response.xsd"], r#"</xs:sequence>
      <xs:attribute name="id" type="xs:int" use="required"/>
    </xs:complexType>
    <xs:complexType name="Attribute">"#, r#"</xs:sequence>
      <xs:attribute name="id" type="xs:string" use="required"/>
    </xs:complexType>
    <xs:complexType name="Attribute">"#);
        },
        lines: &[
            "Event/@id: held xs:int and holds xs:string (breaks users and the wire; spektrix_v2::Event::id)",
        ],
    },
    Row {
        edit: "the type of all references is text",
        before: None,
        change: |pages| {
            pages.replace_everywhere(r#"<xs:complexType name="Reference">
      <xs:attribute name="id" type="xs:int" use="required"/>"#, r#"<xs:complexType name="Reference">
      <xs:attribute name="id" type="xs:string" use="required"/>"#);
        },
        lines: &[
            "Reference/@id: held xs:int and holds xs:string (breaks users and the wire; spektrix_v2::Basket::customer and 34 more)",
        ],
    },
    Row {
        edit: "the type of references on one page is text",
        before: None,
        change: |pages| {
            pages.replace(&["GetInstanceStatus/response.xsd"], r#"<xs:complexType name="Reference">
      <xs:attribute name="id" type="xs:int" use="required"/>"#, r#"<xs:complexType name="Reference">
      <xs:attribute name="id" type="xs:string" use="required"/>"#);
        },
        lines: &[
            "Reference/@id: held xs:int and holds xs:string (breaks users and the wire; spektrix_v2::InstancePlanStatus::bands and 3 more)",
        ],
    },
    Row {
        edit: "the type of references in a request is text",
        before: None,
        change: |pages| {
            pages.replace(&["AddBasketItems/request.xsd"], r#"<xs:complexType name="Reference">
      <xs:attribute name="id" type="xs:int" use="required"/>"#, r#"<xs:complexType name="Reference">
      <xs:attribute name="id" type="xs:string" use="required"/>"#);
        },
        lines: &[
            "Reference/@id: held xs:int and holds xs:string (breaks users, not the wire; spektrix_v2::MerchandiseItem::offer and 6 more)",
        ],
    },
    Row {
        edit: "references may lack their identifier",
        before: None,
        change: |pages| {
            pages.replace(&["GetInstanceStatus/response.xsd"], r#"<xs:complexType name="Reference">
      <xs:attribute name="id" type="xs:int" use="required"/>"#, r#"<xs:complexType name="Reference">
      <xs:attribute name="id" type="xs:int"/>"#);
        },
        lines: &[
            "Reference/@id: was required and is optional (breaks the wire, not users; spektrix_v2::InstancePlanStatus::bands and 3 more)",
        ],
    },
    Row {
        edit: "references in a request may lack their identifier",
        before: None,
        change: |pages| {
            pages.replace(&["AddBasketItems/request.xsd"], r#"<xs:complexType name="Reference">
      <xs:attribute name="id" type="xs:int" use="required"/>"#, r#"<xs:complexType name="Reference">
      <xs:attribute name="id" type="xs:int"/>"#);
        },
        lines: &[
            "Reference/@id: was required and is optional (breaks nothing; spektrix_v2::MerchandiseItem::offer and 6 more)",
        ],
    },
    Row {
        edit: "references have a name as well",
        before: None,
        change: |pages| {
            pages.replace(&["GetInstanceStatus/response.xsd"], r#"<xs:complexType name="Reference">
      <xs:attribute name="id" type="xs:int" use="required"/>"#, r#"<xs:complexType name="Reference">
      <xs:attribute name="id" type="xs:int" use="required"/><xs:attribute name="name" type="xs:string"/>"#);
        },
        lines: &[
            "Reference: was only an identifier, and has other parts now (breaks users, not the wire; spektrix_v2::InstancePlanStatus::bands and 3 more)",
        ],
    },
    Row {
        edit: "references in a request need a name as well",
        before: None,
        change: |pages| {
            pages.replace(&["AddBasketItems/request.xsd"], r#"<xs:complexType name="Reference">
      <xs:attribute name="id" type="xs:int" use="required"/>"#, r#"<xs:complexType name="Reference">
      <xs:attribute name="id" type="xs:int" use="required"/><xs:attribute name="name" type="xs:string" use="required"/>"#);
        },
        lines: &[
            "Reference: was only an identifier, and has other parts now (breaks users and the wire; spektrix_v2::MerchandiseItem::offer and 6 more)",
        ],
    },
    Row {
        edit: "one field holds an object instead of a reference",
        before: None,
        change: |pages| {
            pages.replace(&["GetInstances/response.xsd"], r#"name="Plan" type="Reference""#, r#"name="Plan" type="Plan""#);
            pages.replace(&["GetInstances/response.xsd"], r#"<xs:complexType name="Reference">"#, r#"<xs:complexType name="Plan"><xs:attribute name="id" type="xs:int" use="required"/><xs:attribute name="name" type="xs:string"/></xs:complexType><xs:complexType name="Reference">"#);
        },
        lines: &[
            "Instance/Plan: held PlanId (xs:int) and holds PlanInGetInstances (breaks users, not the wire; spektrix_v2::Instance::plan)",
        ],
    },
    Row {
        edit: "user-defined attributes have a third part",
        before: None,
        change: |pages| {
            pages.replace(&["GetEvents/response.xsd"], r#"<xs:complexType name="Attribute">
      <xs:sequence>"#, r#"<xs:complexType name="Attribute">
      <xs:sequence><xs:element minOccurs="0" maxOccurs="1" name="Kind" type="xs:string"/>"#);
        },
        lines: &[
            "Attribute: was only a name and a value, and has other parts now (breaks users, not the wire; spektrix_v2::Event::attributes)",
        ],
    },
    Row {
        edit: "the items of a wrapper have another name",
        before: None,
        change: |pages| {
            pages.replace(&["GetInstanceStatus/response.xsd"], r#"name="Plan" nillable="true""#, r#"name="SubPlan" nillable="true""#);
        },
        lines: &[
            "ArrayOfReference/Plan: the items are called SubPlan now (breaks the wire, not users; spektrix_v2::InstancePlanStatus::sub_plans)",
        ],
    },
    Row {
        edit: "the wrapper of a list has an attribute",
        before: None,
        change: |pages| {
            pages.replace(&["GetInstanceStatus/response.xsd"], r#"<xs:complexType name="ArrayOfReference">
      <xs:sequence>
        <xs:element minOccurs="0" maxOccurs="unbounded" name="Plan" nillable="true" type="Reference"/>
      </xs:sequence>"#, r#"<xs:complexType name="ArrayOfReference">
      <xs:sequence>
        <xs:element minOccurs="0" maxOccurs="unbounded" name="Plan" nillable="true" type="Reference"/>
      </xs:sequence><xs:attribute name="count" type="xs:int"/>"#);
        },
        lines: &[
            "ArrayOfReference: was only a list, and has other parts now (breaks users, not the wire; spektrix_v2::InstancePlanStatus::sub_plans)",
        ],
    },
    Row {
        edit: "a list loses its wrapper",
        before: None,
        change: |pages| {
            pages.replace(&["GetInstanceStatus/response.xsd"], r#"<xs:element minOccurs="0" maxOccurs="1" name="SubPlans" type="ArrayOfReference"/>"#, r#"<xs:element minOccurs="0" maxOccurs="unbounded" name="SubPlans" type="Reference"/>"#);
        },
        lines: &[
            "InstancePlanStatus/SubPlans: held a list of PlanId (xs:int) in <Plan> and holds a list of SubPlansId (xs:int) (breaks users and the wire; spektrix_v2::InstancePlanStatus::sub_plans)",
        ],
    },
];
