//! What is written: schema order, nothing for what is absent, and only what XML can carry.

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

fn written<T: Body>(value: &T, names: BodyNames, style: Style) -> String {
    let body = value.encode(names, style).unwrap().unwrap();
    body.strip_prefix(DECLARATION).unwrap().to_owned()
}

#[test]
fn leave_out_what_is_absent() {
    let request = |customer: &Customer| written(customer, one("Customer"), Style::Request);
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

/// Empty wrappers are the service's habit: in a request they would say that the list is to be emptied.
#[test]
fn differ_from_responses_by_empty_wrappers_and_namespaces() {
    const SERVICE: &str =
        r#" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance""#;
    let basket = Basket::new();
    assert_eq!(written(&basket, one("Basket"), Style::Request), "<Basket/>");
    assert_eq!(
        written(&basket, one("Basket"), Style::Response),
        format!("<Basket{SERVICE}><MerchandiseDeliveryOptions/><TicketDeliveryOptions/></Basket>")
    );
    assert_eq!(
        written(&Vec::<Customer>::new(), CUSTOMERS, Style::Request),
        "<Customers/>"
    );
    assert_eq!(
        written(&Vec::<Customer>::new(), CUSTOMERS, Style::Response),
        format!("<Customers{SERVICE}/>")
    );
}

#[test]
fn nest_in_schema_order() {
    let delivery = Delivery::new()
        .with_type(DeliveryType::Unknown("By <pigeon>".into()))
        .with_fee(Decimal::new(250, 2));
    let basket = Basket::new()
        .with_ticket_delivery(delivery)
        .with_customer(CustomerId::new(1));
    assert_eq!(
        written(&basket, one("Basket"), Style::Request),
        r#"<Basket><Customer id="1"/><TicketDelivery><Fee>2.50</Fee><Type>By &lt;pigeon&gt;</Type></TicketDelivery></Basket>"#
    );
    let mut items = BasketItems::new();
    items.tickets = vec![Ticket::new().with_id(TicketId::new(-1)).with_override_price(true)];
    assert_eq!(
        written(&items, one("BasketItems"), Style::Request),
        r#"<BasketItems><Ticket id="-1"><OverridePrice>true</OverridePrice></Ticket></BasketItems>"#
    );
}

#[test]
fn escape_texts() {
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
            let body = written(&Customer::new().with_title(text), one("C"), Style::Request);
            body.strip_prefix("<C><Title>")
                .unwrap()
                .strip_suffix("</Title></C>")
                .unwrap()
                .to_owned()
        },
    );
}

#[test]
fn escape_attributes() {
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
            let body = written(&lookup, one("P"), Style::Request);
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

/// What the decoder lets through, and XML cannot carry, is not sent back.
#[test]
fn refuse_what_xml_cannot_carry() {
    for character in ['\0', '\u{1}', '\u{b}', '\u{c}', '\u{1f}', '\u{fffe}', '\u{ffff}'] {
        let text = format!("a{character}b{character}");
        let refused = |path: &str| {
            format!(
                "the value of {path} holds U+{:04X}, which XML cannot carry: remove it",
                u32::from(character)
            )
        };
        let customers = vec![
            Customer::new().with_title("T"),
            Customer::new().with_title(&*text).with_email(&*text),
        ];
        let error = customers.encode(CUSTOMERS, Style::Request).unwrap_err();
        assert_eq!(error.to_string(), refused("Customers/Customer[2]/Email"));
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
            refused("P/@id")
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
