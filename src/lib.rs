//! township-desk: a keyboard-first service desk for a township's housing compounds, over one SQLite file.
//!
//! This is the map of the house; it holds no code. It says where things are, who may know whom, and which files a change
//! touches. What the program is for and how it is used stands in `README.md`.
//!
//! # The rooms, in reading order
//!
//! | room | what it is | what it must not know |
//! |---|---|---|
//! | [`domain`] | values and rules: places, people, tickets, the one table of moves ([`domain::ticket`]), due times ([`domain::ticket::clock`]), the one order of the list ([`domain::ticket::urgency`]), callbacks ([`domain::callback::op`]), the three rates ([`domain::rates`]) and the month's report ([`domain::rates::report`]), rosters ([`domain::roster`]), the shift handover ([`domain::handover`]) and what it is held against ([`domain::handover::verify`]), every question ([`domain::query`]) and every change ([`domain::op`]) | now, files, SQL, the words of a language |
//! | [`text`] | how a value is called and a refusal is said, in both languages; where a text breaks into rows | rules |
//! | [`search`] | the one find box: Chinese, pinyin, initials, phones, rooms, with slips | where records come from, who may see them |
//! | [`store`] | the data file: `answer(Query)`, `commit(Op)`, `undo`, `changes_since`; backups, imports, the sample | which changes are permitted (it asks `domain` inside the transaction) |
//! | [`exchange`] | spreadsheets in, tables, reports and pages for the printer out | the data file: the store writes what was parsed |
//! | [`desk`] | the whole screen program as a value: `update(Msg) -> Vec<Effect>` | terminal, database, clock, threads |
//! | [`view`] | draws `&Desk` | how to change anything |
//! | [`term`] | the terminal: taken over, given back, keys and signals as messages | what a key means |
//! | [`setup`] | what desk and commands begin with: files, language, settings, the clock, exit codes; `write_out` writes every file a person names | what is run |
//! | [`cli`] | the commands without a screen, one file each | the screen |
//! | [`run`] | joins desk, view, term and store: one loop and its threads | what a message means |
//!
//! Rooms are walls, features are folders: inside `domain`, `store`, `desk` and `view` the same word names the same feature, so
//! that whoever works on rosters finds `roster/` in each. What every feature stands on is `domain/base/`, `store/file/` and
//! `store/log/`, `desk/frame/`, `view/frame/`. Which features there are is said once a room: `domain/op/mod.rs` and
//! `domain/query/mod.rs`, `store/features.rs`, `desk/features.rs`.
//!
//! Apart from them stands `pictures.rs`, a program of its own: it draws `screenshots/` from the golden frames of the tests.
//!
//! Each folder's `mod.rs` opens with what it is and one thing it does not do; so does every file. `schema.sql` is the data
//! file's own description: a paragraph a table, a comment a column.
//!
//! # Who may import whom
//!
//! ```text
//! domain  <-  text                      (text names domain's values)
//! domain  <-  search
//! domain  <-  store
//! domain, text  <-  exchange
//! domain, text, search  <-  desk  <-  view
//! desk, text  <-  term                  (it sends the desk's messages)
//! domain, text, search, store, exchange  <-  setup  <-  cli
//! all of them but cli  <-  run
//! ```
//!
//! `rusqlite` is imported only in `store/file/engine`, through which every statement runs; what only SQLite takes stands in files
//! named for it (`store/file/engine/sqlite/`, `*sqlite.rs`). `ratatui` is imported only in `view` and `term`, `crossterm` only in
//! `term`, `tui-input` only in `desk/frame/field.rs`. Clocks are read only in `setup`, `run` and `term`; everywhere else `now` is an
//! argument.
//! `tests/it/tidy.rs` reads the sources and keeps all of this true, and the top level as small as it is.
//!
//! # One keypress, followed to the end
//!
//! `a` on a ticket, a name, Enter:
//!
//! 1. `term/input.rs` reads the key on its own thread and sends [`desk::Msg::Key`]; the loop in `run/mod.rs` hears it.
//! 2. `desk/frame/update.rs` asks `desk/frame/keymap.rs` what `a` means in the scopes heard now: `ticket.assign`, declared in
//!    `COMMANDS` of `desk/ticket/act.rs` with its words, its condition and its function.
//! 3. That function looks up the move in the table of `domain/ticket/moves.rs` and hands it to `desk/ticket/moving.rs`, which asks for
//!    what the move still needs: a person. `desk/ticket/send.rs` opens a list and asks `RosterQuery::Suggest`
//!    (an [`desk::Effect::Ask`] with its slot and number).
//! 4. `run/effects.rs` gives the question to `run/reader.rs`; `store/features.rs` hands it to its owner, `store/roster/mod.rs`; the answer
//!    comes back as [`desk::Msg::Answer`] and fills the list. `view/frame/picker.rs` draws it.
//! 5. Enter chooses; nothing more is needed, so `moving.rs` sends `TicketOp::Act` with `Act::Move` by `desk/frame/commit.rs`: an
//!    [`desk::Effect::Commit`] under a mark of its own, so that sent twice it is done once.
//! 6. `run/writer.rs` calls `Store::commit`: `store/file/writer.rs` begins the transaction, `store/ticket/apply.rs` reads the row as it
//!    is now, `domain/ticket/op.rs` decides, row and event are written, and it is committed.
//! 7. [`desk::Msg::Committed`] comes back: `desk/frame/commit.rs` shows the notice, closes the list, and asks again whatever the
//!    change may have changed ([`domain::query::Query::about`]). The finder takes the changed record into its index.
//! 8. All messages that waited are taken, then one frame is drawn, and ratatui writes the cells that differ.
//!
//! # One report by command
//!
//! `tdesk ticket new --place 'kly 3 2 501' --words '厨房漏水'`: `main.rs` → `cli/mod.rs` (arguments, settings, language,
//! clock) → `cli/ticket.rs` → [`search::place_of`] and [`domain::ticket::category::suggest`], the functions the intake uses too →
//! `TicketOp::Take` → `Store::commit`, from there on as above. `setup/out.rs` prints, so that nothing in the data can steer a
//! terminal. Exit code 0 done, 1 refused or failed with one line on standard error, 2 called wrongly.
//!
//! # Threads
//!
//! One loop (desk and view; it never waits for anything but messages), and beside it: the terminal's reader and the
//! signals' (`term/input.rs`), the store's reader and writer with a connection each (`run/reader.rs`, `run/writer.rs`:
//! no answer waits for a save), the finder (`run/finder.rs`), which holds the index and watches what other desks write, and
//! the keeper (`run/keeper.rs`), which makes the hourly backups. They share nothing but channels. Half-typed intakes are written by the loop itself into the side file
//! (`store/file/side.rs`), before the key is shown.
//!
//! # Three routes of errors
//!
//! - A **refusal** ([`domain::refusal::Refusal`]): a rule said no. It travels as a value and is said in `text/refusal.rs`;
//!   what was typed stays.
//! - A **trouble** ([`domain::base::trouble::Trouble`], made of the engine's errors in `store/file/engine/trouble.rs`): the machine could not.
//!   Said in `text/trouble.rs`, never with anything a person typed in it.
//!   One of them is that the data file is not what its name leads to: each connection holds the two against each other
//!   (`store/file/held.rs`), at every commit and once a second (`run/finder.rs`); the desk answers in `desk/frame/held.rs`.
//! - A **panic**: a fault of the program. The terminal is given back first, then it speaks (`term/mod.rs`).
//!
//! # Where a change goes
//!
//! - **A key or action** on something that exists: one entry in `COMMANDS` and one function, in the file of its pane or
//!   layer (on tickets: `desk/ticket/act.rs`). Footer, help, palette, menus and the README's key table read that list;
//!   `RENEW=1 cargo test --test it readme` renews the table.
//! - **A pane**: `pane.rs` in the feature's folder in `desk` and in `view`; a variant of `PaneId`, and the compiler names the matches. Where it
//!   stands is `desk/frame/geometry.rs`.
//! - **A layer**: a file in the feature's folder in `desk` implements [`desk::frame::layer::Layer`] (where its keys are heard,
//!   its commands, where its answers go, what typing does), one of the same name in `view` draws it; one line in
//!   `desk/features.rs`, and a `mod` line in each folder. An enum made from that list by a macro, not `dyn`: a layer is found
//!   by its type, and the compiler demands its drawing.
//! - **A question**: a variant in `domain/x/query.rs`, of the question and of the answer, and the kinds it is about; an arm in
//!   `answer` of `store/x/mod.rs`, the statement in `store/x/rows.rs`; on the screen, a `Slot` in the file of what asks.
//! - **A change**: a variant in `domain/x/op.rs` with its rule beside it, what its command is kept as (`domain/op/kind.rs`, where
//!   it is decided whether undo takes it back) and the least rank it needs; an arm in `store/x/apply.rs` and in
//!   `store/log/undo.rs`. What an undo makes of a ticket and its clocks: `domain/op/undo.rs`.
//! - **A column of a ticket**: `schema.sql` and a step in `store/file/upgrade/mod.rs`, the field in `domain/ticket/mod.rs`, its name in
//!   the list in `store/ticket/rows.rs`; reading, writing, events and undo follow from these.
//! - **A status or a move**: the table in `domain/ticket/moves.rs`, its label in `text/labels.rs`; what other programs call
//!   it in the sheets of an import: `domain/ticket/said.rs`.
//! - **A way people tell of danger**: a line in `domain/ticket/danger/rules/`, with sentences it must and must not hear; or sentences in
//!   `benches/heard/training/`, from which `cargo bench --bench heard -- --train` learns `domain/ticket/danger/learned/weights.bin`.
//! - **A category** of a new township: a line in `domain/ticket/category.rs`. In a living one it is data, not code.
//! - **A way to say a time or a day**: `domain/base/said/mod.rs`; whether the machine's clock is believed, `domain/base/wrong_clock.rs`.
//! - **A command without a screen**: a file in `cli/`, a variant in `cli/mod.rs`, its Chinese help in `cli/help.rs`.
//! - **A column a sheet may have**: `exchange/heads.rs`.
//! - **A section of the month's report**: counted in `domain/rates/report.rs`, said in `exchange/report/mod.rs`; the four ways of
//!   writing it stay as they are.
//! - **A rule of rosters**: `domain/roster/rules.rs`, its sentence in `text/roster.rs`; who is missing is
//!   `domain/roster/coverage.rs`, a week proposed `domain/roster/fill/`.
//! - **A line of the handover**: drafted in `domain/handover/draft.rs` from what `store/handover/material.rs` reads (behind the
//!   signature `since.rs`), said in `text/handover.rs`, and owed a second time, on its own, in `domain/handover/verify.rs` and
//!   `store/handover/proof.rs`. Whose turn it is: `domain/handover/turn.rs`. Of which kinds of records it tells, so that what
//!   happens to them before it is signed is looked at: `domain/handover/told_of.rs`.
//! - **A page for the printer**: a template in `exchange/pages/templates/` and the file beside it that fills it.
//! - **A colour or border**: `view/frame/theme.rs`, and nowhere else.
//!
//! **A new kind of record**, besides `mod` lines: new, `domain/x/{mod,op,query}.rs`, `store/x/{mod,rows,apply}.rs`, its layers in
//! `desk/x/` and `view/x/`, a command in `cli/x.rs`. Old: `schema.sql` and a step in `store/file/upgrade/mod.rs`;
//! `domain/base/{id,event}.rs`; one variant in `domain/op/mod.rs` and `domain/query/mod.rs`, what its commands are kept as in
//! `domain/op/kind.rs`; one line in `store/features.rs` and `desk/features.rs`, an arm in `store/log/undo.rs`; what it says no
//! with in `domain/refusal.rs` and `text/refusal.rs`, its names in `text/labels.rs`. To be findable it needs an arm in
//! `store/records.rs`.
//!
//! # Words
//!
//! Every sentence is a [`text::Text`] made by [`text::t`] with its Chinese and its English, written where it is used. There
//! are no tables of translations beside the code: a missing language does not compile, an unused sentence goes with the
//! code that said it, and whoever changes one sees the other. The language is an argument, never a global; it can be
//! changed while the desk runs.
//!
//! # Names
//!
//! *Pane*: one of the four regions. *Layer*: what lies above them. *Slot*: where an answer goes; an answer that is not the
//! newest of its slot is dropped. *Op*: a change as a value. *Notice*: the line at the foot. Commands are `noun.verb` and
//! never renamed; facts are in the past (`Committed`), effects in the imperative (`Commit`). *Refusal* and *trouble* are
//! the two things that can go wrong. Names and phones of residents are types that print masked
//! ([`domain::person::PersonName`]); only `reveal` gives the text, and the data file keeps who looked.

pub mod cli;
pub mod desk;
pub mod domain;
pub mod exchange;
pub mod run;
pub mod search;
pub mod setup;
pub mod store;
pub mod term;
pub mod text;
pub mod view;
