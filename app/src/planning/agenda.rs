//! A month as a list of the days on which something takes place.

use super::page::{Shown, session};
use crate::html::*;
use crate::render::Cx;
use crate::ui::{badge, tone};
use chrono::{Datelike, NaiveDate};
use domain::midnight;

pub(super) fn view(cx: &Cx, shown: &Shown, class: &'static str) -> AnyView {
    let days: Vec<_> = shown
        .month
        .weeks()
        .into_iter()
        .flatten()
        .filter(|date| shown.month.contains(*date))
        .filter(|date| shown.on(*date).next().is_some())
        .map(|date| day(cx, shown, date))
        .collect();
    if days.is_empty() {
        return ().into_any();
    }
    view! { <div class=class>{days}</div> }.into_any()
}

fn day(cx: &Cx, shown: &Shown, date: NaiveDate) -> AnyView {
    let free = (date.weekday().number_from_monday() > 5)
        .then(|| badge(tone::NEUTRAL, cx.say("planning-weekend")));
    let today = (date == shown.today).then(|| badge(tone::INFO, cx.say("planning-today")));
    let sessions: Vec<_> = shown.on(date).map(|one| session(cx, one)).collect();
    view! {
        <section>
            <h2 class="row"><span>{cx.words.day(midnight(date))}</span>{today}{free}</h2>
            <ul class="planned-list">{sessions}</ul>
        </section>
    }
    .into_any()
}
