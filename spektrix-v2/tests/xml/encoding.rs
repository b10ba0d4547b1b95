//! Tests what is encoded: schema order, nothing for absent values, and only what XML can represent.

use jiff::civil::date;
use rust_decimal::Decimal;
use spektrix_v2::runtime::{Body, Style};
use spektrix_v2::{
    Attributes, Basket, BasketItems, BodyNames, Customer, CustomerId, DecodeOptions, Delivery, DeliveryType,
    PostcodeLookup, Ticket, TicketId,
};

use crate::support::{check, one, read};

const DECLARATION: &str = r#"<?xml version="1.0" encoding="utf-8"?>"#;
const CUSTOMERS: BodyNames = BodyNames {
    root: "Customers",
    item: "Customer",
};

/// Encodes a value, and removes the XML declaration.
fn encode<T: Body>(value: &T, names: BodyNames, style: Style) -> String {
    let body = value.encode(names, style).unwrap().unwrap();
    body.strip_prefix(DECLARATION).unwrap().to_owned()
}

#[test]
fn absent_values_are_left_out() {
    let request = |customer: &Customer| encode(customer, one("Customer"), Style::Request);
    let attributes: Attributes = [("A", "1"), ("B", "")].into_iter().collect();
    let mut with_attributes = Customer::new();
    with_attributes.attributes = attributes;
    for (customer, expected) in [
        (Customer::new(), "<Customer/>"),
        (Customer::new().with_title(""), "<Customer><Title/></Customer>"),
        (Customer::new().with_id(CustomerId::new(7)), r#"<Customer id="7"/>"#),
        (
            Customer::new()
                .with_title(" T\n")
                .with_birth_date(date(1980, 2, 29).at(0, 0, 0, 0))
                .with_email("a@example.com"),
            "<Customer><BirthDate>1980-02-29T00:00:00</BirthDate><Email>a@example.com</Email><Title> T\n</Title></Customer>",
        ),
        (
            with_attributes,
            "<Customer><Attribute><Name>A</Name><Value>1</Value></Attribute><Attribute><Name>B</Name><Value/></Attribute></Customer>",
        ),
    ] {
        assert_eq!(request(&customer), expected);
    }
    assert_eq!(().encode(BodyNames::EMPTY, Style::Request), Ok(None));
}

/// In a request, an empty wrapper would mean that the list is to be emptied.
#[test]
fn only_responses_have_empty_wrappers_and_namespaces() {
    const SERVICE: &str =
        r#" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance""#;
    let basket = Basket::new();
    assert_eq!(encode(&basket, one("Basket"), Style::Request), "<Basket/>");
    assert_eq!(
        encode(&basket, one("Basket"), Style::Response),
        format!("<Basket{SERVICE}><MerchandiseDeliveryOptions/><TicketDeliveryOptions/></Basket>")
    );
    assert_eq!(
        encode(&Vec::<Customer>::new(), CUSTOMERS, Style::Request),
        "<Customers/>"
    );
    assert_eq!(
        encode(&Vec::<Customer>::new(), CUSTOMERS, Style::Response),
        format!("<Customers{SERVICE}/>")
    );
}

#[test]
fn children_are_written_in_schema_order() {
    let delivery = Delivery::new()
        .with_type(DeliveryType::Unknown("By <pigeon>".into()))
        .with_fee(Decimal::new(250, 2));
    let basket = Basket::new()
        .with_ticket_delivery(delivery)
        .with_customer(CustomerId::new(1));
    assert_eq!(
        encode(&basket, one("Basket"), Style::Request),
        r#"<Basket><Customer id="1"/><TicketDelivery><Fee>2.50</Fee><Type>By &lt;pigeon&gt;</Type></TicketDelivery></Basket>"#
    );
    let mut items = BasketItems::new();
    items.tickets = vec![Ticket::new().with_id(TicketId::new(-1)).with_override_price(true)];
    assert_eq!(
        encode(&items, one("BasketItems"), Style::Request),
        r#"<BasketItems><Ticket id="-1"><OverridePrice>true</OverridePrice></Ticket></BasketItems>"#
    );
}

#[test]
fn text_is_escaped() {
    check(
        &[
            ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
            ("]]>", "]]&gt;"),
            ("'\"", "'\""),
            ("a\r\nb\rc\n\t", "a&#xD;\nb&#xD;c\n\t"),
            ("é🎭\u{85}\u{2028}\u{fffd}\u{feff}", "é🎭\u{85}\u{2028}\u{fffd}\u{feff}"),
            ("&amp;", "&amp;amp;"),
        ],
        |text| {
            let body = encode(&Customer::new().with_title(text), one("C"), Style::Request);
            body.strip_prefix("<C><Title>")
                .unwrap()
                .strip_suffix("</Title></C>")
                .unwrap()
                .to_owned()
        },
    );
}

#[test]
fn attribute_values_are_escaped() {
    check(
        &[
            ("", ""),
            (" a ", " a "),
            ("a\"'<>&", "a&quot;'&lt;&gt;&amp;"),
            ("a\r\n\tb", "a&#xD;&#xA;&#x9;b"),
        ],
        |text| {
            let mut lookup = PostcodeLookup::new();
            lookup.id = Some(text.into());
            let body = encode(&lookup, one("P"), Style::Request);
            let read = read::<PostcodeLookup>(&body, one("P"));
            assert_eq!(read, serde_json::to_string(&lookup).unwrap());
            body.strip_prefix("<P id=\"")
                .unwrap()
                .strip_suffix("\"/>")
                .unwrap()
                .to_owned()
        },
    );
}

/// The decoder accepts some of these characters, but they are not sent back.
#[test]
fn characters_that_xml_cannot_represent_are_errors() {
    for character in ['\0', '\u{1}', '\u{b}', '\u{c}', '\u{1f}', '\u{fffe}', '\u{ffff}'] {
        let text = format!("a{character}b{character}");
        let rejected = |path: &str| {
            format!(
                "the value of {path} contains U+{:04X}, which XML cannot represent: remove it",
                u32::from(character)
            )
        };
        let customers = vec![
            Customer::new().with_title("T"),
            Customer::new().with_title(&*text).with_email(&*text),
        ];
        let error = customers.encode(CUSTOMERS, Style::Request).unwrap_err();
        assert_eq!(error.to_string(), rejected("Customers/Customer[2]/Email"));
        let error = customers[1].encode(one("Customer"), Style::Response).unwrap_err();
        assert_eq!(error.path(), "Customer/Email");
        let mut items = BasketItems::new();
        let attributes = |value: &str| [("A", "1"), ("B", value)].into_iter().collect::<Attributes>();
        items.tickets = vec![Ticket::new(), Ticket::new().with_attributes(attributes(&text))];
        let error = items.encode(one("BasketItems"), Style::Request).unwrap_err();
        assert_eq!(error.path(), "BasketItems/Ticket[2]/Attribute[2]/Value");
        let mut lookup = PostcodeLookup::new();
        lookup.id = Some(text.as_str().into());
        assert_eq!(
            lookup.encode(one("P"), Style::Request).unwrap_err().to_string(),
            rejected("P/@id")
        );
    }
    for character in [
        '\t',
        '\n',
        '\r',
        ' ',
        '\u{7f}',
        '\u{d7ff}',
        '\u{e000}',
        '\u{fffd}',
        '\u{10000}',
        '\u{10ffff}',
    ] {
        let customer = Customer::new().with_title(character);
        let body = customer.encode(one("C"), Style::Request).unwrap().unwrap();
        let decoded = Customer::decode(body.as_bytes(), one("C"), &DecodeOptions::default()).unwrap();
        assert_eq!(decoded.value, customer);
    }
}
