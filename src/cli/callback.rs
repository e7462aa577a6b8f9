//! `tdesk ticket callback`: what ringing a resident back brought. Whether it is taken is decided in `domain`.

use super::args::{by_number, staff};
use super::one_ticket::{act, detail};
use crate::domain::base::event::Entity;
use crate::domain::base::id::{StaffId, TicketId};
use crate::domain::callback::op::{Call, Verdict, Whom};
use crate::domain::callback::query::{CallbackAnswer, CallbackQuery};
use crate::domain::query::{Answer, Query};
use crate::domain::refusal::Refusal;
use crate::domain::ticket::op::Act;
use crate::setup::context::{Context, Failure};
use crate::store::{Access, Store};
use crate::text::t;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Number
    number: String,
    /// Whether it is solved, or nobody answered
    #[arg(long, value_parser = ["yes", "no", "no-answer"])]
    solved: String,
    /// Whether somebody came in time; yes if not said
    #[arg(long, value_parser = ["yes", "no"], value_name = "YES")]
    in_time: Option<String>,
    /// How content the resident is; needed when it is solved
    #[arg(long, value_parser = ["satisfied", "fair", "dissatisfied"])]
    verdict: Option<String>,
    /// What was said; needed when it is not solved
    #[arg(long, default_value = "", hide_default_value = true, value_name = "TEXT")]
    why: String,
    /// Who does it over; another than before if not said
    #[arg(long, value_name = "STAFF")]
    to: Option<String>,
    /// The resident rang or came himself: right at any hour
    #[arg(long)]
    came_in: bool,
}

pub(super) fn run(context: &Context, args: &Args) -> Result<(), Failure> {
    let store = context.store(Access::Read)?;
    let id = by_number(context, &store, &args.number)?;
    let whom = if args.came_in { Whom::CameIn } else { Whom::Reporter };
    let words = args.why.clone();
    let call = match args.solved.as_str() {
        "no-answer" => Call::NoAnswer,
        "no" => {
            let next = match &args.to {
                Some(name) => staff(context, &store, name)?,
                None => another(context, &store, id)?,
            };
            Call::NotSolved { whom, words, next }
        }
        _ => {
            let verdict = args.verdict.as_deref().and_then(Verdict::from_code).ok_or_else(|| {
                Failure::Usage(
                    t(
                        "解决了要写 --verdict satisfied|fair|dissatisfied",
                        "When it is solved, --verdict says how content: satisfied, fair or dissatisfied",
                    )
                    .get(context.lang)
                    .to_owned(),
                )
            })?;
            Call::Solved { whom, in_time: args.in_time.as_deref() != Some("no"), verdict, words }
        }
    };
    drop(store);
    act(context, &args.number, Act::CallBack(call))
}

/// Who does it over when nobody is named: the one proposed, never who had it.
fn another(context: &Context, store: &Store, id: TicketId) -> Result<StaffId, Failure> {
    let at = context.clock.now();
    // Of a merged one it is the one it lives on in that is done over.
    let id = match detail(context, store, id)?.merged_into {
        Some(into) => by_number(context, store, &into.full())?,
        None => id,
    };
    let answer =
        store.answer(&Query::Callback(CallbackQuery::Reopening { ticket: id, at })).map_err(|e| context.failed(&e))?;
    let Answer::Callback(CallbackAnswer::Reopening(Some(reopening))) = answer else {
        return Err(context.refused(&Refusal::NotFound { what: Entity::Ticket }));
    };
    let first = reopening.candidates.first().filter(|one| Some(one.staff) != reopening.handler_id);
    first.map(|one| one.staff).ok_or_else(|| {
        let words = t(
            "没有别人可派; 用 --to 写明谁去, 原来的人也可以",
            "There is nobody else to send; name with --to who goes, even who had it before",
        );
        Failure::Refused(words.get(context.lang).to_owned())
    })
}
