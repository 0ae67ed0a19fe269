//! Year by year: planned, done, and the difference.

use super::PATH;
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page};
use crate::ui::done;
use axum::http::Uri;
use axum::response::Response;
use domain::Act;
use service::PlanYear;

/// `GET /programme/plan`
pub(super) async fn plan(cx: Cx, uri: Uri) -> Result<Response, Oops> {
    let years = cx.services.annual_plans(&cx.actor).await?;
    let said = match Fields::of_query(uri.query()).text("done").as_str() {
        "saved" => Some(("plan-saved-title", "plan-saved")),
        "removed" => Some(("plan-removed-title", "plan-removed")),
        _ => None,
    };
    let title = cx.say("plan-title");
    let page = Page::staff(&title).wide();
    let inner = cx.clone();
    Ok(cx
        .show(page, move || body(&inner, title, &years, said))
        .await)
}

fn body(
    cx: &Cx,
    title: String,
    years: &[PlanYear],
    said: Option<(&'static str, &'static str)>,
) -> impl IntoView + use<> {
    let edits = cx.actor.may(Act::EditProgramme);
    let said = said.map(|(title, words)| done(cx.say(title), cx.say(words), None));
    let add = edits.then(|| {
        view! {
            <p class="no-print"><a class="button" href="/programme/plan/new">{cx.say("plan-add")}</a></p>
        }
    });
    let content = if years.is_empty() {
        view! { <div class="empty"><p>{cx.say("plan-empty")}</p></div> }.into_any()
    } else {
        table(cx, years, edits)
    };
    view! {
        {said}
        <h1>{title}</h1>
        <p class="lead">{cx.say("plan-lead")}</p>
        {add}
        {content}
        <p class="no-print"><a href="/programme">{cx.say("plan-to-programme")}</a></p>
    }
}

fn table(cx: &Cx, years: &[PlanYear], edits: bool) -> AnyView {
    let rows: Vec<_> = years.iter().map(|one| row(cx, one, edits)).collect();
    let plans = || years.iter().filter_map(|one| one.plan.as_ref());
    let planned = plans().map(|plan| plan.workshops).sum();
    let delegates = plans().map(|plan| plan.delegates).sum();
    let held = years.iter().map(|one| one.held).sum();
    let attendances = years.iter().map(|one| one.attendances).sum();
    let total = [
        Some(planned),
        Some(held),
        Some(held - planned),
        Some(delegates),
        Some(attendances),
        Some(attendances - delegates),
    ];
    view! {
        <table class="table table--cards table--wrap">
            <thead>
                <tr>
                    <th scope="col">{cx.say("field-plan_year")}</th>
                    {numbers_head(cx)}
                    <th scope="col">{cx.say("field-plan_funding")}</th>
                    <th scope="col">{cx.say("field-plan_note")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
            <tfoot>
                <tr>
                    <th scope="row">{cx.say("plan-total")}</th>
                    {numbers(cx, total)}
                    <td></td>
                    <td></td>
                </tr>
            </tfoot>
        </table>
    }
    .into_any()
}

/// What the six numbers of a row are.
const NUMBERS: [&str; 6] = [
    "field-plan_workshops",
    "plan-held",
    "plan-workshops-more",
    "field-plan_delegates",
    "plan-attendances",
    "plan-delegates-more",
];

fn numbers_head(cx: &Cx) -> AnyView {
    let heads = NUMBERS.map(|key| view! { <th scope="col" class="num">{cx.say(key)}</th> });
    heads.into_iter().collect::<Vec<_>>().into_any()
}

/// Six cells; a difference bears its sign, and what was not planned is empty.
fn numbers(cx: &Cx, values: [Option<i64>; 6]) -> AnyView {
    let cells = NUMBERS.iter().zip(values).map(|(key, value)| {
        let words = value.map(|value| {
            let sign = if key.ends_with("-more") && value > 0 {
                "+"
            } else {
                ""
            };
            format!("{sign}{}", cx.words.number(value))
        });
        view! { <td class="num" data-label=cx.say(key)>{words}</td> }
    });
    cells.collect::<Vec<_>>().into_any()
}

fn row(cx: &Cx, one: &PlanYear, edits: bool) -> AnyView {
    let plan = one.plan.as_ref();
    let year = one.year.to_string();
    let head = match plan {
        Some(plan) if edits => {
            let href = format!("{PATH}/{}", plan.id);
            let said = cx.say_with("plan-edit-year", &[("year", (&year).into())]);
            view! { <a href=href aria-label=said>{year}</a> }.into_any()
        }
        None if edits => {
            let href = format!("{PATH}/new?year={year}");
            let said = cx.say_with("plan-add-year", &[("year", (&year).into())]);
            view! { <span>{year}" "<a class="nowrap" href=href aria-label=said>{cx.say("plan-add-short")}</a></span> }.into_any()
        }
        _ => view! { <span>{year}</span> }.into_any(),
    };
    let values = [
        plan.map(|plan| plan.workshops),
        Some(one.held),
        one.workshops_more(),
        plan.map(|plan| plan.delegates),
        Some(one.attendances),
        one.delegates_more(),
    ];
    // An empty cell takes no line on a phone.
    let given = |words: &String| (!words.is_empty()).then(|| words.clone());
    let funding = plan.and_then(|plan| given(&plan.funding));
    let note = plan.and_then(|plan| given(&plan.note));
    view! {
        <tr>
            <th scope="row">{head}</th>
            {numbers(cx, values)}
            <td data-label=cx.say("field-plan_funding")>{funding}</td>
            <td data-label=cx.say("field-plan_note")>{note}</td>
        </tr>
    }
    .into_any()
}
