//! One box that finds residents, homes, places, tickets, staff and aliases, by any part of what is known of them. Pure:
//! it is given records and keeps its own copy; where they come from and who may see them is not known here.
//!
//! In reading order: `pinyin` reads Chinese text aloud. `spelled` keeps every distinct name with its sounds, `typed`
//! reads a typed word as any of them. `room` understands written homes and `door` compares them; `keys` lays out phones,
//! numbers and words. `index` holds all records compactly (`pool`: each text once). `query` cuts what was typed into
//! parts; `marks` says how well each name, home and line answers to a part, by the worth given in `rank`; `sweep` adds
//! the parts up record by record and keeps the best. `finder` puts it together and remembers the former query; only
//! where nothing good is found, `near` looks for slips. `label` does the same for the palette.
//!
//! Two things make it quick. What is shared is looked at once: a township has fewer names, compounds and homes than
//! records. And a query that goes on from the former one looks only at what that one left.

mod category;
mod door;
mod finder;
mod index;
mod keys;
mod label;
mod marks;
mod near;
mod pinyin;
mod place;
mod pool;
mod query;
mod rank;
mod room;
mod spelled;
mod sweep;
mod typed;

pub use category::category_of;
pub use finder::{Finder, Found};
pub use index::Index;
pub use label::{matches_label, names_label};
pub use pinyin::pinyin_key;
pub use place::place_of;

#[cfg(test)]
mod tests;
