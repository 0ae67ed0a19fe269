//! People who came unregistered: three fields, and a phone for those who have
//! the time.

use super::shown::Found;
use super::{ask, page};
use crate::html::*;
use crate::render::{Cx, Fields, Oops};
use crate::ui::{Choices, Field, error_summary};
use axum::extract::Path;
use axum::response::Response;
use domain::{ChosenSession, Coded, DelegateRole, Problems, WalkInForm};
use service::{Conflict, Failure, WalkingIn, WhoCame};

/// `POST /door/{slug}/walk-in`
pub(super) async fn add(
    cx: Cx,
    Path(slug): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let form = WalkInForm {
        full_name: fields.text("full_name"),
        establishment: fields.text("establishment"),
        role: fields.text("role"),
        phone: fields.text("phone"),
    };
    let over = fields.text("over") == "on";
    let chosen = page::at(&fields).ok().and_then(|at| at.chosen);
    let who = who_came(&fields.text("who")).ok_or(Failure::NotFound)?;
    let nonce = Some(fields.text("nonce")).filter(|nonce| !nonce.is_empty());
    let nonce = nonce.map(|nonce| format!("{nonce}-walk-in"));
    let mut asked = Asked {
        over: if over { Over::Ticked } else { Over::Unasked },
        likely: Vec::new(),
        who,
    };
    match ask::likely(&cx, &slug, chosen, &form).await {
        Ok(likely) => asked.likely = likely,
        Err(Failure::Invalid(problems)) => {
            return page::show_refused(&cx, &slug, chosen, &form, &problems, asked).await;
        }
        Err(failure) => return Err(failure.into()),
    }
    // Nobody is taken for somebody else unasked.
    if who == WhoCame::Judged && !asked.likely.is_empty() {
        // Sent twice, the form finds the one whom it has just added.
        if let Some(nonce) = &nonce
            && let Some(screen) = ask::walked_in(&cx, &slug, chosen, nonce).await?
        {
            return page::show(&cx, &slug, chosen, Some(screen)).await;
        }
        let why = cx.say("door-likely-why");
        return page::show_asked(&cx, &slug, chosen, &form, asked, why).await;
    }
    let how = WalkingIn { over, who, nonce };
    match ask::walk_in(&cx, &slug, chosen, &form, how).await {
        Ok(screen) => page::show(&cx, &slug, chosen, Some(screen)).await,
        Err(Failure::Invalid(problems)) => {
            page::show_refused(&cx, &slug, chosen, &form, &problems, asked).await
        }
        // Asked once: whoever stands in the room has come.
        Err(Failure::Conflict(Conflict::Full)) => {
            asked.over = Over::Asked;
            let why = cx.say("conflict-full");
            page::show_asked(&cx, &slug, chosen, &form, asked, why).await
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Who the walk-in is of those registered, as the form says it; none for what
/// no form says.
pub(super) fn who_came(said: &str) -> Option<WhoCame> {
    match said {
        "" => Some(WhoCame::Judged),
        "another" => Some(WhoCame::Another),
        id => id.parse().ok().map(WhoCame::Registered),
    }
}

/// Whether one more than there are seats is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Over {
    /// Nobody was asked.
    #[default]
    Unasked,
    /// To be ticked.
    Asked,
    /// Was ticked.
    Ticked,
}

/// What is asked about a walk-in, and what was said.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    pub(super) over: Over,
    /// Who is registered and may be the one, by the key of the registration.
    pub(super) likely: Vec<(i64, Found)>,
    pub(super) who: WhoCame,
}

impl Asked {
    /// Whether anything is.
    pub(super) fn anything(&self) -> bool {
        self.over != Over::Unasked || !self.likely.is_empty()
    }
}

/// The form, below the search.
pub(super) fn form_view(
    cx: &Cx,
    slug: &str,
    (session, chosen): (i64, Option<ChosenSession>),
    form: &WalkInForm,
    problems: &Problems,
    asked: &Asked,
) -> AnyView {
    let instead_of = chosen.map_or_else(String::new, |chosen| chosen.instead_of.to_string());
    let action = format!("/door/{slug}/walk-in");
    let roles = DelegateRole::ALL
        .iter()
        .map(|role| (role.code().to_owned(), cx.words.term(*role)))
        .collect();
    // What is typed here is about somebody else than whose browser this is.
    let line = |name, label, value: &str| {
        Field::line(cx, problems, name, label, value).autocomplete("off")
    };
    let phone = line("phone", "field-phone", &form.phone)
        .kind(crate::ui::Kind::Line("tel"))
        .optional(cx)
        .short();
    let phone_open = !form.phone.is_empty();
    view! {
        <section aria-labelledby="walk-in">
            <h2 id="walk-in">{cx.say("door-walk-in-title")}</h2>
            {error_summary(cx, problems)}
            <form method="post" action=action novalidate>
                {line("full_name", "field-full_name", &form.full_name).view()}
                {line("establishment", "field-establishment", &form.establishment).view()}
                {Choices::one(cx, problems, "role", "field-role", &form.role, roles).view()}
                <details open=phone_open>
                    <summary>{cx.say("door-walk-in-phone")}</summary>
                    {phone.view()}
                </details>
                <input type="hidden" name="nonce" value=cx.services.nonce() />
                {likely_view(cx, asked)}
                {over_view(cx, asked.over)}
                <input type="hidden" name="session" value=session />
                <input type="hidden" name="instead_of" value=instead_of />
                <p class="form-actions">
                    <button class="button button--secondary" type="submit">{cx.say("door-walk-in-act")}</button>
                </p>
            </form>
        </section>
    }
    .into_any()
}

/// Who it may be of those registered; nobody is chosen beforehand.
fn likely_view(cx: &Cx, asked: &Asked) -> Option<AnyView> {
    if asked.likely.is_empty() {
        return None;
    }
    let choice = |value: String, chosen: bool, words: String, more: String| {
        let id = format!("who-{value}");
        view! {
            <label class="choice" for=id.clone()>
                <input id=id.clone() type="radio" name="who" value=value checked=chosen required />
                <span>{words}<br /><span class="muted small">{more}</span></span>
            </label>
        }
    };
    let people: Vec<_> = asked
        .likely
        .iter()
        .map(|(id, found)| {
            let chosen = asked.who == WhoCame::Registered(*id);
            let since = found.since.clone().unwrap_or_else(|| found.state.clone());
            let more = format!("{} · {since}", found.about);
            choice(id.to_string(), chosen, found.name.clone(), more)
        })
        .collect();
    let chosen = asked.who == WhoCame::Another;
    let words = cx.say("door-likely-another");
    let another = choice("another".to_owned(), chosen, words, String::new());
    Some(
        view! {
            <fieldset class="notice notice--wait" id="who">
                <legend>{cx.say("door-likely")}</legend>
                {people}
                {another}
            </fieldset>
        }
        .into_any(),
    )
}

fn over_view(cx: &Cx, over: Over) -> Option<impl IntoView + use<>> {
    (over != Over::Unasked).then(|| {
        view! {
            <div class="notice notice--wait">
                <p>{cx.say("conflict-full")}</p>
                <label class="choice">
                    <input id="over" type="checkbox" name="over" value="on" checked=over == Over::Ticked />
                    <span>{cx.say("people-over-allow")}</span>
                </label>
            </div>
        }
    })
}
