//! A look at what an act comes to, and the act.

use super::asked::Asked;
use super::list::{self, Ticked};
use super::{address, decided};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{Field, Kind, error_summary, hidden, state_badge};
use axum::extract::Path;
use axum::http::Uri;
use axum::response::Response;
use domain::{Coded, MessageForm, PeopleAct, Problems, RegistrationState, Step};
use service::{Chosen, DecisionForm, DecisionPreview, Failure, PersonRow};

/// What a form sent for the deed.
#[derive(Clone, Debug, Default)]
struct Sheet {
    over: bool,
    message: MessageForm,
    /// Names this message, so that sending it twice writes once.
    request: String,
    problems: Problems,
}

/// `GET` of what only a form leads to.
pub(super) async fn back(Path(slug): Path<String>) -> Response {
    see_other(&address(&slug))
}

/// `POST /manage/workshops/{slug}/people/decide`: a look at what the act comes
/// to for those chosen; with `confirm` the act itself.
pub(super) async fn decide(
    cx: Cx,
    Path(slug): Path<String>,
    uri: Uri,
    fields: Fields,
) -> Result<Response, Oops> {
    let Some(act) = PeopleAct::from_code(&fields.text("act")) else {
        return Ok(see_other(&address(&slug)));
    };
    let asked = Asked::of(&uri, &fields);
    let seen = fields.text("seen");
    let ids: Vec<i64> = if seen.is_empty() {
        fields.all("id").filter_map(|id| id.parse().ok()).collect()
    } else {
        let seen = domain::read_seen(&seen).into_iter();
        seen.map(|(id, _)| id).collect()
    };
    let mut sheet = Sheet {
        over: fields.ticked("over"),
        message: MessageForm {
            subject: fields.text("subject"),
            text: fields.text("message"),
        },
        request: fields.text("request"),
        problems: Problems::default(),
    };
    if fields.ticked("confirm") {
        match carry_out(&cx, &slug, act, seen, &sheet).await {
            Err(Failure::Invalid(problems)) => sheet.problems = problems,
            Err(failure) => return Err(failure.into()),
            Ok(done) => return decided::answer(&cx, &slug, act, done).await,
        }
    }
    let chosen = if fields.ticked("all") {
        Chosen::Found(asked.query.clone())
    } else {
        Chosen::Ticked(ids.clone())
    };
    let preview = cx
        .services
        .preview_decision(&cx.actor, &slug, act, &chosen)
        .await;
    match preview {
        Ok(preview) => Ok(show(&cx, act, preview, sheet).await),
        Err(Failure::Invalid(problems)) => {
            let ticked = Ticked {
                ids: ids.into_iter().collect(),
                problems,
            };
            list::show(&cx, &slug, asked, ticked, None).await
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn carry_out(
    cx: &Cx,
    slug: &str,
    act: PeopleAct,
    seen: String,
    sheet: &Sheet,
) -> Result<service::DecisionDone, Failure> {
    let (services, actor) = (&cx.services, &cx.actor);
    if act == PeopleAct::Message {
        let (message, request) = (&sheet.message, &sheet.request);
        services
            .message_people(actor, slug, &seen, message, request)
            .await
    } else {
        let over = sheet.over;
        services
            .decide_people(actor, slug, &DecisionForm { act, seen, over })
            .await
    }
}

async fn show(cx: &Cx, act: PeopleAct, preview: DecisionPreview, sheet: Sheet) -> Response {
    let title = match act {
        PeopleAct::Approve => cx.say("people-approve-title"),
        PeopleAct::Decline => cx.say("people-decline-title"),
        PeopleAct::Seat => cx.say("people-seat-title"),
        PeopleAct::Cancel => cx.say("people-cancel-title"),
        PeopleAct::Message => cx.say("people-message-title"),
    };
    let page = Page::staff(&title).checked(&sheet.problems);
    let inner = cx.clone();
    cx.show(page, move || body(&inner, act, title, &preview, &sheet))
        .await
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn body(
    cx: &Cx,
    act: PeopleAct,
    title: String,
    preview: &DecisionPreview,
    sheet: &Sheet,
) -> impl IntoView + use<> {
    let path = address(&preview.view.row.slug);
    let concerned = match act {
        PeopleAct::Message => preview.rows.len(),
        _ => preview.fitting(),
    };
    let rows: Vec<_> = preview
        .rows
        .iter()
        .map(|(row, step)| person(cx, act, row, *step).into_any())
        .collect();
    let action = format!("{path}/decide");
    // A message is what those get whom mail reaches.
    let pressed = match act {
        PeopleAct::Message => concerned.saturating_sub(preview.to_call(act)),
        _ => concerned,
    };
    let form = (pressed > 0).then(|| {
        view! {
            <form method="post" action=action novalidate>
                {hidden("act", act.code())}
                {hidden("seen", &preview.seen)}
                {over(cx, preview, sheet)}
                {message(cx, act, sheet)}
                <div class="form-actions">
                    {confirm(cx, act, pressed)}
                    <a class="button button--quiet" href=path>{cx.say("people-decide-back")}</a>
                </div>
            </form>
        }
    });
    let nobody = (pressed == 0).then(|| {
        let path = address(&preview.view.row.slug);
        let words = match act {
            PeopleAct::Message => "people-message-nobody",
            _ => "people-fits-nobody",
        };
        view! {
            <p>{cx.say(words)}</p>
            <p><a href=path>{cx.say("people-decide-back")}</a></p>
        }
    });
    view! {
        {error_summary(cx, &sheet.problems)}
        <h1>{title}</h1>
        <p>{preview.view.title(cx.lang()).to_owned()}</p>
        {outcomes(cx, act, preview, concerned)}
        {form}
        {nobody}
        <h2>{cx.say("people-decide-who")}</h2>
        <table class="table table--cards">
            <thead>
                <tr>
                    <th scope="col">{cx.say("field-full_name")}</th>
                    <th scope="col">{cx.say("field-establishment")}</th>
                    <th scope="col">{cx.say("manage-contact")}</th>
                    <th scope="col">{cx.say("manage-state")}</th>
                    <th scope="col">{cx.say("people-becomes")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// In numbers: who becomes what, who stays, who is to be called.
fn outcomes(
    cx: &Cx,
    act: PeopleAct,
    preview: &DecisionPreview,
    concerned: usize,
) -> impl IntoView + use<> {
    let mut lines = Vec::new();
    for state in RegistrationState::ALL {
        let becomes = |step: &Option<Step>| step.is_some_and(|step| step.becomes == *state);
        let count = preview.rows.iter().filter(|(_, step)| becomes(step));
        let count = number(count.count());
        if count > 0 {
            let state = cx.words.term(*state);
            let args = [("number", count.into()), ("state", state.into())];
            lines.push(cx.say_with("people-become", &args));
        }
    }
    let stay = preview.rows.len() - concerned;
    if stay > 0 {
        lines.push(cx.say_with("people-stay", &[("number", number(stay).into())]));
    }
    let reached = concerned.saturating_sub(preview.to_call(act));
    lines.push(cx.say_with("people-mailed", &[("number", number(reached).into())]));
    let calls = preview.to_call(act);
    if calls > 0 {
        lines.push(cx.say_with("people-to-call", &[("number", number(calls).into())]));
    }
    let lines: Vec<_> = lines
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
        .collect();
    (concerned > 0).then(|| view! { <ul>{lines}</ul> })
}

/// More people than seats: said, and allowed by a tick alone.
fn over(cx: &Cx, preview: &DecisionPreview, sheet: &Sheet) -> Option<impl IntoView + use<>> {
    (preview.over > 0).then(|| {
        let args = [
            ("over", preview.over.into()),
            ("capacity", preview.view.capacity().into()),
        ];
        let problem = sheet.problems.of("over").map(|_| cx.say("people-over-tick"));
        let problem = problem.map(|words| view! { <p class="problem" id="over-problem">{words}</p> });
        let described = problem.is_some().then_some("over-problem");
        view! {
            <div class="notice notice--wait">
                <p>{cx.say_with("people-over", &args)}</p>
                {problem}
                <label class="choice">
                    <input id="over" type="checkbox" name="over" value="on" checked=sheet.over aria-describedby=described />
                    <span>{cx.say("people-over-allow")}</span>
                </label>
            </div>
        }
    })
}

fn message(cx: &Cx, act: PeopleAct, sheet: &Sheet) -> Option<impl IntoView + use<>> {
    (act == PeopleAct::Message).then(|| {
        let request = if sheet.request.is_empty() {
            cx.services.nonce()
        } else {
            sheet.request.clone()
        };
        let (form, problems) = (&sheet.message, &sheet.problems);
        view! {
            {hidden("request", &request)}
            {Field::line(cx, problems, "subject", "field-subject", &form.subject).view()}
            {Field::line(cx, problems, "message", "field-message", &form.text)
                .hint(cx.say("people-message-hint")).kind(Kind::Lines(8)).view()}
        }
    })
}

fn confirm(cx: &Cx, act: PeopleAct, concerned: usize) -> impl IntoView + use<> {
    let args = [("number", number(concerned).into())];
    let (class, words) = match act {
        PeopleAct::Approve => ("button", cx.say_with("people-approve-act", &args)),
        PeopleAct::Decline => (
            "button button--danger",
            cx.say_with("people-decline-act", &args),
        ),
        PeopleAct::Seat => ("button", cx.say_with("people-seat-act", &args)),
        PeopleAct::Cancel => (
            "button button--danger",
            cx.say_with("people-cancel-act", &args),
        ),
        PeopleAct::Message => ("button", cx.say_with("people-message-act", &args)),
    };
    view! { <button class=class type="submit" name="confirm" value="on">{words}</button> }
}

fn person(cx: &Cx, act: PeopleAct, row: &PersonRow, step: Option<Step>) -> impl IntoView + use<> {
    let becomes = match step {
        Some(step) => state_badge(cx, step.becomes).into_any(),
        None if act == PeopleAct::Message => ().into_any(),
        None => view! { <span class="muted">{cx.say("people-stays")}</span> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row">{row.full_name.clone()}</th>
            <td data-label=cx.say("field-establishment")>{row.establishment.clone()}</td>
            <td data-label=cx.say("manage-contact")><span>{super::row::contact(cx, row)}</span></td>
            <td data-label=cx.say("manage-state")><span>{state_badge(cx, row.state)}</span></td>
            <td data-label=cx.say("people-becomes")><span>{becomes}</span></td>
        </tr>
    }
}
