//! The desk at work: one loop that hears messages, lets the desk step, does what it asks, and draws once. Around it the
//! threads: terminal, reader, writer, finder, keeper. What any message means is not known here; that is `desk`.

mod effects;
mod finder;
mod keeper;
mod reader;
mod writer;

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use self::effects::Hands;
use crate::desk::{Desk, Found, Msg, Operator, Palette, Start};
use crate::domain::base::time::CHINA;
use crate::domain::base::trouble::Trouble;
use crate::setup::context::{Context, Failure};
use crate::setup::{DONE, Opening, end, out};
use crate::store::{self, Access, Store, Who, Wish};
use crate::term::{Screen, input};
use crate::text::t;
use crate::view;
use crate::view::frame::theme::{Borders, Theme};

/// What the desk is told when the store says no, or could not: `n` is the number of the change, when it was one.
fn failed(n: Option<u64>, error: store::Error) -> Msg {
    match error {
        store::Error::Refused(refusal) => Msg::Refused { n, refusal },
        store::Error::Trouble(trouble) => Msg::Failed { n, trouble },
    }
}

/// Opens the desk and stays until it is left. Gives the exit code.
pub fn run(opening: Opening) -> u8 {
    match desk(opening) {
        Ok(()) => DONE,
        Err(failure) => end(&failure),
    }
}

fn desk(opening: Opening) -> Result<(), Failure> {
    let Opening { context, demo } = opening;
    if !is_terminal() {
        return Err(Failure::Refused(crate::term::Error::NoTerminal.sentence(context.lang)));
    }
    if demo {
        sample(&context)?;
    }
    let who = Who { name: context.operator.clone(), terminal: terminal_name() };
    let first = match Store::open(&context.db, Access::Read, who.clone(), context.clock.now()) {
        Ok(store) => Some(store),
        Err(store::Error::Trouble(Trouble::Missing { .. })) => None,
        Err(error) => return Err(context.failed(&error)),
    };
    let operator = match &first {
        Some(store) => store.operator().map_err(|e| context.failed(&e))?,
        None => store::Operator {
            id: crate::domain::base::id::OperatorId(0),
            name: context.operator.clone().unwrap_or_else(|| store::FIRST_OPERATOR.to_owned()),
            rank: crate::domain::staff::Rank::Administrator,
            staff: None,
        },
    };
    let found = match &first {
        Some(_) => Found::File,
        None => store::restorable(&context.db).map_or(Found::Nothing, Found::Backup),
    };
    let (send, inbox) = channel();
    let failed = |e: crate::term::Error| Failure::Refused(e.sentence(context.lang));
    let mut screen = Screen::enter(context.settings.mouse).map_err(failed)?;
    listen(&send);
    let mut desk = Desk::new(Start {
        lang: context.lang,
        palette: context.settings.theme.as_deref().and_then(Palette::named).unwrap_or(Palette::Dark),
        operator: Operator { name: operator.name, rank: operator.rank },
        now: context.clock.now(),
        size: screen.size().map_err(failed)?,
        seed: seed(),
        found,
        trusts_clock: context.trusts_clock,
    });
    let mut hands = Hands::new(context.clone(), who, send);
    if let Some(store) = first {
        hands.begin(store);
    }
    let ended = keep_going(&mut desk, &mut hands, &mut screen, &inbox);
    drop(screen);
    hands.finish();
    // The last changes may have been refused with nobody at the screen to be told.
    let unsaved = inbox.try_iter().find_map(|msg| match msg {
        Msg::Refused { n: Some(_), refusal } => Some(context.refused(&refusal)),
        Msg::Failed { n: Some(_), trouble } => Some(context.trouble(&trouble)),
        _ => None,
    });
    if let Some(failure) = unsaved {
        return Err(failure);
    }
    ended.map_err(|e| Failure::Refused(e.sentence(context.lang)))
}

/// Hears, steps, does, draws, until the desk is left.
fn keep_going(
    desk: &mut Desk,
    hands: &mut Hands,
    screen: &mut Screen,
    inbox: &Receiver<Msg>,
) -> Result<(), crate::term::Error> {
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    let borders = hands.context.settings.borders.as_deref().and_then(Borders::named).unwrap_or(Borders::Plain);
    loop {
        // What waits before a frame is begun was pressed before anybody could see it, and is heard first.
        let mut next = inbox.try_recv().ok();
        let wait = if next.is_some() {
            Duration::ZERO
        } else if let Some(left) = hands.still_gathering(desk) {
            left
        } else {
            let theme = Theme::new(desk.palette, borders, no_color);
            screen.draw(desk.typing(), |frame| view::draw(desk, &theme, frame))?;
            hands.drawn();
            desk.update(Msg::Drawn);
            let now = hands.context.clock.now();
            Duration::from_millis(u64::try_from(desk.wakes_at().0 - now.0).unwrap_or(0).max(1))
        };
        if next.is_none() {
            next = match inbox.recv_timeout(wait) {
                Ok(msg) => Some(msg),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            };
        }
        let mut effects = desk.update(Msg::Tick(hands.context.clock.now()));
        // All that waits is taken before anything is drawn: a burst of keys is one frame.
        while let Some(msg) = next {
            hands.heard(&msg);
            effects.append(&mut desk.update(msg));
            next = inbox.try_recv().ok();
        }
        for effect in effects {
            if !hands.act(effect, screen)? {
                return Ok(());
            }
        }
    }
}

fn listen(send: &Sender<Msg>) {
    let keys = send.clone();
    std::thread::spawn(move || input::listen(|msg| keys.send(msg).is_ok()));
    let signals = send.clone();
    // Without signals the desk works all the same; only a hang-up then ends it roughly, and drafts are kept anyway.
    std::thread::spawn(move || drop(input::listen_for_signals(|msg| signals.send(msg).is_ok())));
}

/// The sample's own file, made when it is not there.
fn sample(context: &Context) -> Result<(), Failure> {
    if context.db.exists() {
        return Ok(());
    }
    out::complain(t("正在建样例乡镇 ..", "Making a sample township ..").get(context.lang));
    let wish = Wish::usual(context.clock.now(), CHINA);
    let made = context.make_folder().and_then(|()| store::make_sample(&context.db, wish, |_| ()));
    made.map_err(|e| context.failed(&e))
}

fn is_terminal() -> bool {
    use std::io::IsTerminal;
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}

/// The terminal's device, to tell one desk's drafts from another's.
fn terminal_name() -> String {
    std::fs::read_link("/proc/self/fd/0").map_or_else(|_| "terminal".to_owned(), |path| path.display().to_string())
}

fn seed() -> u64 {
    let (high, low) = uuid::Uuid::new_v4().as_u64_pair();
    high ^ low
}
