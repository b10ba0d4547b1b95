//! Identifiers: one type per kind of object, so that the id of an event cannot be passed for that of an instance.

use std::fmt::{Debug, Display};
use std::hash::Hash;

/// An object with an identifier: an event, an instance, a price list.
///
/// It is for code that treats all kinds of objects alike, such as a cache or the synchronization of a database.
///
/// ```
/// use std::collections::BTreeMap;
///
/// use spektrix_v2::{Band, BandId, Identified};
///
/// fn by_id<T: Identified>(objects: Vec<T>) -> BTreeMap<T::Id, T> {
///     objects.into_iter().map(|object| (object.id().clone(), object)).collect()
/// }
///
/// let bands = by_id(vec![Band::new(7, "Stalls"), Band::new(8, "Circle")]);
/// assert_eq!(bands[&BandId::new(7)].name, "Stalls");
/// assert_eq!(Band::KIND, "Band");
/// ```
pub trait Identified {
    /// The kind of object: the name of its type, such as `Event`.
    const KIND: &'static str;

    /// The type of its identifier. Of two kinds of objects, one may have the number of the other.
    type Id: Clone + Debug + Display + Hash + Ord + Send + Sync + 'static;

    /// Returns the identifier.
    fn id(&self) -> &Self::Id;
}

/// Declares the identifier type of one kind of object. Generated code calls it.
#[doc(hidden)]
#[macro_export]
macro_rules! id {
    ($(#[$doc:meta])* $name:ident(i32)) => {
        $crate::id!(@ $(#[$doc])* #[derive(Copy)] $name(i32));

        impl $name {
            /// Creates an identifier from its number.
            pub const fn new(id: i32) -> Self {
                Self(id)
            }

            /// Returns the number.
            pub const fn get(self) -> i32 {
                self.0
            }

            /// Creates an identifier from that of the same object in API v3, such as `1234ABCD…`: its leading digits are
            /// the identifier in v2 (read by clients). Customers are the exception: their identifiers are not related.
            ///
            /// # Errors
            ///
            /// [`InvalidV3Id`]($crate::InvalidV3Id) if the string is not a number of 32 bits followed by letters.
            pub fn from_v3(id: &str) -> Result<Self, $crate::InvalidV3Id> {
                $crate::v3_id::number(id).map(Self)
            }

            /// Returns whether an identifier of API v3 is that of the same object. Use it to find an object in a list of v3:
            /// the rest of its identifier cannot be derived from this one.
            pub fn matches_v3(self, id: &str) -> bool {
                Self::from_v3(id) == Ok(self)
            }
        }
    };
    ($(#[$doc:meta])* $name:ident(String)) => {
        $crate::id!(@ $(#[$doc])* $name(String));

        impl $name {
            /// Creates an identifier from a string.
            pub fn new(id: impl Into<String>) -> Self {
                Self(id.into())
            }

            /// Returns the identifier as a string.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }
    };
    ($(#[$doc:meta])* $name:ident($inner:ident)) => {
        $crate::id!(@ $(#[$doc])* #[derive(Copy)] $name($inner));

        impl $name {
            /// Creates an identifier from its value.
            pub const fn new(id: $inner) -> Self {
                Self(id)
            }

            /// Returns the value.
            pub const fn get(self) -> $inner {
                self.0
            }
        }
    };
    (@ $(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name($inner);

        impl From<$inner> for $name {
            fn from(id: $inner) -> Self {
                Self(id)
            }
        }

        impl From<$name> for $inner {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = <$inner as std::str::FromStr>::Err;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::runtime::parse_from_str(text).map(Self)
            }
        }

        impl $crate::runtime::Text for $name {
            const KEEPS_WHITESPACE: bool = <$inner as $crate::runtime::Text>::KEEPS_WHITESPACE;

            fn parse(text: &str) -> Result<Self, $crate::runtime::InvalidText> {
                <$inner as $crate::runtime::Text>::parse(text).map(Self)
            }

            #[inline]
            fn parse_prefix(text: &[u8]) -> Option<(Self, usize)> {
                let (id, len) = <$inner as $crate::runtime::Text>::parse_prefix(text)?;
                Some((Self(id), len))
            }

            fn print(&self, out: &mut String) {
                self.0.print(out);
            }
        }

        /// A reference to the object: `<Plan id="5029"/>`.
        impl $crate::runtime::Element for $name {
            fn read<'a>(
                xml: &mut $crate::runtime::Decoder<'a>,
                tag: $crate::runtime::Tag<'a>,
            ) -> Result<Self, $crate::runtime::DecodeError> {
                xml.reference(&tag).map(Self)
            }

            #[inline(always)]
            fn predict<'a>(
                rest: &'a str,
                _: &$crate::runtime::Field,
            ) -> Option<(Self, &'a str)> {
                let (id, rest) = $crate::runtime::predicted_reference(rest)?;
                Some((Self(id), rest))
            }

            fn write(&self, xml: &mut $crate::runtime::Encoder, name: &'static str) {
                xml.start(name);
                xml.attribute("id", &self.0);
                xml.end();
            }
        }
    };
}
