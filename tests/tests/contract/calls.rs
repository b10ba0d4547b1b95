//! Every operation with all parameters set, built as a user would build it.

use spektrix_v2::operations::*;
use spektrix_v2::{
    BasketItemId, CustomerAddressId, CustomerId, EventId, FixedSeriesId, InstanceId, Operation, OperationInfo, OrderId,
    Paged, Parameters, PostcodeLookupId, TransactionId,
};

use crate::bodies;

/// The request of an operation.
pub(crate) struct Call {
    pub(crate) info: OperationInfo,
    pub(crate) parameters: Parameters,
    pub(crate) body: Option<String>,
}

fn call<O: Operation>(operation: &O) -> anyhow::Result<Call> {
    let mut parameters = Parameters::new();
    operation.parameters(&mut parameters);
    let body = operation.encode_request()?.map(String::from_utf8).transpose()?;
    Ok(Call {
        info: O::INFO,
        parameters,
        body,
    })
}

/// Requests the part of the list after item 20.
fn part<O: Paged>(mut operation: O) -> anyhow::Result<Call> {
    let page = operation.page_mut();
    (page.offset, page.limit, page.all) = (Some(20), Some(5), Some(false));
    call(&operation)
}

/// Returns the calls of all operations, by name.
pub(crate) fn all() -> anyhow::Result<Vec<Call>> {
    let (event, instance, order) = (EventId::new(101), InstanceId::new(102), OrderId::new(103));
    let (customer, address) = (CustomerId::new(104), CustomerAddressId::new(105));
    let (from, to) = (bodies::day(), bodies::day().at(19, 30, 0, 0));
    Ok(vec![
        call(&AddBasketItems::new(bodies::items()))?,
        call(&AddCustomerAddresses::new(bodies::customer_addresses()))?,
        call(&AddCustomers::new(bodies::customers()))?,
        call(&AuthenticateCustomer::new(bodies::credentials()))?,
        call(&ConfirmOrder::new())?,
        call(&DeleteBasketItem::new(BasketItemId::new(106)))?,
        call(&DeleteCustomerAddress::new(customer, address))?,
        call(&Echo::new("hello & <goodbye>"))?,
        call(&GetAddress::new(PostcodeLookupId::new("LOOKUP|7")))?,
        part(GetBands::new())?,
        call(&GetBasket::new())?,
        call(&GetBasketRelatedData::new())?,
        call(&GetCustomerAddresses::new(customer))?,
        call(
            &GetCustomers::new()
                .customer(customer)
                .email("a+b@example.org")
                .friendly_id("FRIENDLY 7"),
        )?,
        part(
            GetEvents::new()
                .event(event)
                .instance(instance)
                .instance_start_from(from)
                .instance_start_to(to),
        )?,
        call(&GetFixedSeries::new().fixed_series(FixedSeriesId::new(107)))?,
        part(
            GetInstanceStatus::new()
                .event(event)
                .instance(instance)
                .starting(from..=from),
        )?,
        part(
            GetInstances::new()
                .event(event)
                .instance(instance)
                .starting(from..bodies::day().saturating_add(days(7))),
        )?,
        part(GetMemberships::new())?,
        part(GetOffers::new().instance(instance))?,
        part(GetOffers2::new().instance(instance).event(event).customer(customer))?,
        call(
            &GetOrderRelatedData::new()
                .order(order)
                .customer(customer)
                .friendly_id("FRIENDLY 7"),
        )?,
        call(
            &GetOrders::new()
                .order(order)
                .customer(customer)
                .friendly_id("FRIENDLY 7"),
        )?,
        part(
            GetPlans::new()
                .event(event)
                .instance(instance)
                .instance_start_from(from)
                .instance_start_to(to),
        )?,
        part(
            GetPriceLists::new()
                .event(event)
                .instance(instance)
                .instance_start_from(from)
                .instance_start_to(to),
        )?,
        call(&GetPrintAtHomeDocuments::new(customer))?,
        part(GetStatements::new())?,
        part(GetStockItems::new())?,
        part(GetTagGroups::new())?,
        part(GetTags::new())?,
        part(GetTicketTypes::new())?,
        call(&GetTransactions::new().transaction(TransactionId::new(108)).order(order))?,
        call(&KeepAlive::new())?,
        call(&PostcodeLookup::new("AB1 2CD"))?,
        call(&ResetCustomerPassword::new(customer))?,
        call(&SendConfirmationEmail::new(order))?,
        call(&UpdateBasket::new(bodies::basket()))?,
        call(&UpdateBasketItems::new(bodies::items()))?,
        call(&UpdateCustomerAddresses::new(bodies::customer_addresses()))?,
        call(&UpdateCustomers::new(bodies::customers()))?,
    ])
}

fn days(days: i64) -> jiff::Span {
    jiff::Span::new().days(days)
}
