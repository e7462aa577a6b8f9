//! What lies above the panes: what every layer must say of itself, as one trait, and what is open, as one enum made from the
//! list in `desk/features.rs`. It names no layer: each implements the trait in its own file.
//!
//! An enum made by a macro rather than `dyn`: a layer is found again by its type without a cast that could fail, it can be
//! printed, and the compiler demands that `view` draws every one of them.

use crate::desk::features::every_layer;
use crate::desk::frame::ask::Slot;
use crate::desk::frame::command::{Command, Scope};
use crate::desk::frame::geometry::Layout;
use crate::desk::frame::key::Key;
use crate::desk::frame::list::Scroll;
use crate::desk::frame::notice::About;
use crate::desk::{Desk, Effects};
use crate::domain::base::id::TicketId;
use crate::domain::ticket::query::{Detail, Row};
use crate::text::t;

pub use crate::desk::frame::then::Then;

/// What a layer says of itself. What it leaves out is as for a box with a list that Esc closes.
pub trait Layer: Stored {
    /// Where its own commands are heard.
    const SCOPE: Scope;
    /// What is heard in it besides, innermost first.
    const OUTER: &'static [Scope] = &[Scope::LAYER, Scope::LIST, Scope::ANYWHERE];
    /// The commands declared in its files, as help lists them.
    const COMMANDS: &'static [&'static [Command]] = &[];
    /// Where the answers to what it asks go. They are forgotten when no layer of the kind is open any more.
    const SLOTS: &'static [Slot] = &[];
    /// Whether a field in it always has the focus.
    const TYPES: bool = false;

    /// Whether what is typed in it is seen at work below at once.
    const NARROWS: bool = false;
    /// Whether what lies below it is still what is acted on.
    const SEEN_THROUGH: bool = false;

    /// Whether a field in it has the focus now.
    fn types(&self) -> bool {
        Self::TYPES
    }

    /// The list in it that the list keys move.
    fn list(&mut self) -> Option<&mut dyn Scroll> {
        None
    }

    /// How many rows of its list are in sight; nothing where it has none, or sees to it in [`Self::settle`].
    fn rows(&self, _layout: &Layout) -> Option<u16> {
        None
    }

    /// The chain of questions it belongs to.
    fn chain(&self) -> Option<u64> {
        None
    }

    /// What a notice put while it is topmost speaks of.
    fn about(&self) -> Option<About> {
        self.chain().map(About::Chain)
    }

    /// Whether something is typed in it that is nowhere else yet.
    fn half_typed(&self) -> bool {
        false
    }

    /// The one ticket it shows whole.
    fn detail(&self) -> Option<&Detail> {
        None
    }

    /// A ticket as it shows it, where it shows it.
    fn ticket(&self, id: TicketId) -> Option<&Row> {
        self.detail().map(|detail| &detail.row).filter(|row| row.id == id)
    }

    /// A key that no command of its own answers to, while it is topmost; false when it has no use for the key either.
    fn key(_desk: &mut Desk, _key: Key) -> bool {
        false
    }

    /// Text in one piece, while it is topmost; false when it has no use for it.
    fn paste(_desk: &mut Desk, _text: &str) -> bool {
        false
    }

    /// After every message, whether it is open or not.
    fn settle(_desk: &mut Desk) {}

    /// It was closed by hand.
    fn left(self, _desk: &mut Desk) {}

    /// Its chain of questions is answered and it closes: what is let out with it.
    fn done(&self, _out: &mut Effects) {}
}

/// A layer as one of all: found among them by its type.
pub trait Stored: Sized {
    /// This layer, if `any` is one of its kind.
    fn of(any: &AnyLayer) -> Option<&Self>;
    /// The same, to be changed.
    fn of_mut(any: &mut AnyLayer) -> Option<&mut Self>;
    /// As one of all.
    fn stored(self) -> AnyLayer;
    /// This layer out of `any`, if it is one of its kind.
    fn taken(any: AnyLayer) -> Option<Self>;
}

macro_rules! layers {
    ($($name:ident($layer:ty);)*) => {
        /// An open layer, of any kind.
        #[derive(Debug)]
        pub enum AnyLayer {
            $(#[doc = concat!("See [`", stringify!($layer), "`].")] $name(Box<$layer>),)*
        }

        $(impl Stored for $layer {
            fn of(any: &AnyLayer) -> Option<&Self> {
                match any {
                    AnyLayer::$name(layer) => Some(&**layer),
                    _ => None,
                }
            }

            fn of_mut(any: &mut AnyLayer) -> Option<&mut Self> {
                match any {
                    AnyLayer::$name(layer) => Some(&mut **layer),
                    _ => None,
                }
            }

            fn stored(self) -> AnyLayer {
                AnyLayer::$name(Box::new(self))
            }

            fn taken(any: AnyLayer) -> Option<Self> {
                match any {
                    AnyLayer::$name(layer) => Some(*layer),
                    _ => None,
                }
            }
        })*

        impl AnyLayer {
            /// The scopes heard, innermost first.
            pub fn scopes(&self) -> Vec<Scope> {
                match self {
                    $(Self::$name(_) => stack::<$layer>(),)*
                }
            }

            /// Whether a field in it has the focus.
            pub fn types(&self) -> bool {
                match self {
                    $(Self::$name(layer) => layer.types(),)*
                }
            }

            /// The list in it that the list keys move.
            pub fn list(&mut self) -> Option<&mut dyn Scroll> {
                match self {
                    $(Self::$name(layer) => layer.list(),)*
                }
            }

            /// The chain of questions it belongs to.
            pub fn chain(&self) -> Option<u64> {
                match self {
                    $(Self::$name(layer) => layer.chain(),)*
                }
            }

            /// What a notice put while it is topmost speaks of.
            pub fn about(&self) -> Option<About> {
                match self {
                    $(Self::$name(layer) => layer.about(),)*
                }
            }

            /// Whether something is typed in it that is nowhere else yet.
            pub fn half_typed(&self) -> bool {
                match self {
                    $(Self::$name(layer) => layer.half_typed(),)*
                }
            }

            /// A ticket as it shows it, where it shows it.
            pub fn ticket(&self, id: TicketId) -> Option<&Row> {
                match self {
                    $(Self::$name(layer) => layer.ticket(id),)*
                }
            }

            /// The one ticket it shows whole.
            pub fn detail(&self) -> Option<&Detail> {
                match self {
                    $(Self::$name(layer) => layer.detail(),)*
                }
            }

            /// Whether what is typed in it is seen at work below at once.
            pub fn narrows(&self) -> bool {
                match self {
                    $(Self::$name(_) => <$layer>::NARROWS,)*
                }
            }

            fn seen_through(&self) -> bool {
                match self {
                    $(Self::$name(_) => <$layer>::SEEN_THROUGH,)*
                }
            }

            fn rows(&self, layout: &Layout) -> Option<u16> {
                match self {
                    $(Self::$name(layer) => layer.rows(layout),)*
                }
            }

            fn left(self, desk: &mut Desk) {
                match self {
                    $(Self::$name(layer) => layer.left(desk),)*
                }
            }

            fn done(&self, out: &mut Effects) {
                match self {
                    $(Self::$name(layer) => layer.done(out),)*
                }
            }

            fn key_of(&self) -> fn(&mut Desk, Key) -> bool {
                match self {
                    $(Self::$name(_) => <$layer>::key,)*
                }
            }

            fn paste_of(&self) -> fn(&mut Desk, &str) -> bool {
                match self {
                    $(Self::$name(_) => <$layer>::paste,)*
                }
            }
        }

        /// What is known of each kind of layer without one being open.
        pub const KINDS: &[Kind] = &[$(Kind {
            name: stringify!($name),
            scopes: stack::<$layer>,
            commands: <$layer>::COMMANDS,
            slots: <$layer>::SLOTS,
            types: <$layer>::TYPES,
            is: AnyLayer::is::<$layer>,
            settle: <$layer>::settle,
        },)*];
    };
}

every_layer!(layers);

/// What is known of a kind of layer without one being open.
#[derive(Debug)]
pub struct Kind {
    /// Its name in the list of all layers.
    pub name: &'static str,
    /// What is heard while one is topmost, innermost first.
    pub scopes: fn() -> Vec<Scope>,
    /// Its commands.
    pub commands: &'static [&'static [Command]],
    /// Where the answers to what it asks go.
    pub slots: &'static [Slot],
    /// Whether a field in it always has the focus.
    pub types: bool,
    is: fn(&AnyLayer) -> bool,
    settle: fn(&mut Desk),
}

/// Commands of every layer that simply closes.
pub const COMMANDS: &[Command] = &[Command::new(
    "layer.close",
    &["esc", "q", "ctrl-q"],
    Scope::LAYER,
    t("退回", "back"),
    t("退回一步", "One step back"),
    close,
)
.footer()];

impl AnyLayer {
    /// This layer as one of kind `L`.
    pub fn get<L: Layer>(&self) -> Option<&L> {
        L::of(self)
    }

    /// The same, to be changed.
    pub fn get_mut<L: Layer>(&mut self) -> Option<&mut L> {
        L::of_mut(self)
    }

    /// Whether it is one of kind `L`.
    pub fn is<L: Layer>(&self) -> bool {
        L::of(self).is_some()
    }
}

impl Desk {
    /// The topmost layer, if it is one of kind `L`.
    pub fn top<L: Layer>(&self) -> Option<&L> {
        self.layers.last().and_then(L::of)
    }

    /// The same, to be changed.
    pub fn top_mut<L: Layer>(&mut self) -> Option<&mut L> {
        self.layers.last_mut().and_then(L::of_mut)
    }

    /// The topmost of the layers of kind `L`.
    pub fn layer<L: Layer>(&self) -> Option<&L> {
        self.layers.iter().rev().find_map(L::of)
    }

    /// The same, to be changed.
    pub fn layer_mut<L: Layer>(&mut self) -> Option<&mut L> {
        self.layers.iter_mut().rev().find_map(L::of_mut)
    }

    /// The layer acted on: the topmost that is not seen through.
    pub fn acted_on(&self) -> Option<&AnyLayer> {
        self.layers.iter().rev().find(|layer| !layer.seen_through())
    }

    /// Puts a layer on top.
    pub fn open<L: Layer>(&mut self, layer: L) {
        self.keys.pending.clear();
        self.opened += 1;
        self.layers.push(layer.stored());
    }

    /// Takes the topmost of the layers of kind `L` from where it lies.
    pub fn take<L: Layer>(&mut self) -> Option<L> {
        let at = self.layers.iter().rposition(AnyLayer::is::<L>)?;
        L::taken(self.layers.remove(at))
    }

    /// Takes all layers of kind `L` off, wherever they lie.
    pub fn close_all<L: Layer>(&mut self) {
        self.layers.retain(|layer| !layer.is::<L>());
    }
}

/// What is heard while a layer of kind `L` is topmost, innermost first.
fn stack<L: Layer>() -> Vec<Scope> {
    std::iter::once(L::SCOPE).chain(L::OUTER.iter().copied()).collect()
}

/// A key no command of the layer's own answers to; false when the topmost layer has no use for it either.
pub fn key(desk: &mut Desk, key: Key) -> bool {
    let Some(answer) = desk.layers.last().map(AnyLayer::key_of) else { return false };
    answer(desk, key)
}

/// Text in one piece for the topmost layer; false when it has no use for it.
pub fn paste(desk: &mut Desk, text: &str) -> bool {
    let Some(answer) = desk.layers.last().map(AnyLayer::paste_of) else { return false };
    answer(desk, text)
}

/// Lets the lists in layers know how many rows they show, and forgets what closed layers asked for.
pub fn settle(desk: &mut Desk) {
    for kind in KINDS.iter().filter(|kind| !desk.layers.iter().any(kind.is)) {
        for slot in kind.slots {
            desk.asks.forget(*slot);
        }
    }
    for kind in KINDS {
        (kind.settle)(desk);
    }
    let layout = desk.layout;
    for layer in &mut desk.layers {
        if let (Some(rows), Some(list)) = (layer.rows(&layout), layer.list()) {
            list.see(usize::from(rows));
        }
    }
}

/// Takes the topmost layer off.
pub fn close(desk: &mut Desk) {
    if let Some(layer) = desk.layers.pop() {
        layer.left(desk);
    }
}

/// Takes all layers of a chain off.
pub fn close_chain(desk: &mut Desk, chain: u64) {
    for layer in desk.layers.iter().filter(|layer| layer.chain() == Some(chain)) {
        layer.done(&mut desk.out);
    }
    desk.layers.retain(|layer| layer.chain() != Some(chain));
}
