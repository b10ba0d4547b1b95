//! Open enumerations: a value that the schema does not know is kept, not rejected.

/// Declares an open enumeration. Generated code calls it.
#[doc(hidden)]
#[macro_export]
macro_rules! enumeration {
    ($(#[$doc:meta])* $name:ident { $($(#[$value_doc:meta])* $variant:ident = $value:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(from = "String", into = "String")]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$value_doc])* $variant,)*
            /// A value that the schema does not know, unchanged.
            Unknown(String),
        }

        impl $name {
            /// The values that the schema knows.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the value as it is written in XML.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        impl From<&str> for $name {
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::Unknown(value.to_owned()),
                }
            }
        }

        impl From<String> for $name {
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.as_str().to_owned()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::runtime::Text for $name {
            const KEEPS_WHITESPACE: bool = true;

            fn parse(text: &str) -> Result<Self, $crate::runtime::InvalidText> {
                match Self::from(text.trim_ascii()) {
                    Self::Unknown(_) => Ok(Self::Unknown(text.to_owned())),
                    known => Ok(known),
                }
            }

            fn print(&self, out: &mut String) {
                out.push_str(self.as_str());
            }
        }

        impl $crate::runtime::Element for $name {
            fn read<'a>(
                xml: &mut $crate::runtime::Decoder<'a>,
                tag: $crate::runtime::Tag<'a>,
            ) -> Result<Self, $crate::runtime::DecodeError> {
                xml.value(&tag)
            }

            fn predict<'a>(
                rest: &'a str,
                field: &$crate::runtime::Field,
            ) -> Option<(Self, &'a str)> {
                $crate::runtime::predicted_value(rest, field)
            }

            fn write(&self, xml: &mut $crate::runtime::Encoder, name: &'static str) {
                xml.leaf(name, self);
            }
        }
    };
}
