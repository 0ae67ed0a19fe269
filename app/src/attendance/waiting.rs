//! Figures that wait for a second person.

use super::session_address;
use crate::html::*;
use crate::render::{Cx, Oops, Page};
use crate::workshops::heading;
use axum::response::Response;
use service::FiguresToSign;

/// `GET /figures`
pub(super) async fn list(cx: Cx) -> Result<Response, Oops> {
    let rows = cx.services.figures_to_sign(&cx.actor).await?;
    let page = Page::staff(&cx.say("attend-waiting-title"));
    let inner = cx.clone();
    let body = move || {
        let cx = &inner;
        let items: Vec<_> = rows.iter().map(|row| item(cx, row)).collect();
        let list = if items.is_empty() {
            view! { <div class="empty"><p>{cx.say("attend-waiting-none")}</p></div> }.into_any()
        } else {
            view! { <ul class="list">{items}</ul> }.into_any()
        };
        view! {
            <p><a href="/programme">{cx.say("nav-programme")}</a></p>
            <h1>{cx.say("attend-waiting-title")}</h1>
            <p>{cx.say("attend-waiting-lead")}</p>
            {list}
        }
    };
    Ok(cx.show(page, body).await)
}

fn item(cx: &Cx, row: &FiguresToSign) -> impl IntoView + use<> {
    let href = session_address(&row.workshop.slug, row.session.id);
    let session = &row.session;
    let period = cx.words.period(session.starts_at, session.ends_at);
    let by = [
        ("who", (&row.by).into()),
        ("at", cx.words.stamp(row.at).into()),
    ];
    let act = if row.own {
        cx.say("attend-waiting-own")
    } else {
        cx.say("attend-waiting-open")
    };
    view! {
        <li class="list__item">
            <div class="list__body">
                <h2>{row.title(cx.lang()).to_owned()}</h2>
                <p>{heading(cx, session)}", "{period}</p>
                <p class="muted">{cx.say_with("attend-proposed-by", &by)}</p>
            </div>
            <div class="list__side"><a class="button button--secondary" href=href>{act}</a></div>
        </li>
    }
}
