//! The workshops of the programme with their registrations and attendances.

use crate::render::Cx;
use crate::ui::phase_badge;
use domain::{Funnel, Phase};
use leptos::prelude::*;
use service::{Headcount, WorkshopView};

type Counted = (WorkshopView, Headcount);

/// All workshops; those that have begun add up to the figures above.
pub(super) fn table(cx: &Cx, workshops: &[Counted], organizes: bool) -> impl IntoView + use<> {
    let rows: Vec<_> = workshops
        .iter()
        .map(|counted| row(cx, counted, organizes).into_any())
        .collect();
    let mut begun = Funnel::default();
    workshops
        .iter()
        .filter(|(view, _)| has_begun(view))
        .for_each(|(_, headcount)| begun.merge(headcount.funnel));
    let (registered, attended) = (
        cx.say("programme-registered"),
        cx.say("programme-attendances"),
    );
    let all = organizes.then(|| {
        view! { <p class="no-print"><a href="/manage/workshops">{cx.say("programme-all-workshops")}</a></p> }
    });
    view! {
        <h2 class="no-print" id="workshops">{cx.say("programme-workshops")}</h2>
        <table class="table table--cards">
            <thead>
                <tr>
                    <th scope="col">{cx.say("programme-workshop")}</th>
                    <th scope="col">{cx.say("programme-date")}</th>
                    <th scope="col">{cx.say("programme-state")}</th>
                    <th scope="col" class="num">{registered.clone()}</th>
                    <th scope="col" class="num">{attended.clone()}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
            <tfoot>
                <tr>
                    <th scope="row" colspan="3">{cx.say("programme-total-begun")}</th>
                    <td class="num" data-label=registered>{cx.words.number(begun.registered.into())}</td>
                    <td class="num" data-label=attended>{cx.words.number(begun.came().into())}</td>
                </tr>
            </tfoot>
        </table>
        {all}
    }
}

fn has_begun(view: &WorkshopView) -> bool {
    matches!(view.phase, Phase::Running | Phase::Held)
}

fn row(cx: &Cx, (view, headcount): &Counted, organizes: bool) -> impl IntoView + use<> {
    let title = view.title(cx.lang()).to_owned();
    let href = format!("/manage/workshops/{}", view.row.slug);
    let count = |number: u32, part: &str| {
        let words = cx.words.number(number.into());
        if organizes && number > 0 {
            let href = format!("{href}/people?state={part}");
            view! { <span><a href=href>{words}</a></span> }.into_any()
        } else {
            words.into_any()
        }
    };
    let funnel = &headcount.funnel;
    let registered = count(funnel.registered, "registered");
    let attended = if has_begun(view) || funnel.came() > 0 {
        count(funnel.came(), "attended")
    } else {
        "–".into_any()
    };
    let title = if organizes {
        view! { <a href=href>{title}</a> }.into_any()
    } else {
        title.into_any()
    };
    view! {
        <tr>
            <th scope="row">{title}</th>
            <td data-label=cx.say("programme-date")><time>{cx.words.stamp(view.starts_at())}</time></td>
            <td data-label=cx.say("programme-state")>
                <span class="no-print">{phase_badge(cx, view.phase)}</span>
                <span class="print-only">{cx.words.term(view.phase)}</span>
            </td>
            <td class="num" data-label=cx.say("programme-registered")>{registered}</td>
            <td class="num" data-label=cx.say("programme-attendances")>{attended}</td>
        </tr>
    }
}
