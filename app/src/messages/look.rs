//! A look before a message leaves: exactly how many, exactly who, and the mails
//! exactly as some of them get them; and a trial.

use super::make::Sheet;
use super::{address, form, said};
use crate::html::*;
use crate::render::{Cx, Page};
use crate::ui::{done, error_summary_named, hidden};
use axum::response::Response;
use domain::{CampaignState, Coded, Timing};
use service::{CampaignPlan, PersonRow, Sample};

pub(super) async fn show(cx: &Cx, plan: CampaignPlan, sheet: Sheet) -> Response {
    let title = cx.say("messages-look-title");
    let page = Page::staff(&title).checked(&sheet.problems);
    // Nothing leaves by another language: the act does not go along.
    let page = page.again(cx.path.clone(), sheet.pairs());
    let inner = cx.clone();
    cx.show(page, move || body(&inner, title, &plan, &sheet))
        .await
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn body(cx: &Cx, title: String, plan: &CampaignPlan, sheet: &Sheet) -> impl IntoView + use<> {
    let leave = address(&plan.view.row.slug);
    let now = plan.message.timing == Timing::Now;
    let (starts, ends) = (plan.view.starts_at(), plan.view.ends_at());
    let when = said::when(
        cx,
        plan.message.timing,
        plan.message.timing.due_at(starts, ends),
    );
    let later = (!now).then(|| view! { <p class="hint">{cx.say("messages-look-now")}</p> });
    let tried = sheet.tried.as_ref().map(|address| {
        let text = cx.say_with("templates-trial-done-text", &[("address", address.into())]);
        done(cx.say("templates-trial-done"), text, None)
    });
    // What can be wrong here is who gets it, not what was chosen.
    let label = |field: &str| (field == "states").then(|| cx.say("messages-recipients"));
    let samples: Vec<_> = plan.samples.iter().map(|one| sample(cx, one)).collect();
    view! {
        {error_summary_named(cx, &sheet.problems, &label)}
        {tried}
        <h1 id="states">{title}</h1>
        <p>{plan.view.title(cx.lang()).to_owned()}</p>
        {numbers(cx, plan)}
        <p><strong>{when}</strong></p>
        {later}
        <dl class="facts">{said::facts(cx, &plan.view, &plan.message, plan.establishment.clone())}</dl>
        <form method="post" novalidate>
            {hidden("request", &sheet.request)}
            {hidden("seen", &plan.seen)}
            {hidden("nonce", &cx.services.nonce())}
            {form::kept(&sheet.form)}
            <div class="form-actions">
                {confirm(cx, plan, sheet)}
                <button class="button button--secondary" type="submit" name="trial" value="on" aria-describedby="trial-hint">
                    {cx.say("templates-trial")}
                </button>
                <button class="button button--secondary" type="submit" name="back" value="on">{cx.say("messages-back")}</button>
                <a class="button button--quiet" href=leave>{cx.say("messages-leave")}</a>
            </div>
            <p class="hint" id="trial-hint">{cx.say("templates-trial-hint")}</p>
        </form>
        {samples}
        {people(cx, plan)}
    }
}

/// One mail as it is sent.
fn sample(cx: &Cx, sample: &Sample) -> AnyView {
    let args = [
        ("name", (&sample.to).into()),
        ("lang", cx.words.term(sample.lang).into()),
    ];
    let lang = sample.lang.code();
    view! {
        <h2>{cx.say_with("messages-look-sample", &args)}</h2>
        <p lang=lang><strong>{sample.subject.clone()}</strong></p>
        <pre class="copy-box" lang=lang>{sample.text.clone()}</pre>
    }
}

/// What leaves now to nobody is not offered.
fn confirm(cx: &Cx, plan: &CampaignPlan, sheet: &Sheet) -> Option<AnyView> {
    let now = plan.message.timing == Timing::Now;
    let (mailed, calls) = (number(plan.mailed.len()), number(plan.calls.len()));
    let words = match (now, mailed, calls) {
        (false, ..) if sheet.stands(CampaignState::Held) => cx.say("messages-hold-act"),
        (false, ..) => cx.say("messages-schedule-act"),
        (true, 0, 0) => return None,
        (true, 0, calls) => cx.say_with("messages-call-act", &[("number", calls.into())]),
        (true, mailed, _) => cx.say_with("messages-send-act", &[("number", mailed.into())]),
    };
    let button =
        view! { <button class="button" type="submit" name="confirm" value="on">{words}</button> };
    Some(button.into_any())
}

fn numbers(cx: &Cx, plan: &CampaignPlan) -> AnyView {
    let mailed = plan.mailed.len();
    let mut lines = Vec::new();
    let mut line = |key: &str, count: i64| {
        lines.push(cx.say_with(key, &[("number", count.into())]));
    };
    if mailed > 0 {
        line("messages-look-mailed", number(mailed));
    }
    if usize::try_from(plan.mails).is_ok_and(|mails| mails < mailed) {
        line("messages-look-mails", plan.mails.into());
    }
    if !plan.calls.is_empty() {
        line("messages-look-calls", number(plan.calls.len()));
    }
    if !plan.left_out.is_empty() {
        line("messages-look-left-out", number(plan.left_out.len()));
    }
    if lines.is_empty() {
        return view! { <p>{cx.say("messages-look-nobody")}</p> }.into_any();
    }
    let lines: Vec<_> = lines
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
        .collect();
    view! { <ul>{lines}</ul> }.into_any()
}

/// Exactly who, and how each is told or why not.
fn people(cx: &Cx, plan: &CampaignPlan) -> Option<AnyView> {
    let row = |row: &PersonRow, how: String| {
        view! {
            <tr>
                <th scope="row">{row.full_name.clone()}</th>
                <td data-label=cx.say("field-establishment")>{row.establishment.clone()}</td>
                <td data-label=cx.say("messages-how") class="wrap-anywhere">{how}</td>
            </tr>
        }
        .into_any()
    };
    let mailed = plan.mailed.iter();
    let mut rows: Vec<AnyView> = mailed
        .map(|one| row(one, one.email.clone().unwrap_or_default()))
        .collect();
    let calls = plan.calls.iter();
    rows.extend(calls.map(|one| row(one, cx.say("messages-how-call"))));
    let left_out = plan.left_out.iter();
    rows.extend(left_out.map(|(one, why)| row(one, cx.words.term(*why))));
    if rows.is_empty() {
        return None;
    }
    let table = view! {
        <h2>{cx.say("messages-look-who")}</h2>
        <table class="table table--cards">
            <thead>
                <tr>
                    <th scope="col">{cx.say("field-full_name")}</th>
                    <th scope="col">{cx.say("field-establishment")}</th>
                    <th scope="col">{cx.say("messages-how")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    };
    Some(table.into_any())
}
