//! The log of a workshop: who did what, and what changed.

use super::{heading, tabs};
use crate::html::*;
use crate::render::{Cx, Oops, Page};
use crate::ui::{named, shortened};
use axum::extract::Path;
use axum::response::Response;
use domain::{
    Act, AttendanceState, CampaignEnd, CancelRule, CertificateRule, Coded, DelegateRole,
    MaterialKind, MaterialTiming, MaterialVisibility, PeopleAct, Refusal, RegistrationMode, Sector,
    Settlement, TeachingState, WorkshopFormat, WorkshopKind, WorkshopState,
};
use service::{Change, LogActor, LogLine, LogValue, WorkshopView};

/// The longest text that is shown whole.
const LONGEST: usize = 120;

/// `GET /manage/workshops/{slug}/log`
pub(crate) async fn log(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    let view = cx
        .services
        .staff_workshop(&cx.actor, Act::ReadLog, &slug)
        .await?;
    let lines = cx.services.workshop_log(&cx.actor, view.row.id).await?;
    let title = cx.say_with(
        "manage-log-page",
        &[("title", view.title(cx.lang()).into())],
    );
    let page = Page::staff(&title);
    let inner = cx.clone();
    Ok(cx.show(page, move || body(&inner, &view, &lines)).await)
}

fn body(cx: &Cx, view: &WorkshopView, lines: &[LogLine]) -> impl IntoView + use<> {
    let items: Vec<_> = lines
        .iter()
        .map(|line| item(cx, view, line).into_any())
        .collect();
    let list = if items.is_empty() {
        view! { <div class="empty"><p>{cx.say("manage-log-empty")}</p></div> }.into_any()
    } else {
        view! { <ol class="timeline">{items}</ol> }.into_any()
    };
    view! {
        <h1>{view.title(cx.lang()).to_owned()}</h1>
        {tabs(cx, &view.row.slug, "log")}
        {list}
    }
}

fn item(cx: &Cx, view: &WorkshopView, line: &LogLine) -> impl IntoView + use<> {
    let who = match &line.who {
        LogActor::System => cx.say("manage-log-system"),
        // A phone at the door is added by whoever opens the link.
        LogActor::Public if line.deed == "add_device" => cx.say("manage-log-volunteer"),
        LogActor::Public if line.deed == "answer_teaching" => cx.say("field-trainer_id"),
        LogActor::Public => cx.say("manage-log-public"),
        LogActor::Token => cx.say("manage-log-token"),
        LogActor::Device(name) => cx.say_with("keys-device", &[("name", name.into())]),
        LogActor::Account(name) => name.clone(),
    };
    let deed = cx.say(&format!("deed-{}", line.deed));
    let deed = match &line.person {
        Some(name) => format!("{deed}: {name}"),
        None => deed,
    };
    let changes: Vec<_> = line
        .changes
        .iter()
        .filter_map(|one| change(cx, view, one))
        .map(|words| view! { <p class="muted">{words}</p> })
        .collect();
    view! {
        <li>
            <time>{cx.words.stamp(line.at)}</time>
            <span class="timeline__who">{who}</span>
            <div class="timeline__what">
                <p>{deed}</p>
                {changes}
            </div>
        </li>
    }
}

/// One change in words; nothing for what only machines read.
fn change(cx: &Cx, view: &WorkshopView, change: &Change) -> Option<String> {
    if change.field == "session" {
        return session(cx, view, change);
    }
    let field = field(cx, &change.field)?;
    let said = |value: &LogValue| spoken(cx, &change.field, value);
    let args = |from: String, to: String| {
        [
            ("field", (&field).into()),
            ("from", from.into()),
            ("to", to.into()),
        ]
    };
    Some(match (&change.before, &change.after) {
        (Some(before), Some(after)) => {
            cx.say_with("manage-log-changed", &args(said(before), said(after)))
        }
        (Some(before), None) => {
            cx.say_with("manage-log-removed", &args(said(before), String::new()))
        }
        (None, Some(after)) => cx.say_with("manage-log-set", &args(String::new(), said(after))),
        (None, None) => return None,
    })
}

/// Which session a deed was about, while the workshop has it.
fn session(cx: &Cx, view: &WorkshopView, change: &Change) -> Option<String> {
    let Some(LogValue::Number(id)) = change.after.as_ref().or(change.before.as_ref()) else {
        return None;
    };
    let found = view.sessions.iter().find(|session| session.id == *id)?;
    let period = cx.words.period(found.starts_at, found.ends_at);
    Some(format!("{}, {period}", heading(cx, found)))
}

/// What a value is called; the fields of the form by their labels.
fn field(cx: &Cx, name: &str) -> Option<String> {
    Some(match name {
        "state" => cx.say("manage-state"),
        "teaching" => cx.say("teach-answer"),
        "size" => cx.say("manage-log-size"),
        "booked" => cx.say("manage-log-booked"),
        "clashes" => cx.say("manage-log-clashes"),
        "copy_of" => cx.say("manage-log-copy_of"),
        "agenda_items" => cx.say("manage-log-agenda_items"),
        "recipients" => cx.say("manage-log-recipients"),
        "materials" => cx.say("manage-log-materials"),
        "question" => cx.say("field-question"),
        "subject" => cx.say("field-subject"),
        "why" => cx.say("field-reason"),
        "people" => cx.say("manage-log-people"),
        "sheet" => cx.say("attend-sheet"),
        "reason" => cx.say("field-reason"),
        "settlement" => cx.say("conflicts-settlement"),
        "over" => cx.say("manage-log-over"),
        "refusal" => cx.say("manage-log-refusal"),
        "scanned_at" => cx.say("manage-log-scanned_at"),
        "act" => cx.say("manage-log-act"),
        "title_vi" | "title_en" | "summary_vi" | "summary_en" | "kind" | "capacity"
        | "opens_at" | "closes_at" | "room" | "address" | "starts_at" | "ends_at" | "accounts"
        | "file" | "code" | "roles" | "sectors" | "format" | "online_link" | "minimum"
        | "minimum_by" | "mode" | "offer_hours" | "cancel_rule" | "cancel_until"
        | "certificate_rule" | "late_after" | "attended_share" | "material_title_vi"
        | "material_title_en" | "material_kind" | "rights" | "visibility" | "timing" => {
            cx.say(&format!("field-{name}"))
        }
        _ => return None,
    })
}

fn spoken(cx: &Cx, field: &str, value: &LogValue) -> String {
    match value {
        LogValue::Time(at) => cx.words.stamp(*at),
        LogValue::Number(bytes) if field == "size" => cx.words.size(*bytes),
        LogValue::Number(number) => cx.words.number(*number),
        LogValue::Text(code) => {
            let term = match field {
                "kind" => WorkshopKind::from_code(code).map(|kind| cx.words.term(kind)),
                "state" => WorkshopState::from_code(code)
                    .map(|state| cx.words.term(state))
                    .or_else(|| Some(cx.words.term(AttendanceState::from_code(code)?))),
                "refusal" => Some(match Refusal::from_code(code) {
                    Some(refusal) => cx.words.term(refusal),
                    None => cx.say("conflicts-already"),
                }),
                "format" => WorkshopFormat::from_code(code).map(|term| cx.words.term(term)),
                "mode" => RegistrationMode::from_code(code).map(|term| cx.words.term(term)),
                "cancel_rule" => CancelRule::from_code(code).map(|term| cx.words.term(term)),
                "certificate_rule" => {
                    CertificateRule::from_code(code).map(|term| cx.words.term(term))
                }
                "material_kind" => MaterialKind::from_code(code).map(|kind| cx.words.term(kind)),
                "visibility" => MaterialVisibility::from_code(code).map(|term| cx.words.term(term)),
                "timing" => MaterialTiming::from_code(code).map(|term| cx.words.term(term)),
                "roles" => named::<DelegateRole>(cx, code),
                "sectors" => named::<Sector>(cx, code),
                "settlement" => Settlement::from_code(code).map(|term| cx.words.term(term)),
                "act" => PeopleAct::from_code(code).map(|act| cx.words.term(act)),
                "why" => CampaignEnd::from_code(code).map(|why| crate::messages::ended(cx, why)),
                "teaching" => TeachingState::from_code(code).map(|state| cx.words.term(state)),
                _ => None,
            };
            term.unwrap_or_else(|| shortened(code, LONGEST))
        }
    }
}
