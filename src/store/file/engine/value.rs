//! What goes into columns and comes out of them: null, whole numbers, numbers with fractions, texts, bytes. What a value means
//! is not known here; see `convert`.

use std::borrow::Cow;

use rusqlite::types::{ToSqlOutput, ValueRef};

/// A value of a column.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::store) enum Value<'a> {
    /// None.
    Null,
    /// A whole number; also yes (1) and no (0), times and ids.
    Integer(i64),
    /// A number with a fraction.
    Real(f64),
    /// A text.
    Text(Cow<'a, str>),
    /// Bytes.
    Blob(Cow<'a, [u8]>),
}

/// What can stand for a mark of a statement.
pub(in crate::store) trait ToValue {
    /// As the column keeps it.
    fn to_value(&self) -> Value<'_>;
}

/// What a column can be read as.
pub(in crate::store) trait FromValue: Sized {
    /// Nothing where the value has another form.
    fn from_value(value: Value<'_>) -> Option<Self>;
}

impl<'a> Value<'a> {
    /// The text, where it is one.
    #[inline]
    pub(in crate::store) fn as_str(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// Values put together one by one, for a statement.
    pub(in crate::store) fn all(values: &[Self]) -> Vec<&dyn ToValue> {
        values.iter().map(|value| value as &dyn ToValue).collect()
    }

    /// A text.
    #[inline]
    pub(in crate::store) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }
}

impl ToValue for Value<'_> {
    #[inline]
    fn to_value(&self) -> Value<'_> {
        match self {
            Self::Null => Value::Null,
            Self::Integer(number) => Value::Integer(*number),
            Self::Real(number) => Value::Real(*number),
            Self::Text(text) => Value::Text(Cow::Borrowed(text)),
            Self::Blob(bytes) => Value::Blob(Cow::Borrowed(bytes)),
        }
    }
}

impl<T: ToValue + ?Sized> ToValue for &T {
    #[inline]
    fn to_value(&self) -> Value<'_> {
        (**self).to_value()
    }
}

impl<T: ToValue> ToValue for Option<T> {
    #[inline]
    fn to_value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, ToValue::to_value)
    }
}

impl<T: FromValue> FromValue for Option<T> {
    #[inline]
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            value => T::from_value(value).map(Some),
        }
    }
}

macro_rules! whole_numbers {
    ($($type:ty),+) => {$(
        impl ToValue for $type {
            #[inline]
            fn to_value(&self) -> Value<'_> {
                Value::Integer(i64::from(*self))
            }
        }
        impl FromValue for $type {
            #[inline]
            fn from_value(value: Value<'_>) -> Option<Self> {
                if let Value::Integer(number) = value { number.try_into().ok() } else { None }
            }
        }
    )+};
}

whole_numbers!(i64, i32, u32, u16, u8);

impl ToValue for bool {
    #[inline]
    fn to_value(&self) -> Value<'_> {
        Value::Integer(i64::from(*self))
    }
}

impl FromValue for bool {
    #[inline]
    fn from_value(value: Value<'_>) -> Option<Self> {
        if let Value::Integer(number) = value { Some(number != 0) } else { None }
    }
}

impl ToValue for f64 {
    #[inline]
    fn to_value(&self) -> Value<'_> {
        Value::Real(*self)
    }
}

impl FromValue for f64 {
    #[inline]
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Real(number) => Some(number),
            #[allow(clippy::cast_precision_loss)] // a whole number of square metres
            Value::Integer(number) => Some(number as Self),
            _ => None,
        }
    }
}

impl ToValue for str {
    #[inline]
    fn to_value(&self) -> Value<'_> {
        Value::Text(Cow::Borrowed(self))
    }
}

impl ToValue for String {
    #[inline]
    fn to_value(&self) -> Value<'_> {
        Value::Text(Cow::Borrowed(self))
    }
}

impl FromValue for String {
    #[inline]
    fn from_value(value: Value<'_>) -> Option<Self> {
        if let Value::Text(text) = value { Some(text.into_owned()) } else { None }
    }
}

impl<const N: usize> ToValue for [u8; N] {
    #[inline]
    fn to_value(&self) -> Value<'_> {
        Value::Blob(Cow::Borrowed(self))
    }
}

impl ToValue for Vec<u8> {
    #[inline]
    fn to_value(&self) -> Value<'_> {
        Value::Blob(Cow::Borrowed(self))
    }
}

impl FromValue for Vec<u8> {
    #[inline]
    fn from_value(value: Value<'_>) -> Option<Self> {
        if let Value::Blob(bytes) = value { Some(bytes.into_owned()) } else { None }
    }
}

/// As the engine gives it; nothing where a text is not UTF-8.
#[inline]
pub(in crate::store) fn value_of(value: ValueRef<'_>) -> Option<Value<'_>> {
    Some(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Text(bytes) => Value::Text(Cow::Borrowed(std::str::from_utf8(bytes).ok()?)),
        ValueRef::Blob(bytes) => Value::Blob(Cow::Borrowed(bytes)),
    })
}

/// As the engine takes it.
pub(in crate::store) struct Bound<'a>(pub(in crate::store) Value<'a>);

impl rusqlite::ToSql for Bound<'_> {
    #[inline]
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match &self.0 {
            Value::Null => ValueRef::Null,
            Value::Integer(number) => ValueRef::Integer(*number),
            Value::Real(number) => ValueRef::Real(*number),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}
