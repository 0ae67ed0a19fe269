//! A mail as somebody would read it, before its words are saved; and a trial.

use super::edit::{self, Shown};
use super::{occasion_of, pairs, path, words_of};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{Field, Kind, done, hidden};
use axum::extract::Path;
use axum::http::Uri;
use axum::response::Response;
use domain::{Coded, Lang, Problems, TemplateForm, TemplateOccasion};
use service::{Failure, PreviewForm, TemplateMail, TemplatePreview, random_token};

/// `GET /mail/templates/{occasion}/preview?workshop=…&person=…`: the words as
/// they stand.
pub(super) async fn saved(cx: Cx, Path(code): Path<String>, uri: Uri) -> Result<Response, Oops> {
    let occasion = occasion_of(&code)?;
    let template = cx.services.template(&cx.actor, occasion).await?;
    let query = Fields::of_query(uri.query());
    let form = PreviewForm {
        words: template.form,
        lang: cx.lang().code().to_owned(),
        workshop: query.text("workshop"),
        person: query.text("person"),
    };
    let asked = Asked {
        typed: false,
        tried: None,
    };
    show(&cx, occasion, form, asked).await
}

/// What a preview answers, besides its words.
struct Asked {
    /// The words were sent, and not just asked for.
    typed: bool,
    /// Where a trial went that was just sent.
    tried: Option<String>,
}

/// `POST /mail/templates/{occasion}/preview`: the words as typed.
pub(super) async fn typed(
    cx: Cx,
    Path(code): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let form = form_of(&cx, &fields);
    let asked = Asked {
        typed: true,
        tried: None,
    };
    show(&cx, occasion_of(&code)?, form, asked).await
}

/// `GET /mail/templates/{occasion}/trial`: the page of a trial is reloaded or
/// read in the other language.
pub(super) async fn back(Path(code): Path<String>) -> Result<Response, Oops> {
    Ok(see_other(&format!("{}/preview", path(occasion_of(&code)?))))
}

/// `POST /mail/templates/{occasion}/trial`. The answer is the page itself, not
/// a way to it: the words are not saved, and too long for an address. Sent
/// again by a reload, the same nonce sends no second mail.
pub(super) async fn trial(
    cx: Cx,
    Path(code): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let occasion = occasion_of(&code)?;
    let form = form_of(&cx, &fields);
    let nonce = fields.text("nonce");
    let sent = cx
        .services
        .try_template(&cx.actor, occasion, &form, &nonce)
        .await;
    match sent {
        Ok(address) => {
            let asked = Asked {
                typed: true,
                tried: Some(address),
            };
            show(&cx, occasion, form, asked).await
        }
        Err(Failure::Invalid(problems)) => refused(&cx, occasion, form.words, problems).await,
        Err(failure) => Err(failure.into()),
    }
}

fn form_of(cx: &Cx, fields: &Fields) -> PreviewForm {
    let workshop = fields.text("template_workshop");
    // Of another workshop, the newest.
    let same = workshop == fields.text("shown");
    let person = fields.text("template_person");
    let lang = match fields.text("template_lang") {
        none if none.is_empty() => cx.lang().code().to_owned(),
        lang => lang,
    };
    PreviewForm {
        words: words_of(fields),
        lang,
        workshop,
        person: if same { person } else { String::new() },
    }
}

async fn show(
    cx: &Cx,
    occasion: TemplateOccasion,
    form: PreviewForm,
    asked: Asked,
) -> Result<Response, Oops> {
    let preview = cx
        .services
        .preview_template(&cx.actor, occasion, &form)
        .await;
    let preview = match preview {
        Ok(preview) => preview,
        Err(Failure::Invalid(problems)) => {
            return refused(cx, occasion, form.words, problems).await;
        }
        Err(failure) => return Err(failure.into()),
    };
    let title = cx.say("templates-preview-title");
    let mut page = Page::staff(&title).with_mail();
    if asked.typed {
        let action = format!("{}/preview", path(occasion));
        page = page.again(action, kept(&form, &preview));
    }
    let (inner, tried) = (cx.clone(), asked.tried);
    Ok(cx
        .show(page, move || {
            body(&inner, title, occasion, &form.words, &preview, tried)
        })
        .await)
}

/// What is looked at, field by field.
fn kept(form: &PreviewForm, preview: &TemplatePreview) -> Vec<(&'static str, String)> {
    let mut kept = pairs(&form.words);
    let person = preview.person.map(|id| id.to_string());
    kept.extend([
        ("shown", preview.workshop.clone()),
        ("template_lang", preview.lang.code().to_owned()),
        ("template_workshop", preview.workshop.clone()),
        ("template_person", person.unwrap_or_default()),
    ]);
    kept
}

/// What could not be saved is not looked at either: the form says why.
async fn refused(
    cx: &Cx,
    occasion: TemplateOccasion,
    words: TemplateForm,
    problems: Problems,
) -> Result<Response, Oops> {
    let shown = Shown {
        typed: Some(words),
        problems,
        ..Shown::default()
    };
    edit::show(cx, occasion, shown).await
}

fn body(
    cx: &Cx,
    title: String,
    occasion: TemplateOccasion,
    words: &TemplateForm,
    preview: &TemplatePreview,
    tried: Option<String>,
) -> impl IntoView + use<> {
    let nothing = match tried {
        None => cx.say("templates-preview-nothing"),
        Some(_) => String::new(),
    };
    let tried = tried.map(|address| {
        let text = cx.say_with("templates-trial-done-text", &[("address", address.into())]);
        done(cx.say("templates-trial-done"), text, None)
    });
    let back = path(occasion);
    let inside = match &preview.mail {
        None => view! {
            <div class="empty">
                <p>{cx.say("templates-preview-none")}</p>
                <p><a href="/manage/workshops">{cx.say("outbox-empty-act")}</a></p>
            </div>
        }
        .into_any(),
        Some(mail) => view! {
            {form(cx, occasion, words, preview).into_any()}
            {letter(cx, preview, mail).into_any()}
        }
        .into_any(),
    };
    view! {
        {tried}
        <p><a href=back>{cx.words.term(occasion)}</a></p>
        <h1>{title}</h1>
        <p class="lead">{cx.say("templates-preview-lead")}" "{nothing}</p>
        {inside}
    }
}

/// Whose mail is shown, and what to do with the words.
fn form(
    cx: &Cx,
    occasion: TemplateOccasion,
    words: &TemplateForm,
    preview: &TemplatePreview,
) -> impl IntoView + use<> {
    let none = Problems::default();
    let select = |name: &'static str, value: &str, options| {
        Field::line(cx, &none, name, &format!("field-{name}"), value)
            .kind(Kind::Select(options))
            .view()
            .into_any()
    };
    let langs = Lang::ALL
        .iter()
        .map(|lang| (lang.code().to_owned(), cx.words.term(*lang)));
    let person = preview.person.map(|id| {
        let people = preview.people.iter();
        let people = people.map(|(id, name)| (id.to_string(), name.clone()));
        select("template_person", &id.to_string(), people.collect())
    });
    let nobody = preview
        .person
        .is_none()
        .then(|| view! { <p>{cx.say("templates-preview-nobody")}</p> });
    let words = pairs(words).into_iter();
    let words: Vec<_> = words.map(|(name, value)| hidden(name, &value)).collect();
    let own = path(occasion);
    let (look, trial) = (format!("{own}/preview"), format!("{own}/trial"));
    let nonce: String = random_token()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    view! {
        <form method="post" action=look novalidate>
            {words}
            {hidden("shown", &preview.workshop)}
            {hidden("nonce", &nonce)}
            {select("template_lang", preview.lang.code(), langs.collect())}
            {select("template_workshop", &preview.workshop, preview.workshops.clone())}
            {person}
            {nobody}
            <div class="form-actions">
                <button class="button button--secondary" type="submit">{cx.say("templates-preview-show")}</button>
                <button class="button button--secondary" type="submit" formaction=trial aria-describedby="trial-hint">
                    {cx.say("templates-trial")}
                </button>
                <button class="button" type="submit" formaction=own.clone()>{cx.say("templates-save")}</button>
                <button class="button button--quiet" type="submit" formaction=own name="back" value="on">
                    {cx.say("templates-preview-edit")}
                </button>
            </div>
            <p class="hint" id="trial-hint">{cx.say("templates-trial-hint")}</p>
        </form>
    }
}

fn letter(cx: &Cx, preview: &TemplatePreview, mail: &TemplateMail) -> impl IntoView + use<> {
    let lang = preview.lang.code();
    view! {
        <dl class="facts">
            <dt>{cx.say("templates-preview-to")}</dt>
            <dd>{mail.to.clone()}</dd>
            <dt>{cx.say("templates-preview-subject")}</dt>
            <dd lang=lang><strong>{mail.subject.clone()}</strong></dd>
        </dl>
        <h2>{cx.say("templates-preview-html")}</h2>
        <iframe class="mail-frame" title=cx.say("templates-preview-html") sandbox="" srcdoc=mail.html.clone()></iframe>
        <h2>{cx.say("templates-preview-text")}</h2>
        <pre class="copy-box" lang=lang>{mail.text.clone()}</pre>
    }
}
