//! What is stored of each kind of object: its table, its columns, and how each value is taken from the object.
//!
//! The statements of every database are built from these descriptions. The migrations in `migrations/` create the tables;
//! a test compares both.

mod kinds;
mod layout;
mod text;
mod value;

use spektrix_v2::{Client, ItemStream};

use crate::kind::Kind;

pub(crate) use layout::{Layout, layout};
pub(crate) use text::{RowText, cells, milliseconds};
pub(crate) use value::Value;

/// A kind of object that is stored.
pub(crate) trait Described: serde::Serialize + Sized + Send + 'static {
    /// Its table.
    const TABLE: Table<Self>;

    /// Reads the whole list, item by item.
    fn stream(client: &Client) -> ItemStream<Self>;

    /// Returns the key, in the order of [`Table::key`].
    fn key(&self) -> Key;
}

/// The table of a kind.
pub(crate) struct Table<T: 'static> {
    pub(crate) kind: Kind,
    pub(crate) name: &'static str,
    /// The columns that identify an object of a venue, and in child tables refer to it.
    pub(crate) key: &'static [(&'static str, &'static str)],
    /// All columns but those of the key and those of the sync.
    pub(crate) columns: &'static [Column<T>],
    pub(crate) children: &'static [Child<T>],
}

/// A column: its name, and its value.
pub(crate) struct Column<T: 'static>(pub(crate) &'static str, pub(crate) for<'a> fn(&'a T) -> Value<'a>);

/// Calls the function with the values of each row.
pub(crate) type Rows<T> = fn(&T, &mut dyn FnMut(&[Value<'_>]));

/// A table with the items of a list in an object. They are replaced together with the object.
pub(crate) struct Child<T: 'static> {
    pub(crate) name: &'static str,
    /// The columns after those of the parent's key and the position in the list.
    pub(crate) columns: &'static [&'static str],
    pub(crate) rows: Rows<T>,
}

/// Identifies an object among those of its kind: one number, or an instance and a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Key {
    One(i32),
    Two(i32, i32),
}

impl Key {
    /// Reads the key from its columns.
    pub(crate) fn parse(columns: &[Option<&str>]) -> Option<Self> {
        let number = |column: Option<&str>| column?.parse().ok();
        match columns {
            [one] => Some(Self::One(number(*one)?)),
            [one, two] => Some(Self::Two(number(*one)?, number(*two)?)),
            _ => None,
        }
    }

    /// Calls the function with each number.
    pub(crate) fn for_each(self, mut visit: impl FnMut(i32)) {
        match self {
            Self::One(one) => visit(one),
            Self::Two(one, two) => {
                visit(one);
                visit(two);
            }
        }
    }
}

/// As in the column `object_key` of the table of changes.
impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::One(one) => write!(f, "{one}"),
            Self::Two(one, two) => write!(f, "{one}/{two}"),
        }
    }
}

/// Runs code for the type of a kind: `for_kind!(kind, T => expression)`.
macro_rules! for_kind {
    ($kind:expr, $type:ident => $body:expr) => {
        $crate::schema::for_kind!(@ $kind, $type => $body,
            Events Event, Instances Instance, Plans Plan, Bands Band, TicketTypes TicketType, PriceLists PriceList,
            Availability InstancePlanStatus, Offers Offer, Memberships Membership, StockItems StockItem, Tags Tag,
            Statements Statement)
    };
    (@ $kind:expr, $type:ident => $body:expr, $($variant:ident $item:ident),*) => {
        match $kind {
            $($crate::Kind::$variant => {
                type $type = spektrix_v2::$item;
                $body
            })*
        }
    };
}
pub(crate) use for_kind;
