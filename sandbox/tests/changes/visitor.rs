//! A visitor of a website that sells the venue's tickets: sends requests and keeps the cookie of the session.

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

use crate::support::{self, TODAY};

/// Not so soon that anything is over while a test runs, and not so late that nothing is on sale.
const SOON: &str = "all=true&instance_start_from=2031-03-08&instance_start_to=2031-05-08";

/// A sandbox that is set to a fixed day.
pub(crate) async fn sandbox() -> Sandbox {
    Sandbox::builder().today(TODAY).start().await.expect("a sandbox")
}

pub(crate) struct Visitor<'a> {
    sandbox: &'a Sandbox,
    client: Client,
    pub(crate) session: Option<String>,
    /// The bodies that were answered, and to which operation.
    pub(crate) answered: Vec<(&'static str, String)>,
}

/// Why something was refused: the status, and the page that says why.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(crate) status: u16,
    pub(crate) page: String,
}

impl<'a> Visitor<'a> {
    pub(crate) fn new(sandbox: &'a Sandbox) -> Self {
        Self::with(support::rightful_client(sandbox), sandbox)
    }

    /// Shares a client, and so connections, but not a session.
    pub(crate) fn with(client: Client, sandbox: &'a Sandbox) -> Self {
        Self {
            sandbox,
            client,
            session: None,
            answered: Vec::new(),
        }
    }

    /// Sends an operation as it is documented.
    pub(crate) async fn call<O: Operation>(&mut self, operation: O) -> Result<O::Response, Refused> {
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
        self.answered.push((O::INFO.name, body));
        Ok(decoded.value)
    }

    /// Sends what may be anything, as XML if there is a body.
    pub(crate) async fn send(&mut self, method: &str, path: &str, body: Option<&str>) -> Result<String, Refused> {
        let answer = self.request(method, path, body).await;
        let status = answer.status();
        let page = answer.text().await.expect("a body");
        if status == 200 {
            return Ok(page);
        }
        Err(Refused {
            status: status.as_u16(),
            page: page.replace("&apos;", "'"),
        })
    }

    pub(crate) async fn request(&mut self, method: &str, path: &str, body: Option<&str>) -> Response {
        let separator = if path.contains('?') { '&' } else { '?' };
        let path = format!("{path}{separator}api_key={}", self.sandbox.api_key());
        let method: Method = method.parse().expect("a method");
        let mut request = self.client.request(method, support::url(self.sandbox, &path));
        if let Some(session) = &self.session {
            request = request.header(COOKIE, format!("SessionId={session}"));
        }
        if let Some(body) = body {
            request = request.header(CONTENT_TYPE, "application/xml").body(body.to_owned());
        }
        let answer = request.send().await.expect("an answer");
        self.keep_cookie(&answer);
        answer
    }

    fn keep_cookie(&mut self, answer: &Response) {
        if let Some(cookie) = answer.headers().get(SET_COOKIE) {
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

    pub(crate) async fn add_tickets(&mut self, tickets: impl IntoIterator<Item = Ticket>) -> Result<(), Refused> {
        self.call(AddBasketItems::new(BasketItems::new().with_tickets(tickets)))
            .await
    }

    pub(crate) async fn add_merchandise(&mut self, item: i32) -> Result<(), Refused> {
        let item = MerchandiseItem::new().with_stock_item(StockItemId::new(item));
        self.call(AddBasketItems::new(BasketItems::new().with_merchandise_items([item])))
            .await
    }

    /// Changes what is said here of the basket itself.
    pub(crate) async fn change(&mut self, basket: Basket) -> Result<(), Refused> {
        self.call(UpdateBasket::new(basket)).await
    }

    /// Takes a ticket or a piece of merchandise out of the basket.
    pub(crate) async fn remove(&mut self, item: i32) -> Result<(), Refused> {
        self.call(DeleteBasketItem::new(BasketItemId::new(item))).await
    }

    /// The numbers of an instance's plans.
    pub(crate) async fn seats(&mut self, instance: InstanceId) -> Vec<InstancePlanStatus> {
        let statuses = self.call(GetInstanceStatus::new().instance(instance)).await;
        statuses.expect("statuses")
    }

    pub(crate) async fn stock(&mut self, item: i32) -> i32 {
        let items = self.call(GetStockItems::new()).await.expect("stock items");
        let found = items.iter().find(|one| one.id == StockItemId::new(item));
        found.expect("a stock item").stock_level
    }

    /// An instance of a kind of show, as the venue's own flags say, that is on sale in a plan.
    pub(crate) async fn showing(&mut self, kind: &str, plan: i32) -> InstanceId {
        let events = self.send("GET", "events?all=true", None).await.expect("events");
        let events = support::decode::<GetEvents>(&events, "events");
        let mut on_sale = self
            .soon()
            .await
            .into_iter()
            .filter(|one| one.plan == PlanId::new(plan));
        let is_wanted = |event: &Event| event.attributes.flag(kind) == Some(true);
        let found = on_sale.find(|one| events.iter().any(|event| event.id == one.event && is_wanted(event)));
        found.unwrap_or_else(|| panic!("no {kind} is on sale in {plan}")).id
    }

    /// The instances that are on sale soon.
    async fn soon(&mut self) -> Vec<Instance> {
        let instances = self
            .send("GET", &format!("instances?{SOON}"), None)
            .await
            .expect("instances");
        let mut instances = support::decode::<GetInstances>(&instances, "instances");
        instances.retain(|instance| instance.is_on_sale);
        instances
    }

    /// Buys a ticket for a film.
    pub(crate) async fn buys_a_film(&mut self, customer: CustomerId, way: DeliveryType) -> Order {
        let film = self.on_sale(431, 1).await;
        self.add_tickets([ticket(film, 431)]).await.expect("a ticket");
        self.buys(customer, way).await
    }

    /// Makes an order of the tickets in the basket.
    pub(crate) async fn buys(&mut self, customer: CustomerId, way: DeliveryType) -> Order {
        let basket = Basket::new()
            .with_customer(customer)
            .with_ticket_delivery(Delivery::new().with_type(way));
        self.call(UpdateBasket::new(basket)).await.expect("a delivery");
        self.call(ConfirmOrder::new()).await.expect("an order")
    }

    /// The first instance that is on sale in a plan, and has at least so many seats left in each part of it.
    pub(crate) async fn on_sale(&mut self, plan: i32, seats: i32) -> InstanceId {
        let statuses = self
            .send("GET", &format!("instance-status?{SOON}"), None)
            .await
            .expect("statuses");
        let statuses = support::decode::<GetInstanceStatus>(&statuses, "instance-status");
        let has_seats = |id: InstanceId| {
            let mut own = statuses.iter().filter(|status| status.instance == id);
            own.all(|status| status.available >= seats)
        };
        let mut on_sale = self
            .soon()
            .await
            .into_iter()
            .filter(|one| one.plan == PlanId::new(plan));
        let found = on_sale.find(|one| has_seats(one.id));
        found.unwrap_or_else(|| panic!("nothing is on sale in {plan}")).id
    }
}

pub(crate) fn amount(text: &str) -> Decimal {
    text.parse().expect("an amount")
}

/// A ticket as it is asked for.
pub(crate) fn ticket(instance: InstanceId, plan: i32) -> Ticket {
    Ticket::new().with_instance(instance).with_plan(PlanId::new(plan))
}

/// Checks that something was refused, with this status and these words.
pub(crate) fn expect_refusal<T: std::fmt::Debug>(answer: Result<T, Refused>, status: u16, words: &str) {
    let refused = answer.expect_err(words);
    assert!(
        refused.status == status && refused.page.contains(words),
        "{words}: {refused:?}"
    );
}
