//! The large numbers: attendances toward the target, persons, and beside them
//! what became of the registrations.

use crate::html::*;
use crate::render::Cx;
use domain::Funnel;
use service::Summary;

/// Attendances with a meter toward the target, and persons: two numbers. Large
/// is what two persons signed; what is provisional stands beside it.
pub(super) fn headline(cx: &Cx, summary: &Summary) -> impl IntoView + use<> {
    let number = |number: u32| cx.words.number(number.into());
    let (came, target) = (summary.tally.attendances, summary.target);
    let verified = summary.verified.attendances.min(came);
    let of = cx.say_with(
        "programme-attendances-of",
        &[("target", number(target).into())],
    );
    let said = cx.say_with(
        "programme-meter",
        &[
            ("came", number(came).into()),
            ("target", number(target).into()),
            ("verified", number(verified).into()),
        ],
    );
    let persons = summary.tally.persons;
    let signed = summary.verified.persons.min(persons);
    let beside = |all: u32, signed: u32| {
        let more = [("number", number(all - signed).into())];
        (all > signed).then(|| {
            let words = cx.say_with("programme-provisional-more", &more);
            view! { <span class="big-number__provisional">{words}</span> }
        })
    };
    view! {
        <div class="split">
            <div>
                <p class="big-number">
                    <span class="big-number__value">{number(verified)}</span>" "
                    <span class="big-number__of">{of}</span>" "
                    {beside(came, verified)}
                </p>
                {meter(said, verified, came, target)}
                {key(cx, verified, came)}
                <p class="muted small">{cx.say("programme-attendances-hint")}</p>
            </div>
            <div>
                <p class="big-number">
                    <span class="big-number__value">{number(signed)}</span>" "
                    <span class="big-number__of">{cx.say("programme-persons-of")}</span>" "
                    {beside(persons, signed)}
                </p>
                <p class="muted small">{cx.say("programme-persons-hint")}</p>
            </div>
        </div>
    }
}

/// How far it is: solid what two persons signed, hatched what is provisional.
/// Past the target, a mark shows where that was.
fn meter(said: String, verified: u32, came: u32, target: u32) -> impl IntoView + use<> {
    let whole = came.max(target).max(1);
    let (solid, width) = (percent(verified, whole), percent(came, whole));
    let hatched = (came > verified).then(|| {
        view! { <rect class="meter__hatched" width=width height="100%" fill="url(#provisional)" /> }
    });
    let mark = (came > target && target > 0).then(|| {
        let at = percent(target, whole);
        view! { <line class="meter__mark" x1=at.clone() x2=at y1="0" y2="100%" /> }
    });
    view! {
        <svg class="meter" role="img" aria-label=said>
            {hatch()}
            <rect class="meter__track" width="100%" height="100%" />
            {hatched}
            <rect class="meter__solid" width=solid height="100%" />
            {mark}
        </svg>
    }
}

/// The lines of what is provisional.
fn hatch() -> impl IntoView {
    view! {
        <defs>
            <pattern id="provisional" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <rect class="meter__hatch-ground" width="8" height="8" />
                <rect class="meter__hatch" width="4" height="8" />
            </pattern>
        </defs>
    }
}

/// What is solid and what is hatched, with the numbers.
fn key(cx: &Cx, verified: u32, came: u32) -> impl IntoView + use<> {
    let number = |number: u32| cx.words.number(number.into());
    let solid = cx.say_with("programme-verified", &[("number", number(verified).into())]);
    let hatched = cx.say_with(
        "programme-provisional",
        &[("number", number(came - verified).into())],
    );
    view! {
        <p class="small">
            <svg class="meter meter--key" aria-hidden="true">
                <rect class="meter__solid" width="100%" height="100%" />
            </svg>
            {solid}" · "
            <svg class="meter meter--key" aria-hidden="true">
                <rect class="meter__hatched" width="100%" height="100%" fill="url(#provisional)" />
            </svg>
            {hatched}
        </p>
    }
}

/// Says that the breakdowns count what is provisional too, when some is.
pub(super) fn of_all(cx: &Cx, summary: &Summary) -> Option<impl IntoView + use<>> {
    (summary.verified.attendances != summary.tally.attendances)
        .then(|| view! { <p class="muted small">{cx.say("programme-of-all")}</p> })
}

/// A width in an SVG.
pub(super) fn percent(part: u32, whole: u32) -> String {
    format!("{:.1}%", f64::from(part) * 100.0 / f64::from(whole.max(1)))
}

/// What became of the registrations: beside the attendances, never added.
pub(super) fn funnel(cx: &Cx, summary: &Summary, organizes: bool) -> impl IntoView + use<> {
    let funnel = &summary.funnel;
    let figures = [
        (funnel.registered, cx.say("programme-registered")),
        (funnel.attended, cx.say("programme-attended")),
        (funnel.substituted, cx.say("programme-substituted")),
        (funnel.cancelled, cx.say("programme-cancelled")),
        (funnel.no_shows, cx.say("programme-no-shows")),
        (funnel.not_seated, cx.say("programme-not-seated")),
    ];
    let figures: Vec<_> = figures
        .into_iter()
        .map(|(number, label)| figure(cx, number, label))
        .collect();
    view! {
        <h2 class="no-print">{cx.say("programme-funnel")}</h2>
        <p class="muted small no-print">{cx.say("programme-funnel-hint")}</p>
        {of_all(cx, summary)}
        <p class="print-only"><strong>{cx.say("programme-funnel")}</strong></p>
        <div class="figure-row">{figures}</div>
        <div>
            <p>{sum(cx, funnel, summary.tally.officials)}{upcoming(cx, summary.upcoming, organizes)}</p>
        </div>
    }
}

fn figure(cx: &Cx, number: u32, label: String) -> impl IntoView + use<> {
    view! {
        <p class="big-number">
            <span class="big-number__value">{cx.words.number(number.into())}</span>" "
            <span class="big-number__label">{label}</span>
        </p>
    }
}

/// The line that adds up to the attendances.
fn sum(cx: &Cx, funnel: &Funnel, officials: u32) -> String {
    let number = |number: u32| cx.words.number(number.into());
    let args = [
        ("attended", number(funnel.attended).into()),
        ("substitutes", number(funnel.substitutes).into()),
        ("walkins", number(funnel.walk_ins).into()),
        ("came", number(funnel.came()).into()),
        ("officials", number(officials).into()),
        (
            "counted",
            number(funnel.came().saturating_sub(officials)).into(),
        ),
    ];
    if officials > 0 {
        cx.say_with("programme-sum-officials", &args)
    } else {
        cx.say_with("programme-sum", &args)
    }
}

/// Registrations for workshops still to come stand apart.
fn upcoming(cx: &Cx, number: u32, organizes: bool) -> Option<impl IntoView + use<>> {
    (number > 0).then(|| {
        let words = cx.say_with("programme-upcoming", &[("number", number.into())]);
        let words = if organizes {
            view! { <a href="/manage/workshops?phase=upcoming">{words}</a> }.into_any()
        } else {
            words.into_any()
        };
        view! { " "{words} }
    })
}
