//! Rules that said no, each as a value. The sentence shown for it, which says what would be accepted, is in `text`.
//! Troubles of the machine (a full disk, a second writer) are not here; they are `store::Error`.

/// Why something asked for is not done. Carries no personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A NUL character in a text.
    NulInText,
    /// A text longer than its column.
    TextTooLong {
        /// Characters at most.
        at_most: usize,
    },
    /// A name without a visible character.
    NameEmpty,
    /// Not a phone number.
    PhoneUnclear,
}
