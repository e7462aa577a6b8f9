//! The desk's registries: every kind of layer, one line each, and the commands in the order help lists them.
//! What a layer is and does stands in its own file.

use crate::desk::frame::command::Command;
use crate::desk::frame::{global, held, layer, pane};
use crate::desk::ticket::{act, around, asking};

/// Hands the list of layers, `Name(type);` each, to another macro: the desk makes its enum from it, the view draws each.
macro_rules! every_layer {
    ($then:ident) => {
        $then! {
            Ticket($crate::desk::ticket::opened::Opened);
            Intake($crate::desk::intake::Intake);
            Find($crate::desk::find::Find);
            Told($crate::desk::intake::told::Told);
            Message($crate::desk::ticket::message::Message);
            Card($crate::desk::place::card::Card);
            Callbacks($crate::desk::callback::queue::Queue);
            Callback($crate::desk::callback::strip::Strip);
            Rates($crate::desk::rates::month::Rates);
            RateList($crate::desk::rates::list::RateList);
            Picker($crate::desk::frame::picker::Picker);
            Prompt($crate::desk::frame::prompt::Prompt);
            Filter($crate::desk::filter::Filter);
            Settings($crate::desk::settings::pages::Settings);
            FirstRun($crate::desk::settings::first_run::FirstRun);
            Outages($crate::desk::outage::Outages);
            OutageForm($crate::desk::outage::OutageForm);
            Who($crate::desk::roster::who::Who);
            Sum($crate::desk::ticket::sum::Sum);
            Handover($crate::desk::handover::Room);
            Handovers($crate::desk::handover::shelf::Shelf);
            Coverage($crate::desk::roster::coverage::Coverage);
            Fill($crate::desk::roster::fill::Fill);
            Staff($crate::desk::staff::list::StaffList);
            Roster($crate::desk::roster::grid::Roster);
            Publishing($crate::desk::roster::grid::publish::Publishing);
            Month($crate::desk::roster::worker::Month);
            Palette($crate::desk::frame::palette::PaletteBox);
            Help($crate::desk::frame::help::Help);
        }
    };
}
pub(crate) use every_layer;

macro_rules! command_groups {
    ($($name:ident($layer:ty);)*) => {
        /// Every command, grouped by the file that declares it, in the order help shows them.
        pub(super) const COMMANDS: &[&[&[Command]]] = &[
            &[crate::desk::ticket::pane::COMMANDS, act::COMMANDS, around::COMMANDS, asking::COMMANDS],
            &[crate::desk::place::pane::COMMANDS, crate::desk::roster::pane::COMMANDS],
            $(<$layer as layer::Layer>::COMMANDS,)*
            &[layer::COMMANDS, pane::COMMANDS, pane::LIST_COMMANDS, global::COMMANDS, held::COMMANDS],
        ];
    };
}

every_layer!(command_groups);
