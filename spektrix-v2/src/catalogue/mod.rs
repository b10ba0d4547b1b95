//! A venue's programme with availability and prices: seven lists, loaded together, whose references are resolved.
//!
//! The service responds with flat lists that refer to each other by identifier. A [`Catalogue`] indexes them, so that it
//! can return the instances of an event, and the plans and prices of an instance.
//!
//! ```no_run
//! # async fn example(client: spektrix_v2::Client) -> Result<(), spektrix_v2::Error> {
//! use spektrix_v2::catalogue::Catalogue;
//!
//! let mut catalogue = Catalogue::load(&client).await?;
//! for event in catalogue.events() {
//!     for instance in catalogue.instances_of(event.id) {
//!         let cheapest = catalogue.prices_of(instance.id).map(|price| price.amount).min();
//!         println!("{} on {}: from {cheapest:?}", event.name, instance.start);
//!     }
//! }
//! for dangling in catalogue.dangling_references() {
//!     eprintln!("{dangling}");
//! }
//!
//! // Later:
//! let changes = catalogue.refresh(&client).await?;
//! for (instance, plan) in changes.statuses.changed {
//!     println!("availability changed: instance {instance}, plan {plan}");
//! }
//! # Ok(())
//! # }
//! ```

mod changes;
mod dangling;
mod lists;
mod load;
mod lookup;
mod object_id;
mod order;

pub use changes::{Changed, Changes};
pub use dangling::DanglingReference;
pub use lists::{Catalogue, Lists};
pub use lookup::ResolvedPrice;
pub use object_id::ObjectId;
