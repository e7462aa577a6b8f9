//! When reports come in: how many on which day, at which hours, of which categories in which season.
//! Who reports what is drawn in `reports`.

use super::words::WORDS;

/// Reports of a thousand by hour of the day.
pub(super) const HOURS: [u32; 24] =
    [6, 4, 3, 3, 4, 8, 20, 50, 92, 98, 84, 66, 36, 34, 52, 60, 60, 66, 80, 72, 50, 30, 16, 10];
/// Reports by weekday from Monday; Mondays bring the weekend's.
const WEEKDAYS: [u32; 7] = [116, 102, 98, 98, 102, 100, 88];

/// Which day has how many tickets.
pub(super) struct Schedule {
    pub today: i64,
    /// Share of today that has passed, by the hours.
    today_part: f64,
    sum: f64,
    total: f64,
    given: usize,
    /// How many there are in all.
    pub tickets: usize,
}

impl Schedule {
    /// So many tickets from the first day to the minute of today that is now.
    pub(super) fn new(first: i64, today: i64, minute: i64, tickets: usize) -> Self {
        let all: u32 = HOURS.iter().sum();
        let mut passed = 0.0;
        for (hour, &share) in HOURS.iter().enumerate() {
            let minutes = minute - i64::try_from(hour).unwrap_or(0) * 60;
            #[expect(clippy::cast_precision_loss)]
            let part = minutes.clamp(0, 60) as f64 / 60.0;
            passed += part * f64::from(share) / f64::from(all);
        }
        let mut schedule = Self { today, today_part: passed, sum: 0.0, total: 0.0, given: 0, tickets };
        schedule.total = (first..=today).map(|day| schedule.weight(day)).sum();
        schedule
    }

    fn weight(&self, day: i64) -> f64 {
        let weekday = usize::try_from((day + 3).rem_euclid(7)).unwrap_or(0);
        // A wave of some days makes one week unlike another.
        let wave = 1.0 + 0.12 * f64::from(i32::try_from(day.rem_euclid(23)).unwrap_or(0) - 11) / 11.0;
        let whole = f64::from(WEEKDAYS[weekday]) * wave;
        if day == self.today { whole * self.today_part } else { whole }
    }

    /// How many tickets the next day has; days must be asked for in turn.
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub(super) fn on(&mut self, day: i64) -> usize {
        self.sum += self.weight(day);
        let until = if day == self.today {
            self.tickets
        } else {
            (self.sum / self.total.max(1.0) * self.tickets as f64) as usize
        };
        let count = until.saturating_sub(self.given);
        self.given += count;
        count
    }
}

/// Sums of the categories' shares on a day: heating in winter, flooding and pests in summer. Over years most of what is asked
/// at a desk are plain questions, as at any hotline.
pub(super) fn shares(day: i64, years: bool) -> Vec<u32> {
    // Days since 1970 to the day of the year, near enough for weather.
    let of_year = (day * 4).rem_euclid(1_461) / 4;
    let heating = !(75..=318).contains(&of_year);
    let summer = (150..260).contains(&of_year);
    WORDS
        .iter()
        .scan(0, |sum, words| {
            *sum += match words.code {
                "602" if years => words.share * 10,
                "214" if !heating => 0,
                "106" if summer => words.share * 3,
                "405" | "502" | "401" if summer => words.share * 2,
                "405" | "502" => words.share / 2,
                _ => words.share,
            };
            Some(*sum)
        })
        .collect()
}
