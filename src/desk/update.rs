//! The step: one message in, effects out. It holds the route of a key and of an answer, and nothing of what any command does.

use super::ask::{Slot, at};
use super::command::Command;
use super::effect::Setting;
use super::geometry::Layout;
use super::key::{Code, Key};
use super::keymap::Found;
use super::layer::worker::Page;
use super::layer::{Layer, callback, callbacks, card, find, intake, menu, message, prompt, send, told};
use super::msg::Mouse;
use super::notice::Level;
use super::pane::tickets;
use super::{Desk, Effect, Effects, Msg, held, layer, pane};
use crate::domain::query::{Answer, Query};
use crate::domain::time::{MINUTE, Time};
use crate::text::t;

impl Desk {
    /// Takes one message.
    pub fn update(&mut self, msg: Msg) -> Effects {
        let typed_before = self.typing();
        let left_by_hand = matches!(msg, Msg::Key(key) if leaves(key));
        match msg {
            Msg::Key(key) if self.comes_too_early(key.typed().is_some() || key.code == Code::Enter) => {
                self.drop_keys(1)
            }
            Msg::Paste(text) if self.comes_too_early(true) => self.drop_keys(text.chars().count()),
            Msg::Key(key) => self.key(key),
            Msg::Paste(text) => self.paste(&text),
            Msg::Drawn => self.seen(),
            Msg::Mouse(mouse) => self.mouse(mouse),
            Msg::Resize(w, h) => self.layout = Layout::new(w, h, self.focus),
            Msg::Tick(now) => self.tick(now),
            Msg::Answer { slot, n, answer } => {
                if self.asks.takes(slot, n) {
                    self.answer(slot, *answer);
                }
            }
            Msg::Found { slot, n, hits } => {
                if self.asks.takes(slot, n) {
                    match slot {
                        Slot::Find => find::found(self, hits),
                        Slot::Places => intake::found(self, hits),
                        Slot::OutagePlaces => layer::outage::found(self, hits),
                        _ => {}
                    }
                }
            }
            Msg::Committed { n, done } => self.committed(n, &done),
            Msg::Refused { n, refusal } => self.refused(n, &refusal),
            Msg::Failed { n, trouble } => self.failed(n, &trouble),
            Msg::Printed { path, message, complaint } => self.printed(&path, message, complaint),
            Msg::NotPrinted(why) => {
                let words = t("没有存下: {why}", "Not written: {why}").with(self.lang, &[("why", &why)]);
                self.notice(Level::Trouble, words);
            }
            Msg::NotKept(trouble) => self.not_kept(&trouble),
            Msg::NotAside(trouble) => self.not_aside = trouble,
            Msg::Moved(trouble) => held::heard(self, trouble.as_ref()),
            Msg::Rescued(written) => held::rescued(self, written),
            Msg::Export(step) => tickets::exporting(self, step),
            Msg::Foreign(kinds) => self.ask_again(&kinds),
            Msg::Drafts(forms) => intake::restore(self, forms),
            Msg::Ready => self.begin(),
            Msg::Hangup => self.emit(Effect::Quit),
        }
        self.settle();
        if typed_before && !left_by_hand && !self.typing() {
            self.box_closed();
        }
        self.box_stays();
        std::mem::take(&mut self.out)
    }

    /// The data file is there. Who chose to import is told how.
    fn begin(&mut self) {
        let first_run = |layer: &Layer| match layer {
            Layer::FirstRun(first) => Some((first.about_import, first.other_language)),
            _ => None,
        };
        let (import, language) = self.layers.iter().find_map(first_run).unwrap_or_default();
        if language {
            self.emit(Effect::Keep(Setting::Lang(self.lang)));
        }
        self.layers.retain(|layer| matches!(layer, Layer::Intake(_)));
        self.ask_everything();
        if import {
            let words = t(
                "在命令行导入: tdesk import compounds 文件, 然后 homes, residents, staff ..",
                "Import from the command line: tdesk import compounds FILE, then homes, residents, staff ..",
            );
            self.notice(Level::Info, words.get(self.lang));
        }
    }

    /// Runs a command, or says why it is not possible.
    pub fn run(&mut self, command: &Command) {
        match (command.enabled)(self) {
            Ok(()) => (command.run)(self),
            Err(reason) => self.notice(Level::Refused, reason.get(self.lang)),
        }
    }

    /// A key goes to the innermost scope, then to the field or layer itself, then outwards.
    fn key(&mut self, key: Key) {
        self.notices.key_pressed(self.now);
        let quitting = std::mem::take(&mut self.keys.quitting);
        if quits(key) && (quitting || (self.too_small() && !self.half_typed())) {
            return self.emit(Effect::Quit);
        }
        if self.too_small() {
            self.keys.quitting = quits(key);
            return;
        }
        if quitting {
            self.notices.hide();
        }
        if self.typing() {
            return self.key_while_typing(key);
        }
        let scopes = self.scopes();
        self.keys.pending.push(key.folded());
        let mut found = self.keys.map.find(&scopes, &self.keys.pending);
        if matches!(found, Found::Nothing) && self.keys.pending.len() > 1 {
            self.keys.pending = vec![key.folded()];
            found = self.keys.map.find(&scopes, &self.keys.pending);
        }
        match found {
            Found::Prefix => return,
            Found::Command(command) => {
                self.keys.pending.clear();
                return self.run(command);
            }
            Found::Nothing => self.keys.pending.clear(),
        }
        if layer::key(self, key.folded()) {
            return;
        }
        if let Some(c) = key.typed()
            && !c.is_ascii()
            && c.is_alphanumeric()
        {
            find::open_with(self, &c.to_string());
        }
    }

    /// With a field focused, keys that type are the field's; others are looked up first in the layer's own scope.
    fn key_while_typing(&mut self, key: Key) {
        let scopes = self.scopes();
        let (own, outer) = scopes.split_at(1);
        if key.typed().is_none()
            && let Found::Command(command) = self.keys.map.find(own, &[key])
        {
            return self.run(command);
        }
        if layer::key(self, key) || key.typed().is_some() {
            return;
        }
        if let Found::Command(command) = self.keys.map.find(outer, &[key]) {
            self.run(command);
        }
    }

    /// A paste is typing. With no field focused it opens the find box, as committed Han text does.
    fn paste(&mut self, text: &str) {
        self.notices.key_pressed(self.now);
        if self.too_small() {
            return;
        }
        if self.typing() {
            return layer::paste(self, text);
        }
        if matches!(self.layers.last(), Some(Layer::Roster(_))) && layer::roster::keys::paste(self, text) {
            return;
        }
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) => self.key(Key::char(c)),
            (Some(_), Some(_)) => find::open_with(self, text),
            (None, _) => {}
        }
    }

    fn mouse(&mut self, mouse: Mouse) {
        if self.too_small() {
            return;
        }
        if let Some(layer) = self.layers.last_mut() {
            if let (Mouse::Wheel { rows, .. }, Some(list)) = (mouse, layer.list()) {
                list.step(isize::from(rows));
            }
            return;
        }
        let (Mouse::Click { x, y } | Mouse::Wheel { x, y, .. }) = mouse;
        let Some(id) = self.layout.pane_at(x, y) else { return };
        match mouse {
            Mouse::Click { .. } => {
                let inside = self.layout.pane(id).map(|area| area.inside()).filter(|inside| inside.holds(x, y));
                pane::focus(self, id);
                // The border has no row.
                if let Some(inside) = inside {
                    pane::click(self, id, usize::from(y - inside.y));
                }
            }
            Mouse::Wheel { rows, .. } => pane::step(self, id, isize::from(rows)),
        }
    }

    /// A page lies ready for the printer; its message goes on the clipboard.
    fn printed(&mut self, path: &str, message: Option<String>, complaint: Option<String>) {
        let words = match &message {
            None => t("可打印的页在 {path}", "The page to print is {path}"),
            Some(_) => t(
                "墙上的表在 {path}; 发群的话已复制",
                "The sheet for the wall is {path}; the message for the group is on the clipboard",
            ),
        };
        self.notice(Level::Done, words.with(self.lang, &[("path", &path)]));
        if let Some(complaint) = complaint {
            self.notice(Level::Trouble, complaint);
        }
        if let Some(message) = message {
            self.emit(Effect::Copy(message));
        }
    }

    /// Time passing alone makes tickets late: at the turn of a minute the order and the figures are looked at again.
    fn tick(&mut self, now: Time) {
        let turned = now.0.div_euclid(MINUTE) != self.now.0.div_euclid(MINUTE);
        let asks = self.panes.tickets.changes_at().is_some_and(|at| at <= now);
        self.now = now;
        self.notices.tick(now);
        if asks {
            tickets::arrange(self);
        }
        if turned {
            let (now, compound) = (self.now, self.panes.compounds.chosen);
            layer::handover::tick(self);
            tickets::arrange(self);
            if let Some(query) = self.asks.query(Slot::Page).cloned() {
                self.ask(Slot::Page, at(&query, now));
            }
            for slot in [Slot::Header, Slot::Compounds, Slot::Duty] {
                if self.asks.query(slot).is_some() {
                    self.ask(slot, pane::query_of(slot, now, compound));
                }
            }
            if self.asks.query(Slot::Callbacks).is_some() {
                self.ask(Slot::Callbacks, Query::Callbacks { now });
            }
            if self.asks.query(Slot::Outages).is_some() {
                self.ask(Slot::Outages, Query::Outages { now });
            }
        }
    }

    fn answer(&mut self, slot: Slot, answer: Answer) {
        // Asked once for one thing to do, not to be done again when the record changes; and who comes is not another while
        // the caller is being told.
        if matches!(slot, Slot::Copy | Slot::Edit | Slot::Original | Slot::ToldWho | Slot::Root) {
            self.asks.forget(slot);
        }
        match (slot, answer) {
            (Slot::Township, Answer::Township(township)) => self.town.township = Some(township),
            (Slot::Header, Answer::Header(header)) => {
                self.town.header = header;
                self.ask_about_clock();
            }
            (Slot::Parked, Answer::Parked(parked)) => self.town.parked = parked,
            (Slot::Compounds, Answer::Compounds(rows)) => self.panes.compounds.set(rows),
            (Slot::Tickets, Answer::OpenTickets(open)) => {
                self.panes.tickets.set(open);
                tickets::arrange(self);
                send::tickets_came(self);
            }
            (Slot::Page, Answer::TicketPage(page)) => {
                // What was to be added to the rows before belongs behind others now.
                self.asks.forget(Slot::PageOn);
                self.panes.tickets.set_found(page);
                tickets::arrange(self);
                send::tickets_came(self);
            }
            (Slot::PageOn, Answer::TicketPage(page)) => tickets::add(self, page),
            (Slot::Names, Answer::Names(names)) => {
                self.town.names = names;
                tickets::arrange(self);
                menu::filters_changed(self);
            }
            (Slot::Duty, Answer::Duty(duty)) => self.panes.duty.set(duty),
            (Slot::Preview, Answer::Ticket(detail)) => self.panes.preview.set(detail),
            (Slot::Ticket, Answer::Ticket(detail)) => layer::ticket::set(self, detail),
            (Slot::Copy, Answer::Ticket(Some(detail))) => message::show(self, &detail),
            (Slot::Edit, Answer::Ticket(Some(detail))) => intake::edit(self, &detail),
            (Slot::Original, Answer::TicketByNumber(id)) => prompt::original(self, id),
            (Slot::Household, Answer::Household(household)) => intake::set_household(self, household),
            (Slot::Alike, Answer::LookAlikes(found)) => intake::alike(self, found),
            (Slot::Ended, Answer::Ticket(detail)) => intake::looked_at(self, detail),
            (Slot::Outages, Answer::Outages(rows)) => {
                self.town.outages = rows;
                layer::outage::arrange(self);
                intake::arrange(self);
            }
            (Slot::Root, Answer::RootCause(pattern)) => told::pattern(self, pattern),
            (Slot::Suggest, Answer::Suggest(candidates)) => intake::suggested(self, candidates),
            (Slot::Coverage, Answer::Coverage(coverage)) => layer::coverage::answered(self, coverage),
            (Slot::Fill, Answer::Fill(filled)) => layer::fill::answered(self, filled),
            (Slot::Staff, Answer::StaffList(rows)) => layer::staff::answered(self, rows),
            (Slot::StandIns, Answer::StandIns(people)) => layer::stand_in::candidates(self, &people),
            (Slot::Picker, Answer::Departure(departure)) => layer::departure::answered(self, departure),
            (Slot::Picker, Answer::Reopening(reopening)) => send::reopening(self, reopening),
            (Slot::Callbacks, Answer::Callbacks(waiting)) => callbacks::set(self, waiting),
            (Slot::Rates, Answer::Rates(rates)) => layer::rates::set(self, rates),
            (Slot::RateList, Answer::RateList(page)) => layer::rate_list::set(self, page),
            (Slot::Callback, Answer::Callback(in_hand)) => callback::set(self, in_hand),
            (Slot::Picker, Answer::Suggest(candidates)) => send::candidates(self, candidates),
            (Slot::PickerEach, Answer::SuggestEach(each)) => send::each(self, each),
            (Slot::Card, Answer::Household(household)) => card::set(self, household),
            (Slot::Who, Answer::Duty(duty)) => layer::who::set(self, duty),
            (Slot::Settings, Answer::SettingsPast(past)) => layer::settings::set_past(self, past),
            (Slot::Sum, Answer::Ticket(detail)) => layer::sum::set(self, detail),
            (Slot::Handover, Answer::Handover(present)) => layer::handover::set(self, present),
            (Slot::Handovers, Answer::HandoverHistory(page)) => layer::handover::shelf::set(self, page),
            (Slot::Week, Answer::Week(week)) => layer::roster::set(self, *week),
            (Slot::Month, Answer::Worker(worker)) => layer::worker::set(self, Page::Person(worker)),
            (Slot::Month, Answer::PostMonth(month)) => layer::worker::set(self, Page::Compound(month)),
            (Slot::Told, Answer::Ticket(detail)) => told::set(self, detail),
            (Slot::ToldWho, Answer::Suggest(candidates)) => told::suggested(self, candidates),
            // An answer of another kind than asked cannot come; if it does, it says nothing.
            _ => {}
        }
    }

    /// After every message: areas follow the focus, windows follow the areas, the preview follows the cursor.
    fn settle(&mut self) {
        self.layout = Layout::new(self.layout.screen.w, self.layout.screen.h, self.focus);
        pane::settle(self);
        layer::settle(self);
        let about = self.notices.current().and_then(|notice| notice.about);
        if about.is_some() && !self.layers.iter().any(|layer| layer.about() == about) {
            self.notices.hide();
        }
    }

    /// Whether leaving now would leave something half done.
    fn half_typed(&self) -> bool {
        !self.commits().is_empty() || self.layers.iter().any(Layer::half_typed)
    }
}

/// The keys by which a person leaves a box: who presses one knows that what follows is for what lies below.
fn leaves(key: Key) -> bool {
    key.code == Code::Esc || quits(key)
}

/// The keys that end the program when it may end.
fn quits(key: Key) -> bool {
    key == Key { code: Code::Char('q'), ctrl: true, alt: false } || key.folded() == Key::char('q')
}
