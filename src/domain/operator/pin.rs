//! PINs of operators: what one may be, and when too many wrong ones lock it. They print as stars.
//! How one is kept is the store's; it is never kept as it is typed.

use std::fmt;

use crate::domain::base::time::Time;
use crate::domain::refusal::Refusal;

/// Wrong PINs in a row after which an operator is locked.
pub const WRONG_AT_MOST: u32 = 5;
/// Minutes an operator stays locked.
pub const LOCKED_MINUTES: i64 = 15;

/// Digits at least and at most.
const DIGITS: std::ops::RangeInclusive<usize> = 4..=12;

/// A PIN as typed.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin(String);

impl Pin {
    /// A PIN of 4 to 12 digits; full-width digits count as digits.
    ///
    /// # Errors
    /// [`Refusal::PinUnclear`] for anything else.
    pub fn new(text: &str) -> Result<Self, Refusal> {
        let digits = crate::domain::base::clean::half_width(text.trim());
        let good = DIGITS.contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        if good { Ok(Self(digits)) } else { Err(Refusal::PinUnclear) }
    }

    /// The digits.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("****")
    }
}

/// What a wrong PIN leads to: how many may still be tried, or until when the operator is locked.
pub fn after_wrong(failures: u32, now: Time) -> (u32, Option<Time>) {
    let failures = failures + 1;
    if failures >= WRONG_AT_MOST { (0, Some(now.plus_minutes(LOCKED_MINUTES))) } else { (failures, None) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_to_twelve_digits_that_print_as_stars() {
        assert_eq!(format!("{:?}", Pin::new(" １２34 ")), "Ok(****)");
        assert_eq!(Pin::new("１２34").map(|pin| pin.reveal().to_owned()), Ok("1234".to_owned()));
        for bad in ["", "123", "1234567890123", "12a4", "一二三四"] {
            assert_eq!(Pin::new(bad), Err(Refusal::PinUnclear), "{bad:?}");
        }
    }

    #[test]
    fn the_fifth_wrong_one_locks_for_a_quarter_of_an_hour() {
        let now = Time(0);
        assert_eq!(after_wrong(0, now), (1, None));
        assert_eq!(after_wrong(3, now), (4, None));
        assert_eq!(after_wrong(4, now), (0, Some(now.plus_minutes(15))));
    }
}
