//! Tests the positions of errors: the path counts items, and the offset is that of the element's tag.

use spektrix_v2::{
    Basket, BodyNames, CustomerAddress, CustomerAddressId, DecodeErrorKind, DecodeOptions, Instance, Order,
};

use crate::support::{decode, on_a_small_stack, one};

pub(crate) const INSTANCES: BodyNames = BodyNames {
    root: "Instances",
    item: "Instance",
};

const INSTANCE: &str = r#"<Instance id="7"><Event id="1"/><IsOnSale>true</IsOnSale><Plan id="2"/><PriceList id="3"/>
    <Start>2014-06-14T19:30:00</Start><StartUtc>2014-06-14T18:30:00Z</StartUtc>
    <StartSellingAt>2014-01-01T10:00:00</StartSellingAt><StartSellingAtUtc>2014-01-01T10:00:00Z</StartSellingAtUtc>
    <StopSellingAt>2014-06-14T19:00:00</StopSellingAt><StopSellingAtUtc>2014-06-14T18:00:00Z</StopSellingAtUtc>
    <Attribute><Name>A</Name><Value>B &amp; C</Value></Attribute></Instance>"#;

#[test]
fn the_path_of_an_error_counts_items() {
    let broken = INSTANCE.replace("<Start>2014-06-14T19:30:00", "<Start> half past seven");
    let before = format!("\u{feff}<Instances><Page/>{}", INSTANCE.repeat(16));
    let body = format!("{before}{broken}{INSTANCE}</Instances>");
    on_a_small_stack(|| {
        let error = decode::<Vec<Instance>>(body.as_bytes(), INSTANCES, &DecodeOptions::default()).unwrap_err();
        assert_eq!(error.path(), "Instances/Instance[17]/Start");
        assert_eq!(error.offset(), before.len() + broken.find("<Start>").unwrap());
        assert!(body[error.offset()..].starts_with("<Start> half"));
        let expected = DecodeErrorKind::Value {
            found: " half past seven".into(),
            expected: "a date and time (xs:dateTime)",
        };
        assert_eq!(*error.kind(), expected);
    });
}

/// The tokenizer does not see the elements that the fast path takes.
#[test]
fn offsets_count_what_the_fast_path_took() {
    let faults = [
        (
            "</Instance>",
            "</Instances>",
            "</Instances></Instances>",
            "Instances/Instance[3]",
        ),
        ("B &amp; C", "B & C", "& C<", "Instances/Instance[3]/Attribute/Value"),
        (
            "B &amp; C",
            "B &c; C",
            "&c; C<",
            "Instances/Instance[3]/Attribute/Value",
        ),
        (
            "<Plan id=\"2\"/>",
            "<Plan id=\"x\"/>",
            "<Plan id=\"x\"/>",
            "Instances/Instance[3]/Plan/@id",
        ),
        ("<Plan id=\"2\"/>", "<Plan/>", "<Plan/>", "Instances/Instance[3]/Plan"),
        ("<Plan id=\"2\"/>", "< Plan/>", "< Plan/>", "Instances/Instance[3]"),
        ("<Value>", "<Value", "</Attribute>", "Instances/Instance[3]/Attribute"),
    ];
    on_a_small_stack(|| {
        for (valid, invalid, at, path) in faults {
            let body = format!(
                "<Instances>{INSTANCE}{INSTANCE}{}</Instances>",
                INSTANCE.replace(valid, invalid)
            );
            let error = decode::<Vec<Instance>>(body.as_bytes(), INSTANCES, &DecodeOptions::default()).unwrap_err();
            assert_eq!(error.path(), path, "{invalid}: {error}");
            assert!(body[error.offset()..].starts_with(at), "{invalid}: {error}");
        }
    });
}

#[test]
fn the_path_in_a_single_object_counts_nothing() {
    on_a_small_stack(|| {
        let body = "<Basket><Ticket/><Ticket><Price>1</Price><Price/></Ticket><Ticket><Price/></Ticket></Basket>";
        let error = decode::<Basket>(body.as_bytes(), one("Basket"), &DecodeOptions::default()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`` is not a decimal number (xs:decimal) (in Basket/Ticket/Price, at byte 66)"
        );
    });
}

#[test]
fn items_are_counted_around_text_and_broken_tags() {
    let names = BodyNames {
        root: "CustomerAddresses",
        item: "CustomerAddress",
    };
    let item = "<CustomerAddress id=\"2147483647\"/>";
    for body in [
        format!("<CustomerAddresses>{item}{item}647\"/><CustomerAddress </CustomerAddresses<Band/>"),
        format!("<CustomerAddresses>{item}{item}<CustomerAddress </CustomerAddresses<Band/>"),
        format!("<CustomerAddresses>{item}{item}<CustomerAddress id=\"8\" x/></CustomerAddresses>"),
    ] {
        let options = DecodeOptions::default();
        let errors = [
            decode::<Vec<CustomerAddress>>(body.as_bytes(), names, &options).unwrap_err(),
            // References are predicted in runs.
            decode::<Vec<CustomerAddressId>>(body.as_bytes(), names, &options).unwrap_err(),
        ];
        for error in errors {
            assert_eq!(error.path(), "CustomerAddresses/CustomerAddress[3]", "{body}");
        }
    }
}

#[test]
fn children_of_a_root_that_is_no_list_are_not_counted() {
    let body = "<Basket><PromoCode>A</PromoCode><PromoCode>B</PromoCode><Total>x</Total></Basket>";
    let error = decode::<Basket>(body.as_bytes(), one("Basket"), &DecodeOptions::default()).unwrap_err();
    assert_eq!(error.path(), "Basket/Total");
    let body = "<Order id=\"1\"><Offer id=\"1\"/><Offer id=\"2\"/><Total>x</Total></Order>";
    let error = decode::<Order>(body.as_bytes(), one("Order"), &DecodeOptions::default()).unwrap_err();
    assert_eq!(error.path(), "Order/Total");
}
