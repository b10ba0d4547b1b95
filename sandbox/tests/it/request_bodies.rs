//! Request bodies are decoded as .NET's serializer does: the same parts are dropped, and the same bodies are refused.

use reqwest::header::CONTENT_TYPE;
use spektrix_v2::operations::GetCustomers;
use spektrix_v2::{Attributes, Customer, CustomerId};

use crate::support::{Visitor, accepted_client, expect_refusal, sandbox, url};

#[tokio::test]
async fn unknown_parts_are_dropped() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    let ben = CustomerId::new(9002);
    // Each with the title and the first name afterwards.
    let cases = [
        (
            "<Customer id=\"9002\"><Title>A</Title><FirstName>B</FirstName></Customer>",
            "A",
            "B",
        ),
        (
            "<Customer id=\"9002\"><FirstName>C</FirstName><Title>D</Title></Customer>",
            "D",
            "C",
        ),
        (
            "<Customer id=\" 9002 \" colour=\"red\"><Title>E</Title><Shoes><Title>F</Title></Shoes></Customer>",
            "E",
            "C",
        ),
        (
            "<Customer id=\"9002\"><Title xmlns=\"u\">G</Title><FirstName>H</FirstName></Customer>",
            "E",
            "H",
        ),
        (
            "<Customer id=\"9002\" xmlns:p=\"u\"><p:Title>I</p:Title><FirstName>J</FirstName></Customer>",
            "E",
            "J",
        ),
        (
            "<Customer id=\"9002\" xmlns=\"u\"><Title>K</Title></Customer>",
            "E",
            "J",
        ),
        (
            "<Customer id=\"9002\" xmlns:p=\"u\" p:id=\"9001\"><Title>L</Title><Title>M</Title></Customer>",
            "L",
            "J",
        ),
        (
            "<Customer id=\"9002\"><Title> N </Title><FirstName/></Customer>",
            " N ",
            "",
        ),
        (
            "<Customer id=\"9002\"><Title xsi:nil=\"true\"/><FirstName>O</FirstName></Customer>",
            "",
            "O",
        ),
        (
            "<Customer id=\"9002\"><!-- a --><Title>P<![CDATA[&]]>&amp;&#x51;</Title>text<?b c?></Customer>",
            "P&&Q",
            "O",
        ),
        (
            "<Customer id=\"9002\"><BirthDate> 1980-02-03T00:00:00 </BirthDate></Customer>",
            "P&&Q",
            "O",
        ),
        ("<Shopper id=\"9001\"><Title>R</Title></Shopper>", "P&&Q", "O"),
        ("", "P&&Q", "O"),
    ];
    for (sent, title, first_name) in cases {
        for declaration in ["", "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n", "\u{FEFF}"] {
            let body = format!(
                "{declaration}<Customers xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">{sent}</Customers>\n"
            );
            let response = visitor.send("PATCH", "customers", Some(&body)).await.expect(sent);
            assert_eq!(response, "");
        }
        let found = visitor
            .call(GetCustomers::new().customer(ben))
            .await
            .expect("a customer");
        let names = found[0].title.as_deref().zip(found[0].first_name.as_deref());
        assert_eq!(names, Some((title, first_name)), "{sent}");
    }
    let found: Vec<Customer> = visitor
        .call(GetCustomers::new().customer(ben))
        .await
        .expect("a customer");
    assert_eq!(
        found[0].birth_date.map(|date| date.to_string()).as_deref(),
        Some("1980-02-03T00:00:00")
    );
    let expected = Attributes::from_iter([("Seat Preference", "Aisle"), ("Access Notes", "")]);
    assert_eq!(found[0].attributes, expected);
}

#[tokio::test]
async fn invalid_bodies_are_refused() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    let film = visitor.on_sale(431, 3).await;
    let ticket = |rest: &str| {
        format!("<BasketItems><Ticket><Instance id=\"{film}\"/><Plan id=\"431\"/>{rest}</Ticket></BasketItems>")
    };
    let nil = "<Price xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>";
    let cases = [
        (ticket("<Price/>"), "`` is not a decimal number"),
        (ticket("<Price> </Price>"), "is not a decimal number"),
        (
            ticket("<Price>1,50</Price>"),
            "`1,50` is not a decimal number (xs:decimal) (in BasketItems/Ticket/Price)",
        ),
        (ticket("<Price>1e3</Price>"), "is not a decimal number"),
        (ticket(nil), "is not a decimal number"),
        (
            ticket("<OverridePrice>True</OverridePrice>"),
            "`True` is not true or false",
        ),
        (ticket("<OverridePrice/>"), "`` is not true or false"),
        (ticket("<OfferGroup>1.0</OfferGroup>"), "`1.0` is not"),
        (ticket("<Band id=\"a\"/>"), "`a` is not"),
        (ticket("<Band id=\"\"/>"), "`` is not a whole number"),
        (
            "<BasketItems xmlns=\"u\"/>".to_owned(),
            "in a namespace, but 'BasketItems' must not be in one",
        ),
        (
            "<p:BasketItems xmlns:p=\"u\"/>".to_owned(),
            "in a namespace, but 'BasketItems' must not be in one",
        ),
        (
            "<Basket/>".to_owned(),
            "the root element is `Basket`, not `BasketItems`",
        ),
        (
            "<basketItems/>".to_owned(),
            "the root element is `basketItems`, not `BasketItems`",
        ),
        ("<BasketItems>".to_owned(), "it ends inside an element"),
        (
            "<BasketItems><Ticket></BasketItems>".to_owned(),
            "is not well-formed XML",
        ),
        (
            "<BasketItems/><BasketItems/>".to_owned(),
            "the body continues after the end of the root element",
        ),
        (
            "<BasketItems><p:Ticket/></BasketItems>".to_owned(),
            "the prefix `p` is not declared",
        ),
        (
            "<!DOCTYPE a [<!ENTITY b \"c\">]><BasketItems/>".to_owned(),
            "a document type declaration",
        ),
        ("<BasketItems>&b;</BasketItems>".to_owned(), "b;` is not defined"),
        ("{\"Tickets\":[]}".to_owned(), "cannot be decoded"),
        (String::new(), "it is empty"),
        ("  \n".to_owned(), "it is empty"),
    ];
    for (body, message) in cases {
        let response = visitor.send("POST", "basket/items", Some(&body)).await;
        expect_refusal(response, 400, message);
    }
    assert_eq!(visitor.session, None);
    let accepted = ticket("<Price> 1.5 </Price><OverridePrice> 1 </OverridePrice><Colour/>");
    visitor
        .send("POST", "basket/items", Some(&accepted))
        .await
        .expect("whitespace and unknown parts are ignored");
    assert_eq!(
        visitor.basket().await.total.map(|total| total.to_string()).as_deref(),
        Some("1.50")
    );
}

#[tokio::test]
async fn only_xml_is_accepted() {
    let sandbox = sandbox().await;
    let client = accepted_client(&sandbox);
    let cases = [
        (Some("application/xml"), 200),
        (Some("text/xml; charset=UTF-8"), 200),
        (Some("Application/XML;charset=\"utf-8\""), 200),
        (Some("application/xml; charset=iso-8859-1"), 415),
        (Some("application/json"), 415),
        (Some("application/x-www-form-urlencoded"), 415),
        (Some(""), 415),
        (None, 415),
    ];
    for (kind, status) in cases {
        let request = client
            .post(url(&sandbox, "basket/items?api_key=sandbox-api-key"))
            .body("<BasketItems/>");
        let request = match kind {
            Some(kind) => request.header(CONTENT_TYPE, kind),
            None => request,
        };
        assert_eq!(request.send().await.expect("a response").status(), status, "{kind:?}");
    }
    // An operation without a request body ignores one.
    let mut visitor = Visitor::new(&sandbox);
    visitor.session = Some(sandbox.seeded_session_id().to_owned());
    visitor
        .send("POST", "keep-alive", Some("anything"))
        .await
        .expect("a valid session");
}

#[tokio::test]
async fn updates_are_accepted_with_three_methods() {
    let sandbox = sandbox().await;
    let client = accepted_client(&sandbox);
    for (method, method_override, title) in [
        ("PATCH", None, "A"),
        ("PROPPATCH", None, "B"),
        ("POST", Some("PATCH"), "C"),
    ] {
        let method = method.parse::<reqwest::Method>().expect("a method");
        let body = format!("<Customers><Customer id=\"9002\"><Title>{title}</Title></Customer></Customers>");
        let request = client.request(method, url(&sandbox, "customers?api_key=sandbox-api-key"));
        let request = request.header(CONTENT_TYPE, "application/xml").body(body);
        let request = match method_override {
            Some(method) => request.header("X-HTTP-Method-Override", method),
            None => request,
        };
        assert_eq!(request.send().await.expect("a response").status(), 200);
        let mut visitor = Visitor::new(&sandbox);
        let found = visitor
            .call(GetCustomers::new().customer(9002))
            .await
            .expect("a customer");
        assert_eq!(found[0].title.as_deref(), Some(title));
    }
}
