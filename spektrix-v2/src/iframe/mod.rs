//! URLs of the service's pages that a website shows in an iframe: seats, basket, payment. Nothing is sent.
//!
//! ```
//! use spektrix_v2::iframe::{Payer, Site, WebPage};
//! use spektrix_v2::{InstanceId, SessionId};
//!
//! # fn main() -> Result<(), spektrix_v2::Error> {
//! let site = Site::new("venue")?;
//! let seats = site.page(WebPage::ChooseSeats(InstanceId::new(5001))).stylesheet("venue.css");
//! assert_eq!(
//!     seats.url(),
//!     "https://system.spektrix.com/venue/website/ChooseSeats.aspx\
//!      ?EventInstanceId=5001&stylesheet=venue.css&resize=true"
//! );
//!
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
//! because a visitor's browser has no client certificate. Names and parameters of the other pages come from public
//! integrations.

mod embed;
mod payment;
mod site;
mod web_page;

pub use payment::{Payer, Payment};
pub use site::Site;
pub use web_page::{Frame, WebPage};
