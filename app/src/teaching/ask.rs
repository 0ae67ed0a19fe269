//! The form that asks a trainer.

use crate::html::*;
use crate::render::{Cx, Fields};
use crate::ui::{Field, Kind, allow_clash};
use crate::workshops::clash_list;
use domain::{Problems, Reason, TeachForm};
use service::{Clash, Teachings};

pub(super) fn typed(fields: &Fields) -> TeachForm {
    TeachForm {
        session: fields.text("session"),
        trainer_id: fields.text("trainer_id"),
        expected: fields.text("expected"),
        expected_by: fields.text("expected_by"),
        allow_clash: fields.ticked("allow_clash"),
    }
}

/// The form; nothing once no session is left to come.
pub(super) fn form(
    cx: &Cx,
    data: &Teachings,
    typed: &TeachForm,
    problems: &Problems,
    clashes: &[Clash],
) -> AnyView {
    let open: Vec<_> = data.sessions.iter().filter(|each| each.open).collect();
    if open.is_empty() {
        return view! { <p class="muted">{cx.say("teach-too-late")}</p> }.into_any();
    }
    if data.trainers.is_empty() {
        return view! {
            <div class="empty">
                <p>{cx.say("teach-no-trainers")}</p>
                <p><a href="/manage/trainers/new">{cx.say("trainers-add")}</a></p>
            </div>
        }
        .into_any();
    }
    let sessions = open
        .iter()
        .map(|each| {
            let period = cx
                .words
                .period(each.session.starts_at, each.session.ends_at);
            (each.session.id.to_string(), period)
        })
        .collect();
    let nobody = (String::new(), cx.say("teach-choose"));
    let trainers = std::iter::once(nobody)
        .chain(
            data.trainers
                .iter()
                .map(|trainer| (trainer.id.to_string(), trainer.name.clone())),
        )
        .collect();
    let trainer = Field::line(
        cx,
        problems,
        "trainer_id",
        "field-trainer_id",
        &typed.trainer_id,
    )
    .kind(Kind::Select(trainers));
    let session = Field::line(cx, problems, "session", "field-session", &typed.session)
        .kind(Kind::Select(sessions));
    let expected = Field::line(cx, problems, "expected", "field-expected", &typed.expected)
        .hint(cx.say("teach-expected-hint"))
        .optional(cx);
    let by = Field::line(
        cx,
        problems,
        "expected_by",
        "field-expected_by",
        &typed.expected_by,
    )
    .kind(Kind::Line("datetime-local"))
    .optional(cx);
    let taken = problems.of("trainer_id") == Some(&Reason::TrainerTaken);
    let allow = (taken || typed.allow_clash).then(|| {
        let said = clash_list(cx, clashes, &|_| None);
        allow_clash(cx, None, said, typed.allow_clash)
    });
    view! {
        <h2 id="ask">{cx.say("teach-ask-title")}</h2>
        <form method="post">
            {session.view().into_any()}
            {trainer.view().into_any()}
            {allow}
            {expected.view().into_any()}
            {by.view().into_any()}
            <p class="hint">{cx.say("teach-ask-hint")}</p>
            <div class="form-actions">
                <button class="button" type="submit">{cx.say("teach-ask")}</button>
            </div>
        </form>
    }
    .into_any()
}
