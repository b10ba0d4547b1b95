//! The lists of a venue: how they are read from files, and how they replace those of the venue.

use std::io::ErrorKind;
use std::path::Path;

use serde::{Deserialize, Serialize};
use spektrix_v2::operations::{
    GetBands, GetCustomerAddresses, GetCustomers, GetEvents, GetFixedSeries, GetInstanceStatus, GetInstances,
    GetMemberships, GetPlans, GetPriceLists, GetStatements, GetStockItems, GetTagGroups, GetTags, GetTicketTypes,
};
use spektrix_v2::{DecodeOptions, Operation, operations};

use super::edit_error::EditError;
use super::references::{EditedIds, KnownIds, Referring, check, check_edited, prune};
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
        serde_json::from_slice(&text).map_err(|error| {
            let reason = without_values(&error);
            // Without a cause, because that has the values.
            StartError::new(format!("cannot read the data in {}: {reason}", path.display()))
        })
    }
}

/// Visits lists, each with the operation that returns it.
pub(crate) trait ListVisitor {
    fn visit<O, T>(&mut self, before: &[T], now: &[T]) -> Result<(), EditError>
    where
        O: Operation<Response = Vec<T>>,
        T: Referring + Clone + PartialEq;
}

/// The list that an operation returns.
type ListOf<O> = <O as Operation>::Response;

macro_rules! lists {
    (
        editable { $($(#[$doc:meta])* $name:ident in $list:ident: $operation:ident),* $(,)? }
        start_only { $($own_name:ident in $own_list:ident: $own_operation:ident),* $(,)? }
    ) => {
        /// The custom lists. Each of them is optional.
        #[derive(Debug, Default, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub(crate) struct Lists {
            $($name: Option<ListOf<$operation>>,)*
            $($own_name: Option<ListOf<$own_operation>>,)*
        }

        /// The lists of a running venue, which [`Sandbox::edit`](crate::Sandbox::edit) changes.
        ///
        /// In JSON it is the object that [`SandboxBuilder::data`](crate::SandboxBuilder::data) reads and that the control
        /// endpoint returns at `/data`. Customers and addresses are not in it, because visitors change them with writes.
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[non_exhaustive]
        pub struct VenueData {
            $($(#[$doc])* pub $name: ListOf<$operation>,)*
        }

        /// Which lists were replaced.
        #[derive(Debug)]
        struct Replaced {
            $($name: bool,)*
            $($own_name: bool,)*
        }

        impl Lists {
            /// Reads each list from the body of its operation, such as `GetEvents.xml`. At least one must exist.
            fn from_folder(folder: &Path) -> Result<Self, StartError> {
                let lists = Self {
                    $($name: read_body::<operations::$operation>(folder)?,)*
                    $($own_name: read_body::<operations::$own_operation>(folder)?,)*
                };
                if lists.is_empty() {
                    return Err(no_lists(folder, &[$($operation::INFO.name,)* $($own_operation::INFO.name),*]));
                }
                Ok(lists)
            }

            fn is_empty(&self) -> bool {
                $(self.$name.is_none() &&)* $(self.$own_name.is_none())&&*
            }

            fn move_into(self, venue: &mut Venue) -> Replaced {
                let replaced = Replaced {
                    $($name: self.$name.is_some(),)*
                    $($own_name: self.$own_name.is_some(),)*
                };
                $(if let Some(list) = self.$name {
                    venue.$list = list;
                })*
                $(if let Some(list) = self.$own_name {
                    venue.$own_list = list;
                })*
                replaced
            }

            /// Replaces the lists of a running venue. Returns the name of a list that can only be set at the start.
            pub(crate) fn replace_in(self, data: &mut VenueData) -> Result<(), &'static str> {
                $(if self.$own_name.is_some() {
                    return Err(stringify!($own_name));
                })*
                $(if let Some(list) = self.$name {
                    data.$name = list;
                })*
                Ok(())
            }
        }

        impl VenueData {
            pub(crate) fn of(venue: &Venue) -> Self {
                Self { $($name: venue.$list.clone(),)* }
            }

            /// Replaces the lists of the venue.
            pub(super) fn move_into(self, venue: &mut Venue) {
                $(venue.$list = self.$name;)*
            }
        }

        impl VenueData {
            /// Decodes the lists from the bodies of their operations. A list without a body is empty.
            pub(crate) fn decode<'b>(body_of: impl Fn(&str) -> Option<&'b str>) -> Result<Self, String> {
                Ok(Self {
                    $($name: match body_of($operation::INFO.name) {
                        Some(body) => decode::<operations::$operation>(body.as_bytes())?,
                        None => Vec::new(),
                    },)*
                })
            }
        }

        /// Visits each list of two venues.
        pub(crate) fn visit_lists(before: &Venue, now: &Venue, visitor: &mut impl ListVisitor) -> Result<(), EditError> {
            $(visitor.visit::<$operation, _>(&before.$list, &now.$list)?;)*
            Ok(())
        }

        /// Checks the references of an edited venue, and removes those to objects that were removed. A reference to a list
        /// that is not complete, by the name of its operation, is not checked.
        pub(super) fn follow_references(
            before: &Venue,
            venue: &mut Venue,
            is_complete: impl Fn(&str) -> bool,
        ) -> Result<(), String> {
            let lists = [$((stringify!($list), $operation::INFO.name)),*];
            let incomplete = lists.into_iter().filter(|(_, operation)| !is_complete(operation));
            let incomplete: Vec<_> = incomplete.map(|(list, _)| list).collect();
            let mut ids = EditedIds::new(before, venue, &incomplete);
            $(
                check_edited(stringify!($name), &before.$list, &venue.$list, &ids)?;
                let count = venue.$list.len();
                prune(&mut venue.$list, &ids.not_removed);
                if venue.$list.len() < count {
                    ids.update(before, venue, &incomplete);
                }
            )*
            Ok(())
        }

        impl Replaced {
            /// Checks the references of replaced lists, and removes dangling references from the other lists.
            fn check(&self, venue: &mut Venue) -> Result<(), String> {
                $(
                    // Collected for each list, because pruning the list before may have removed objects.
                    let known = KnownIds::of(venue);
                    if self.$name {
                        check(stringify!($name), &venue.$list, &known)?;
                    } else {
                        prune(&mut venue.$list, &known);
                    }
                )*
                $(
                    let known = KnownIds::of(venue);
                    if self.$own_name {
                        check(stringify!($own_name), &venue.$own_list, &known)?;
                    } else {
                        prune(&mut venue.$own_list, &known);
                    }
                )*
                Ok(())
            }
        }
    };
}

// A list comes after the lists that it refers to.
lists!(
    editable {
        /// The bands, which plans and prices refer to.
        bands in bands: GetBands,
        /// The ticket types, which prices refer to.
        ticket_types in ticket_types: GetTicketTypes,
        /// The merchandise. A stock level does not include what visitors have bought or have in their baskets.
        stock_items in stock_items: GetStockItems,
        /// The statements that customers can agree to.
        statements in statements: GetStatements,
        /// The memberships.
        memberships in memberships: GetMemberships,
        /// The groups of tags.
        tag_groups in tag_groups: GetTagGroups,
        /// The tags of customers.
        tags in tags: GetTags,
        /// The plans of seats.
        plans in plans: GetPlans,
        /// The price lists of instances.
        price_lists in price_lists: GetPriceLists,
        /// The events.
        events in events: GetEvents,
        /// The instances of events.
        instances in instances: GetInstances,
        /// The seats of each plan at each instance, without those that visitors have bought or have in their baskets.
        instance_status in statuses: GetInstanceStatus,
        /// The series of instances.
        fixed_series in fixed_series: GetFixedSeries,
    }
    start_only {
        customers in customers: GetCustomers,
        customer_addresses in addresses: GetCustomerAddresses,
    }
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

/// Decodes the body of an operation.
pub(crate) fn decode<O: Operation>(body: &[u8]) -> Result<O::Response, String> {
    let decoded = O::decode_response(body, &DecodeOptions::default());
    let decoded = decoded.map_err(|error| format!("the body of {} cannot be decoded: {error}", O::INFO.name))?;
    Ok(decoded.value)
}

/// The message contains the cause, because the cause has the position in the file.
fn cannot_read(path: &Path, error: impl std::error::Error + Send + Sync + 'static) -> StartError {
    StartError::caused_by(format!("cannot read the data in {}: {error}", path.display()), error)
}

/// Returns the message of an error without the strings that it quotes: a wrong path may name a private key.
fn without_values(error: &serde_json::Error) -> String {
    let message = error.to_string();
    match (message.find('"'), message.rfind('"')) {
        (Some(first), Some(last)) if first < last => format!("{}\"…\"{}", &message[..first], &message[last + 1..]),
        _ => message,
    }
}

fn no_lists(folder: &Path, operations: &[&str]) -> StartError {
    StartError::new(format!(
        "there is no data in {}: name files after the operations whose responses they contain, {}.xml",
        folder.display(),
        operations.join(".xml, ")
    ))
}
