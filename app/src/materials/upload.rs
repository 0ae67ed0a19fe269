//! Bringing files: streamed from the browser into the store, one after the
//! other. A browser with scripts sends each by itself and shows how far it is.

use super::place::Place;
use super::upload_island::UploadFiles;
use super::{answer, form, staff};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, see_other};
use crate::ui::{notice, tone};
use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartRejection};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::{Coded, MaterialForm, MaterialType, Problems};
use futures::TryStreamExt;
use service::{Failure, OpenShelf, Received};
use std::sync::atomic::{AtomicBool, Ordering};

/// The most that a value beside the files may be.
const LONGEST: usize = 2000;

/// What became of an upload.
#[derive(Clone, Debug, Default)]
pub(super) struct Taken {
    /// The names of the files that were kept.
    pub(super) files: Vec<String>,
    /// The names of those that were there before.
    pub(super) known: Vec<String>,
    /// What is wrong, one sentence a file.
    pub(super) problems: Vec<String>,
    /// What was said of them.
    pub(super) form: MaterialForm,
    /// What is wrong with that.
    pub(super) wrong: Problems,
}

impl Taken {
    /// Whether everything was taken.
    pub(super) fn is_fine(&self) -> bool {
        self.problems.is_empty() && self.wrong.is_empty()
    }

    /// What is wrong, for a script; nothing when all was taken.
    fn said(&self, cx: &Cx) -> Vec<String> {
        let wrong = self.wrong.0.iter().map(|problem| {
            let field = cx.say(&format!("field-{}", problem.field));
            format!("{field}: {}", cx.words.problem(problem))
        });
        self.problems.iter().cloned().chain(wrong).collect()
    }
}

/// `POST …/materials`
pub(super) async fn upload(
    cx: Cx,
    at: Place,
    headers: HeaderMap,
    body: Result<Multipart, MultipartRejection>,
) -> Result<Response, Oops> {
    let scripted = answer::wants_json(&headers);
    let taken = match bring(&cx, &at, body).await {
        Err(failure) if scripted => return Ok(answer::refused(&cx, &at.path(), &failure)),
        taken => taken?,
    };
    if scripted {
        return Ok(answer::told(taken.said(&cx), !taken.known.is_empty()));
    }
    if taken.is_fine() {
        let ends = answer::ends_of_shelf(&at);
        Ok(see_other(ends.after(taken.files.len(), taken.known.len())))
    } else {
        staff::show(&cx, &at, None, &taken).await
    }
}

async fn bring(
    cx: &Cx,
    at: &Place,
    body: Result<Multipart, MultipartRejection>,
) -> Result<Taken, Failure> {
    // Whoever may not bring files is told before any is read.
    let shelf = cx.services.open_shelf(&cx.actor, at.shelf()).await?;
    match body {
        Ok(body) => take(cx, at, &shelf, body).await,
        Err(_) => Ok(Taken {
            problems: vec![cx.say("materials-broken")],
            ..Taken::default()
        }),
    }
}

/// What became of one file.
pub(super) enum One {
    Kept(String),
    /// It was there before.
    Known(String),
    Wrong(String),
    /// The sender broke off: nothing comes behind it.
    Broken,
}

/// Takes one file after the other; what is said of them comes before the first.
/// What is wrong with one leaves the others.
async fn take(
    cx: &Cx,
    at: &Place,
    shelf: &OpenShelf,
    mut body: Multipart,
) -> Result<Taken, Failure> {
    let mut said = Vec::new();
    let mut taken = Taken::default();
    loop {
        let field = match body.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => break,
            Err(_) => {
                taken.problems.push(cx.say("materials-broken"));
                break;
            }
        };
        let Some(name) = file_name(&field) else {
            said.extend(value(field).await);
            continue;
        };
        taken.form = form::typed(&Fields::of_pairs(said.clone()));
        let checked = taken
            .form
            .check(&shelf.sessions(), shelf.workshop.is_some());
        if let Err(problems) = checked {
            taken.wrong = problems;
            break;
        }
        let broken = AtomicBool::new(false);
        let content = field.inspect_err(|_| broken.store(true, Ordering::Relaxed));
        let (services, actor) = (&cx.services, &cx.actor);
        let kept = services.upload_material(actor, at.shelf(), &taken.form, &name, content);
        match became(cx, &name, kept.await, &broken)? {
            One::Kept(name) => taken.files.push(name),
            One::Known(name) => taken.known.push(name),
            One::Wrong(words) => taken.problems.push(words),
            One::Broken => {
                taken.problems.push(cx.say("materials-broken"));
                break;
            }
        }
    }
    if taken.files.is_empty() && taken.known.is_empty() && taken.is_fine() {
        taken.form = form::typed(&Fields::of_pairs(said));
        taken.problems.push(cx.say("materials-choose"));
    }
    Ok(taken)
}

/// The name of a file; none when it is no file: a browser sends an empty one
/// for none chosen.
pub(super) fn file_name(field: &Field<'_>) -> Option<String> {
    // Browsers write a quotation mark in a name like this.
    let name = field.file_name()?.replace("%22", "\"");
    (field.name() == Some("file") && !name.is_empty()).then_some(name)
}

/// A value beside the files, if it is a short one.
async fn value(mut field: Field<'_>) -> Option<(String, String)> {
    let name = field.name()?.to_owned();
    let mut bytes = Vec::new();
    while let Ok(Some(part)) = field.chunk().await {
        if bytes.len() + part.len() > LONGEST {
            return None;
        }
        bytes.extend_from_slice(&part);
    }
    Some((name, String::from_utf8_lossy(&bytes).replace('\0', "")))
}

/// What a file became of, in words where it was refused.
pub(super) fn became(
    cx: &Cx,
    name: &str,
    kept: Result<Received, Failure>,
    broken: &AtomicBool,
) -> Result<One, Failure> {
    match kept {
        Ok(received) if received.already => Ok(One::Known(name.to_owned())),
        Ok(received) => Ok(One::Kept(received.version.file_name)),
        Err(Failure::Invalid(_)) if broken.load(Ordering::Relaxed) => Ok(One::Broken),
        Err(Failure::Invalid(problems)) => {
            let words: Vec<_> = problems
                .0
                .iter()
                .map(|problem| cx.words.problem(problem))
                .collect();
            Ok(One::Wrong(format!("{name}: {}", words.join(" "))))
        }
        Err(failure) => Err(failure),
    }
}

/// What is wrong, on top of the page, and what was kept all the same.
pub(super) fn summary(cx: &Cx, taken: &Taken) -> Option<AnyView> {
    if taken.is_fine() {
        return None;
    }
    let files = taken
        .problems
        .iter()
        .map(|problem| view! { <li><a href="#file">{problem.clone()}</a></li> }.into_any());
    let fields = taken.wrong.0.iter().map(|problem| {
        let href = format!("#{}", problem.field);
        let label = cx.say(&format!("field-{}", problem.field));
        let words = format!("{label}: {}", cx.words.problem(problem));
        view! { <li><a href=href>{words}</a></li> }.into_any()
    });
    let items: Vec<_> = files.chain(fields).collect();
    let listed = |title: &str, names: &[String]| {
        (!names.is_empty()).then(|| notice(tone::OK, cx.say(title), names.join("\n")))
    };
    let kept = listed("materials-done-uploaded", &taken.files);
    let known = listed("materials-done-known", &taken.known);
    let shown = view! {
        <div class="error-summary" role="alert" tabindex="-1">
            <h2>{cx.say("error-summary-title")}</h2>
            <ul>{items}</ul>
        </div>
        {kept}
        {known}
    };
    Some(shown.into_any())
}

/// The form, which says beforehand what it takes.
pub(super) fn form(cx: &Cx, at: &Place, shelf: &OpenShelf, taken: &Taken, first: bool) -> AnyView {
    let button = if first {
        "button"
    } else {
        "button button--secondary"
    };
    let (action, act) = (at.path(), cx.say("materials-upload-act"));
    let common = form::common(cx, shelf, &taken.form, &taken.wrong);
    let files = input(cx, "materials-upload-label", &taken.problems, true);
    view! {
        <UploadFiles words=answer::words(cx) ends=answer::ends_of_shelf(at)>
            <form class="upload" method="post" action=action enctype="multipart/form-data">
                {common}
                {files}
                <button class=button type="submit">{act}</button>
            </form>
        </UploadFiles>
    }
    .into_any()
}

/// The field for files, with what is wrong beside it.
pub(super) fn input(cx: &Cx, label: &str, problems: &[String], several: bool) -> AnyView {
    let problems: Vec<_> = problems
        .iter()
        .map(|problem| view! { <p class="problem">{problem.clone()}</p> })
        .collect();
    let wrong = !problems.is_empty();
    let (class, described) = if wrong {
        ("field field--problem", "file-hint file-problem")
    } else {
        ("field", "file-hint")
    };
    let max = i64::from(cx.services.material_mb());
    let hint = cx.say_with("materials-upload-hint", &[("max", max.into())]);
    let more = several.then(|| cx.say("materials-upload-several"));
    view! {
        <div class=class>
            <label for="file">{cx.say(label)}</label>
            <p class="hint" id="file-hint">{hint} " " {more}</p>
            {wrong.then(|| view! { <div id="file-problem">{problems}</div> })}
            <input id="file" name="file" type="file" multiple=several accept=accept() aria-describedby=described
                aria-invalid=wrong.then_some("true") />
        </div>
    }
    .into_any()
}

/// What the browser offers to choose.
fn accept() -> String {
    let endings = MaterialType::ALL
        .iter()
        .map(|kind| format!(".{}", kind.code()));
    endings
        .chain([".jpeg".to_owned()])
        .collect::<Vec<_>>()
        .join(",")
}
