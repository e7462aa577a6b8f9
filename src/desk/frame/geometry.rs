//! Where the panes and layers stand for a size of the screen, in plain whole cells. Both the desk (how far a page goes,
//! what a click hits) and the view (where to draw) read it. Nothing is drawn here.

use crate::desk::frame::pane::PaneId;

/// Narrower or lower than this, nothing useful fits.
pub const SMALLEST: (u16, u16) = (60, 20);
/// From this size on all three panes are on the screen together.
pub const THREE_PANES: (u16, u16) = (80, 24);
/// From this width on there is room for the preview.
pub const PREVIEW_WIDTH: u16 = 120;
/// Rows of the duty pane where it shows one line per role: borders and five roles.
const DUTY_LINES: u16 = 7;

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// Cells from the left.
    pub x: u16,
    /// Rows from the top.
    pub y: u16,
    /// Width.
    pub w: u16,
    /// Height.
    pub h: u16,
}

impl Area {
    /// Whether a cell lies inside.
    pub const fn holds(self, x: u16, y: u16) -> bool {
        x >= self.x && x < self.x + self.w && y >= self.y && y < self.y + self.h
    }

    /// The area without a border of one cell.
    #[must_use]
    pub const fn inside(self) -> Self {
        Self { x: self.x + 1, y: self.y + 1, w: self.w.saturating_sub(2), h: self.h.saturating_sub(2) }
    }
}

/// How much of the desk fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A sentence, and only quitting works.
    TooSmall,
    /// One pane at a time.
    One,
    /// Three panes, duty as one line per role.
    Three,
    /// Three panes and the preview.
    Four,
}

/// The areas of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// How much fits.
    pub shape: Shape,
    /// The whole screen.
    pub screen: Area,
    /// The line at the top.
    pub header: Area,
    /// Between header and footer.
    pub body: Area,
    /// The line at the foot. Never an input: the candidates of an input method need room under it.
    pub footer: Area,
    panes: [Option<Area>; 4],
}

impl Layout {
    /// The areas for a screen of `w` × `h` cells with the focus on `focus`.
    pub fn new(w: u16, h: u16, focus: PaneId) -> Self {
        let shape = if w < SMALLEST.0 || h < SMALLEST.1 {
            Shape::TooSmall
        } else if w < THREE_PANES.0 || h < THREE_PANES.1 {
            Shape::One
        } else if w < PREVIEW_WIDTH {
            Shape::Three
        } else {
            Shape::Four
        };
        let body = Area { x: 0, y: 1, w, h: h.saturating_sub(2) };
        let mut layout = Self {
            shape,
            screen: Area { x: 0, y: 0, w, h },
            header: Area { x: 0, y: 0, w, h: h.min(1) },
            body,
            footer: Area { x: 0, y: h.saturating_sub(1), w, h: u16::from(h > 1) },
            panes: [None; 4],
        };
        match shape {
            Shape::TooSmall => {}
            Shape::One => layout.panes[focus as usize] = Some(body),
            Shape::Three => {
                let left = (w * 3 / 10).clamp(24, 34);
                let duty = DUTY_LINES + (h - THREE_PANES.1) / 4;
                let upper = body.h - duty;
                layout.put(PaneId::Compounds, Area { x: 0, y: 1, w: left, h: upper });
                layout.put(PaneId::Tickets, Area { x: left, y: 1, w: w - left, h: upper });
                layout.put(PaneId::Duty, Area { x: 0, y: 1 + upper, w, h: duty });
            }
            Shape::Four => {
                let left = (w * 3 / 10).clamp(34, 46);
                let upper = body.h.div_ceil(2);
                let lower = body.h - upper;
                layout.put(PaneId::Compounds, Area { x: 0, y: 1, w: left, h: upper });
                layout.put(PaneId::Tickets, Area { x: left, y: 1, w: w - left, h: upper });
                layout.put(PaneId::Duty, Area { x: 0, y: 1 + upper, w: left, h: lower });
                layout.put(PaneId::Preview, Area { x: left, y: 1 + upper, w: w - left, h: lower });
            }
        }
        layout
    }

    /// A pane's area, where it is on the screen.
    pub const fn pane(&self, pane: PaneId) -> Option<Area> {
        self.panes[pane as usize]
    }

    /// The pane under a cell.
    pub fn pane_at(&self, x: u16, y: u16) -> Option<PaneId> {
        PaneId::ALL.into_iter().find(|&pane| self.pane(pane).is_some_and(|area| area.holds(x, y)))
    }

    /// A box in the middle of the body, of at most this size.
    pub fn middle(&self, w: u16, h: u16) -> Area {
        let (w, h) = (w.min(self.body.w), h.min(self.body.h));
        Area { x: self.body.x + (self.body.w - w) / 2, y: self.body.y + (self.body.h - h) / 3, w, h }
    }

    fn put(&mut self, pane: PaneId, area: Area) {
        self.panes[pane as usize] = Some(area);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_where() {
        for (w, h, shape, panes) in [
            (1, 1, Shape::TooSmall, 0),
            (59, 24, Shape::TooSmall, 0),
            (60, 20, Shape::One, 1),
            (79, 24, Shape::One, 1),
            (80, 24, Shape::Three, 3),
            (119, 60, Shape::Three, 3),
            (120, 40, Shape::Four, 4),
            (200, 60, Shape::Four, 4),
        ] {
            let layout = Layout::new(w, h, PaneId::Tickets);
            let areas: Vec<Area> = PaneId::ALL.into_iter().filter_map(|pane| layout.pane(pane)).collect();
            assert_eq!((layout.shape, areas.len()), (shape, panes), "{w}x{h}");
            if panes == 0 {
                continue;
            }
            let cells: u32 = areas.iter().map(|area| u32::from(area.w) * u32::from(area.h)).sum();
            assert_eq!(cells, u32::from(w) * u32::from(h - 2), "{w}x{h}: the panes fill the body without overlap");
            assert_eq!(layout.pane_at(1, 2), Some(if panes == 1 { PaneId::Tickets } else { PaneId::Compounds }));
        }
    }

    #[test]
    fn a_box_never_leaves_the_body() {
        for (w, h) in [(0, 0), (1, 1), (60, 20), (200, 60)] {
            let layout = Layout::new(w, h, PaneId::Compounds);
            let area = layout.middle(90, 30);
            assert!(area.x + area.w <= w && area.y + area.h <= h.max(1), "{w}x{h}: {area:?}");
        }
    }
}
