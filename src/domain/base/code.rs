//! The one way an enumerated value gets its stored code: a short ASCII word that never changes once written.
//! Labels for people are not here; they live in `text`.

/// Declares an enum whose variants each have a stable code, used in the data file, in JSON and on the command line.
///
/// Gives `ALL` (in declaration order), `code()`, `from_code()` and the serde form (the code as a string).
#[macro_export]
macro_rules! coded {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// Every value, in declaration order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stored code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The value with this code, or nothing.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.code())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let code = <std::borrow::Cow<'de, str>>::deserialize(from)?;
                Self::from_code(&code).ok_or_else(|| {
                    serde::de::Error::custom(format!(concat!("no ", stringify!($name), " has the code {:?}"), code))
                })
            }
        }
    };
}

/// Booleans are 0 and 1 in the data file (both engines the SQL is kept fit for agree on that) and in the event log.
pub mod zero_one {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    /// Writes 0 or 1.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(yes: &bool, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u8(u8::from(*yes))
    }

    /// Reads 0 or 1.
    ///
    /// # Errors
    /// Any other number is refused.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
        match u8::deserialize(from)? {
            0 => Ok(false),
            1 => Ok(true),
            n => Err(D::Error::custom(format!("{n} is neither 0 nor 1"))),
        }
    }
}
