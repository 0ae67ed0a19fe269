//! Sending the materials to those who came and agreed to get them.

use super::{address, mails};
use crate::html::*;
use crate::render::{Cx, Oops, Page, see_other};
use axum::extract::Path;
use axum::response::Response;
use domain::{Act, MaterialVisibility, Viewer};
use service::entity::outbox;
use service::{
    Conflict, Failure, MailingPlan, MailingProgress, MaterialView, MaterialsBoard, Shelf,
};

/// What the organiser sees of the sending.
#[derive(Clone, Debug)]
pub(super) struct Sending {
    plan: MailingPlan,
    pub(super) progress: MailingProgress,
    pub(super) mails: Vec<outbox::Model>,
}

impl Sending {
    /// Whom it would reach, and how far it is.
    pub(super) async fn load(cx: &Cx, slug: &str) -> Result<Self, Failure> {
        Ok(Self {
            plan: cx.services.plan_materials(&cx.actor, slug).await?,
            progress: cx.services.materials_progress(&cx.actor, slug).await?,
            mails: cx.services.materials_mails(&cx.actor, slug).await?,
        })
    }

    /// Whether any mail was written.
    pub(super) fn is_there(&self) -> bool {
        !self.mails.is_empty()
    }

    /// Whether somebody is still to be written to about what is handed out now.
    pub(super) fn is_due(&self, cx: &Cx, board: &MaterialsBoard) -> bool {
        let waits = board.waits_until(cx.services.clock().now()).is_some();
        board.has_files() && !waits && self.plan.to_send > 0
    }
}

/// The part of the page about sending.
pub(super) fn section(cx: &Cx, slug: &str, sending: &Sending, board: &MaterialsBoard) -> AnyView {
    let plan = &sending.plan;
    let facts = [
        ("materials-plan-attended", plan.attended),
        ("materials-plan-consented", plan.consented),
        ("materials-plan-without-address", plan.without_address),
        ("materials-plan-before", plan.before),
        ("materials-plan-to-send", plan.to_send),
    ]
    .map(|(key, number)| {
        let number = cx.words.number(number.into());
        view! { <dt>{cx.say(key)}</dt> <dd>{number}</dd> }
    });
    let waits = board.waits_until(cx.services.clock().now());
    let act = if sending.is_due(cx, board) {
        let href = format!("{}/send", address(slug));
        let words = cx.say_with("materials-send-act", &[("number", plan.to_send.into())]);
        view! { <p><a class="button" href=href>{words}</a></p> }.into_any()
    } else {
        let why = match waits {
            _ if plan.attended == 0 => cx.say("materials-send-nobody-yet"),
            _ if !board.has_files() => cx.say("materials-send-no-files"),
            Some(at) => {
                let at = cx.words.day_time(at);
                cx.say_with("materials-send-waits", &[("at", at.into())])
            }
            None if plan.before > 0 => cx.say("materials-send-all-done"),
            None => cx.say("materials-send-none-to-reach"),
        };
        view! { <p class="muted">{why}</p> }.into_any()
    };
    let links = format!("{}/links", address(slug));
    view! {
        <section aria-labelledby="sending">
            <h2 id="sending">{cx.say("materials-send-title")}</h2>
            <dl class="facts">{Vec::from(facts)}</dl>
            {act}
            <p><a href=links>{cx.say("materials-links")}</a></p>
            {sending.is_there().then(|| mails::section(cx, slug, sending))}
        </section>
    }
    .into_any()
}

/// `GET /manage/workshops/{slug}/materials/send`: says what will happen.
pub(super) async fn confirm(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    cx.actor.require(Act::SendMaterials)?;
    let plan = cx.services.plan_materials(&cx.actor, &slug).await?;
    let shelf = Shelf::Workshop(&slug);
    let board = cx.services.materials_board(&cx.actor, shelf).await?;
    let now = cx.services.clock().now();
    let seen = |(view, _): &&(MaterialView, String)| view.seen_by(Viewer::Attended, now).is_some();
    let title = |(view, _): &(MaterialView, String)| view.title(cx.lang()).to_owned();
    let mut files: Vec<String> = board.materials.iter().filter(seen).map(title).collect();
    if plan.to_send == 0 || files.is_empty() {
        return Err(Failure::Conflict(Conflict::NothingToSend).into());
    }
    // What is of the programme and not in the library stands behind the same link.
    let shared = cx.services.materials_board(&cx.actor, Shelf::Programme);
    let shared = shared.await?.materials;
    let shared = shared
        .iter()
        .filter(seen)
        .filter(|(view, _)| *view.row.visibility != MaterialVisibility::Public);
    files.extend(shared.map(title));
    let title = cx.say_with("materials-send-act", &[("number", plan.to_send.into())]);
    let page = Page::staff(&title).narrow();
    let inner = cx.clone();
    let workshop = board.shelf.workshop.as_ref();
    let heading = workshop.map_or("", |view| view.title(cx.lang())).to_owned();
    Ok(cx
        .show(page, move || {
            question(&inner, &slug, &title, &heading, plan, files)
        })
        .await)
}

fn question(
    cx: &Cx,
    slug: &str,
    title: &str,
    heading: &str,
    plan: MailingPlan,
    files: Vec<String>,
) -> impl IntoView + use<> {
    let back = address(slug);
    let action = format!("{back}/send");
    let text = cx.say_with("materials-send-text", &[("number", plan.to_send.into())]);
    let title = title.to_owned();
    let files: Vec<_> = files
        .into_iter()
        .map(|file| view! { <li class="wrap-anywhere">{file}</li> })
        .collect();
    view! {
        <h1>{title.clone()}</h1>
        <p class="lead">{heading.to_owned()}</p>
        <p>{text}</p>
        <ul>{files}</ul>
        <p>{cx.say("materials-send-again")}</p>
        <form method="post" action=action class="form-actions">
            <button class="button" type="submit">{title}</button>
            <a class="button button--quiet" href=back>{cx.say("materials-back")}</a>
        </form>
    }
}

/// `POST /manage/workshops/{slug}/materials/send`. Pressed twice it sends once,
/// and leads to the same page.
pub(super) async fn send(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    let back = address(&slug);
    match cx.services.send_materials(&cx.actor, &slug).await {
        Ok(_) => Ok(see_other(&format!("{back}?done=sent"))),
        Err(failure @ Failure::Conflict(Conflict::NothingToSend)) => {
            let progress = cx.services.materials_progress(&cx.actor, &slug).await?;
            if progress == MailingProgress::default() {
                Err(failure.into())
            } else {
                Ok(see_other(&back))
            }
        }
        Err(failure) => Err(failure.into()),
    }
}
