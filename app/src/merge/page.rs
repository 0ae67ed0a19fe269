//! The pairs to be judged, and those that were.

use super::{BY_HAND, PATH, pair};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::done;
use axum::extract::Path;
use axum::http::Uri;
use axum::response::Response;
use domain::{Coded, LikenessNoun, LikenessState, Reason};
use service::{Failure, MergeChoice, MergeQueue};

/// How many overfull workshops are named.
const MOST_OVER: usize = 20;

/// `GET /manage/merge`
pub(super) async fn show(cx: Cx, uri: Uri) -> Result<Response, Oops> {
    let query = Fields::of_query(uri.query());
    let state = LikenessState::from_code(&query.text("state")).unwrap_or(LikenessState::Open);
    let queue = cx.services.merge_queue(&cx.actor, state).await?;
    let said = said(&cx, &query);
    let over = overfull(&cx, &query).await?;
    let title = cx.say("merge-title");
    let page = Page::staff(&title);
    let inner = cx.clone();
    Ok(cx
        .show(page, move || {
            body(&inner, title, &queue, state, [said, over])
        })
        .await)
}

/// In which workshops more seats are given than there are, since what was
/// cancelled by a merge stands again.
async fn overfull(cx: &Cx, query: &Fields) -> Result<Option<AnyView>, Oops> {
    let slugs: Vec<&str> = query.all("over").take(MOST_OVER).collect();
    let over = cx.services.overfull(&cx.actor, &slugs).await?;
    let lines: Vec<_> = over
        .into_iter()
        .map(|(view, seats)| {
            let args = [
                ("title", view.title(cx.lang()).into()),
                ("all", seats.capacity.into()),
                ("given", seats.given().into()),
            ];
            let href = format!("/manage/workshops/{}/people", view.row.slug);
            let words = cx.say_with("merge-over", &args);
            view! { <li><a href=href>{words}</a></li> }
        })
        .collect();
    Ok((!lines.is_empty()).then(|| {
        view! {
            <div class="notice notice--wait" role="status">
                <h2>{cx.say("merge-over-title")}</h2>
                <ul>{lines}</ul>
            </div>
        }
    }))
}

/// `POST /manage/merge`: looks through everything.
pub(super) async fn find(cx: Cx) -> Result<Response, Oops> {
    let new = cx.services.find_likenesses(&cx.actor).await?;
    Ok(see_other(&format!("{PATH}?done=found&new={new}")))
}

/// `GET /manage/merge/{id}`: one pair alone.
pub(super) async fn one(cx: Cx, Path(id): Path<i64>) -> Result<Response, Oops> {
    let pair = cx.services.like_pair(&cx.actor, id).await?;
    let title = cx.say("merge-title");
    let page = Page::staff(&title);
    let inner = cx.clone();
    let body = move || {
        let cx = &inner;
        view! {
            <p><a href=PATH>{cx.say("back-merge")}</a></p>
            <h1>{title}</h1>
            {pair::view(cx, &pair, *pair.row.state).into_any()}
        }
    };
    Ok(cx.show(page, body).await)
}

/// `POST /manage/merge/{id}`
pub(super) async fn judge(cx: Cx, Path(id): Path<i64>, fields: Fields) -> Result<Response, Oops> {
    let newer = |name: &str| fields.text(name) == "second";
    let act = fields.text("act");
    match act.as_str() {
        "merge" => {
            let choice = MergeChoice {
                name: newer("keep_name"),
                phone: newer("keep_phone"),
                email: newer("keep_email"),
                establishment: newer("keep_establishment"),
            };
            cx.services.merge(&cx.actor, id, choice).await?;
        }
        "apart" => cx.services.keep_apart(&cx.actor, id).await?,
        _ => return Err(Failure::problem("act", Reason::NotAChoice).into()),
    }
    let noun = fields.text("noun");
    let noun = LikenessNoun::from_code(&noun).unwrap_or(LikenessNoun::Person);
    Ok(see_other(&format!("{PATH}?done={act}&id={id}&of={noun}")))
}

/// `POST /manage/merge/{id}/undo`
pub(super) async fn undo(cx: Cx, Path(id): Path<i64>) -> Result<Response, Oops> {
    let over = cx.services.undo_judgement(&cx.actor, id).await?;
    let over: String = over.iter().map(|slug| format!("&over={slug}")).collect();
    Ok(see_other(&format!("{PATH}?done=undone{over}")))
}

/// What was just done, with a way back where there is one.
fn said(cx: &Cx, query: &Fields) -> Option<AnyView> {
    let id: Option<i64> = query.text("id").parse().ok();
    let undo = id.map(|id| (format!("{PATH}/{id}/undo"), cx.say("merge-undo")));
    let (words, undo) = match query.text("done").as_str() {
        "merge" if query.text("of") == LikenessNoun::Establishment.code() => {
            (cx.say("merge-done-firms"), undo)
        }
        "merge" => (cx.say("merge-done-merged"), undo),
        "apart" => (cx.say("merge-done-apart"), undo),
        "undone" => (cx.say("merge-done-undone"), None),
        "found" => {
            let new: i64 = query.text("new").parse().unwrap_or(0);
            let args = [("number", new.into())];
            (cx.say_with("merge-done-found", &args), None)
        }
        _ => return None,
    };
    Some(done(cx.say("merge-done-title"), words, undo).into_any())
}

fn body(
    cx: &Cx,
    title: String,
    queue: &MergeQueue,
    state: LikenessState,
    said: [Option<AnyView>; 2],
) -> impl IntoView + use<> {
    let links: Vec<_> = queue
        .parts
        .iter()
        .map(|(of, number)| {
            let href = format!("{PATH}?state={of}");
            let current = (*of == state).then_some("page");
            let words = format!("{} ({number})", cx.words.term(*of));
            view! { <li><a href=href aria-current=current>{words}</a></li> }
        })
        .collect();
    let pairs: Vec<_> = queue
        .pairs
        .iter()
        .map(|each| pair::view(cx, each, state).into_any())
        .collect();
    let content = if pairs.is_empty() {
        view! { <div class="empty"><p>{cx.say("merge-empty")}</p></div> }.into_any()
    } else {
        pairs.into_any()
    };
    view! {
        {Vec::from(said)}
        <h1>{title}</h1>
        <p>{cx.say("merge-lead")}</p>
        <nav class="pagination" aria-label=cx.say("merge-parts")><ul>{links}</ul></nav>
        {content}
        <form method="post" action=PATH class="form-actions">
            <a class="button button--secondary" href=BY_HAND>{cx.say("merge-by-hand")}</a>
            <button class="button button--secondary" type="submit">{cx.say("merge-find")}</button>
        </form>
    }
}
