//! The lists that can be replaced, how they are read from files, and how they replace those of the venue.

use std::io::ErrorKind;
use std::path::Path;

use serde::Deserialize;
use spektrix_v2::operations::{
    GetBands, GetCustomerAddresses, GetCustomers, GetEvents, GetFixedSeries, GetInstanceStatus, GetInstances,
    GetMemberships, GetPlans, GetPriceLists, GetStatements, GetStockItems, GetTagGroups, GetTags, GetTicketTypes,
};
use spektrix_v2::{DecodeOptions, Operation, operations};

use super::references::{KnownIds, check, prune};
use super::repair::repair;
use crate::error::StartError;
use crate::venue::Venue;

impl Lists {
    /// Reads lists from a JSON file, or from a folder of bodies.
    pub(crate) fn load(path: &Path) -> Result<Self, StartError> {
        if path.is_dir() {
            Self::from_folder(path)
        } else {
            Self::from_json(path)
        }
    }

    /// Replaces the lists of the venue. `path` is named in errors.
    pub(crate) fn replace(self, venue: &mut Venue, path: &Path) -> Result<(), StartError> {
        let replaced = self.move_into(venue);
        let checked = replaced.check(venue);
        checked
            .map_err(|problem| StartError::new(format!("the data in {} cannot be used: {problem}", path.display())))?;
        repair(venue);
        Ok(())
    }

    fn from_json(path: &Path) -> Result<Self, StartError> {
        let text = std::fs::read(path).map_err(|error| cannot_read(path, error))?;
        serde_json::from_slice(&text).map_err(|error| cannot_read(path, error))
    }
}

macro_rules! lists {
    ($($list:ident = $name:literal: $operation:ident),* $(,)?) => {
        /// The custom lists. Each of them is optional.
        #[derive(Debug, Default, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub(crate) struct Lists {
            $(#[serde(rename = $name)] $list: Option<<$operation as Operation>::Response>,)*
        }

        /// Which lists were replaced.
        #[derive(Debug)]
        struct Replaced {
            $($list: bool,)*
        }

        impl Lists {
            /// Reads each list from the body of its operation, such as `GetEvents.xml`. At least one must exist.
            fn from_folder(folder: &Path) -> Result<Self, StartError> {
                let lists = Self { $($list: read_body::<operations::$operation>(folder)?,)* };
                if lists.is_empty() {
                    return Err(no_lists(folder, &[$($operation::INFO.name),*]));
                }
                Ok(lists)
            }

            fn is_empty(&self) -> bool {
                $(self.$list.is_none())&&*
            }

            fn move_into(self, venue: &mut Venue) -> Replaced {
                let replaced = Replaced { $($list: self.$list.is_some(),)* };
                $(if let Some(list) = self.$list {
                    venue.$list = list;
                })*
                replaced
            }
        }

        impl Replaced {
            /// Checks the references of replaced lists, and removes dangling references from the other lists.
            fn check(&self, venue: &mut Venue) -> Result<(), String> {
                $(
                    // Collected for each list, because pruning the list before may have removed objects.
                    let known = KnownIds::of(venue);
                    if self.$list {
                        check($name, &venue.$list, &known)?;
                    } else {
                        prune(&mut venue.$list, &known);
                    }
                )*
                Ok(())
            }
        }
    };
}

// A list comes after the lists that it refers to.
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

/// Reads the body of an operation, if the folder contains it.
fn read_body<O: Operation>(folder: &Path) -> Result<Option<O::Response>, StartError> {
    let path = folder.join(format!("{}.xml", O::INFO.name));
    let body = match std::fs::read(&path) {
        Ok(body) => body,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(cannot_read(&path, error)),
    };
    let decoded = O::decode_response(&body, &DecodeOptions::default());
    let decoded = decoded.map_err(|error| cannot_read(&path, error))?;
    Ok(Some(decoded.value))
}

/// The message contains the cause, because the cause has the position in the file.
fn cannot_read(path: &Path, error: impl std::error::Error + Send + Sync + 'static) -> StartError {
    StartError::caused_by(format!("cannot read the data in {}: {error}", path.display()), error)
}

fn no_lists(folder: &Path, operations: &[&str]) -> StartError {
    StartError::new(format!(
        "there is no data in {}: name files after the operations whose responses they contain, {}.xml",
        folder.display(),
        operations.join(".xml, ")
    ))
}
