//! Prints a venue's price bands, read through libcurl.
//!
//! The variables are those of `Client::from_env`: SPEKTRIX_CLIENT, SPEKTRIX_API_KEY, SPEKTRIX_CERT, SPEKTRIX_KEY, and for the
//! sandbox SPEKTRIX_BASE_URL and SPEKTRIX_CA.

use std::env;

use curl_transport::CurlTransport;
use spektrix_v2::Client;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut transport = CurlTransport::new(env::var("SPEKTRIX_CERT")?, env::var("SPEKTRIX_KEY")?);
    if let Ok(authority) = env::var("SPEKTRIX_CA") {
        transport = transport.authority(authority);
    }
    let mut client = Client::builder(env::var("SPEKTRIX_CLIENT")?)
        .api_key(env::var("SPEKTRIX_API_KEY")?)
        .transport(transport);
    if let Ok(base) = env::var("SPEKTRIX_BASE_URL") {
        client = client.base_url(base);
    }
    for band in client.build()?.bands().await? {
        println!("{}  {}", band.id, band.name);
    }
    Ok(())
}
