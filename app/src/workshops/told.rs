//! Whom to tell of a change and what they will read: the same for moving and
//! calling off.

use super::relocate::reason;
use crate::html::*;
use crate::render::{Cx, Fields};
use crate::ui::hidden;
use domain::{Lang, Problems, TellForm};
use service::{ChangeMessage, ChangePreview, Reach, SessionSnapshot};

/// As it was sent.
pub(super) fn typed(fields: &Fields) -> TellForm {
    TellForm {
        note_vi: fields.text("note_vi"),
        note_en: fields.text("note_en"),
        booked: fields.ticked("tell_booked"),
        waiting: fields.ticked("tell_waiting"),
        trainers: fields.ticked("tell_trainers"),
        invited: fields.ticked("tell_invited"),
        version: fields.text("version"),
    }
}

/// The reason, and whom to tell.
pub(super) fn fields(
    cx: &Cx,
    form: &TellForm,
    problems: &Problems,
    reason_optional: bool,
) -> impl IntoView + use<> {
    let tick = |name: &'static str, words: &str, ticked: bool| {
        view! {
            <label class="choice">
                <input type="checkbox" name=name value="on" checked=ticked />
                <span>{cx.say(words)}</span>
            </label>
        }
        .into_any()
    };
    view! {
        {reason(cx, form, problems, reason_optional)}
        <fieldset class="field">
            <legend>{cx.say("manage-tell-legend")}</legend>
            {tick("tell_booked", "manage-tell-booked", form.booked)}
            {tick("tell_waiting", "manage-tell-waiting", form.waiting)}
            {tick("tell_invited", "manage-tell-invited", form.invited)}
            {tick("tell_trainers", "manage-tell-trainers", form.trainers)}
        </fieldset>
        {hidden("version", &form.version)}
    }
}

/// Carried along to the confirmation.
pub(super) fn kept(form: &TellForm) -> impl IntoView + use<> {
    let ticks = [
        ("tell_booked", form.booked),
        ("tell_waiting", form.waiting),
        ("tell_invited", form.invited),
        ("tell_trainers", form.trainers),
    ];
    let ticks: Vec<_> = ticks
        .into_iter()
        .filter(|(_, ticked)| *ticked)
        .map(|(name, _)| hidden(name, "on"))
        .collect();
    view! {
        {hidden("note_vi", &form.note_vi)}
        {hidden("note_en", &form.note_en)}
        {hidden("version", &form.version)}
        {ticks}
    }
}

/// What changes, session by session.
pub(super) fn moves(
    cx: &Cx,
    sessions: &[(SessionSnapshot, SessionSnapshot)],
    several: bool,
) -> impl IntoView + use<> {
    let items: Vec<_> = sessions
        .iter()
        .map(|(was, is)| {
            let number = [("number", was.position.into())];
            let number = several.then(|| {
                view! { <p><strong>{cx.say_with("sessions-number", &number)}</strong></p> }
            });
            view! {
                {number}
                <dl class="facts">
                    <dt>{cx.say("change-was")}</dt>
                    <dd><del>{was.said(cx.words)}</del></dd>
                    <dt>{cx.say("change-is")}</dt>
                    <dd><strong>{is.said(cx.words)}</strong></dd>
                </dl>
            }
            .into_any()
        })
        .collect();
    items
}

/// How many will be told: people by mail, people by a call, trainers, and
/// contacts of those invited.
fn counts(preview: &ChangePreview, form: &TellForm) -> (u32, u32, Reach, Reach) {
    let mut mail = 0;
    let mut call = 0;
    for (told, reach) in [
        (form.booked, preview.booked),
        (form.waiting, preview.waiting),
    ] {
        if told {
            mail += reach.mail;
            call += reach.call;
        }
    }
    let of = |told: bool, reach: Reach| if told { reach } else { Reach::default() };
    let trainers = of(form.trainers, preview.trainers);
    let invited = of(form.invited, preview.invited);
    (mail, call, trainers, invited)
}

/// The words of the button: for how many people.
pub(super) fn act(
    cx: &Cx,
    preview: &ChangePreview,
    form: &TellForm,
    telling: &str,
    silent: &str,
) -> String {
    let (mail, call, trainers, invited) = counts(preview, form);
    match mail + call + trainers.all() + invited.all() {
        0 => cx.say(silent),
        count => cx.say_with(telling, &[("count", count.into())]),
    }
}

/// Exactly whom, how, and the message.
pub(super) fn preview(cx: &Cx, preview: &ChangePreview, form: &TellForm) -> impl IntoView + use<> {
    let (mail, call, trainers, invited) = counts(preview, form);
    let contacts = (invited.all() > 0).then(|| {
        let args = [("mail", invited.mail.into()), ("call", invited.call.into())];
        view! { <li>{cx.say_with("manage-tell-by-invited", &args)}</li> }
    });
    let counts = if mail + call + trainers.all() + invited.all() == 0 {
        view! { <p>{cx.say("manage-tell-nobody")}</p> }.into_any()
    } else {
        let args = [
            ("mail", mail.into()),
            ("call", call.into()),
            ("trainers", trainers.mail.into()),
            ("silent", trainers.call.into()),
        ];
        view! {
            <ul>
                <li>{cx.say_with("manage-tell-by-mail", &args)}</li>
                <li>{cx.say_with("manage-tell-by-call", &args)}</li>
                {contacts}
                <li>{cx.say_with("manage-tell-by-trainers", &args)}</li>
            </ul>
        }
        .into_any()
    };
    let messages: Vec<_> = preview
        .messages
        .iter()
        .map(|message| {
            let summary = match message.lang {
                Lang::Vi => "manage-tell-in-vi",
                Lang::En => "manage-tell-in-en",
            };
            letter(cx, message, summary, message.lang == cx.lang()).into_any()
        })
        .collect();
    let to_contacts: Vec<_> = preview
        .to_contacts
        .iter()
        .filter(|_| invited.mail > 0)
        .map(|message| {
            let summary = match message.lang {
                Lang::Vi => "manage-tell-contacts-in-vi",
                Lang::En => "manage-tell-contacts-in-en",
            };
            letter(cx, message, summary, false).into_any()
        })
        .collect();
    let to_trainers = (trainers.mail > 0)
        .then(|| letter(cx, &preview.to_trainers, "manage-tell-trainers-read", false));
    view! {
        <h2>{cx.say("manage-tell-who")}</h2>
        {counts}
        <h2>{cx.say("manage-tell-what")}</h2>
        {messages}
        {to_contacts}
        {to_trainers.map(IntoAny::into_any)}
    }
}

/// A message as it will be read.
fn letter(cx: &Cx, message: &ChangeMessage, summary: &str, open: bool) -> impl IntoView + use<> {
    let lang = domain::Coded::code(message.lang);
    let summary = cx.say(summary);
    let paragraphs: Vec<_> = message
        .paragraphs
        .iter()
        .map(|words| view! { <p>{words.clone()}</p> })
        .collect();
    let facts: Vec<_> = message
        .facts
        .iter()
        .map(|(name, fact)| view! { <dt>{name.clone()}</dt><dd>{fact.clone()}</dd> })
        .collect();
    view! {
        <details open=open>
            <summary>{summary}</summary>
            <div class="letter" lang=lang>
                <p><strong>{message.subject.clone()}</strong></p>
                {paragraphs}
                <dl class="facts">{facts}</dl>
            </div>
        </details>
    }
}
