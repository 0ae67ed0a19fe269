//! The invitations of a workshop: how they stand, and what can be done.

use super::{named, path, state_badge};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page};
use crate::ui::{notice, tone};
use crate::workshops::tabs;
use axum::extract::Path;
use axum::http::Uri;
use axum::response::Response;
use domain::{Coded, InvitationState, Phase};
use service::{InvitationRow, Invitations};

/// `GET /manage/workshops/{slug}/invitations`
pub(super) async fn show(cx: Cx, Path(slug): Path<String>, uri: Uri) -> Result<Response, Oops> {
    let query = Fields::of_query(uri.query());
    let part = InvitationState::from_code(&query.text("state"));
    let data = cx.services.invitations(&cx.actor, &slug, part).await?;
    let said = match query.text("done").as_str() {
        "made" => Some(made(&cx, &query)),
        "mailed" => Some(cx.say("invite-done-mailed")),
        "none" => Some(cx.say("invite-none-mailed")),
        "sent" => Some(cx.say("invite-done-sent")),
        _ => None,
    };
    let title = data.view.title(cx.lang());
    let title = cx.say_with("invite-page", &[("title", title.into())]);
    let inner = cx.clone();
    let page = Page::staff(&title).wide();
    Ok(cx.show(page, move || body(&inner, &data, part, said)).await)
}

/// How many invitations were written, how many there were already, and what
/// became of the contacts typed for those.
fn made(cx: &Cx, query: &Fields) -> String {
    let said = |name: &str, key: &str| {
        let number: u32 = query.text(name).parse().unwrap_or(0);
        (number > 0).then(|| cx.say_with(key, &[("count", number.into())]))
    };
    let lines = [
        said("made", "invite-done-made"),
        said("known", "invite-done-known"),
        said("contacts", "invite-done-contacts"),
        said("kept", "invite-done-kept"),
    ];
    let lines: Vec<String> = lines.into_iter().flatten().collect();
    lines.join(" ")
}

fn body(
    cx: &Cx,
    data: &Invitations,
    part: Option<InvitationState>,
    said: Option<String>,
) -> impl IntoView + use<> {
    let said = said.map(|words| notice(tone::OK, cx.say("invite-done-title"), words));
    let draft = (data.view.phase == Phase::Draft).then(|| {
        notice(
            tone::INFO,
            cx.say("invite-draft-title"),
            cx.say("invite-draft"),
        )
    });
    let content = if data.all == 0 {
        nobody(cx, data).into_any()
    } else {
        view! {
            {sums(cx, data).into_any()}
            {acts(cx, data).into_any()}
            {parts(cx, data, part).into_any()}
            {list(cx, data)}
        }
        .into_any()
    };
    view! {
        {said}
        <h1>{data.view.title(cx.lang()).to_owned()}</h1>
        {tabs(cx, &data.view.row.slug, "invitations")}
        {draft}
        {content}
    }
}

fn nobody(cx: &Cx, data: &Invitations) -> impl IntoView + use<> {
    let href = format!("{}/new", path(&data.view.row.slug));
    let act = may_invite(data)
        .then(|| view! { <p><a class="button" href=href>{cx.say("invite-act")}</a></p> });
    view! {
        <div class="empty">
            <h2>{cx.say("invite-empty-title")}</h2>
            <p>{cx.say("invite-empty")}</p>
            {act}
        </div>
    }
}

fn may_invite(data: &Invitations) -> bool {
    matches!(data.view.phase, Phase::Draft | Phase::Upcoming)
}

/// How many may still come, and that it is too many.
fn sums(cx: &Cx, data: &Invitations) -> impl IntoView + use<> {
    let args = [
        ("open", data.open_places.into()),
        ("booked", data.booked.into()),
    ];
    let short = (data.short > 0 && may_invite(data)).then(|| {
        let words = cx.say_with("invite-short", &[("short", data.short.into())]);
        notice(tone::WAIT, cx.say("invite-short-title"), words)
    });
    view! {
        <p>{cx.say_with("invite-named-sum", &args)}</p>
        {short}
    }
}

fn acts(cx: &Cx, data: &Invitations) -> Option<impl IntoView + use<>> {
    let path = path(&data.view.row.slug);
    let unsent = data
        .parts
        .iter()
        .any(|(state, _)| *state == InvitationState::Unsent);
    let announced = data.view.phase == Phase::Upcoming;
    let mail = (announced && data.to_mail > 0).then(|| {
        let count = i64::try_from(data.to_mail).unwrap_or(i64::MAX);
        let words = cx.say_with("invite-mail-all", &[("count", count.into())]);
        let action = format!("{path}/send");
        view! {
            <form method="post" action=action>
                <button class="button" type="submit">{words}</button>
            </form>
        }
    });
    let print = (announced && unsent).then(|| {
        let href = format!("{path}/print");
        view! { <a class="button button--secondary" href=href>{cx.say("invite-print-all")}</a> }
    });
    may_invite(data).then(|| {
        let class = if mail.is_some() {
            "button button--secondary"
        } else {
            "button"
        };
        let href = format!("{path}/new");
        view! {
            <div class="row no-print">
                {mail}
                {print}
                <a class=class href=href>{cx.say("invite-act")}</a>
            </div>
        }
    })
}

/// The states that have invitations, each a link.
fn parts(cx: &Cx, data: &Invitations, part: Option<InvitationState>) -> impl IntoView + use<> {
    let path = path(&data.view.row.slug);
    let link = |of: Option<InvitationState>, number: usize| {
        let (words, href) = match of {
            None => (cx.say("manage-all"), path.clone()),
            Some(of) => (cx.words.term(of), format!("{path}?state={of}")),
        };
        let current = (of == part).then_some("page");
        view! { <li><a href=href aria-current=current>{format!("{words} ({number})")}</a></li> }
    };
    let mut links = vec![link(None, data.all)];
    links.extend(
        data.parts
            .iter()
            .map(|(of, number)| link(Some(*of), *number)),
    );
    view! { <nav class="pagination" aria-label=cx.say("invite-parts")><ul>{links}</ul></nav> }
}

fn list(cx: &Cx, data: &Invitations) -> AnyView {
    if data.rows.is_empty() {
        let all = path(&data.view.row.slug);
        return view! {
            <div class="empty">
                <p>{cx.say("invite-none")}</p>
                <p><a href=all>{cx.say("invite-show-all")}</a></p>
            </div>
        }
        .into_any();
    }
    let rows: Vec<_> = data
        .rows
        .iter()
        .map(|each| row(cx, &data.view.row.slug, each).into_any())
        .collect();
    view! {
        <table class="table table--cards">
            <thead>
                <tr>
                    <th scope="col">{cx.say("field-establishment")}</th>
                    <th scope="col">{cx.say("invite-state")}</th>
                    <th scope="col" class="num">{cx.say("invite-col-named")}</th>
                    <th scope="col">{cx.say("field-answer_by")}</th>
                    <th scope="col">{cx.say("invite-contact")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(cx: &Cx, slug: &str, each: &InvitationRow) -> impl IntoView + use<> {
    let href = format!("{}/{}", path(slug), each.row.id);
    let said = !each.row.decline_reason.is_empty();
    let reason = (each.state == InvitationState::Declined && said)
        .then(|| view! { <p class="muted">{each.row.decline_reason.clone()}</p> });
    let second = each.is_second.then(|| {
        let href = format!("{href}/withdraw");
        view! {
            <p class="muted">{cx.say("invite-second")}</p>
            <p><a href=href>{cx.say("invite-withdraw-act")}<span class="visually-hidden">": "{each.establishment.clone()}</span></a></p>
        }
    });
    view! {
        <tr>
            <th scope="row"><a href=href>{each.establishment.clone()}</a></th>
            <td data-label=cx.say("invite-state")><div>{state_badge(cx, each.state)}{reason}{second}</div></td>
            <td class="num" data-label=cx.say("invite-col-named")>{named(cx, each.named, each.row.quota)}</td>
            <td data-label=cx.say("field-answer_by")>{cx.words.stamp(each.row.answer_by)}</td>
            <td data-label=cx.say("invite-contact")><div>{contact(cx, each)}</div></td>
        </tr>
    }
}

/// Whom to call about an invitation.
pub(super) fn contact(cx: &Cx, each: &InvitationRow) -> AnyView {
    let row = &each.row;
    let phone = row.contact_phone.as_ref().map(|phone| {
        let href = format!("tel:{phone}");
        view! { <a class="nowrap" href=href>{domain::Phone::national(phone)}</a>" " }
    });
    let email = row.contact_email.as_ref().map(|email| {
        let href = format!("mailto:{email}");
        view! { <a href=href>{email.clone()}</a> }
    });
    if phone.is_none() && email.is_none() && row.contact_name.is_empty() {
        return cx.say("invite-no-contact").into_any();
    }
    view! { {row.contact_name.clone()}" "{phone}{email} }.into_any()
}
