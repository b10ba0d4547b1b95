//! The lists that can be replaced: how they are called, and the bodies that they can be read from.

use std::path::Path;

use serde::Deserialize;
use spektrix_v2::operations::{
    GetBands, GetCustomerAddresses, GetCustomers, GetEvents, GetFixedSeries, GetInstanceStatus, GetInstances,
    GetMemberships, GetPlans, GetPriceLists, GetStatements, GetStockItems, GetTagGroups, GetTags, GetTicketTypes,
};
use spektrix_v2::{Operation, operations};

use super::read;
use super::refers::{self, Known};
use crate::start_error::StartError;
use crate::venue::Venue;

macro_rules! lists {
    ($($list:ident = $name:literal: $operation:ident),* $(,)?) => {
        /// Lists in place of the venue's own, those that are there.
        #[derive(Debug, Default, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub(crate) struct Lists {
            $(#[serde(rename = $name)] $list: Option<<$operation as Operation>::Response>,)*
        }

        /// Which lists were given.
        #[derive(Debug)]
        pub(super) struct Given {
            $($list: bool,)*
        }

        impl Lists {
            /// Each from the body of its operation, `GetEvents.xml`; at least one must be there.
            pub(super) fn from_folder(folder: &Path) -> Result<Self, StartError> {
                let lists = Self { $($list: read::body::<operations::$operation>(folder)?,)* };
                match lists.is_empty() {
                    true => Err(nothing_in(folder, &[$($operation::INFO.name),*])),
                    false => Ok(lists),
                }
            }

            fn is_empty(&self) -> bool {
                $(self.$list.is_none())&&*
            }

            pub(super) fn put_into(self, venue: &mut Venue) -> Given {
                let given = Given { $($list: self.$list.is_some(),)* };
                $(if let Some(list) = self.$list {
                    venue.$list = list;
                })*
                given
            }
        }

        impl Given {
            /// Whether what was given refers to what is there. What was not given, and does not, is left out.
            pub(super) fn check(&self, venue: &mut Venue) -> Result<(), String> {
                $(
                    let known = Known::of(venue);
                    if self.$list {
                        refers::check($name, &venue.$list, &known)?;
                    } else {
                        refers::prune(&mut venue.$list, &known);
                    }
                )*
                Ok(())
            }
        }
    };
}

// What refers stands after what it refers to.
lists!(
    bands = "bands": GetBands,
    ticket_types = "ticket_types": GetTicketTypes,
    stock_items = "stock_items": GetStockItems,
    statements = "statements": GetStatements,
    memberships = "memberships": GetMemberships,
    tag_groups = "tag_groups": GetTagGroups,
    tags = "tags": GetTags,
    plans = "plans": GetPlans,
    price_lists = "price_lists": GetPriceLists,
    events = "events": GetEvents,
    instances = "instances": GetInstances,
    statuses = "instance_status": GetInstanceStatus,
    fixed_series = "fixed_series": GetFixedSeries,
    customers = "customers": GetCustomers,
    addresses = "customer_addresses": GetCustomerAddresses,
);

fn nothing_in(folder: &Path, operations: &[&str]) -> StartError {
    StartError::new(format!(
        "there is no data in {}: a file is named after the operation whose answer it holds, {}.xml",
        folder.display(),
        operations.join(".xml, ")
    ))
}
