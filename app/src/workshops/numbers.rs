//! A workshop's people in numbers, each a link to who they are.

use super::cockpit_path;
use crate::html::*;
use crate::render::Cx;
use domain::{Funnel, PeopleFilter, Phase};
use service::{Cockpit, WorkshopView};

/// Seats before the day; once somebody has come, what became of them.
pub(super) fn view(cx: &Cx, cockpit: &Cockpit) -> Option<impl IntoView + use<>> {
    if cockpit.view.phase == Phase::Draft {
        return None;
    }
    let funnel = &cockpit.headcount.funnel;
    let begun = cockpit.view.phase.has_begun();
    let after = (begun || funnel.came() > 0).then(|| after(cx, cockpit));
    Some(view! {
        <h2>{cx.say("manage-numbers-title")}</h2>
        {before(cx, cockpit)}
        {after}
    })
}

fn before(cx: &Cx, cockpit: &Cockpit) -> impl IntoView + use<> {
    let seats = &cockpit.headcount.seats;
    let of = cx.say_with("manage-of-seats", &[("capacity", seats.capacity.into())]);
    let funnel = &cockpit.headcount.funnel;
    let undecided = seats.requested + seats.offered + seats.waiting;
    let refused = funnel.not_seated.saturating_sub(undecided);
    let mut figures = vec![
        (PeopleFilter::Booked, seats.booked, Some(of)),
        (PeopleFilter::Waitlisted, seats.waiting, None),
        (PeopleFilter::Registered, funnel.registered, None),
        (PeopleFilter::Cancelled, funnel.cancelled, None),
    ];
    // What is none most of the time stands there when it is some.
    let others = [
        (PeopleFilter::Requested, seats.requested, None),
        (PeopleFilter::Offered, seats.offered, None),
        (PeopleFilter::Declined, refused, None),
        (PeopleFilter::Substituted, funnel.substituted, None),
    ];
    figures.extend(others.into_iter().filter(|(_, number, _)| *number > 0));
    row(cx, cockpit, figures)
}

/// Who came, and the line that adds up.
fn after(cx: &Cx, cockpit: &Cockpit) -> impl IntoView + use<> {
    let funnel = &cockpit.headcount.funnel;
    let figures = vec![
        (PeopleFilter::Attended, funnel.came(), None),
        (PeopleFilter::Absent, funnel.no_shows, None),
        (PeopleFilter::Substitute, funnel.substitutes, None),
        (PeopleFilter::WalkIn, funnel.walk_ins, None),
    ];
    let sum = (funnel.came() > 0).then(|| sum(cx, funnel));
    view! {
        {row(cx, cockpit, figures)}
        {sum}
    }
}

fn sum(cx: &Cx, funnel: &Funnel) -> impl IntoView + use<> {
    let words = cx.say_with(
        "manage-sum",
        &[
            ("attended", funnel.attended.into()),
            ("substitutes", funnel.substitutes.into()),
            ("walkins", funnel.walk_ins.into()),
            ("came", funnel.came().into()),
        ],
    );
    view! { <p>{words}</p> }
}

fn row(
    cx: &Cx,
    cockpit: &Cockpit,
    figures: Vec<(PeopleFilter, u32, Option<String>)>,
) -> impl IntoView + use<> {
    let figures: Vec<_> = figures
        .into_iter()
        .map(|(part, number, of)| figure(cx, &cockpit.view, part, number, of))
        .collect();
    view! { <div class="figure-row">{figures}</div> }
}

/// A number with what it counts; a link to the people, where there are some.
fn figure(
    cx: &Cx,
    view: &WorkshopView,
    part: PeopleFilter,
    number: u32,
    of: Option<String>,
) -> AnyView {
    let of = of.map(|of| view! { " "<span class="big-number__of">{of}</span> });
    let figure = view! {
        <span class="big-number__value">{cx.words.number(number.into())}</span>
        {of}" "
        <span class="big-number__label">{part_words(cx, view, part)}</span>
    };
    if number == 0 {
        return view! { <p class="big-number">{figure}</p> }.into_any();
    }
    let href = format!("{}/people?state={part}", cockpit_path(&view.row.slug));
    view! { <a class="big-number" href=href>{figure}</a> }.into_any()
}

/// What a part of the people is called: while a workshop runs, who is not
/// there may still come.
pub(crate) fn part_words(cx: &Cx, view: &WorkshopView, part: PeopleFilter) -> String {
    if part == PeopleFilter::Absent && view.phase == Phase::Running {
        cx.say("manage-not-here-yet")
    } else {
        cx.words.term(part)
    }
}
