//! Sends `GET events`.

use spektrix_v2::{Client, Method};

#[tokio::main]
async fn main() -> Result<(), spektrix_v2::Error> {
    let client = Client::from_env()?;
    let parameters = [("limit", "3"), ("all", "\"\\")];
    let body = None;
    let response = client.raw(Method::Get, "events", &parameters, body).await?;
    println!("{} {}", response.status, String::from_utf8_lossy(&response.body));
    Ok(())
}
