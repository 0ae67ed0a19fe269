//! One invitation: how it stands, sending it, and changing it.

use super::{details, list, named, path, state_badge};
use crate::home::fact;
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{error_summary_of_rows, in_textarea, notice, state_badge as seat_badge, tone};
use axum::extract::Path;
use axum::http::Uri;
use axum::response::Response;
use domain::{InvitationState, InviteForm, Phase, Problems, TicketCode};
use service::{Failure, InvitationPage};

/// `GET /manage/workshops/{slug}/invitations/{id}`
pub(super) async fn show(
    cx: Cx,
    Path((slug, id)): Path<(String, i64)>,
    uri: Uri,
) -> Result<Response, Oops> {
    let done = Fields::of_query(uri.query()).text("done");
    page(&cx, &slug, id, None, Problems::default(), &done).await
}

/// `POST /manage/workshops/{slug}/invitations/{id}`
pub(super) async fn revise(
    cx: Cx,
    Path((slug, id)): Path<(String, i64)>,
    fields: Fields,
) -> Result<Response, Oops> {
    let form = details::typed(&fields);
    let revised = cx
        .services
        .revise_invitation(&cx.actor, &slug, id, &form)
        .await;
    match revised {
        Ok(()) => Ok(see_other(&format!("{}/{id}?done=revised", path(&slug)))),
        Err(Failure::Invalid(problems)) => page(&cx, &slug, id, Some(form), problems, "").await,
        Err(failure) => Err(failure.into()),
    }
}

async fn page(
    cx: &Cx,
    slug: &str,
    id: i64,
    typed: Option<InviteForm>,
    problems: Problems,
    done: &str,
) -> Result<Response, Oops> {
    let data = cx.services.invitation_page(&cx.actor, slug, id).await?;
    let form = typed.unwrap_or_else(|| data.form.clone());
    let said = match done {
        "revised" => Some("invite-done-revised"),
        "mailed" => Some("invite-done-mailed"),
        "sent" => Some("invite-done-sent"),
        "withdrawn" => Some("invite-done-withdrawn"),
        _ => None,
    };
    let page = Page::staff(&data.invitation.establishment).checked(&problems);
    let inner = cx.clone();
    Ok(cx
        .show(page, move || body(&inner, &data, &form, &problems, said))
        .await)
}

fn body(
    cx: &Cx,
    data: &InvitationPage,
    form: &InviteForm,
    problems: &Problems,
    said: Option<&'static str>,
) -> impl IntoView + use<> {
    let said = said.map(|key| notice(tone::OK, cx.say("invite-done-title"), cx.say(key)));
    let back = path(&data.view.row.slug);
    let stands = data.invitation.state != InvitationState::Withdrawn;
    let send = (stands && data.view.phase == Phase::Upcoming).then(|| send(cx, data).into_any());
    let ahead = matches!(data.view.phase, Phase::Draft | Phase::Upcoming);
    let edit = (stands && ahead).then(|| edit(cx, data, form, problems).into_any());
    view! {
        {error_summary_of_rows(cx, problems, &|_| None)}
        {said}
        <h1>{data.invitation.establishment.clone()}</h1>
        <p><a href=back>{cx.say("invite-one-back")}</a>": "{data.view.title(cx.lang()).to_owned()}</p>
        {facts(cx, data).into_any()}
        {nominees(cx, data)}
        {send}
        {edit}
    }
}

fn facts(cx: &Cx, data: &InvitationPage) -> impl IntoView + use<> {
    let each = &data.invitation;
    let sent = match each.row.sent_at {
        Some(at) => cx.words.day_time(at),
        None => cx.say("invite-not-sent"),
    };
    let said = !each.row.decline_reason.is_empty();
    let reason = (each.state == InvitationState::Declined && said).then(|| {
        fact(
            cx.say("field-decline_reason"),
            each.row.decline_reason.clone(),
        )
    });
    view! {
        <dl class="facts">
            {fact(cx.say("invite-state"), state_badge(cx, each.state))}
            {reason}
            {fact(cx.say("invite-col-named"), named(cx, each.named, each.row.quota))}
            {fact(cx.say("field-answer_by"), cx.words.day_time(each.row.answer_by))}
            {fact(cx.say("invite-sent-at"), sent)}
            {fact(cx.say("invite-contact"), list::contact(cx, each))}
        </dl>
    }
}

/// Who was named, each as the list of people has them.
fn nominees(cx: &Cx, data: &InvitationPage) -> AnyView {
    if data.nominees.is_empty() {
        return view! {
            <h2>{cx.say("invite-nominees")}</h2>
            <div class="empty"><p>{cx.say("invite-nominees-none")}</p></div>
        }
        .into_any();
    }
    let items: Vec<_> = data
        .nominees
        .iter()
        .map(|one| {
            view! {
                <li class="list__item">
                    <div class="list__body">
                        <h3>{one.full_name.clone()}</h3>
                        <p class="muted">
                            {cx.words.term(one.role)}" · "
                            <span class="nowrap">{TicketCode::spaced(&one.code)}</span>
                        </p>
                    </div>
                    <div class="list__side">{seat_badge(cx, one.state)}</div>
                </li>
            }
            .into_any()
        })
        .collect();
    view! { <h2>{cx.say("invite-nominees")}</h2><ul class="list">{items}</ul> }.into_any()
}

/// By mail, on paper, or by a text to copy.
fn send(cx: &Cx, data: &InvitationPage) -> impl IntoView + use<> {
    let row = &data.invitation.row;
    let here = format!("{}/{}", path(&data.view.row.slug), row.id);
    let mail = match &row.contact_email {
        Some(address) => {
            let action = format!("{here}/send");
            let words = cx.say_with("invite-mail-one", &[("address", address.into())]);
            view! {
                <form method="post" action=action>
                    <button class="button wrap-anywhere" type="submit">{words}</button>
                </form>
            }
            .into_any()
        }
        None => view! { <p>{cx.say("invite-no-email")}</p> }.into_any(),
    };
    let by_hand = row.sent_at.is_none().then(|| {
        let action = format!("{here}/sent");
        view! {
            <form method="post" action=action>
                <button class="button button--secondary" type="submit">{cx.say("invite-mark-sent")}</button>
            </form>
        }
    });
    let print = format!("{here}/print");
    let rows = (data.letter.zalo.lines().count() + 2).to_string();
    view! {
        <h2>{cx.say("invite-send-title")}</h2>
        <div class="row no-print field">
            {mail}
            <a class="button button--secondary" href=print>{cx.say("invite-print-one")}</a>
            {by_hand}
        </div>
        <div class="field">
            <label for="zalo">{cx.say("invite-zalo-label")}</label>
            <p class="hint" id="zalo-hint">{cx.say("invite-zalo-hint")}</p>
            <textarea id="zalo" rows=rows readonly=true aria-describedby="zalo-hint"
                lang=domain::Coded::code(data.letter.lang)>{in_textarea(&data.letter.zalo)}</textarea>
        </div>
    }
}

fn edit(
    cx: &Cx,
    data: &InvitationPage,
    form: &InviteForm,
    problems: &Problems,
) -> impl IntoView + use<> {
    let withdraw = format!(
        "{}/{}/withdraw",
        path(&data.view.row.slug),
        data.invitation.row.id
    );
    let names = [data.invitation.establishment.clone()];
    view! {
        <h2>{cx.say("invite-edit-title")}</h2>
        <form method="post" novalidate=true>
            {details::rows(cx, form, &names, problems)}
            {details::shared(cx, form, problems).into_any()}
            <div class="form-actions">
                <button class="button" type="submit">{cx.say("invite-save")}</button>
                <a class="button button--quiet button--danger" href=withdraw>{cx.say("invite-withdraw-link")}</a>
            </div>
        </form>
    }
}
