//! What every drawing is made of: colours, tables, boxes, the lines at the top and the foot.
//! It knows no feature.

pub mod footer;
pub mod format;
pub mod header;
pub mod help;
pub mod layer;
pub mod palette;
pub mod pane;
pub mod picker;
pub mod popup;
pub mod prompt;
pub mod rows;
pub mod table;
pub mod theme;
