//! Sends `POST basket/items`.

use spektrix_v2::{Client, Method};

#[tokio::main]
async fn main() -> Result<(), spektrix_v2::Error> {
    let client = Client::from_env()?;
    // A new one. `Session::restore` continues a session that was saved.
    let session = client.session();
    let parameters = [];
    let body = Some(r##"<A b="#"/>"##.into());
    let response = session.raw(Method::Post, "basket/items", &parameters, body).await?;
    println!("{} {}", response.status, String::from_utf8_lossy(&response.body));
    Ok(())
}
