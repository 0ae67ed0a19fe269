//! Lists of those whom no mail reaches: who is to be called, who has no contact
//! that works, who was told; and the buttons to mark what came of it.

use super::hidden;
use crate::html::*;
use crate::render::{Cx, Fields};
use domain::{CallOutcome, CallStanding, Coded};
use service::{CallRow, Callee, Failure, Tried};

/// What a form marks: whom, and what came of it; none takes a mark back.
///
/// # Errors
/// [`Failure::NotFound`] for what is no mark.
pub(crate) fn call_mark(fields: &Fields) -> Result<(Callee, Option<CallOutcome>), Failure> {
    let who = Callee::parse(&fields.text("call")).ok_or(Failure::NotFound)?;
    let outcome = match fields.text("outcome").as_str() {
        "" => None,
        code => Some(CallOutcome::from_code(code).ok_or(Failure::NotFound)?),
    };
    Ok((who, outcome))
}

/// Those on a list, each with the name as the page shows it, parted by where
/// they stand; nothing without anybody. `name` and `other` head the columns.
pub(crate) fn call_list(
    cx: &Cx,
    name: &'static str,
    other: &'static str,
    rows: Vec<(&CallRow, AnyView)>,
) -> Option<AnyView> {
    if rows.is_empty() {
        return None;
    }
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let told = rows.iter().map(|(row, _)| row);
    let told = told
        .filter(|row| row.standing == CallStanding::Told)
        .count();
    let args = [
        ("left", number(rows.len() - told).into()),
        ("all", number(rows.len()).into()),
    ];
    let lead = cx.say_with("change-calls-lead", &args);
    let [mut to_call, mut silent, mut done] = [Vec::new(), Vec::new(), Vec::new()];
    for (row, name) in rows {
        let part = match row.standing {
            CallStanding::ToCall => &mut to_call,
            CallStanding::NoContact => &mut silent,
            CallStanding::Told => &mut done,
        };
        part.push(call(cx, row, name, other).into_any());
    }
    let hint = (!silent.is_empty())
        .then(|| view! { <p class="hint">{cx.say("calls-no-contact-lead")}</p> });
    let tables = view! {
        <p>{lead}</p>
        {table(cx, None, name, other, to_call)}
        {table(cx, Some("calls-no-contact"), name, other, silent)}
        {hint}
        {table(cx, Some("calls-told"), name, other, done)}
    };
    Some(tables.into_any())
}

fn table(
    cx: &Cx,
    caption: Option<&'static str>,
    name: &'static str,
    other: &'static str,
    rows: Vec<AnyView>,
) -> Option<AnyView> {
    if rows.is_empty() {
        return None;
    }
    let caption = caption.map(|words| view! { <caption>{cx.say(words)}</caption> });
    let table = view! {
        <table class="table table--cards">
            {caption}
            <thead>
                <tr>
                    <th scope="col">{cx.say(name)}</th>
                    <th scope="col">{cx.say("change-call-phone")}</th>
                    <th scope="col">{cx.say(other)}</th>
                    <th scope="col">{cx.say("calls-mark")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    };
    Some(table.into_any())
}

fn call(cx: &Cx, row: &CallRow, name: AnyView, other: &'static str) -> impl IntoView + use<> {
    let marked = row.marked.map(|(outcome, at)| {
        let args = [
            ("outcome", cx.words.term(outcome).into()),
            ("at", cx.words.stamp(at).into()),
        ];
        view! { <p>{cx.say_with("calls-marked", &args)}</p> }
    });
    let (about, beside) = match row.who {
        Callee::Contact(_) => (row.establishment.clone(), row.full_name.clone()),
        _ => (row.full_name.clone(), row.establishment.clone()),
    };
    let is = row.marked.map(|(outcome, _)| outcome);
    let button = |code: &'static str, words: String| {
        view! {
            <button class="button button--secondary" type="submit" name="outcome" value=code>
                {words}<span class="visually-hidden">": "{about.clone()}</span>
            </button>
        }
        .into_any()
    };
    let settled = row.standing == CallStanding::Told;
    let mut buttons: Vec<AnyView> = CallOutcome::ALL
        .iter()
        // Another wrong number is that of who registered them.
        .filter(|outcome| {
            let again = **outcome == CallOutcome::WrongNumber && row.tried() == Some(Tried::Via);
            !settled && (is != Some(**outcome) || again)
        })
        .map(|outcome| button(outcome.code(), cx.words.term(*outcome)))
        .collect();
    if is.is_some() {
        buttons.push(button("", cx.say("calls-undo")));
    }
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td data-label=cx.say("change-call-phone")><span>{phone(cx, row)}</span></td>
            <td data-label=cx.say(other)>{beside}</td>
            <td>
                {marked}
                <form method="post" class="row">
                    {hidden("call", &row.who.code())}
                    {buttons}
                </form>
            </td>
        </tr>
    }
}

/// The own number, or that of whoever registered them where it is wrong; one
/// that is wrong is struck out.
fn phone(cx: &Cx, row: &CallRow) -> AnyView {
    let number = |phone: &str, fails: bool| {
        let said = domain::Phone::national(phone);
        if fails {
            let wrong = cx.say("calls-wrong");
            view! { <del class="nowrap">{said}</del>" "<span class="muted">{wrong}</span>" " }
                .into_any()
        } else {
            let href = format!("tel:{phone}");
            view! { <a class="nowrap" href=href>{said}</a> }.into_any()
        }
    };
    let own = row
        .phone
        .as_ref()
        .map(|phone| number(phone, row.phone_fails));
    let needs_other = row.phone.is_none() || row.phone_fails;
    let via = row
        .via
        .as_ref()
        .filter(|_| needs_other)
        .map(|(name, phone)| {
            let via = cx.say_with("change-call-via", &[("name", name.into())]);
            view! { {number(phone, row.via_fails)}" "<span class="muted">{via}</span> }.into_any()
        });
    match (own, via) {
        (None, None) => cx.say("change-call-no-phone").into_any(),
        (own, via) => view! { {own}{via} }.into_any(),
    }
}
