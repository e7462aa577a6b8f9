//! Filters and orders of tickets as the commands take them: the same words as on the desk.
//! What passes is decided in `domain::filter`.

use crate::domain::filter::{self, Filter};
use crate::domain::ticket::order::Order;
use crate::setup::context::{Context, Failure};
use crate::setup::shown;
use crate::store::Store;
use crate::text::labels::Labelled;
use crate::text::t;

/// The filter of a text.
pub(super) fn read(context: &Context, store: &Store, text: &str) -> Result<Filter, Failure> {
    let text = crate::domain::base::clean::line(text).map_err(|refusal| context.refused(&refusal))?;
    let operator = store.operator().map_err(|e| context.failed(&e))?;
    let known = shown::vocabulary(store, &operator.name, context.clock.now()).map_err(|e| context.failed(&e))?;
    filter::parse(&text, &known).map_err(|refusal| context.refused(&refusal))
}

/// The order of a code or a name.
pub(super) fn order(context: &Context, typed: &str) -> Result<Order, Failure> {
    let named = |order: &&Order| order.code() == typed || order.label().zh == typed || order.label().en == typed;
    Order::ALL.iter().find(named).copied().ok_or_else(|| {
        let known: Vec<_> = Order::ALL.iter().map(|order| order.code()).collect();
        Failure::Usage(
            t("--sort 可以是: {known}", "--sort takes: {known}").with(context.lang, &[("known", &known.join(", "))]),
        )
    })
}
