//! The part of a filter that SQL can say: conditions on the columns of a ticket, and the ids that words lead to.
//! It may let through what does not pass by its words, never the other way round; what makes a ticket late is said here in
//! SQL, `domain::clock` decides, a test compares.

use crate::domain::base::time::{MINUTE, Time};
use crate::domain::filter::{Filter, Flag, Spot, Term, Test, Word};
use crate::domain::ticket::Status;
use crate::domain::ticket::clock::{SILENT_MINUTES, SILENT_MINUTES_P1, SOON_MINUTES};
use crate::store::file::engine::sql::mark;
use crate::store::file::engine::{Connection, JOIN_IN_ORDER, Value, any_of, by_index, list, values, without_index};
use crate::store::file::error::Result;
use crate::store::ticket::words;
use crate::store::ticket::words_sqlite::FOUND;

/// Up to so many tickets are read and sorted; where there are more, walking the list meets some soon.
const FEW: i64 = 2_000;

/// What a filter is in SQL.
pub(in crate::store) struct Narrow {
    /// All must hold, `t` being the ticket's row. Its parts are constants: no value of a person is ever in its text.
    pub(in crate::store) conditions: Vec<String>,
    /// What `?1`, `?2`... stand for.
    pub(in crate::store) values: Vec<Value<'static>>,
    /// Whether few pass: to be read and sorted, not met on the way.
    pub(in crate::store) sorts: bool,
}

/// A statement that gives ids, `$0`, `$1`.. for its values, and the values.
type Part = (String, Vec<Value<'static>>);

/// Ids that some words lead to: statements put together, and what they are bound to.
struct Ids {
    parts: Vec<Part>,
}

impl Narrow {
    /// The conditions of a filter at a time.
    pub(in crate::store) fn by(conn: &Connection, filter: &Filter, now: Time) -> Result<Self> {
        let open = filter.only_open();
        let mut narrow = Self { conditions: Vec::new(), values: Vec::new(), sorts: open };
        narrow.conditions.push(if open { "t.open = 1" } else { "1 = 1" }.to_owned());
        for term in &filter.terms {
            narrow.condition(term, now);
        }
        let ids = ids(conn, filter)?;
        let mut counted = Vec::with_capacity(ids.len());
        for ids in &ids {
            counted.push(ids.count(conn)?);
        }
        let fewest = (0..ids.len()).min_by_key(|&at| counted[at]).filter(|&at| counted[at] <= FEW);
        match fewest {
            // Read by their ids; whether all other words are in them the text says.
            Some(at) => {
                narrow.sorts = true;
                narrow.within("t.id", &ids[at]);
            }
            None if open || in_short_span(conn, filter)? => {}
            // The many hits are not read one by one.
            None => ids.iter().for_each(|ids| narrow.within(&without_index("t.id"), ids)),
        }
        Ok(narrow)
    }

    /// A value's mark in the statement.
    pub(in crate::store) fn bind(&mut self, value: Value<'static>) -> String {
        self.values.push(value);
        mark(self.values.len())
    }

    fn within(&mut self, column: &str, ids: &Ids) {
        let mut parts = Vec::with_capacity(ids.parts.len());
        for (sql, values) in &ids.parts {
            let mut sql = sql.clone();
            for (at, value) in values.iter().enumerate() {
                let mark = self.bind(value.clone());
                sql = sql.replace(&format!("${at}"), &mark);
            }
            parts.push(sql);
        }
        self.conditions.push(format!("{column} IN ({})", parts.join(" UNION ALL ")));
    }

    fn condition(&mut self, term: &Term, now: Time) {
        let Some(condition) = self.of_test(&term.test, now) else { return };
        // What is unknown of a ticket (no compound, nobody's) is not so.
        self.conditions.push(if term.not { format!("({condition}) IS NOT TRUE") } else { format!("({condition})") });
    }

    fn of_test(&mut self, test: &Test, now: Time) -> Option<String> {
        Some(match test {
            // Said by ids, and by the text.
            Test::Word(_) | Test::Place(_) | Test::Is(Flag::All | Flag::Mine) => return None,
            // The few that were merged or made void lie apart in an index, in the order of the pages; its condition is said in its
            // own words, or it would not be used.
            Test::Status(any) if matches!(any[..], [Status::Duplicate | Status::Void]) => {
                let one = self.one_of("t.status", any.iter().map(|status| Value::text(status.code())));
                format!("t.status IN ('duplicate', 'void') AND {one}")
            }
            Test::Status(any) => self.one_of("t.status", any.iter().map(|status| Value::text(status.code()))),
            Test::Category(any) => self.one_of("t.category", any.iter().map(|code| Value::text(code.clone()))),
            Test::Priority(any) => self.one_of("t.priority", any.iter().map(|priority| Value::text(priority.code()))),
            Test::Channel(any) => self.one_of("t.channel", any.iter().map(|channel| Value::text(channel.code()))),
            Test::Compound(any) => self.one_of("t.compound_id", any.iter().map(|place| Value::Integer(place.0))),
            Test::Who(any) => {
                // What one ever had is read by its index, in the order of the pages. Of several all would have to be sorted first,
                // and the open ones are few: that index is not used then.
                let by_index = any.len() == 1 && !self.sorts;
                let column = if by_index { "t.assignee_id".to_owned() } else { without_index("t.assignee_id") };
                let one_of = self.one_of(&column, any.iter().flatten().map(|staff| Value::Integer(staff.0)));
                if any.contains(&None) { format!("t.assignee_id IS NULL OR {one_of}") } else { one_of }
            }
            Test::From(from) => format!("t.opened_at >= {}", self.bind(Value::Integer(from.0))),
            Test::Before(before) => format!("t.opened_at < {}", self.bind(Value::Integer(before.0))),
            Test::Of(me) => {
                let id = |id: Option<i64>| id.map_or(Value::Null, Value::Integer);
                let (operator, staff) = (me.operator.map(|id| id.0), me.staff.map(|id| id.0));
                let (operator, staff) = (self.bind(id(operator)), self.bind(id(staff)));
                format!("t.taken_by = {operator} OR t.assignee_id = {staff}")
            }
            Test::Is(Flag::Late) => format!("{CLOCK_RUNS} AND {DUE} < {}", self.bind(Value::Integer(now.0))),
            Test::Is(Flag::Soon) => {
                let until = self.bind(Value::Integer(now.plus_minutes(SOON_MINUTES).0));
                let now = self.bind(Value::Integer(now.0));
                format!("{CLOCK_RUNS} AND {DUE} >= {now} AND {DUE} < {until}")
            }
            Test::Is(Flag::Silent) => {
                let ago = |minutes: i64| Value::Integer(now.0 - minutes * MINUTE);
                let (danger, usual) = (self.bind(ago(SILENT_MINUTES_P1)), self.bind(ago(SILENT_MINUTES)));
                format!(
                    "t.status = 'assigned' AND t.assigned_at <= CASE t.priority WHEN 'P1' THEN {danger} ELSE {usual} END"
                )
            }
            Test::Is(Flag::Ask) => {
                format!(
                    "t.status = 'referred' AND COALESCE(t.review_at, t.opened_at) <= {}",
                    self.bind(Value::Integer(now.0))
                )
            }
            Test::Is(Flag::Watched) => "t.watched = 1".to_owned(),
            Test::Is(Flag::Reopened) => "t.reopened > 0".to_owned(),
            Test::Is(Flag::Paused) => "t.status = 'paused'".to_owned(),
            Test::Is(Flag::Closed) => "t.open = 0".to_owned(),
            Test::Is(Flag::Missing) => MISSING.to_owned(),
        })
    }

    fn one_of(&mut self, column: &str, values: impl Iterator<Item = Value<'static>>) -> String {
        let marks: Vec<String> = values.map(|value| self.bind(value)).collect();
        match &marks[..] {
            [one] => format!("{column} = {one}"),
            many => format!("{column} IN ({})", many.join(", ")),
        }
    }
}

/// Whether a ticket's clock runs.
pub(in crate::store) const CLOCK_RUNS: &str = "t.status IN ('new', 'assigned', 'accepted', 'working', 'referred')";
/// When it is due while its clock runs: the earliest of its own clocks and the outer deadline.
pub(in crate::store) const DUE: &str = "CASE WHEN t.outer_due < t.resolve_by AND (t.contacted_at IS NOT NULL OR t.outer_due < t.respond_by) \
    THEN t.outer_due WHEN t.contacted_at IS NULL AND t.respond_by < t.resolve_by THEN t.respond_by ELSE t.resolve_by END";
/// Whether something is to be completed.
const MISSING: &str = "t.place_id IS NULL OR t.category = '000' OR (t.channel = '12345' AND t.outside_number = '') \
    OR (t.channel IN ('phone', 'walk_in') AND t.reporter_id IS NULL AND (t.reporter_phone = '' OR t.reporter_name = '')) \
    OR (t.category = '206' AND t.status IN ('working', 'resolved') AND t.fee IS NULL AND t.materials = '')";

impl Ids {
    /// How many they are, counted a little beyond [`FEW`].
    fn count(&self, conn: &Connection) -> Result<i64> {
        let mut counting = Narrow { conditions: Vec::new(), values: Vec::new(), sorts: false };
        counting.within("t.id", self);
        let Some(ids) = counting
            .conditions
            .pop()
            .and_then(|sql| Some(sql.strip_prefix("t.id IN (")?.strip_suffix(')')?.to_owned()))
        else {
            return Ok(0);
        };
        let sql = format!("SELECT COUNT(*) FROM (SELECT 1 FROM ({ids}) AS every LIMIT {}) AS some", FEW + 1);
        conn.value(&sql, &Value::all(&counting.values))
    }
}

/// Of the tickets that have all the words and are in all the places asked for: ids that hold them all, in as many sets as it
/// takes. Words that lead nowhere but to the text make one set together.
fn ids(conn: &Connection, filter: &Filter) -> Result<Vec<Ids>> {
    let found = |pairs: String| (FOUND.to_owned(), vec![Value::text(pairs)]);
    let (mut sets, mut texts) = (Vec::new(), Vec::new());
    for term in filter.terms.iter().filter(|term| !term.not) {
        let (text, spot, word) = match &term.test {
            Test::Word(word) => (&word.text, &word.spot, Some(word)),
            Test::Place(spot) => (&spot.text, spot, None),
            _ => continue,
        };
        // One character alone has no pair: the text index knows nothing of it.
        let Some(pairs) = words::query(text) else { continue };
        let mut parts = of_places(conn, spot)?;
        match word.map(|word| of_names(word, filter.only_open())) {
            // Nothing leads from a member of staff to what he ever did.
            Some(None) => continue,
            Some(Some(more)) => parts.extend(more),
            None => {}
        }
        if parts.is_empty() {
            texts.push(pairs);
        } else {
            parts.push(found(pairs));
            sets.push(Ids { parts });
        }
    }
    if !texts.is_empty() {
        sets.push(Ids { parts: vec![found(texts.join(" AND "))] });
    }
    Ok(sets)
}

/// The tickets at places whose label begins so.
fn of_places(conn: &Connection, spot: &Spot) -> Result<Vec<Part>> {
    let sql = format!(
        "SELECT p.id FROM compound c {JOIN_IN_ORDER} place p ON p.compound_id = c.place_id \
           AND p.kind IN ('building', 'unit', 'home', 'shop', 'bay', 'common') AND p.label >= ?1 AND p.label < ?2"
    );
    let mut places: Vec<i64> = Vec::new();
    for label in spot.labels.iter().filter(|label| !label.is_empty()) {
        let beyond = format!("{label}\u{10ffff}");
        places.extend(conn.column::<i64>(&sql, values![label, beyond])?);
    }
    if places.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![(format!("SELECT id FROM ticket WHERE place_id IN {}", any_of("$0")), vec![list(&places)])])
}

/// The tickets a word names by number, compound or handler; none where that cannot be told by ids.
fn of_names(word: &Word, open: bool) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    if let Some(number) = word.number {
        let day = Value::text(crate::store::file::convert::day_text(number.day));
        parts.push((
            "SELECT id FROM ticket WHERE day = $0 AND n = $1".to_owned(),
            vec![day, Value::Integer(number.n.into())],
        ));
    }
    if !word.compounds.is_empty() {
        let compounds: Vec<i64> = word.compounds.iter().map(|place| place.0).collect();
        parts.push((format!("SELECT id FROM ticket WHERE compound_id IN {}", any_of("$0")), vec![list(&compounds)]));
    }
    if !word.staff.is_empty() {
        if !open {
            return None;
        }
        let staff: Vec<i64> = word.staff.iter().map(|staff| staff.0).collect();
        let (ticket, any) = (by_index("ticket", "ticket_assignee"), any_of("$0"));
        parts.push((format!("SELECT id FROM {ticket} WHERE open = 1 AND assignee_id IN {any}"), vec![list(&staff)]));
    }
    Some(parts)
}

/// Whether the days asked for hold few tickets.
fn in_short_span(conn: &Connection, filter: &Filter) -> Result<bool> {
    let wanted = || filter.terms.iter().filter(|term| !term.not).map(|term| &term.test);
    let from = wanted().filter_map(|test| if let Test::From(from) = test { Some(from.0) } else { None }).max();
    let Some(from) = from else { return Ok(false) };
    let before = wanted().filter_map(|test| if let Test::Before(at) = test { Some(at.0) } else { None }).min();
    let n: i64 = conn.value(
        "SELECT COUNT(*) FROM (SELECT 1 FROM ticket t WHERE t.opened_at >= ?1 AND t.opened_at < ?2 LIMIT ?3) AS some",
        values![from, before.unwrap_or(i64::MAX), FEW + 1],
    )?;
    Ok(n <= FEW)
}
