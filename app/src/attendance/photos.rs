//! Photos and scans of signed sheets.

use super::{page::back, session_address};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, attachment, see_other};
use crate::ui::{badge, error_summary, notice, tone};
use crate::workshops::heading;
use axum::body::Body;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, Path};
use axum::http::Uri;
use axum::response::Response;
use domain::{Act, MAX_PHOTO_BYTES, MaterialType, Problems, Reason};
use service::entity::{session, sheet_photo};
use service::{Failure, WorkshopView};

type One = Path<(String, i64, i64)>;

/// `GET …/photos`
pub(super) async fn list(
    cx: Cx,
    Path((slug, session)): Path<(String, i64)>,
    uri: Uri,
) -> Result<Response, Oops> {
    let said = match Fields::of_query(uri.query()).text("done").as_str() {
        "uploaded" => Some(cx.say("photos-done-uploaded")),
        "withdrawn" => Some(cx.say("photos-done-withdrawn")),
        "restored" => Some(cx.say("photos-done-restored")),
        _ => None,
    };
    Ok(show(&cx, &slug, session, said, Problems::default()).await?)
}

/// `POST …/photos`
pub(super) async fn upload(
    cx: Cx,
    Path((slug, session)): Path<(String, i64)>,
    body: Result<Multipart, MultipartRejection>,
) -> Result<Response, Oops> {
    // Whoever may not bring files is told before any is read.
    cx.services.photos(&cx.actor, &slug, session).await?;
    let taken = match body {
        Ok(body) => take(&cx, &slug, session, body).await,
        Err(_) => Err(Failure::problem("file", Reason::FileEmpty)),
    };
    match taken {
        Ok(()) => Ok(done(&slug, session, "uploaded")),
        Err(Failure::Invalid(problems)) => Ok(show(&cx, &slug, session, None, problems).await?),
        Err(failure) => Err(failure.into()),
    }
}

/// Every file of the form; a browser sends an empty one for none chosen.
async fn take(cx: &Cx, slug: &str, session: i64, mut body: Multipart) -> Result<(), Failure> {
    let mut some = false;
    while let Ok(Some(field)) = body.next_field().await {
        let name = field.file_name().unwrap_or_default().replace("%22", "\"");
        if field.name() != Some("file") || name.is_empty() {
            continue;
        }
        cx.services
            .upload_photo(&cx.actor, slug, session, &name, field)
            .await?;
        some = true;
    }
    if some {
        Ok(())
    } else {
        Err(Failure::problem("file", Reason::Required))
    }
}

/// `GET …/photos/{id}`
pub(super) async fn download(cx: Cx, Path((slug, session, id)): One) -> Result<Response, Oops> {
    let (services, actor) = (&cx.services, &cx.actor);
    let open = services.open_photo(actor, &slug, session, id).await?;
    let content = Body::from_stream(open.content);
    let photo = &open.photo;
    let (media_type, size) = (photo.kind.media_type(), photo.size);
    Ok(attachment(content, media_type, &photo.file_name, size))
}

/// `POST …/photos/{id}/withdraw`
pub(super) async fn withdraw(cx: Cx, Path((slug, session, id)): One) -> Result<Response, Oops> {
    let (services, actor) = (&cx.services, &cx.actor);
    services
        .withdraw_photo(actor, &slug, session, id, true)
        .await?;
    Ok(done(&slug, session, "withdrawn"))
}

/// `POST …/photos/{id}/restore`
pub(super) async fn restore(cx: Cx, Path((slug, session, id)): One) -> Result<Response, Oops> {
    let (services, actor) = (&cx.services, &cx.actor);
    services
        .withdraw_photo(actor, &slug, session, id, false)
        .await?;
    Ok(done(&slug, session, "restored"))
}

fn done(slug: &str, session: i64, what: &str) -> Response {
    let path = session_address(slug, session);
    see_other(&format!("{path}/photos?done={what}"))
}

async fn show(
    cx: &Cx,
    slug: &str,
    session: i64,
    said: Option<String>,
    problems: Problems,
) -> Result<Response, Failure> {
    let act = Act::ManageWorkshops;
    let view = cx.services.staff_workshop(&cx.actor, act, slug).await?;
    let (photos, open) = cx.services.photos(&cx.actor, slug, session).await?;
    let mut sessions = view.sessions.iter();
    let at = sessions.find(|at| at.id == session).cloned();
    let at = at.ok_or(Failure::NotFound)?;
    let page = Page::staff(&cx.say("photos-title")).checked(&problems);
    let inner = cx.clone();
    let shown = cx.show(page, move || {
        body(&inner, &view, &at, (&photos, open), said, &problems)
    });
    Ok(shown.await)
}

fn body(
    cx: &Cx,
    view: &WorkshopView,
    at: &session::Model,
    (photos, open): (&[sheet_photo::Model], bool),
    said: Option<String>,
    problems: &Problems,
) -> impl IntoView + use<> {
    let slug = &view.row.slug;
    let path = format!("{}/photos", session_address(slug, at.id));
    let rows: Vec<_> = photos
        .iter()
        .map(|photo| row(cx, &path, photo, open))
        .collect();
    let list = if rows.is_empty() {
        view! { <div class="empty"><p>{cx.say("photos-empty")}</p></div> }.into_any()
    } else {
        view! {
            <table class="table table--cards">
                <thead>
                    <tr>
                        <th scope="col">{cx.say("materials-file")}</th>
                        <th scope="col" class="num">{cx.say("materials-size")}</th>
                        <th scope="col">{cx.say("materials-when")}</th>
                        <th scope="col"><span class="visually-hidden">{cx.say("materials-act")}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    let upload = if open {
        form(cx, path, problems).into_any()
    } else {
        view! { <p>{cx.say("conflict-figures_locked")}</p> }.into_any()
    };
    view! {
        {error_summary(cx, problems)}
        {back(slug, Some(at.id), view.title(cx.lang()))}
        <h1>{cx.say("photos-title")}</h1>
        <p>{heading(cx, at)}", "{cx.words.period(at.starts_at, at.ends_at)}</p>
        {said.map(|words| view! { <div role="status">{notice(tone::OK, words, String::new())}</div> })}
        {list}
        {upload}
    }
}

fn row(cx: &Cx, path: &str, photo: &sheet_photo::Model, open: bool) -> impl IntoView + use<> {
    let href = format!("{path}/{}", photo.id);
    let withdrawn = photo.withdrawn_at.is_some();
    let gone =
        withdrawn.then(|| view! { " "{badge(tone::NEUTRAL, cx.say("materials-withdrawn"))} });
    let (act, words, class) = if withdrawn {
        let words = cx.say("photos-restore");
        ("restore", words, "button button--quiet")
    } else {
        let words = cx.say("photos-withdraw");
        ("withdraw", words, "button button--quiet button--danger")
    };
    let action = format!("{href}/{act}");
    let name = photo.file_name.clone();
    let of = name.clone();
    let form = open.then(|| {
        view! {
            <form method="post" action=action>
                <button class=class type="submit">{words}<span class="visually-hidden">" "{of}</span></button>
            </form>
        }
    });
    view! {
        <tr>
            <th scope="row" class="wrap-anywhere"><a href=href download>{name}</a>{gone}</th>
            <td class="num" data-label=cx.say("materials-size")>{cx.words.size(photo.size)}</td>
            <td data-label=cx.say("materials-when")><time>{cx.words.stamp(photo.uploaded_at)}</time></td>
            <td>{form}</td>
        </tr>
    }
}

fn form(cx: &Cx, action: String, problems: &Problems) -> impl IntoView + use<> {
    let max = i64::try_from(MAX_PHOTO_BYTES / (1024 * 1024)).unwrap_or(0);
    let problem = problems.0.first().map(|problem| cx.words.problem(problem));
    let wrong = problem.is_some();
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
    let accept = MaterialType::OF_PAPER.map(MaterialType::media_type);
    view! {
        <form class="upload" method="post" action=action enctype="multipart/form-data">
            <div class=class>
                <label for="file">{cx.say("photos-file")}</label>
                <p class="hint" id="file-hint">{cx.say_with("photos-hint", &[("max", max.into())])}</p>
                {problem.map(|words| view! { <p class="problem" id="file-problem">{words}</p> })}
                <input id="file" name="file" type="file" multiple accept=accept.join(",") aria-describedby=described
                    aria-invalid=wrong.then_some("true") />
            </div>
            <button class="button" type="submit">{cx.say("photos-upload")}</button>
        </form>
    }
}
