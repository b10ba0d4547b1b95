//! Tests of required parts of request bodies: every missing part is named, and nothing is sent.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use spektrix_v2::operations::{self, AddBasketItems, AddCustomers, AuthenticateCustomer, GetOffers2};
use spektrix_v2::{
    BasketItems, Customer, CustomerCredentials, DecodeOptions, EventId, InstanceId, Operation, OperationInfo,
    OperationVisitor, PlanId, Ticket,
};

use crate::errors::predicates;
use crate::scripted::{Reply, Scripted};

/// An operation, a body, and the parts that it lacks.
const ROWS: &[(&str, &str, &[&str])] = &[
    (
        "AddBasketItems",
        "<BasketItems/>",
        &["BasketItems/Ticket or MerchandiseItem"],
    ),
    (
        "AddBasketItems",
        r#"<BasketItems>
            <MerchandiseItem/>
            <MerchandiseItem><StockItem id="1"/><OverridePrice>true</OverridePrice></MerchandiseItem>
            <Ticket><Instance id="1"/><Plan id="1"/></Ticket>
            <Ticket><Instance id="1"/></Ticket>
            <Ticket><Plan id="1"/><OverridePrice>true</OverridePrice></Ticket>
            <Ticket><Instance id="1"/><Plan id="1"/><OverridePrice>true</OverridePrice><Price>0</Price></Ticket>
        </BasketItems>"#,
        &[
            "BasketItems/MerchandiseItem[1]/StockItem",
            "BasketItems/MerchandiseItem[2]/Price",
            "BasketItems/Ticket[2]/Plan",
            "BasketItems/Ticket[3]/Instance",
            "BasketItems/Ticket[3]/Price",
        ],
    ),
    (
        "AddBasketItems",
        r#"<BasketItems><Ticket><Instance id="1"/><Plan id="1"/><OverridePrice>false</OverridePrice></Ticket></BasketItems>"#,
        &[],
    ),
    (
        "AddBasketItems",
        r#"<BasketItems><MerchandiseItem><StockItem id="1"/></MerchandiseItem></BasketItems>"#,
        &[],
    ),
    (
        "UpdateBasketItems",
        "<BasketItems/>",
        &["BasketItems/Ticket or MerchandiseItem"],
    ),
    (
        "UpdateBasketItems",
        r#"<BasketItems>
            <MerchandiseItem><OverridePrice>true</OverridePrice></MerchandiseItem>
            <Ticket id="1"/>
            <Ticket><OverridePrice>true</OverridePrice></Ticket>
        </BasketItems>"#,
        &[
            "BasketItems/MerchandiseItem[1]/@id",
            "BasketItems/MerchandiseItem[1]/Price",
            "BasketItems/Ticket[2]/@id",
            "BasketItems/Ticket[2]/Price",
        ],
    ),
    (
        "UpdateBasketItems",
        r#"<BasketItems><Ticket id="1"/></BasketItems>"#,
        &[],
    ),
    ("UpdateBasket", "<Basket/>", &[]),
    (
        "UpdateBasket",
        "<Basket>
            <MerchandiseDelivery><Type>Postal</Type></MerchandiseDelivery>
            <MerchandiseItem><OverridePrice>true</OverridePrice></MerchandiseItem>
            <Ticket><OverridePrice>true</OverridePrice></Ticket>
            <TicketDelivery><Type>Postal</Type><Address/></TicketDelivery>
        </Basket>",
        &[
            "Basket/MerchandiseDelivery/Address",
            "Basket/MerchandiseItem[1]/Price",
            "Basket/Ticket[1]/Price",
            "Basket/TicketDelivery/Address",
        ],
    ),
    (
        "UpdateBasket",
        "<Basket>
            <MerchandiseDelivery><Type>Cobo</Type></MerchandiseDelivery>
            <TicketDelivery><Type>Postal</Type><Address><Line1>1 High Street</Line1></Address></TicketDelivery>
        </Basket>",
        &[],
    ),
    ("AddCustomers", "<Customers/>", &["Customers/Customer"]),
    (
        "AddCustomers",
        r#"<Customers>
            <Customer><Email>a@example.org</Email><LastName>A</LastName></Customer>
            <Customer id="1"/>
            <Customer><Email> &#xD;
</Email><LastName/></Customer>
        </Customers>"#,
        &[
            "Customers/Customer[2]/Email",
            "Customers/Customer[2]/LastName",
            "Customers/Customer[3]/Email",
            "Customers/Customer[3]/LastName",
        ],
    ),
    ("UpdateCustomers", "<Customers/>", &["Customers/Customer"]),
    (
        "UpdateCustomers",
        r#"<Customers><Customer id="1"/><Customer><Email>a@example.org</Email></Customer></Customers>"#,
        &["Customers/Customer[2]/@id"],
    ),
    (
        "AddCustomerAddresses",
        "<CustomerAddresses/>",
        &["CustomerAddresses/CustomerAddress"],
    ),
    (
        "AddCustomerAddresses",
        "<CustomerAddresses><CustomerAddress><Line2>Flat 2</Line2></CustomerAddress></CustomerAddresses>",
        &[
            "CustomerAddresses/CustomerAddress[1]/Customer",
            "CustomerAddresses/CustomerAddress[1]/Name",
            "CustomerAddresses/CustomerAddress[1]/Line1",
            "CustomerAddresses/CustomerAddress[1]/Town",
            "CustomerAddresses/CustomerAddress[1]/Postcode",
            "CustomerAddresses/CustomerAddress[1]/Country",
        ],
    ),
    (
        "AddCustomerAddresses",
        r#"<CustomerAddresses><CustomerAddress>
            <Country>C</Country><Line1>1</Line1><Postcode>P</Postcode><Town>T</Town><Customer id="1"/><Name>N</Name>
        </CustomerAddress></CustomerAddresses>"#,
        &[],
    ),
    (
        "UpdateCustomerAddresses",
        "<CustomerAddresses/>",
        &["CustomerAddresses/CustomerAddress"],
    ),
    (
        "UpdateCustomerAddresses",
        r#"<CustomerAddresses>
            <CustomerAddress id="1"><Customer id="1"/></CustomerAddress>
            <CustomerAddress id="1"/>
            <CustomerAddress><Customer id="1"/></CustomerAddress>
        </CustomerAddresses>"#,
        &[
            "CustomerAddresses/CustomerAddress[2]/Customer",
            "CustomerAddresses/CustomerAddress[3]/@id",
        ],
    ),
    (
        "AuthenticateCustomer",
        "<Credentials><Email/><Password> </Password></Credentials>",
        &["Credentials/Email", "Credentials/Password"],
    ),
    (
        "AuthenticateCustomer",
        "<Credentials><Email>a@example.org</Email><Password>x</Password></Credentials>",
        &[],
    ),
];

/// Decodes the body as that of an operation, and returns the parts that it lacks.
struct Missing<'a>(&'a str);

impl OperationVisitor for Missing<'_> {
    type Output = Vec<String>;

    fn visit<O: Operation>(self) -> Self::Output {
        let read = O::decode_request(self.0.as_bytes(), &DecodeOptions::default());
        match O::check_body(&read.unwrap().value) {
            Ok(()) => Vec::new(),
            Err(invalid) => invalid.missing().map(str::to_owned).collect(),
        }
    }
}

#[test]
fn every_missing_part_is_named() {
    for (name, body, expected) in ROWS {
        let missing = operations::visit(name, Missing(body)).unwrap();
        assert_eq!(missing, *expected, "{name}: {body}");
    }
}

/// Returns `BasketItems/Ticket/Plan` for any ticket.
fn unnumbered(path: &str) -> String {
    let numbers = path.split(['[', ']']).step_by(2);
    numbers.collect()
}

/// Returns `BasketItems/Ticket or MerchandiseItem`: the path of a missing part, as a check reports it.
fn reported(root: &str, requirement: &str) -> String {
    let (paths, _) = requirement.split_once(" when ").unwrap_or((requirement, ""));
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let names: Vec<String> = paths.split(" or ").map(name).collect();
    let first = paths.split(" or ").next().unwrap_or_default();
    let parent = first
        .rsplit_once('/')
        .map_or(String::new(), |(parent, _)| format!("{parent}/"));
    format!("{root}/{parent}{}", names.join(" or "))
}

#[test]
fn every_requirement_has_a_row() {
    let required = operations::ALL.iter().flat_map(|info: &OperationInfo| {
        let requirements = info.body_requirements.iter();
        requirements.map(|requirement| (info.name, reported(info.request.root, requirement)))
    });
    let rows = ROWS.iter();
    let named = rows.flat_map(|(name, _, missing)| missing.iter().map(|path| (*name, unnumbered(path))));
    assert_eq!(named.collect::<BTreeSet<_>>(), required.collect::<BTreeSet<_>>());
}

/// Returns the error of an operation that must not be sent.
async fn refused<O: Operation>(operation: O) -> String {
    let transport = Scripted::default();
    let error = transport.client().send(operation).await.err().unwrap();
    assert!(transport.requests().is_empty(), "{error}");
    assert_eq!(predicates(&error), ["invalid_request"]);
    error.to_string()
}

#[tokio::test]
async fn an_incomplete_body_is_not_sent() {
    let ticket = Ticket::new()
        .with_instance(InstanceId::new(7))
        .with_override_price(true);
    let items = BasketItems::new().with_tickets([
        ticket.clone().with_plan(PlanId::new(8)).with_price(Decimal::ONE),
        ticket,
    ]);
    assert_eq!(
        refused(AddBasketItems::new(items)).await,
        "AddBasketItems: not sent: BasketItems/Ticket[2]/Plan, BasketItems/Ticket[2]/Price \
         (because OverridePrice is true) must be set"
    );
    let credentials = CustomerCredentials::new("", "s3cret");
    assert_eq!(
        refused(AuthenticateCustomer::new(credentials)).await,
        "AuthenticateCustomer: not sent: Credentials/Email must be set"
    );
    let unnamed = Customer::new().with_email("a@example.org").with_title("T");
    let error = refused(AddCustomers::new(vec![unnamed; 30])).await;
    assert!(
        error.ends_with("Customers/Customer[20]/LastName and 10 more must be set"),
        "{error}"
    );
    assert!(!error.contains("example.org"), "{error}");
    let both = GetOffers2::new().event(EventId::new(1)).instance(InstanceId::new(2));
    assert!(
        refused(both)
            .await
            .ends_with("only one of event_id and instance_id may be set")
    );
}

#[tokio::test]
async fn a_complete_body_is_sent() {
    let transport = Scripted::new([Reply::ok("")]);
    let ticket = Ticket::new()
        .with_instance(InstanceId::new(7))
        .with_plan(PlanId::new(8));
    let add = AddBasketItems::new(BasketItems::new().with_tickets([ticket]));
    transport.client().send(add).await.unwrap();
    let body = transport.requests().remove(0).into_body();
    assert!(body.ends_with(br#"<BasketItems><Ticket><Instance id="7"/><Plan id="8"/></Ticket></BasketItems>"#));
}
