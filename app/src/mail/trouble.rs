//! That the mail server takes nothing, on top of the list.

use crate::html::*;
use crate::render::Cx;
use domain::MailFailure;
use service::MailTrouble;

/// What is wrong, since when, when it is tried again, and the server's words.
pub(super) fn said(cx: &Cx, met: &MailTrouble) -> impl IntoView + use<> {
    let title = match met.failure {
        MailFailure::Connection => cx.say("outbox-trouble-connection"),
        _ => cx.say("outbox-trouble-server"),
    };
    let at = |at| [("at", cx.words.day_time(at).into())];
    let next = met.next_at.map_or_else(
        || cx.say("outbox-trouble-final"),
        |next| cx.say_with("outbox-trouble-next", &at(next)),
    );
    view! {
        <div class="notice notice--bad">
            <h2>{title}</h2>
            <p>{cx.say_with("outbox-trouble-at", &at(met.at))}" "{next}</p>
            <p class="wrap-anywhere">{cx.say("outbox-trouble-words")}" "<q>{met.words.clone()}</q></p>
        </div>
    }
}
