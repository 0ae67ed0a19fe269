//! Bringing files: streamed from the browser into the store.

use super::{address, staff};
use crate::render::{Cx, Oops, see_other};
use crate::ui::{notice, tone};
use axum::extract::multipart::{Field, MultipartRejection};
use axum::extract::{Multipart, Path};
use axum::response::Response;
use domain::{Act, Coded, MAX_MATERIAL_BYTES, MaterialType};
use futures::TryStreamExt;
use leptos::prelude::*;
use service::Failure;
use std::sync::atomic::{AtomicBool, Ordering};

/// What became of an upload.
#[derive(Clone, Debug, Default)]
pub(super) struct Taken {
    /// The names of the files that were kept.
    pub(super) files: Vec<String>,
    /// What is wrong, one sentence a file.
    pub(super) problems: Vec<String>,
}

/// `POST /manage/workshops/{slug}/materials`
pub(super) async fn upload(
    cx: Cx,
    Path(slug): Path<String>,
    body: Result<Multipart, MultipartRejection>,
) -> Result<Response, Oops> {
    // Whoever may not bring files is told before any is read.
    cx.services
        .staff_workshop(&cx.actor, Act::UploadMaterials, &slug)
        .await?;
    let taken = match body {
        Ok(body) => take(&cx, &slug, body).await?,
        Err(_) => Taken {
            problems: vec![cx.say("materials-broken")],
            ..Taken::default()
        },
    };
    if taken.problems.is_empty() {
        Ok(see_other(&format!("{}?done=uploaded", address(&slug))))
    } else {
        staff::show(&cx, &slug, None, &taken).await
    }
}

/// What became of one file.
enum One {
    Kept(String),
    Wrong(String),
    /// The sender broke off: nothing comes behind it.
    Broken,
}

/// Takes one file after the other. What is wrong with one leaves the others.
async fn take(cx: &Cx, slug: &str, mut body: Multipart) -> Result<Taken, Failure> {
    let mut taken = Taken::default();
    loop {
        let one = match body.next_field().await {
            Ok(Some(field)) => take_one(cx, slug, field).await?,
            Ok(None) => break,
            Err(_) => Some(One::Broken),
        };
        match one {
            None => {}
            Some(One::Kept(name)) => taken.files.push(name),
            Some(One::Wrong(words)) => taken.problems.push(words),
            Some(One::Broken) => {
                taken.problems.push(cx.say("materials-broken"));
                break;
            }
        }
    }
    if taken.files.is_empty() && taken.problems.is_empty() {
        taken.problems.push(cx.say("materials-choose"));
    }
    Ok(taken)
}

/// Nothing when it is no file: a browser sends an empty one for none chosen.
async fn take_one(cx: &Cx, slug: &str, field: Field<'_>) -> Result<Option<One>, Failure> {
    // Browsers write a quotation mark in a name like this.
    let name = field.file_name().unwrap_or_default().replace("%22", "\"");
    if field.name() != Some("file") || name.is_empty() {
        return Ok(None);
    }
    let broken = AtomicBool::new(false);
    let content = field.inspect_err(|_| broken.store(true, Ordering::Relaxed));
    let kept = cx
        .services
        .upload_material(&cx.actor, slug, &name, content)
        .await;
    match kept {
        Ok(row) => Ok(Some(One::Kept(row.file_name))),
        Err(Failure::Invalid(_)) if broken.load(Ordering::Relaxed) => Ok(Some(One::Broken)),
        Err(Failure::Invalid(problems)) => {
            let words: Vec<_> = problems
                .0
                .iter()
                .map(|problem| cx.words.problem(problem))
                .collect();
            Ok(Some(One::Wrong(format!("{name}: {}", words.join(" ")))))
        }
        Err(failure) => Err(failure),
    }
}

/// What is wrong, on top of the page, and what was kept all the same.
pub(super) fn summary(cx: &Cx, taken: &Taken) -> Option<AnyView> {
    if taken.problems.is_empty() {
        return None;
    }
    let items: Vec<_> = taken
        .problems
        .iter()
        .map(|problem| view! { <li><a href="#file">{problem.clone()}</a></li> })
        .collect();
    let kept = (!taken.files.is_empty()).then(|| {
        let title = cx.say("materials-done-uploaded");
        notice(tone::OK, title, taken.files.join("\n"))
    });
    let shown = view! {
        <div class="error-summary" role="alert" tabindex="-1">
            <h2>{cx.say("error-summary-title")}</h2>
            <ul>{items}</ul>
        </div>
        {kept}
    };
    Some(shown.into_any())
}

/// The form, which says beforehand what it takes.
pub(super) fn form(cx: &Cx, slug: &str, taken: &Taken, first: bool) -> AnyView {
    let problems: Vec<_> = taken
        .problems
        .iter()
        .map(|problem| view! { <p class="problem">{problem.clone()}</p> })
        .collect();
    let wrong = !problems.is_empty();
    let class = if wrong {
        "field field--problem"
    } else {
        "field"
    };
    let described = if wrong {
        "file-hint file-problem"
    } else {
        "file-hint"
    };
    let button = if first {
        "button"
    } else {
        "button button--secondary"
    };
    let max = i64::try_from(MAX_MATERIAL_BYTES).unwrap_or(i64::MAX) / (1024 * 1024);
    let hint = cx.say_with("materials-upload-hint", &[("max", max.into())]);
    view! {
        <form class="upload" method="post" action=address(slug) enctype="multipart/form-data">
            <div class=class>
                <label for="file">{cx.say("materials-upload-label")}</label>
                <p class="hint" id="file-hint">{hint}</p>
                {wrong.then(|| view! { <div id="file-problem">{problems}</div> })}
                <input id="file" name="file" type="file" multiple accept=accept() aria-describedby=described
                    aria-invalid=wrong.then_some("true") />
            </div>
            <button class=button type="submit">{cx.say("materials-upload-act")}</button>
        </form>
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
