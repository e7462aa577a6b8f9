//! Draws the three rates, and the one under the cursor by compound and by week.

use ratatui::Frame;
use ratatui::layout::{Direction, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Bar, BarChart, BarGroup};

use crate::desk::rates::month::Rates;
use crate::desk::{Desk, rates};
use crate::domain::rates::{self as figures, Rate, Which};
use crate::text::labels::Labelled;
use crate::text::{figures as said, t};
use crate::view::frame::layer::Draw;
use crate::view::frame::theme::Theme;
use crate::view::frame::{format, popup, rows};

/// All of it, in thousandths: every bar is measured against that.
const WHOLE: u64 = 1_000;
/// Cells of a compound's name beside its bar.
const NAME: usize = 14;

impl Draw for Rates {
    fn draw(&self, desk: &Desk, _top: bool, theme: &Theme, frame: &mut Frame) {
        let compound = self.compound.and_then(|id| desk.panes.compounds.row(id)).map(|row| row.name.as_str());
        let title = format!(
            "{} {}  {}",
            desk.say(t("三率", "Three rates")),
            self.month.from.format("%Y-%m"),
            compound.unwrap_or_else(|| desk.say(t("全部小区", "all compounds")))
        );
        let inside = popup::over(frame, rates::month::area(&desk.layout), &title, "", theme);
        let Some(rates) = &self.rates else {
            return rows::empty(desk.say(t("正在读取 ..", "Reading ..")), inside, theme, frame);
        };
        let which = self.list.selected().unwrap_or(Which::Response);
        let mut lines: Vec<Line> = Vec::new();
        for (n, &one) in Which::ALL.iter().enumerate() {
            lines.push(figure(desk, n + 1, one, rates, one == which, usize::from(inside.width), theme));
        }
        lines.push(Line::styled(format!("   {}", how(desk, which)), theme.dim()));
        lines.push(Line::default());
        let above = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(inside.height);
        rows::lines(&lines, inside, frame);
        let below = Rect { y: inside.y + above, height: inside.height - above, ..inside };
        let weeks = u16::try_from(rates.weeks.len()).unwrap_or(u16::MAX);
        let right = (weeks * 8 + 1).min(below.width / 2);
        let left = Rect { width: below.width - right, ..below };
        by_compound(desk, rates, which, left, theme, frame);
        by_week(desk, rates, which, Rect { x: left.x + left.width, width: right, ..below }, theme, frame);
    }
}

/// `> 1 响应率   92.3%  120/130   未计 5: 作废 3`.
fn figure(
    desk: &Desk,
    n: usize,
    which: Which,
    rates: &figures::Rates,
    selected: bool,
    cells: usize,
    theme: &Theme,
) -> Line<'static> {
    let rate = rates.all.rate(which);
    let style = if selected { theme.strong() } else { theme.plain() };
    let line = Line::from(vec![
        Span::styled(if selected { "> " } else { "  " }, theme.accent()),
        Span::styled(format!("{n} "), theme.accent()),
        Span::styled(format::pad(desk.say(which.label()), 13), style),
        Span::styled(format::pad_left(&rate.percent(), 7), style),
        Span::styled(format::pad_left(&format!("{}/{}", rate.numerator, rate.denominator), 12), theme.plain()),
        Span::styled(format!("   {}", said::beside(&rates.all, which, desk.lang)), theme.dim()),
    ]);
    format::fit(&line, cells)
}

/// What the rate is, in one line.
fn how(desk: &Desk, which: Which) -> &'static str {
    desk.say(match which {
        Which::Response => t(
            "时限内到场或首次联系 (收到不算) / 有效工单 (作废、并单不计)",
            "arrival or first contact in time (\"noted\" is neither) / valid tickets taken",
        ),
        Which::Resolution => t("住户说解决了 / 回访接通", "residents who say that it is solved / residents reached"),
        Which::Satisfaction => {
            t("满意 / 回访接通 (基本满意不算满意)", "satisfied / residents reached (\"fairly\" is not satisfied)")
        }
    })
}

fn bar<'a>(rate: Rate, label: String, text: String, style: Style, theme: &Theme) -> Bar<'a> {
    Bar::default()
        .value(u64::from(rate.thousandths().unwrap_or(0)))
        .label(Line::from(label))
        .text_value(text)
        .style(style)
        .value_style(theme.selected(true))
}

/// Below this a figure is drawn as a warning, so that the eye finds the compounds to look at.
fn style(rate: Rate, all: Rate, theme: &Theme) -> Style {
    match (rate.share(), all.share()) {
        (Some(share), Some(all)) if share + 0.1 < all => theme.warning(),
        _ => theme.accent(),
    }
}

/// The compounds, the busiest first; of those that do not fit, that there are more.
fn by_compound(desk: &Desk, rates: &figures::Rates, which: Which, area: Rect, theme: &Theme, frame: &mut Frame) {
    let heading = Rect { height: 1.min(area.height), ..area };
    let room = usize::from(area.height.saturating_sub(1));
    let all = rates.all.rate(which);
    let some: Vec<_> = rates.compounds.iter().filter(|one| one.three.rate(which).denominator > 0).collect();
    let more = some.len().saturating_sub(room);
    let mut words = desk.say(t("按小区, 工单多的在前", "By compound, the busiest first")).to_owned();
    if more > 0 {
        words += &t("; 还有 {n} 个", "; {n} more").with(desk.lang, &[("n", &more)]);
    }
    let words = format::truncate(&words, usize::from(area.width).saturating_sub(2));
    rows::lines(&[Line::styled(words, theme.accent())], heading, frame);
    let bars: Vec<Bar> = some
        .into_iter()
        .take(room)
        .map(|one| {
            let name = if one.name.is_empty() { desk.say(t("没有地点", "no place")) } else { &one.name };
            let rate = one.three.rate(which);
            // Beside the bar, not upon it: digits run into the blocks, and a short bar leaves them half on it.
            let figures = format!("{}/{}", rate.numerator, rate.denominator);
            let label = format!(
                "{}{}{}",
                format::pad(name, NAME),
                format::pad_left(&rate.percent(), 7),
                format::pad_left(&figures, 8)
            );
            bar(rate, label, String::new(), style(rate, all, theme), theme)
        })
        .collect();
    let below = Rect { y: heading.y + heading.height, height: area.height - heading.height, ..area };
    let below = Rect { width: below.width.saturating_sub(2), ..below };
    let chart = BarChart::default()
        .direction(Direction::Horizontal)
        .bar_width(1)
        .bar_gap(0)
        .max(WHOLE)
        .data(BarGroup::default().bars(&bars));
    frame.render_widget(chart, below);
}

/// The weeks of the month, the oldest at the left.
fn by_week(desk: &Desk, rates: &figures::Rates, which: Which, area: Rect, theme: &Theme, frame: &mut Frame) {
    let heading = Rect { height: 1.min(area.height), ..area };
    let words = desk.say(t("按周 (周一起)", "By week (from Monday)"));
    rows::lines(&[Line::styled(words, theme.accent())], heading, frame);
    let weeks = u16::try_from(rates.weeks.len().max(1)).unwrap_or(1);
    let all = rates.all.rate(which);
    let bars: Vec<Bar> = rates
        .weeks
        .iter()
        .map(|week| {
            let rate = week.three.rate(which);
            bar(rate, week.monday.format("%m-%d").to_string(), rate.percent(), style(rate, all, theme), theme)
        })
        .collect();
    let below = Rect { y: heading.y + heading.height, height: area.height - heading.height, ..area };
    let chart = BarChart::default()
        .bar_width((area.width / weeks).saturating_sub(1).clamp(1, 7))
        .bar_gap(1)
        .max(WHOLE)
        .data(BarGroup::default().bars(&bars));
    frame.render_widget(chart, below);
}
