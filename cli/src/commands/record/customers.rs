//! Records customers, their addresses and orders, without what identifies them.

use spektrix_v2::operations::{GetCustomerAddresses, GetCustomers, GetOrders};
use spektrix_v2::{Call, Client, CustomerId, Operation};

use super::pseudonyms::Pseudonyms;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::output::Progress;

/// Reads these customers, and returns a body for each operation. Without customers there is none.
pub(super) async fn read(
    client: &Client,
    ids: &[CustomerId],
    progress: &Progress,
) -> Result<Vec<(&'static str, Vec<u8>)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let (mut customers, mut addresses, mut orders) = (Vec::new(), Vec::new(), Vec::new());
    for id in ids {
        progress.begin(&format!("customer {id}"));
        let customer = client.customer(*id).await?;
        customers.push(customer.ok_or_else(|| Failure::new(Exit::NotFound, format!("there is no customer {id}")))?);
        addresses.extend(list(client.customer_addresses(*id)).await?);
        orders.extend(list(client.orders().customer(*id)).await?);
    }
    let mut pseudonyms = Pseudonyms::default();
    let customers = customers.iter().map(|customer| pseudonyms.customer(customer)).collect();
    let addresses = addresses
        .iter()
        .map(|address| pseudonyms.customer_address(address))
        .collect();
    let orders = orders.iter().map(|order| pseudonyms.order(order)).collect();
    Ok(vec![
        body::<GetCustomers>(&customers)?,
        body::<GetCustomerAddresses>(&addresses)?,
        body::<GetOrders>(&orders)?,
    ])
}

/// Reads a list. Status 404 means that the customer has none.
async fn list<O, T>(call: Call<O>) -> Result<Vec<T>>
where
    O: Operation<Response = Vec<T>> + 'static,
{
    match call.await {
        Err(error) if error.is_not_found() => Ok(Vec::new()),
        result => Ok(result?),
    }
}

fn body<O: Operation>(value: &O::Response) -> Result<(&'static str, Vec<u8>)> {
    let failed = |why: &str| Failure::new(Exit::Failure, format!("cannot encode {}: {why}", O::INFO.name));
    let encoded = O::encode_response(value).map_err(|error| failed(&error.to_string()))?;
    let encoded = encoded.ok_or_else(|| failed("it has no body"))?;
    Ok((O::INFO.name, encoded.into_bytes()))
}
