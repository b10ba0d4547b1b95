//! URLs of the service's pages that a website shows in an iframe: seats, basket, payment. Nothing is sent.
//!
//! The service's documentation recommends to show [`ChooseSeats`](WebPage::ChooseSeats) for the instance that the visitor
//! has selected on your site. From there, the service's pages lead to the basket, the checkout and the payment.
//! [`Client::site`](crate::Client::site) returns the site that belongs to a client; a client of the sandbox leads to the
//! sandbox's pages.
//!
//! ```
//! use spektrix_v2::InstanceId;
//! use spektrix_v2::iframe::{Site, WebPage};
//!
//! # fn main() -> Result<(), spektrix_v2::Error> {
//! let site = Site::new("venue")?;
//! let seats = site.page(WebPage::ChooseSeats(InstanceId::new(5001))).stylesheet("venue.css");
//! assert_eq!(
//!     seats.url(),
//!     "https://system.spektrix.com/venue/website/ChooseSeats.aspx\
//!      ?EventInstanceId=5001&stylesheet=venue.css&resize=true"
//! );
//! // The script belongs to the <head> of the page that contains the frame, and resizes the frame to fit its content.
//! let (script, frame) = (site.resize_script_html(), seats.html("Choose seats"));
//! let page = format!("<!DOCTYPE html><html lang=en><head><title>Book</title>{script}</head><body>{frame}</body></html>");
//! assert!(page.contains("https://system.spektrix.com/venue/website/scripts/integrate.js"));
//! # Ok(())
//! # }
//! ```
//!
//! If your site has filled a basket with calls, which is retired, it only embeds the payment page. See
//! [Payment and what comes after](crate::guide::payment).
//!
//! ```
//! use spektrix_v2::SessionId;
//! use spektrix_v2::iframe::{Payer, Site};
//!
//! # fn main() -> Result<(), spektrix_v2::Error> {
//! let site = Site::new("venue")?;
//! let session = SessionId::new("5f2b0f")?;
//! let payer = Payer { name: "A. Visitor", line1: "1 High Street", town: "Ely", postcode: "CB7 4AA", country: "UK" };
//! let payment = site.payment(&session, payer, "https://venue.example/thanks")?.county("Cambridgeshire");
//! let page = format!("<h1>Payment</h1>{}", payment.html("Payment").expose());
//! assert!(page.contains("basket/payment?session=5f2b0f&amp;name=A.%20Visitor"));
//! # Ok(())
//! # }
//! ```
//!
//! # How sure we are
//!
//! The parameters of the payment page are *documented*. That it is on the same host as the other pages is *inferred*,
//! because a visitor's browser has no client certificate. The frame's name and height, the script, and `resize=true` as
//! the last parameter are *documented* too, and so are the pages and their parameters, except those that only public
//! integrations show.

mod embed;
mod payment;
mod site;
mod web_page;

pub use payment::{Payer, Payment};
pub use site::Site;
pub use web_page::{Frame, WebPage};
