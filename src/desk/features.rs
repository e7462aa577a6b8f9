//! The desk's registries: every kind of layer, one line each, and the commands in the order help lists them.
//! What a layer is and does stands in its own file.

use super::command::Command;
use super::{act, around, asking, global, held, layer, pane};

/// Hands the list of layers, `Name(type);` each, to another macro: the desk makes its enum from it, the view draws each.
macro_rules! every_layer {
    ($then:ident) => {
        $then! {
            Ticket($crate::desk::layer::ticket::Opened);
            Intake($crate::desk::layer::intake::Intake);
            Find($crate::desk::layer::find::Find);
            Told($crate::desk::layer::told::Told);
            Message($crate::desk::layer::message::Message);
            Card($crate::desk::layer::card::Card);
            Callbacks($crate::desk::layer::callbacks::Queue);
            Callback($crate::desk::layer::callback::Strip);
            Rates($crate::desk::layer::rates::Rates);
            RateList($crate::desk::layer::rate_list::RateList);
            Picker($crate::desk::layer::picker::Picker);
            Prompt($crate::desk::layer::prompt::Prompt);
            Filter($crate::desk::layer::filter::Filter);
            Settings($crate::desk::layer::settings::Settings);
            FirstRun($crate::desk::layer::first_run::FirstRun);
            Outages($crate::desk::layer::outage::Outages);
            OutageForm($crate::desk::layer::outage::OutageForm);
            Who($crate::desk::layer::who::Who);
            Sum($crate::desk::layer::sum::Sum);
            Handover($crate::desk::layer::handover::Room);
            Handovers($crate::desk::layer::handover::shelf::Shelf);
            Coverage($crate::desk::layer::coverage::Coverage);
            Fill($crate::desk::layer::fill::Fill);
            Staff($crate::desk::layer::staff::StaffList);
            Roster($crate::desk::layer::roster::Roster);
            Publishing($crate::desk::layer::roster::publish::Publishing);
            Month($crate::desk::layer::worker::Month);
            Palette($crate::desk::layer::palette::PaletteBox);
            Help($crate::desk::layer::help::Help);
        }
    };
}
pub(crate) use every_layer;

macro_rules! command_groups {
    ($($name:ident($layer:ty);)*) => {
        /// Every command, grouped by the file that declares it, in the order help shows them.
        pub(super) const COMMANDS: &[&[&[Command]]] = &[
            &[pane::tickets::COMMANDS, act::COMMANDS, around::COMMANDS, asking::COMMANDS],
            &[pane::compounds::COMMANDS, pane::duty::COMMANDS],
            $(<$layer as layer::Layer>::COMMANDS,)*
            &[layer::COMMANDS, pane::COMMANDS, pane::LIST_COMMANDS, global::COMMANDS, held::COMMANDS],
        ];
    };
}

every_layer!(command_groups);
