//! The kinds of objects that are synced: one list of the service each.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A kind of object. Each is one list of the service and one table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
#[allow(missing_docs, reason = "the names say it")]
pub enum Kind {
    Events,
    Instances,
    Plans,
    Bands,
    TicketTypes,
    PriceLists,
    /// How many seats of each plan are left at each instance.
    Availability,
    Offers,
    Memberships,
    StockItems,
    Tags,
    Statements,
}

impl Kind {
    /// All kinds, in the order in which they are read.
    ///
    /// Availability comes last of what it refers to, so that a reader finds an instance for nearly every status.
    pub const ALL: [Self; 12] = [
        Self::Bands,
        Self::TicketTypes,
        Self::PriceLists,
        Self::Plans,
        Self::Events,
        Self::Instances,
        Self::Availability,
        Self::Offers,
        Self::Memberships,
        Self::StockItems,
        Self::Tags,
        Self::Statements,
    ];

    /// Returns the name, as in the column `kind` and on the command line: `price_lists`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Instances => "instances",
            Self::Plans => "plans",
            Self::Bands => "bands",
            Self::TicketTypes => "ticket_types",
            Self::PriceLists => "price_lists",
            Self::Availability => "availability",
            Self::Offers => "offers",
            Self::Memberships => "memberships",
            Self::StockItems => "stock_items",
            Self::Tags => "tags",
            Self::Statements => "statements",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The name of a kind is unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownKind(String);

impl fmt::Display for UnknownKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = Kind::ALL.map(Kind::name).join(", ");
        write!(f, "there is no list `{}`. The lists are {names}", self.0)
    }
}

impl std::error::Error for UnknownKind {}

/// Reads a name. Hyphens count as underscores.
impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(name: &str) -> Result<Self, UnknownKind> {
        let wanted = name.trim().replace('-', "_");
        let kind = Self::ALL.into_iter().find(|kind| kind.name() == wanted);
        kind.ok_or_else(|| UnknownKind(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for kind in Kind::ALL {
            assert_eq!(kind.name().parse(), Ok(kind));
            let json = serde_json::to_string(&kind).unwrap();
            assert_eq!(json, format!("\"{kind}\""));
        }
        assert_eq!("price-lists".parse(), Ok(Kind::PriceLists));
        let error = "customers".parse::<Kind>().unwrap_err();
        assert!(
            error.to_string().contains("`customers`. The lists are bands, "),
            "{error}"
        );
    }
}
