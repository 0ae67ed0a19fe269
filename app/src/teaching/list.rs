//! Who teaches which session, what they answered, and asking another.

use super::ask::{form, typed};
use super::{path, state_badge};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{badge, error_summary, notice, tone};
use crate::workshops::tabs;
use axum::extract::Path;
use axum::http::Uri;
use axum::response::Response;
use domain::{Problems, Reason, TeachForm, TeachingState};
use service::entity::teaching;
use service::{Clash, Failure, SessionTeachings, Teachings, TrainerChoice};

/// `GET /manage/workshops/{slug}/trainers`
pub(super) async fn show(cx: Cx, Path(slug): Path<String>, uri: Uri) -> Result<Response, Oops> {
    let query = Fields::of_query(uri.query());
    // Who stands in the agenda is chosen already.
    let chosen = TeachForm {
        session: query.text("session"),
        trainer_id: query.text("trainer_id"),
        ..TeachForm::default()
    };
    let done = query.text("done");
    page(&cx, &slug, chosen, Problems::default(), &done).await
}

/// `POST /manage/workshops/{slug}/trainers`
pub(super) async fn ask(
    cx: Cx,
    Path(slug): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let typed = typed(&fields);
    match cx.services.ask_to_teach(&cx.actor, &slug, &typed).await {
        Ok(()) => Ok(see_other(&format!("{}?done=asked", path(&slug)))),
        Err(Failure::Invalid(problems)) => page(&cx, &slug, typed, problems, "").await,
        Err(failure) => Err(failure.into()),
    }
}

async fn page(
    cx: &Cx,
    slug: &str,
    typed: TeachForm,
    problems: Problems,
    done: &str,
) -> Result<Response, Oops> {
    let data = cx.services.teachings_of(&cx.actor, slug).await?;
    let taken = problems.of("trainer_id") == Some(&Reason::TrainerTaken) || typed.allow_clash;
    let session = data
        .view
        .sessions
        .iter()
        .find(|each| each.id.to_string() == typed.session.trim());
    let trainer: Option<i64> = typed.trainer_id.trim().parse().ok();
    let clashes = match session.filter(|_| taken) {
        Some(session) => {
            let found = cx.services.clashes_of_trainers(&cx.actor, session, trainer);
            found.await?
        }
        None => Vec::new(),
    };
    let title = data.view.title(cx.lang());
    let title = cx.say_with("teach-page", &[("title", title.into())]);
    let page = Page::staff(&title).checked(&problems);
    let said = match done {
        "asked" => Some(("teach-done-asked-title", "teach-done-asked")),
        "withdrawn" => Some(("teach-done-withdrawn-title", "teach-done-withdrawn")),
        _ => None,
    };
    let inner = cx.clone();
    Ok(cx
        .show(page, move || {
            body(&inner, &data, &typed, &problems, &clashes, said)
        })
        .await)
}

fn body(
    cx: &Cx,
    data: &Teachings,
    typed: &TeachForm,
    problems: &Problems,
    clashes: &[Clash],
    said: Option<(&'static str, &'static str)>,
) -> impl IntoView + use<> {
    let said = said.map(|(title, text)| notice(tone::OK, cx.say(title), cx.say(text)));
    let sessions: Vec<_> = data
        .sessions
        .iter()
        .map(|each| session(cx, data, each).into_any())
        .collect();
    view! {
        {error_summary(cx, problems)}
        {said}
        <h1>{data.view.title(cx.lang()).to_owned()}</h1>
        {tabs(cx, &data.view.row.slug, "trainers")}
        {sessions}
        {form(cx, data, typed, problems, clashes)}
    }
}

fn session(cx: &Cx, data: &Teachings, each: &SessionTeachings) -> impl IntoView + use<> {
    let period = cx
        .words
        .period(each.session.starts_at, each.session.ends_at);
    let items: Vec<_> = each
        .asked
        .iter()
        .map(|(row, trainer)| item(cx, data, each, row, trainer).into_any())
        .chain(
            each.named
                .iter()
                .map(|trainer| named(cx, data, each, trainer).into_any()),
        )
        .collect();
    let list = if items.is_empty() {
        view! { <div class="empty"><p>{cx.say("teach-nobody")}</p></div> }.into_any()
    } else {
        view! { <ul class="list">{items}</ul> }.into_any()
    };
    view! {
        <h2>{period}</h2>
        <p class="muted">{data.view.place_of(&each.session, cx.lang())}</p>
        {list}
    }
}

fn item(
    cx: &Cx,
    data: &Teachings,
    each: &SessionTeachings,
    row: &teaching::Model,
    trainer: &TrainerChoice,
) -> impl IntoView + use<> {
    let expected = expected(cx, each, row);
    let absent = (each.open && !each.in_agenda.contains(&row.trainer_id)).then(|| {
        let slug = &data.view.row.slug;
        let href = format!(
            "/manage/workshops/{slug}/sessions/{}/agenda",
            each.session.id
        );
        let words = cx.say("teach-not-in-agenda");
        view! { <p class="muted">{words}" "<a href=href>{cx.say("teach-to-agenda")}</a></p> }
    });
    let absent = absent.filter(|_| *row.state != TeachingState::Declined);
    let by_phone = (!trainer.has_email && each.open)
        .then(|| view! { <p class="muted">{cx.say("teach-no-email")}</p> });
    let answered = row.answered_at.map(|at| {
        let at = cx.words.stamp(at);
        view! { <p class="muted">{cx.say_with("teach-answered-at", &[("at", at.into())])}</p> }
    });
    let href = format!("{}/{}/withdraw", path(&data.view.row.slug), row.id);
    let name = trainer.name.clone();
    let withdraw = each.open.then(|| {
        view! {
            <a class="button button--quiet" href=href>
                {cx.say("teach-withdraw")} <span class="visually-hidden">": "{name}</span>
            </a>
        }
    });
    view! {
        <li class="list__item">
            <div class="list__body">
                <h3>{trainer.name.clone()}</h3>
                {expected}
                {absent}
                {by_phone}
                {answered}
            </div>
            <div class="list__side">{state_badge(cx, *row.state)}{withdraw}</div>
        </li>
    }
}

/// Who stands in the agenda and has not been asked, with the way to ask.
fn named(
    cx: &Cx,
    data: &Teachings,
    each: &SessionTeachings,
    trainer: &TrainerChoice,
) -> impl IntoView + use<> {
    let ask = each.open.then(|| {
        let page = path(&data.view.row.slug);
        let href = format!(
            "{page}?session={}&trainer_id={}#ask",
            each.session.id, trainer.id
        );
        let name = trainer.name.clone();
        view! {
            <a class="button button--secondary" href=href>
                {cx.say("teach-ask-named")} <span class="visually-hidden">": "{name}</span>
            </a>
        }
    });
    view! {
        <li class="list__item">
            <div class="list__body">
                <h3>{trainer.name.clone()}</h3>
                <p class="muted">{cx.say("teach-in-agenda")}</p>
            </div>
            <div class="list__side">{badge(tone::WAIT, cx.say("teach-unasked"))}{ask}</div>
        </li>
    }
}

/// What is expected, by when, and what was brought.
fn expected(cx: &Cx, each: &SessionTeachings, row: &teaching::Model) -> impl IntoView + use<> {
    let what = (!row.expected.is_empty()).then(|| view! { <p>{row.expected.clone()}</p> });
    let late = each.lacks(row, cx.services.clock().now());
    let late = late.then(|| badge(tone::BAD, cx.say("teach-late")));
    let by = row.expected_by.map(|by| {
        let by = cx.words.stamp(by);
        view! { <p>{cx.say_with("teach-by", &[("at", by.into())])} " " {late}</p> }
    });
    let brought = each
        .brought
        .get(&row.id)
        .copied()
        .filter(|number| *number > 0);
    let brought = brought.map(|number| {
        let words = cx.say_with("trainer-files", &[("number", number.into())]);
        view! { <p>{badge(tone::OK, words)}</p> }
    });
    view! { {what}{by}{brought} }
}
