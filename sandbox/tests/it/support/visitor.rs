//! A visitor of a website that sells tickets: sends requests, and keeps the session cookie.

use reqwest::header::{CONTENT_TYPE, COOKIE, SET_COOKIE};
use reqwest::{Client, Method, Response};
use spektrix_v2::operations::{
    AddBasketItems, ConfirmOrder, DeleteBasketItem, GetBasket, GetEvents, GetInstanceStatus, GetInstances,
    GetStockItems, UpdateBasket,
};
use spektrix_v2::rust_decimal::Decimal;
use spektrix_v2::{
    Basket, BasketItemId, BasketItems, CustomerId, DecodeOptions, Delivery, DeliveryType, Event, Instance, InstanceId,
    InstancePlanStatus, MerchandiseItem, Operation, Order, Parameters, PlanId, StockItemId, Ticket,
};
use spektrix_v2_sandbox::Sandbox;

use super::{TODAY, accepted_client, decode, url};

/// A period in which instances are on sale, also when a test has advanced the clock by a few hours.
const SOON: &str = "all=true&instance_start_from=2031-03-08&instance_start_to=2031-05-08";

/// Starts a sandbox on a fixed date.
pub(crate) async fn sandbox() -> Sandbox {
    Sandbox::builder().today(TODAY).start().await.expect("a sandbox")
}

pub(crate) struct Visitor<'a> {
    sandbox: &'a Sandbox,
    client: Client,
    pub(crate) session: Option<String>,
    /// The operations that were called, with the bodies of their responses.
    pub(crate) responses: Vec<(&'static str, String)>,
}

/// A refusal: the status, and the page with the reason.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) page: String,
}

impl<'a> Visitor<'a> {
    pub(crate) fn new(sandbox: &'a Sandbox) -> Self {
        Self::with_client(accepted_client(sandbox), sandbox)
    }

    /// Creates a visitor that shares a client, and so its connections, with others.
    pub(crate) fn with_client(client: Client, sandbox: &'a Sandbox) -> Self {
        Self {
            sandbox,
            client,
            session: None,
            responses: Vec::new(),
        }
    }

    /// Calls an operation as documented.
    pub(crate) async fn call<O: Operation>(&mut self, operation: O) -> Result<O::Response, Refusal> {
        let mut parameters = Parameters::new();
        operation.parameters(&mut parameters);
        let query: Vec<_> = parameters
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let path = format!("{}?{}", O::INFO.path, query.join("&"));
        let body = operation.encode_request().expect("a body");
        let body = body.map(|body| String::from_utf8(body).expect("a body of text"));
        let body = self.send(O::INFO.method.as_str(), &path, body.as_deref()).await?;
        let options = DecodeOptions::default().report_unknown(true);
        let decoded = O::decode_response(body.as_bytes(), &options);
        let decoded = decoded.unwrap_or_else(|error| panic!("{}: {error}: {body}", O::INFO.name));
        assert!(decoded.unknown.is_empty(), "{}: {:?}", O::INFO.name, decoded.unknown);
        self.responses.push((O::INFO.name, body));
        Ok(decoded.value)
    }

    /// Sends any request. A body is sent as XML.
    pub(crate) async fn send(&mut self, method: &str, path: &str, body: Option<&str>) -> Result<String, Refusal> {
        let response = self.request(method, path, body).await;
        let status = response.status();
        let page = response.text().await.expect("a body");
        if status == 200 {
            return Ok(page);
        }
        Err(Refusal {
            status: status.as_u16(),
            page: page.replace("&apos;", "'"),
        })
    }

    pub(crate) async fn request(&mut self, method: &str, path: &str, body: Option<&str>) -> Response {
        let separator = if path.contains('?') { '&' } else { '?' };
        let path = format!("{path}{separator}api_key={}", self.sandbox.api_key());
        let method: Method = method.parse().expect("a method");
        let mut request = self.client.request(method, url(self.sandbox, &path));
        if let Some(session) = &self.session {
            request = request.header(COOKIE, format!("SessionId={session}"));
        }
        if let Some(body) = body {
            request = request.header(CONTENT_TYPE, "application/xml").body(body.to_owned());
        }
        let response = request.send().await.expect("a response");
        self.keep_cookie(&response);
        response
    }

    fn keep_cookie(&mut self, response: &Response) {
        if let Some(cookie) = response.headers().get(SET_COOKIE) {
            let cookie = cookie.to_str().expect("text");
            let id = cookie
                .strip_prefix("SessionId=")
                .and_then(|rest| rest.strip_suffix("; path=/; secure; HttpOnly"));
            let id = id.unwrap_or_else(|| panic!("{cookie}"));
            assert!(
                id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()),
                "{id}"
            );
            self.session = Some(id.to_owned());
        }
    }

    pub(crate) async fn basket(&mut self) -> Basket {
        self.call(GetBasket::new()).await.expect("a basket")
    }

    pub(crate) async fn add_tickets(&mut self, tickets: impl IntoIterator<Item = Ticket>) -> Result<(), Refusal> {
        self.call(AddBasketItems::new(BasketItems::new().with_tickets(tickets)))
            .await
    }

    pub(crate) async fn add_merchandise(&mut self, item: i32) -> Result<(), Refusal> {
        let item = MerchandiseItem::new().with_stock_item(StockItemId::new(item));
        self.call(AddBasketItems::new(BasketItems::new().with_merchandise_items([item])))
            .await
    }

    /// Updates the basket itself.
    pub(crate) async fn update_basket(&mut self, basket: Basket) -> Result<(), Refusal> {
        self.call(UpdateBasket::new(basket)).await
    }

    /// Removes a ticket or a merchandise item from the basket.
    pub(crate) async fn remove(&mut self, item: i32) -> Result<(), Refusal> {
        self.call(DeleteBasketItem::new(BasketItemId::new(item))).await
    }

    /// Returns the statuses of an instance's plans.
    pub(crate) async fn statuses(&mut self, instance: InstanceId) -> Vec<InstancePlanStatus> {
        let statuses = self.call(GetInstanceStatus::new().instance(instance)).await;
        statuses.expect("statuses")
    }

    /// Returns the level of a stock item.
    pub(crate) async fn stock_level(&mut self, item: i32) -> i32 {
        let items = self.call(GetStockItems::new()).await.expect("stock items");
        let found = items.iter().find(|other| other.id == StockItemId::new(item));
        found.expect("a stock item").stock_level
    }

    /// Returns an instance of a genre that is on sale in a plan.
    pub(crate) async fn on_sale_of_genre(&mut self, genre: &str, plan: i32) -> InstanceId {
        let events = self.send("GET", "events?all=true", None).await.expect("events");
        let events = decode::<GetEvents>(&events, "events");
        let instances = self.instances_on_sale().await.into_iter();
        let mut in_plan = instances.filter(|instance| instance.plan == PlanId::new(plan));
        let has_genre = |event: &Event| event.attributes.flag(genre) == Some(true);
        let found = in_plan.find(|instance| {
            events
                .iter()
                .any(|event| event.id == instance.event && has_genre(event))
        });
        found.unwrap_or_else(|| panic!("no {genre} is on sale in {plan}")).id
    }

    /// Returns instances that are on sale.
    async fn instances_on_sale(&mut self) -> Vec<Instance> {
        let instances = self
            .send("GET", &format!("instances?{SOON}"), None)
            .await
            .expect("instances");
        let mut instances = decode::<GetInstances>(&instances, "instances");
        instances.retain(|instance| instance.is_on_sale);
        instances
    }

    /// Buys a ticket for a film.
    pub(crate) async fn buy_film_ticket(&mut self, customer: CustomerId, delivery: DeliveryType) -> Order {
        let film = self.on_sale(431, 1).await;
        self.add_tickets([ticket(film, 431)]).await.expect("a ticket");
        self.confirm(customer, delivery).await
    }

    /// Sets the customer and the delivery of a basket with tickets, and confirms it.
    pub(crate) async fn confirm(&mut self, customer: CustomerId, delivery: DeliveryType) -> Order {
        let basket = Basket::new()
            .with_customer(customer)
            .with_ticket_delivery(Delivery::new().with_type(delivery));
        self.update_basket(basket).await.expect("a delivery");
        self.call(ConfirmOrder::new()).await.expect("an order")
    }

    /// Returns the first instance that is on sale in a plan and has at least this many free seats in each part.
    pub(crate) async fn on_sale(&mut self, plan: i32, seats: i32) -> InstanceId {
        let statuses = self
            .send("GET", &format!("instance-status?{SOON}"), None)
            .await
            .expect("statuses");
        let statuses = decode::<GetInstanceStatus>(&statuses, "instance-status");
        let has_seats = |id: InstanceId| {
            let mut of_instance = statuses.iter().filter(|status| status.instance == id);
            of_instance.all(|status| status.available >= seats)
        };
        let instances = self.instances_on_sale().await.into_iter();
        let mut in_plan = instances.filter(|instance| instance.plan == PlanId::new(plan));
        let found = in_plan.find(|instance| has_seats(instance.id));
        found.unwrap_or_else(|| panic!("nothing is on sale in {plan}")).id
    }
}

pub(crate) fn amount(text: &str) -> Decimal {
    text.parse().expect("an amount")
}

/// Creates a ticket as a visitor requests it.
pub(crate) fn ticket(instance: InstanceId, plan: i32) -> Ticket {
    Ticket::new().with_instance(instance).with_plan(PlanId::new(plan))
}

/// Checks that a request was refused with this status and a page that contains `message`.
pub(crate) fn expect_refusal<T: std::fmt::Debug>(response: Result<T, Refusal>, status: u16, message: &str) {
    let refusal = response.expect_err(message);
    assert!(
        refusal.status == status && refusal.page.contains(message),
        "{message}: {refusal:?}"
    );
}
