//! A question before an act: what will happen, and a way back.

use crate::html::*;
use crate::render::{Cx, Page};
use crate::ui::error_summary;
use axum::response::Response;
use domain::Problems;

/// What is asked.
pub(super) struct Ask {
    pub(super) title: String,
    /// What it is about.
    pub(super) about: String,
    /// What will happen, one paragraph each.
    pub(super) what: Vec<String>,
    /// The words of the button.
    pub(super) act: String,
    /// It takes something away.
    pub(super) danger: bool,
    pub(super) back: String,
    pub(super) problems: Problems,
}

/// The page with the question, and with fields if the act needs some.
pub(super) async fn ask(
    cx: &Cx,
    ask: Ask,
    fields: impl FnOnce(&Cx, &Problems) -> Option<AnyView> + Send + 'static,
) -> Response {
    let page = Page::staff(&ask.title).narrow().checked(&ask.problems);
    let inner = cx.clone();
    let body = move || {
        let cx = &inner;
        let what: Vec<_> = ask
            .what
            .iter()
            .map(|words| view! { <p>{words.clone()}</p> })
            .collect();
        let class = if ask.danger {
            "button button--danger"
        } else {
            "button"
        };
        view! {
            {error_summary(cx, &ask.problems)}
            <div class="confirm">
                <h1>{ask.title.clone()}</h1>
                <p><strong>{ask.about.clone()}</strong></p>
                {what}
                <form method="post" novalidate>
                    {fields(cx, &ask.problems)}
                    <div class="form-actions">
                        <button class=class type="submit">{ask.act.clone()}</button>
                        <a class="button button--quiet" href=ask.back.clone()>{cx.say("attend-back")}</a>
                    </div>
                </form>
            </div>
        }
    };
    cx.show(page, body).await
}
