//! A month as a table, a week a row.

use super::page::{Shown, session};
use crate::html::*;
use crate::render::Cx;
use crate::ui::{badge, tone};
use chrono::{Datelike, NaiveDate};

pub(super) fn view(cx: &Cx, shown: &Shown) -> AnyView {
    let heads: Vec<_> = (1..=7).map(|number| head(cx, number)).collect();
    let weeks: Vec<_> = shown
        .month
        .weeks()
        .into_iter()
        .map(|week| {
            let days: Vec<_> = week.into_iter().map(|date| day(cx, shown, date)).collect();
            view! { <tr>{days}</tr> }
        })
        .collect();
    let caption = cx.say_with(
        "planning-caption",
        &[("month", cx.words.month(shown.month).into())],
    );
    view! {
        <table class="month">
            <caption class="visually-hidden">{caption}</caption>
            <thead><tr>{heads}</tr></thead>
            <tbody>{weeks}</tbody>
        </table>
    }
    .into_any()
}

/// A day of the week; that two of them are free is said in words.
fn head(cx: &Cx, number: u32) -> AnyView {
    let words = cx.say(&format!("weekday-{number}"));
    let free = (number > 5)
        .then(|| view! { <span class="month__free">{cx.say("planning-weekend")}</span> });
    view! { <th scope="col">{words}" "{free}</th> }.into_any()
}

fn day(cx: &Cx, shown: &Shown, date: NaiveDate) -> AnyView {
    let mut class = "month__day".to_owned();
    if !shown.month.contains(date) {
        class.push_str(" month__day--other");
    }
    if date.weekday().number_from_monday() > 5 {
        class.push_str(" month__day--free");
    }
    let today = (date == shown.today).then(|| {
        class.push_str(" month__day--today");
        badge(tone::INFO, cx.say("planning-today"))
    });
    let number = if shown.month.contains(date) {
        date.day().to_string()
    } else {
        format!("{}/{}", date.day(), date.month())
    };
    let sessions: Vec<_> = shown.on(date).map(|one| session(cx, one)).collect();
    let sessions =
        (!sessions.is_empty()).then(|| view! { <ul class="planned-list">{sessions}</ul> });
    view! {
        <td class=class>
            <p class="month__number"><time datetime=date.to_string()>{number}</time>" "{today}</p>
            {sessions}
        </td>
    }
    .into_any()
}
