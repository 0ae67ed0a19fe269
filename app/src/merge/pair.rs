//! Two rows side by side, and what to make of them.

use super::PATH;
use crate::html::*;
use crate::render::Cx;
use crate::ui::state_badge;
use domain::{Coded, LikenessNoun, LikenessState, Phone, TaxCode};
use service::{LikePair, LikeSide};

/// A pair: with a choice for all that differs while it is open.
pub(super) fn view(cx: &Cx, pair: &LikePair, state: LikenessState) -> impl IntoView + use<> {
    let id = pair.row.id;
    let open = state == LikenessState::Open;
    let noun = cx.words.term(*pair.row.noun);
    let heading = format!("{noun}: {}", pair.first.name);
    let lines = match *pair.row.noun {
        LikenessNoun::Person => person(cx, pair, open),
        LikenessNoun::Establishment => establishment(cx, pair, open),
    };
    let reason = cx.words.term(*pair.row.reason);
    let decided = pair.row.decided_at.map(|at| {
        let at = [("at", cx.words.stamp(at).into())];
        view! { <p class="muted">{cx.say_with("merge-decided", &at)}</p> }
    });
    let named = |words: String| {
        let name = pair.first.name.clone();
        view! { {words}<span class="visually-hidden">": "{name}</span> }
    };
    let (action, buttons) = if open {
        let buttons = view! {
            <button class="button" type="submit" name="act" value="merge">{named(cx.say("merge-act"))}</button>
            <button class="button button--secondary" type="submit" name="act" value="apart">
                {named(cx.say("merge-apart"))}
            </button>
        };
        (format!("{PATH}/{id}"), buttons.into_any())
    } else {
        let button = view! {
            <button class="button button--secondary" type="submit">{named(cx.say("merge-undo"))}</button>
        };
        (format!("{PATH}/{id}/undo"), button.into_any())
    };
    view! {
        <h2>{heading}</h2>
        <p>{reason}</p>
        {decided}
        <form method="post" action=action>
            <input type="hidden" name="noun" value=pair.row.noun.code() />
            <table class="table table--cards table--pair">
                <thead>
                    <tr>
                        <td></td>
                        <th scope="col">{cx.say("merge-first")}</th>
                        <th scope="col">{cx.say("merge-second")}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
            <div class="form-actions">{buttons}</div>
        </form>
    }
}

fn person(cx: &Cx, pair: &LikePair, open: bool) -> Vec<AnyView> {
    let phone = |side: &LikeSide| side.phone.as_deref().map(Phone::national);
    let (first, second) = (&pair.first, &pair.second);
    let name = [Some(first.name.clone()), Some(second.name.clone())];
    let place = [
        Some(first.establishment.clone()),
        Some(second.establishment.clone()),
    ];
    let email = [first.email.clone(), second.email.clone()];
    [
        line(cx, "keep_name", cx.say("field-full_name"), name, open),
        line(
            cx,
            "keep_phone",
            cx.say("field-phone"),
            [phone(first), phone(second)],
            open,
        ),
        line(cx, "keep_email", cx.say("field-email"), email, open),
        line(
            cx,
            "keep_establishment",
            cx.say("field-establishment"),
            place,
            open,
        ),
        Some(cells(
            cx,
            cx.say("merge-workshops"),
            [workshops(cx, first), workshops(cx, second)],
        )),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn establishment(cx: &Cx, pair: &LikePair, open: bool) -> Vec<AnyView> {
    let sides = [&pair.first, &pair.second];
    let names = sides.map(|side| Some(side.name.clone()));
    let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let count =
        |of: fn(&LikeSide) -> u64| sides.map(|side| cx.words.number(number(of(side))).into_any());
    [
        line(cx, "keep_name", cx.say("field-establishment"), names, open),
        line(
            cx,
            "",
            cx.say("merge-tax-code"),
            sides.map(|side| side.tax_code.as_deref().map(TaxCode::spaced)),
            false,
        ),
        line(
            cx,
            "",
            cx.say("field-locality"),
            sides.map(|side| Some(side.locality.clone())),
            false,
        ),
        Some(cells(
            cx,
            cx.say("establishments-registrations"),
            count(|side| side.registrations),
        )),
        Some(cells(
            cx,
            cx.say("invite-title"),
            count(|side| side.invitations),
        )),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The workshops of a person, each with what became of it.
fn workshops(cx: &Cx, side: &LikeSide) -> AnyView {
    let items: Vec<_> = side
        .workshops
        .iter()
        .map(|(workshop, state, came)| {
            let came = came.then(|| format!(" · {}", cx.say("merge-came")));
            let title = LikeSide::title(workshop, cx.lang()).to_owned();
            view! { <p>{title}" "{state_badge(cx, *state)}{came}</p> }
        })
        .collect();
    items.into_any()
}

/// A line of values: where both sides have one and they differ, a choice. None
/// where neither has any.
fn line(
    cx: &Cx,
    name: &'static str,
    label: String,
    values: [Option<String>; 2],
    open: bool,
) -> Option<AnyView> {
    let is_blank = |value: &Option<String>| value.as_deref().is_none_or(str::is_empty);
    if values.iter().all(is_blank) {
        return None;
    }
    let is_first = |code: &str| code == "first";
    let differ = open && values.iter().all(Option::is_some) && values[0] != values[1];
    let mut codes = ["first", "second"].into_iter();
    let said = label.clone();
    let sides = values.map(|value| {
        let code = codes.next().unwrap_or_default();
        let value = value.unwrap_or_default();
        if !differ {
            return value.into_any();
        }
        let spoken = format!("{said}: {value}");
        view! {
            <label class="choice">
                <input type="radio" name=name value=code checked=is_first(code) aria-label=spoken />
                <span>{value}</span>
            </label>
        }
        .into_any()
    });
    Some(cells(cx, label, sides))
}

fn cells(cx: &Cx, label: String, sides: [AnyView; 2]) -> AnyView {
    let [first, second] = sides;
    view! {
        <tr>
            <th scope="row">{label}</th>
            <td data-label=cx.say("merge-first")><div>{first}</div></td>
            <td data-label=cx.say("merge-second")><div>{second}</div></td>
        </tr>
    }
    .into_any()
}
