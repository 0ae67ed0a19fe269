//! The workshops of the programme with their registrations and attendances.

use crate::html::*;
use crate::render::Cx;
use crate::ui::phase_badge;
use domain::{Funnel, Phase};
use service::{Headcount, WorkshopView};

type Counted = (WorkshopView, Headcount);

/// Workshops that are printed; the sheet has room for no more.
const PRINTED: usize = 10;

/// All workshops; those that have begun add up to the figures above. On paper
/// the latest alone, with the earlier ones in one row.
pub(super) fn table(cx: &Cx, workshops: &[Counted], organizes: bool) -> impl IntoView + use<> {
    let mut paper = 0;
    let (mut all, mut earlier) = (Funnel::default(), Funnel::default());
    let mut rows = Vec::new();
    for (view, headcount) in workshops {
        let counted = headcount.funnel.counted(view.phase);
        all.merge(counted);
        paper += usize::from(!matches!(view.phase, Phase::Draft | Phase::Cancelled));
        let printed = paper <= PRINTED && !matches!(view.phase, Phase::Draft | Phase::Cancelled);
        if !printed {
            earlier.merge(counted);
        }
        rows.push(row(cx, view, headcount, organizes, printed));
    }
    let earlier = (paper > PRINTED).then(|| earlier_row(cx, paper - PRINTED, &earlier));
    let link = organizes.then(|| {
        view! { <p class="no-print"><a href="/manage/workshops">{cx.say("programme-all-workshops")}</a></p> }
    });
    view! {
        <h2 class="no-print" id="workshops">{cx.say("programme-workshops")}</h2>
        <table class="table table--cards">
            {head(cx)}
            <tbody>{rows}{earlier}</tbody>
            <tfoot>
                <tr>
                    <th scope="row" colspan="3">{cx.say("programme-total-begun")}</th>
                    <td class="num" data-label=cx.say("programme-registered")>{cx.words.number(all.registered.into())}</td>
                    <td class="num" data-label=cx.say("programme-attendances")>{cx.words.number(all.came().into())}</td>
                </tr>
            </tfoot>
        </table>
        {link}
    }
}

fn head(cx: &Cx) -> AnyView {
    view! {
        <thead>
            <tr>
                <th scope="col">{cx.say("programme-workshop")}</th>
                <th scope="col">{cx.say("programme-date")}</th>
                <th scope="col">{cx.say("programme-state")}</th>
                <th scope="col" class="num">{cx.say("programme-registered")}</th>
                <th scope="col" class="num">{cx.say("programme-attendances")}</th>
            </tr>
        </thead>
    }
    .into_any()
}

fn earlier_row(cx: &Cx, number: usize, earlier: &Funnel) -> AnyView {
    let number = i64::try_from(number).unwrap_or(i64::MAX);
    let words = cx.say_with("programme-earlier", &[("number", number.into())]);
    view! {
        <tr class="print-only">
            <th scope="row" colspan="3">{words}</th>
            <td class="num">{cx.words.number(earlier.registered.into())}</td>
            <td class="num">{cx.words.number(earlier.came().into())}</td>
        </tr>
    }
    .into_any()
}

fn row(
    cx: &Cx,
    view: &WorkshopView,
    headcount: &Headcount,
    organizes: bool,
    printed: bool,
) -> AnyView {
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
    let attended = if view.phase.has_begun() || funnel.came() > 0 {
        count(funnel.came(), "attended")
    } else {
        "–".into_any()
    };
    let title = if organizes {
        view! { <a href=href>{title}</a> }.into_any()
    } else {
        title.into_any()
    };
    let class = (!printed).then_some("no-print");
    view! {
        <tr class=class>
            <th scope="row">{title}</th>
            <td data-label=cx.say("programme-date")><time>{cx.words.stamp(view.starts_at())}</time></td>
            <td data-label=cx.say("programme-state")>
                <span class="no-print">{phase_badge(cx, view.phase)}</span>
                <span class="print-only nowrap">{cx.words.term(view.phase)}</span>
            </td>
            <td class="num" data-label=cx.say("programme-registered")>{registered}</td>
            <td class="num" data-label=cx.say("programme-attendances")>{attended}</td>
        </tr>
    }
    .into_any()
}
