//! How far a mailing is, and what became of the mail to each recipient.

use super::islands::SendingProgress;
use super::send::Sending;
use super::shown::{Progress, ProgressWords};
use crate::html::*;
use crate::render::Cx;
use crate::ui::{badge, tone};
use domain::DeliveryState;
use service::MailingProgress;
use service::entity::outbox;

/// How far a mailing is, in words.
pub(super) fn progress(cx: &Cx, progress: &MailingProgress) -> Progress {
    let (sent, failed) = (progress.sent, progress.failed);
    let total = sent + failed + progress.open;
    let number = |number: u32| cx.words.number(number.into());
    let line = cx.say_with(
        "materials-progress",
        &[
            ("sent", number(sent).into()),
            ("total", number(total).into()),
            ("failed", failed.into()),
        ],
    );
    Progress {
        line,
        done: sent + failed,
        total,
        failed,
        open: progress.open,
    }
}

/// The bar, and the recipients: those whose mail has not left in view.
pub(super) fn section(cx: &Cx, slug: &str, sending: &Sending) -> AnyView {
    let words = ProgressWords {
        label: cx.say("materials-progress-label"),
        again: cx.say("materials-progress-again"),
        failed: cx.say("materials-progress-failed"),
    };
    let first = progress(cx, &sending.progress);
    let slug = slug.to_owned();
    let sent = |mail: &&outbox::Model| *mail.state == DeliveryState::Sent;
    let (sent, open): (Vec<_>, Vec<_>) = sending.mails.iter().partition(sent);
    let folded = (!sent.is_empty()).then(|| {
        let number = i64::try_from(sent.len()).unwrap_or(i64::MAX);
        let words = cx.say_with("materials-mails-sent", &[("number", number.into())]);
        view! { <details><summary>{words}</summary>{table(cx, &sent)}</details> }
    });
    let open = (!open.is_empty()).then(|| table(cx, &open));
    view! {
        <h3 id="mails">{cx.say("materials-mails-title")}</h3>
        <SendingProgress slug words first />
        {open}
        {folded}
    }
    .into_any()
}

fn table(cx: &Cx, mails: &[&outbox::Model]) -> AnyView {
    let rows: Vec<_> = mails.iter().map(|mail| row(cx, mail)).collect();
    view! {
        <table class="table table--cards">
            <caption class="visually-hidden">{cx.say("materials-mails-title")}</caption>
            <thead>
                <tr>
                    <th scope="col">{cx.say("materials-mail-to")}</th>
                    <th scope="col">{cx.say("materials-mail-state")}</th>
                    <th scope="col">{cx.say("materials-mail-what")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(cx: &Cx, mail: &outbox::Model) -> impl IntoView + use<> {
    let tone = match *mail.state {
        DeliveryState::Sent => tone::OK,
        DeliveryState::Queued | DeliveryState::Sending => tone::INFO,
        DeliveryState::Retry => tone::WAIT,
        DeliveryState::Failed | DeliveryState::Withheld => tone::BAD,
    };
    let what = match (mail.sent_at, &mail.error) {
        (Some(at), _) => cx.words.stamp(at),
        (None, Some(error)) => error.clone(),
        (None, None) => String::new(),
    };
    view! {
        <tr>
            <th scope="row">{mail.to_name.clone()}</th>
            <td data-label=cx.say("materials-mail-state")>{badge(tone, cx.words.term(*mail.state))}</td>
            <td data-label=cx.say("materials-mail-what") class="wrap-anywhere">{what}</td>
        </tr>
    }
}
