//! A part of the table of edits, which test `diff`. What a field holds, whether it is present, and where it is.

use super::pages::Row;

#[rustfmt::skip]
pub(crate) const ROWS: &[Row] = &[
    Row {
        edit: "response: a required field is gone",
        before: None,
        change: |pages| {
            pages.replace(&["GetEvents/response.xsd"], r#"<xs:element minOccurs="1" maxOccurs="1" name="Duration" type="xs:int"/>"#, "");
        },
        lines: &[
            "Event/Duration: the field is gone (breaks users and the wire; spektrix_v2::Event::duration)",
        ],
    },
    Row {
        edit: "response: an optional field is gone",
        before: None,
        change: |pages| {
            pages.replace(&["GetTagGroups/response.xsd"], r#"<xs:element minOccurs="0" maxOccurs="1" name="Name" type="xs:string"/>"#, "");
        },
        lines: &[
            "TagGroup/Name: the field is gone (breaks users and the wire; spektrix_v2::TagGroup::name)",
        ],
    },
    Row {
        edit: "response: an optional field that is always sent is gone",
        before: None,
        change: |pages| {
            pages.replace(&["GetEvents/response.xsd"], r#"<xs:element minOccurs="0" maxOccurs="1" name="ImageUrl" type="xs:string"/>"#, "");
        },
        lines: &[
            "Event/ImageUrl: the field is gone (breaks users and the wire; spektrix_v2::Event::image_url)",
        ],
    },
    Row {
        edit: "request: a field is gone",
        before: None,
        change: |pages| {
            pages.replace_in_type("AddBasketItems/request.xsd", "Ticket", r#"<xs:element minOccurs="0" maxOccurs="1" name="OfferGroup" type="xs:int"/>"#, "");
        },
        lines: &[
            "Ticket/OfferGroup: the field is gone (breaks users and the wire; spektrix_v2::Ticket::offer_group)",
        ],
    },
    Row {
        edit: "response: a field is renamed",
        before: None,
        change: |pages| {
            pages.replace(&["GetEvents/response.xsd"], r#"<xs:element minOccurs="1" maxOccurs="1" name="Duration" type="xs:int"/>"#, r#"<xs:element minOccurs="1" maxOccurs="1" name="Minutes" type="xs:int"/>"#);
        },
        lines: &[
            "Event/Duration: renamed to Minutes (a guess: it has the same position and the same type) (breaks users and the wire; spektrix_v2::Event::duration)",
        ],
    },
    Row {
        edit: "request: a field is renamed",
        before: None,
        change: |pages| {
            pages.replace_in_type("AddBasketItems/request.xsd", "Ticket", r#"<xs:element minOccurs="0" maxOccurs="1" name="Price" type="xs:decimal"/>"#, r#"<xs:element minOccurs="0" maxOccurs="1" name="Cost" type="xs:decimal"/>"#);
        },
        lines: &[
            "Ticket/Price: renamed to Cost (a guess: it has the same position and the same type) (breaks users and the wire; spektrix_v2::Ticket::price)",
        ],
    },
    Row {
        edit: "request: a reference is renamed",
        before: None,
        change: |pages| {
            pages.replace_in_type("AddBasketItems/request.xsd", "Ticket", r#"<xs:element minOccurs="0" maxOccurs="1" name="Plan" type="Reference"/>"#, r#"<xs:element minOccurs="0" maxOccurs="1" name="SeatingPlan" type="Reference"/>"#);
        },
        lines: &[
            "Ticket/Plan: renamed to SeatingPlan (a guess: it has the same position and the same type) (breaks users and the wire; spektrix_v2::Ticket::plan)",
        ],
    },
    Row {
        edit: "response: a new optional field",
        before: None,
        change: |pages| {
            pages.replace(&["GetEvents/response.xsd"], r#"<xs:element minOccurs="1" maxOccurs="1" name="Duration" type="xs:int"/>"#, r#"<xs:element minOccurs="1" maxOccurs="1" name="Duration" type="xs:int"/><xs:element minOccurs="0" maxOccurs="1" name="New" type="xs:int"/>"#);
        },
        lines: &[
            "Event/New: the field is new: xs:int (breaks nothing; spektrix_v2::Event::new)",
        ],
    },
    Row {
        edit: "response: a new required field",
        before: None,
        change: |pages| {
            pages.replace(&["GetEvents/response.xsd"], r#"<xs:element minOccurs="1" maxOccurs="1" name="Duration" type="xs:int"/>"#, r#"<xs:element minOccurs="1" maxOccurs="1" name="Duration" type="xs:int"/><xs:element minOccurs="1" maxOccurs="1" name="New" type="xs:int"/>"#);
        },
        lines: &[
            "Event/New: the field is new, and required: xs:int (breaks users, not the wire; spektrix_v2::Event::new)",
        ],
    },
    Row {
        edit: "request: a new optional field",
        before: None,
        change: |pages| {
            pages.replace_in_type("AddBasketItems/request.xsd", "Ticket", r#"<xs:element minOccurs="0" maxOccurs="1" name="Price" type="xs:decimal"/>"#, r#"<xs:element minOccurs="0" maxOccurs="1" name="Price" type="xs:decimal"/><xs:element minOccurs="0" maxOccurs="1" name="New" type="xs:int"/>"#);
        },
        lines: &[
            "Ticket/New: the field is new: xs:int (breaks nothing; spektrix_v2::Ticket::new)",
        ],
    },
    Row {
        edit: "request: a new required field",
        before: None,
        change: |pages| {
            pages.replace_in_type("AddBasketItems/request.xsd", "Ticket", r#"<xs:element minOccurs="0" maxOccurs="1" name="Price" type="xs:decimal"/>"#, r#"<xs:element minOccurs="0" maxOccurs="1" name="Price" type="xs:decimal"/><xs:element minOccurs="1" maxOccurs="1" name="New" type="xs:int"/>"#);
        },
        lines: &[
            "Ticket/New: the field is new, and required: xs:int (breaks users and the wire; spektrix_v2::Ticket::new)",
        ],
    },
    Row {
        edit: "response: a new list",
        before: None,
        change: |pages| {
            pages.replace(&["GetEvents/response.xsd"], r#"<xs:element minOccurs="1" maxOccurs="1" name="Duration" type="xs:int"/>"#, r#"<xs:element minOccurs="1" maxOccurs="1" name="Duration" type="xs:int"/><xs:element minOccurs="0" maxOccurs="unbounded" name="New" type="xs:int"/>"#);
        },
        lines: &[
            "Event/New: the field is new: a list of xs:int (breaks nothing; spektrix_v2::Event::news)",
        ],
    },
    Row {
        edit: "response: a new attribute",
        before: None,
        change: |pages| {
            pages.replace(&["GetBands/response.xsd"], r#"<xs:attribute name="id" type="xs:int" use="required"/>"#, r#"<xs:attribute name="id" type="xs:int" use="required"/><xs:attribute name="code" type="xs:string"/>"#);
        },
        lines: &[
            "Band/@code: the field is new: xs:string (breaks nothing; spektrix_v2::Band::code)",
        ],
    },
    Row {
        edit: "request: a new required attribute",
        before: None,
        change: |pages| {
            pages.replace_in_type("AddBasketItems/request.xsd", "Ticket", r#"<xs:attribute name="id" type="xs:int"/>"#, r#"<xs:attribute name="id" type="xs:int"/><xs:attribute name="code" type="xs:string" use="required"/>"#);
        },
        lines: &[
            "Ticket/@code: the field is new, and required: xs:string (breaks users and the wire; spektrix_v2::Ticket::code)",
        ],
    },
    Row {
        edit: "response: required to optional",
        before: None,
        change: |pages| {
            pages.replace(&["GetEvents/response.xsd"], r#"<xs:element minOccurs="1" maxOccurs="1" name="Duration" type="xs:int"/>"#, r#"<xs:element minOccurs="0" maxOccurs="1" name="Duration" type="xs:int"/>"#);
        },
        lines: &[
            "Event/Duration: was required and is optional (breaks users and the wire; spektrix_v2::Event::duration)",
        ],
    },
    Row {
        edit: "response: optional to required",
        before: None,
        change: |pages| {
            pages.replace(&["GetTagGroups/response.xsd"], r#"<xs:element minOccurs="0" maxOccurs="1" name="Name" type="xs:string"/>"#, r#"<xs:element minOccurs="1" maxOccurs="1" name="Name" type="xs:string"/>"#);
        },
        lines: &[
            "TagGroup/Name: was optional and is required (breaks nothing; spektrix_v2::TagGroup::name)",
        ],
    },
    Row {
        edit: "response: optional to required, as the crate assumes",
        before: None,
        change: |pages| {
            pages.replace(&["GetEvents/response.xsd"], r#"<xs:element minOccurs="0" maxOccurs="1" name="ImageUrl" type="xs:string"/>"#, r#"<xs:element minOccurs="1" maxOccurs="1" name="ImageUrl" type="xs:string"/>"#);
        },
        lines: &[
            "Event/ImageUrl: was optional and is required (breaks nothing; spektrix_v2::Event::image_url)",
        ],
    },
    Row {
        edit: "request: optional to required",
        before: None,
        change: |pages| {
            pages.replace_in_type("AddBasketItems/request.xsd", "Ticket", r#"<xs:element minOccurs="0" maxOccurs="1" name="Price" type="xs:decimal"/>"#, r#"<xs:element minOccurs="1" maxOccurs="1" name="Price" type="xs:decimal"/>"#);
        },
        lines: &[
            "Ticket/Price: was optional and is required (breaks users and the wire; spektrix_v2::Ticket::price)",
        ],
    },
    Row {
        edit: "request and response: required to optional",
        before: None,
        change: |pages| {
            pages.replace(&["UpdateBasket/request.xsd", "GetBasket/response.xsd"], r#"<xs:element minOccurs="1" maxOccurs="1" name="Fee" type="xs:decimal"/>"#, r#"<xs:element minOccurs="0" maxOccurs="1" name="Fee" type="xs:decimal"/>"#);
        },
        lines: &[
            "DeliveryOption/Fee: was required and is optional (breaks users and the wire; spektrix_v2::DeliveryOption::fee)",
        ],
    },
    Row {
        edit: "request: required to optional",
        before: None,
        change: |pages| {
            pages.replace(&["UpdateBasket/request.xsd"], r#"<xs:element minOccurs="1" maxOccurs="1" name="Fee" type="xs:decimal"/>"#, r#"<xs:element minOccurs="0" maxOccurs="1" name="Fee" type="xs:decimal"/>"#);
        },
        lines: &[
            "DeliveryOption/Fee: was required and is optional (breaks users, not the wire; spektrix_v2::DeliveryOption::fee)",
        ],
    },
    Row {
        edit: "response: an attribute is optional now",
        before: None,
        change: |pages| {
            pages.replace(&["GetBands/response.xsd"], r#"<xs:attribute name="id" type="xs:int" use="required"/>"#, r#"<xs:attribute name="id" type="xs:int"/>"#);
        },
        lines: &[
            "Band/@id: was required and is optional (breaks users and the wire; spektrix_v2::Band::id)",
        ],
    },
    Row {
        edit: "request: an attribute is required now",
        before: None,
        change: |pages| {
            pages.replace(&["AddCustomers/request.xsd"], r#"<xs:attribute name="id" type="xs:int"/>"#, r#"<xs:attribute name="id" type="xs:int" use="required"/>"#);
        },
        lines: &[
            "Customer/@id: was optional and is required (breaks users and the wire; spektrix_v2::Customer::id)",
        ],
    },
    Row {
        edit: "response: a required field can be nil",
        before: None,
        change: |pages| {
            pages.replace(&["GetEvents/response.xsd"], r#"<xs:element minOccurs="1" maxOccurs="1" name="Duration" type="xs:int"/>"#, r#"<xs:element minOccurs="1" maxOccurs="1" name="Duration" nillable="true" type="xs:int"/>"#);
        },
        lines: &[
            "Event/Duration: was required and is optional: it can be nil now (breaks users and the wire; spektrix_v2::Event::duration)",
        ],
    },
    Row {
        edit: "response: an optional field can be nil",
        before: None,
        change: |pages| {
            pages.replace(&["GetTagGroups/response.xsd"], r#"<xs:element minOccurs="0" maxOccurs="1" name="Name" type="xs:string"/>"#, r#"<xs:element minOccurs="0" name="Name" nillable="true" type="xs:string"/>"#);
        },
        lines: &[
            "TagGroup/Name: can be nil now (breaks nothing; spektrix_v2::TagGroup::name)",
        ],
    },
    Row {
        edit: "response: a default",
        before: None,
        change: |pages| {
            pages.replace(&["GetTagGroups/response.xsd"], r#"<xs:element minOccurs="0" maxOccurs="1" name="Name" type="xs:string"/>"#, r#"<xs:element minOccurs="0" name="Name" default="none" type="xs:string"/>"#);
        },
        lines: &[
            r#"TagGroup/Name: its absence meant nothing and means "none" (breaks the wire, not users; spektrix_v2::TagGroup::name)"#,
        ],
    },
    Row {
        edit: "request: a default",
        before: None,
        change: |pages| {
            pages.replace_in_type("AddBasketItems/request.xsd", "Ticket", r#"<xs:element minOccurs="0" maxOccurs="1" name="OfferGroup" type="xs:int"/>"#, r#"<xs:element minOccurs="0" name="OfferGroup" default="1" type="xs:int"/>"#);
        },
        lines: &[
            r#"Ticket/OfferGroup: its absence meant nothing and means "1" (breaks the wire, not users; spektrix_v2::Ticket::offer_group)"#,
        ],
    },
    Row {
        edit: "response: one becomes a list",
        before: None,
        change: |pages| {
            pages.replace(&["GetEvents/response.xsd"], r#"<xs:element minOccurs="1" maxOccurs="1" name="Duration" type="xs:int"/>"#, r#"<xs:element minOccurs="0" maxOccurs="unbounded" name="Duration" type="xs:int"/>"#);
        },
        lines: &[
            "Event/Duration: held xs:int and holds a list of xs:int (breaks users and the wire; spektrix_v2::Event::duration)",
        ],
    },
    Row {
        edit: "request: one becomes a list",
        before: None,
        change: |pages| {
            pages.replace_in_type("AddBasketItems/request.xsd", "Ticket", r#"<xs:element minOccurs="0" maxOccurs="1" name="Price" type="xs:decimal"/>"#, r#"<xs:element minOccurs="0" maxOccurs="unbounded" name="Price" type="xs:decimal"/>"#);
        },
        lines: &[
            "Ticket/Price: held xs:decimal and holds a list of xs:decimal (breaks users, not the wire; spektrix_v2::Ticket::price)",
        ],
    },
    Row {
        edit: "response: a list becomes one",
        before: None,
        change: |pages| {
            pages.replace(&["GetInstanceStatus/response.xsd"], r#"<xs:element minOccurs="0" maxOccurs="unbounded" name="Band" type="Reference"/>"#, r#"<xs:element minOccurs="0" maxOccurs="1" name="Band" type="Reference"/>"#);
        },
        lines: &[
            "InstancePlanStatus/Band: held a list of BandId (xs:int) and holds BandId (xs:int) (breaks users, not the wire; spektrix_v2::InstancePlanStatus::bands)",
        ],
    },
    Row {
        edit: "request: a list becomes one",
        before: None,
        change: |pages| {
            pages.replace(&["UpdateBasket/request.xsd"], r#"<xs:element minOccurs="0" maxOccurs="unbounded" name="PromoCode" type="xs:string"/>"#, r#"<xs:element minOccurs="0" maxOccurs="1" name="PromoCode" type="xs:string"/>"#);
        },
        lines: &[
            "Basket/PromoCode: held a list of xs:string and holds xs:string (breaks users and the wire; spektrix_v2::Basket::promo_codes)",
        ],
    },
    Row {
        edit: "response: an attribute becomes an element",
        before: None,
        change: |pages| {
            pages.replace(&["GetBands/response.xsd"], r#"<xs:attribute name="id" type="xs:int" use="required"/>"#, "");
            pages.replace(&["GetBands/response.xsd"], r#"<xs:element minOccurs="0" maxOccurs="1" name="Name" type="xs:string"/>"#, r#"<xs:element minOccurs="0" maxOccurs="1" name="Name" type="xs:string"/><xs:element minOccurs="1" maxOccurs="1" name="id" type="xs:int"/>"#);
        },
        lines: &[
            "Band/@id: was an attribute and is an element (breaks users and the wire; spektrix_v2::Band::id)",
        ],
    },
    Row {
        edit: "request: an element becomes an attribute",
        before: None,
        change: |pages| {
            pages.replace_in_type("AddBasketItems/request.xsd", "Ticket", r#"<xs:element minOccurs="0" maxOccurs="1" name="OfferGroup" type="xs:int"/>"#, "");
            pages.replace_in_type("AddBasketItems/request.xsd", "Ticket", r#"<xs:attribute name="id" type="xs:int"/>"#, r#"<xs:attribute name="id" type="xs:int"/><xs:attribute name="OfferGroup" type="xs:int"/>"#);
        },
        lines: &[
            "Ticket/OfferGroup: was an element and is an attribute (breaks the wire, not users; spektrix_v2::Ticket::offer_group)",
        ],
    },
    Row {
        edit: "response: another order",
        before: None,
        change: |pages| {
            pages.replace(&["GetEvents/response.xsd"], r#"<xs:element minOccurs="1" maxOccurs="1" name="Duration" type="xs:int"/>"#, "");
            pages.replace(&["GetEvents/response.xsd"], r#"      </xs:sequence>
      <xs:attribute name="id" type="xs:int" use="required"/>"#, r#"<xs:element minOccurs="1" maxOccurs="1" name="Duration" type="xs:int"/>      </xs:sequence>
      <xs:attribute name="id" type="xs:int" use="required"/>"#);
        },
        lines: &[
            "Event: the order of the elements differs, from Duration on, where HtmlDescription is now (breaks nothing; spektrix_v2::Event)",
        ],
    },
    Row {
        edit: "request: another order",
        before: None,
        change: |pages| {
            pages.replace_in_type("AddBasketItems/request.xsd", "Ticket", r#"<xs:element minOccurs="0" maxOccurs="1" name="Price" type="xs:decimal"/>"#, "");
            pages.replace_in_type("AddBasketItems/request.xsd", "Ticket", "      </xs:sequence>", r#"<xs:element minOccurs="0" maxOccurs="1" name="Price" type="xs:decimal"/>      </xs:sequence>"#);
        },
        lines: &[
            "Ticket: the order of the elements differs, from Price on, where TicketType is now (breaks the wire, not users; spektrix_v2::Ticket)",
        ],
    },
    Row {
        edit: "response: the elements of a type become a choice",
        before: None,
        change: |pages| {
            pages.replace(&["GetInstanceStatus/response.xsd"], r#"<xs:element minOccurs="0" maxOccurs="1" name="Plan" type="Reference"/>
        <xs:element minOccurs="0" maxOccurs="1" name="Instance" type="Reference"/>"#, r#"<xs:choice minOccurs="0"><xs:element name="Plan" type="Reference"/><xs:element name="Instance" type="Reference"/></xs:choice>"#);
        },
        lines: &[
            "InstancePlanStatus/choice(): is a choice now, of Plan, Instance (breaks users and the wire; spektrix_v2::InstancePlanStatus::choice)",
        ],
    },
    Row {
        edit: "request: two elements become a choice",
        before: None,
        change: |pages| {
            pages.replace_in_type("AddBasketItems/request.xsd", "Ticket", r#"<xs:element minOccurs="0" maxOccurs="1" name="Band" type="Reference"/>"#, r#"<xs:choice minOccurs="0"><xs:element name="Band" type="Reference"/><xs:element name="Plan" type="Reference"/></xs:choice>"#);
            pages.replace_in_type("AddBasketItems/request.xsd", "Ticket", r#"<xs:element minOccurs="0" maxOccurs="1" name="Plan" type="Reference"/>"#, "");
        },
        lines: &[
            "Ticket/choice(): is a choice now, of Band, Plan (breaks users and the wire; spektrix_v2::Ticket::choice)",
        ],
    },
];
