//! The words of one kind of mail, both languages side by side.

use super::list::{last_changed, state};
use super::{PATH, occasion_of, pairs, path, words_of};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{Field, Kind, done, error_summary, hidden, notice, tone};
use axum::extract::Path;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use domain::{Problems, TemplateForm, TemplateOccasion};
use service::{Conflict, Failure, TemplateView};

/// What a form shows beside the words as they stand.
#[derive(Default)]
pub(super) struct Shown {
    /// The words as typed.
    pub(super) typed: Option<TemplateForm>,
    pub(super) problems: Problems,
    /// What was just done.
    pub(super) done: String,
}

impl Shown {
    /// Whether somebody changed the words since the form was opened.
    fn is_outdated(&self, view: &TemplateView) -> bool {
        let typed = self.typed.as_ref();
        typed.is_some_and(|typed| typed.seen != view.form.seen)
    }
}

/// `GET /mail/templates/{occasion}`
pub(super) async fn ask(cx: Cx, Path(code): Path<String>, uri: Uri) -> Result<Response, Oops> {
    let shown = Shown {
        done: Fields::of_query(uri.query()).text("done"),
        ..Shown::default()
    };
    show(&cx, occasion_of(&code)?, shown).await
}

/// `POST /mail/templates/{occasion}`; with `back` from the preview or another
/// language, to go on typing.
pub(super) async fn save(
    cx: Cx,
    Path(code): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let occasion = occasion_of(&code)?;
    let form = words_of(&fields);
    let mut shown = Shown::default();
    if fields.ticked("back") {
        shown.problems = form.check(occasion).err().unwrap_or_default();
    } else {
        match cx.services.save_template(&cx.actor, occasion, &form).await {
            Ok(()) => return Ok(see_other(&format!("{}?done=saved", path(occasion)))),
            Err(Failure::Invalid(problems)) => shown.problems = problems,
            // The form says so: its words are others by now.
            Err(Failure::Conflict(Conflict::Outdated)) => {}
            Err(failure) => return Err(failure.into()),
        }
    }
    shown.typed = Some(form);
    show(&cx, occasion, shown).await
}

/// The form.
pub(super) async fn show(
    cx: &Cx,
    occasion: TemplateOccasion,
    shown: Shown,
) -> Result<Response, Oops> {
    let view = cx.services.template(&cx.actor, occasion).await?;
    let title = cx.words.term(occasion);
    let mut page = Page::staff(&title).checked(&shown.problems);
    if shown.is_outdated(&view) {
        page = page.status(StatusCode::CONFLICT);
    }
    if let Some(typed) = &shown.typed {
        let mut pairs = pairs(typed);
        pairs.push(("back", "on".to_owned()));
        page = page.again(path(occasion), pairs);
    }
    let inner = cx.clone();
    Ok(cx
        .show(page, move || body(&inner, title, &view, &shown))
        .await)
}

fn body(cx: &Cx, title: String, view: &TemplateView, shown: &Shown) -> impl IntoView + use<> {
    let occasion = view.row.occasion;
    let problems = &shown.problems;
    let is_outdated = shown.is_outdated(view);
    let form = shown.typed.as_ref().unwrap_or(&view.form);
    // Whoever was told what the words are now may put others in their place.
    let seen = &view.form.seen;
    let said = match shown.done.as_str() {
        "saved" => Some(("templates-saved", "templates-saved-text")),
        "reset" => Some(("templates-reset-done", "templates-saved-text")),
        _ => None,
    };
    let said = said.map(|(title, words)| done(cx.say(title), cx.say(words), None));
    let outdated = is_outdated.then(|| {
        let words = cx.say("templates-outdated-text");
        notice(tone::WAIT, cx.say("templates-outdated"), words)
    });
    let now = is_outdated.then(|| {
        view! { <h2>{cx.say("templates-now")}</h2>{both(cx, &view.form)} }
    });
    let last = last_changed(cx, &view.row);
    let reset = (!view.row.changed.is_empty()).then(|| {
        let href = format!("{}/reset", path(occasion));
        view! { <p><a class="button button--quiet button--danger" href=href>{cx.say("templates-reset")}</a></p> }
    });
    let preview = format!("{}/preview", path(occasion));
    view! {
        {error_summary(cx, problems)}
        {said}
        <p><a href=PATH>{cx.say("templates-back")}</a></p>
        <h1>{title}</h1>
        {outdated}
        <p class="row">{state(cx, &view.row.changed)}<span class="muted">{last}</span></p>
        <h2>{cx.say("templates-when-title")}</h2>
        <p>{when(cx, occasion)}</p>
        <p>{cx.say("templates-rest")}</p>
        {places(cx, occasion)}
        <form method="post" action=path(occasion) novalidate>
            {hidden("seen", seen)}
            <div class="side-by-side">
                {language(cx, problems, "templates-in-vi", ("template_subject_vi", &form.subject_vi), ("template_body_vi", &form.body_vi)).into_any()}
                {language(cx, problems, "templates-in-en", ("template_subject_en", &form.subject_en), ("template_body_en", &form.body_en)).into_any()}
            </div>
            <div class="form-actions">
                <button class="button" type="submit">{cx.say("templates-save")}</button>
                <button class="button button--secondary" type="submit" formaction=preview>{cx.say("templates-preview")}</button>
                <a class="button button--quiet" href=PATH>{cx.say("templates-back")}</a>
            </div>
        </form>
        {now}
        {reset}
    }
}

fn language(
    cx: &Cx,
    problems: &Problems,
    title: &str,
    (subject, subject_value): (&'static str, &str),
    (body, body_value): (&'static str, &str),
) -> impl IntoView + use<> {
    let field = |name: &'static str, value: &str| {
        Field::line(cx, problems, name, &format!("field-{name}"), value)
    };
    view! {
        <section>
            <h2>{cx.say(title)}</h2>
            {field(subject, subject_value).view().into_any()}
            {field(body, body_value)
                .kind(Kind::Lines(10))
                .hint(cx.say("templates-body-hint"))
                .view()
                .into_any()}
        </section>
    }
}

/// The words in both languages, to be read.
pub(super) fn both(cx: &Cx, form: &TemplateForm) -> impl IntoView + use<> {
    let letter = |legend: &str, lang: &'static str, subject: &str, body: &str| {
        let paragraphs: Vec<_> = body
            .lines()
            .filter(|line| !line.is_empty())
            .map(|line| view! { <p>{line.to_owned()}</p> })
            .collect();
        view! {
            <section>
                <h3>{cx.say(legend)}</h3>
                <div class="letter" lang=lang>
                    <p><strong>{subject.to_owned()}</strong></p>
                    {paragraphs}
                </div>
            </section>
        }
        .into_any()
    };
    view! {
        <div class="side-by-side">
            {letter("templates-in-vi", "vi", &form.subject_vi, &form.body_vi)}
            {letter("templates-in-en", "en", &form.subject_en, &form.body_en)}
        </div>
    }
}

/// What can be filled in, and what it stands for.
fn places(cx: &Cx, occasion: TemplateOccasion) -> impl IntoView + use<> {
    let rows: Vec<_> = occasion
        .placeholders()
        .iter()
        .map(|place| {
            view! {
                <tr>
                    <th scope="row"><code class="code">{place.written()}</code></th>
                    <td>{cx.words.term(*place)}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <h2>{cx.say("templates-places-title")}</h2>
        <p>{cx.say("templates-places")}</p>
        <table class="table">
            <thead>
                <tr>
                    <th scope="col">{cx.say("templates-places-word")}</th>
                    <th scope="col">{cx.say("templates-places-meaning")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn when(cx: &Cx, occasion: TemplateOccasion) -> String {
    cx.say(match occasion {
        TemplateOccasion::Confirmation => "templates-when-confirmation",
        TemplateOccasion::Waitlisted => "templates-when-waitlisted",
        TemplateOccasion::Offered => "templates-when-offered",
        TemplateOccasion::Reminder => "templates-when-reminder",
        TemplateOccasion::Moved => "templates-when-moved",
        TemplateOccasion::Cancelled => "templates-when-cancelled",
        TemplateOccasion::Materials => "templates-when-materials",
        TemplateOccasion::Evaluation => "templates-when-evaluation",
        TemplateOccasion::Certificate => "templates-when-certificate",
        TemplateOccasion::Invitation => "templates-when-invitation",
        TemplateOccasion::LostLink => "templates-when-lost_link",
    })
}
