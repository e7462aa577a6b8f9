//! What the desk is made of: keys, commands, layers, panes, questions and answers, notices, the step from one message to the next.
//! It knows no feature.

pub(in crate::desk) mod ahead;
pub mod ask;
pub mod command;
pub mod commit;
pub mod effect;
pub mod field;
pub mod geometry;
pub mod global;
pub(in crate::desk) mod held;
pub mod help;
pub mod key;
pub mod keymap;
pub mod layer;
pub mod list;
pub mod msg;
pub mod notice;
pub mod palette;
pub mod pane;
pub mod picker;
pub mod prompt;
pub mod say;
pub mod start;
pub(in crate::desk) mod then;
pub mod update;
