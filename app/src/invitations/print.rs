//! Letters to print, one sheet each.

use super::path;
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use axum::extract::Path;
use axum::response::Response;
use domain::Coded;
use service::{InvitationLetter, Organizer};
use text::Words;

/// `GET /manage/workshops/{slug}/invitations/print`: what has not been sent.
pub(super) async fn all(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    show(&cx, &slug, None).await
}

/// `GET /manage/workshops/{slug}/invitations/{id}/print`
pub(super) async fn one(cx: Cx, Path((slug, id)): Path<(String, i64)>) -> Result<Response, Oops> {
    show(&cx, &slug, Some(id)).await
}

/// `POST /manage/workshops/{slug}/invitations/print`: these have left.
pub(super) async fn sent(
    cx: Cx,
    Path(slug): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let ids: Vec<i64> = fields.all("id").filter_map(|id| id.parse().ok()).collect();
    cx.services
        .note_invitations_sent(&cx.actor, &slug, &ids)
        .await?;
    Ok(see_other(&format!("{}?done=sent", path(&slug))))
}

async fn show(cx: &Cx, slug: &str, only: Option<i64>) -> Result<Response, Oops> {
    let (view, letters) = cx
        .services
        .invitation_letters(&cx.actor, slug, only)
        .await?;
    let action = format!("{}/print", path(slug));
    let back = path(slug);
    let page = Page::staff(&cx.say("invite-print-title"));
    let inner = cx.clone();
    let body = move || {
        let cx = &inner;
        let office = cx.organizer.answering_for(&view);
        let sheets: Vec<_> = letters
            .iter()
            .map(|letter| sheet(cx, letter, &office).into_any())
            .collect();
        view! {
            <div class="no-print">
                <h1>{cx.say("invite-print-title")}</h1>
                <p><a href=back>{cx.say("invite-one-back")}</a></p>
                {head(cx, &letters, action)}
            </div>
            {sheets}
        }
    };
    Ok(cx.show(page, body).await)
}

/// What to do, and that it was done.
fn head(cx: &Cx, letters: &[InvitationLetter], action: String) -> AnyView {
    if letters.is_empty() {
        return view! { <div class="empty"><p>{cx.say("invite-print-none")}</p></div> }.into_any();
    }
    let count = i64::try_from(letters.len()).unwrap_or(0);
    let words = cx.say_with("invite-print-done", &[("count", count.into())]);
    let ids: Vec<_> = letters
        .iter()
        .map(|letter| view! { <input type="hidden" name="id" value=letter.id.to_string() /> })
        .collect();
    view! {
        <p>{cx.say("invite-print-hint")}</p>
        <form method="post" action=action class="field">
            {ids}
            <button class="button" type="submit">{words}</button>
        </form>
    }
    .into_any()
}

/// A letter, in its own language.
fn sheet(cx: &Cx, letter: &InvitationLetter, office: &Organizer) -> impl IntoView + use<> {
    let words = Words(letter.lang);
    let attention = (!letter.contact_name.is_empty()).then(|| {
        let name = [("name", (&letter.contact_name).into())];
        view! { <p>{words.say_with("invite-print-attention", &name)}</p> }
    });
    let paragraphs: Vec<_> = letter
        .paragraphs
        .iter()
        .map(|words| view! { <p>{words.clone()}</p> })
        .collect();
    let contact = (words.say("home-contact"), office.contact());
    let facts: Vec<_> = letter
        .facts
        .iter()
        .chain([&contact])
        .filter(|(_, fact)| !fact.is_empty())
        .map(|(name, fact)| view! { <div><dt>{name.clone()}</dt><dd>{fact.clone()}</dd></div> })
        .collect();
    let to = words.say_with(
        "invite-print-to",
        &[("name", (&letter.establishment).into())],
    );
    view! {
        <article class="sheet" lang=letter.lang.code()>
            {head_of(cx, words, office).into_any()}
            <h2 class="sheet__title">
                {words.say("invite-print-kind")}<br />
                <span class="sheet__subject">{letter.subject.clone()}</span>
            </h2>
            <p><strong>{to}</strong></p>
            {attention}
            {paragraphs}
            <dl class="facts">{facts}</dl>
            <div class="sheet__way">
                <div class="ticket__qr sheet__qr" role="img" aria-label=words.say("invite-print-qr")
                    inner_html=letter.qr_svg.clone()></div>
                <p>{words.say("invite-print-link")}<br /><span class="wrap-anywhere">{letter.link.clone()}</span></p>
            </div>
            <div class="sheet__foot">
                <p>
                    <strong><em>{words.say("invite-print-recipients")}</em></strong><br />
                    {words.say("invite-print-above")}<br />
                    {words.say("invite-print-filed")}
                </p>
                <p class="sheet__sign"><strong>{words.say("invite-print-signature")}</strong></p>
            </div>
        </article>
    }
}

/// The head of an official letter (Decree 30/2020, annex I): who issues it and
/// its number, which the records clerk enters; the motto; place and date.
fn head_of(cx: &Cx, words: Words, office: &Organizer) -> impl IntoView + use<> {
    let day = words.official_day(cx.services.clock().now());
    let day = match place_of(&office.address) {
        "" => day,
        place => format!("{place}, {day}"),
    };
    let address = (!office.address.is_empty())
        .then(|| view! { <br /><span class="small">{office.address.clone()}</span> });
    view! {
        <div class="sheet__head">
            <p>
                <strong class="sheet__issuer">{office.name(words.0).to_owned()}</strong>
                {address}<br />
                <span class="sheet__number">{words.say("invite-print-number")}</span>
            </p>
            <p>
                <strong>{words.say("invite-print-state")}</strong><br />
                <strong class="sheet__motto">{words.say("invite-print-motto")}</strong><br />
                <em>{day}</em>
            </p>
        </div>
    }
}

/// The province at the end of an address, by its bare name, as it stands before
/// the date of a letter.
fn place_of(address: &str) -> &str {
    let mut parts = address.rsplit(',').map(str::trim);
    let last = parts.find(|part| domain::fold(part) != "viet nam");
    let last = last.unwrap_or_default();
    let kinds = [
        "tỉnh ",
        "Tỉnh ",
        "thành phố ",
        "Thành phố ",
        "Thành Phố ",
        "TP. ",
        "TP.",
        "TP ",
    ];
    let bare = kinds.iter().find_map(|kind| last.strip_prefix(kind));
    bare.unwrap_or(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_dated_from_the_province() {
        let of = "12 Cách Mạng Tháng Tám, phường An Hội, tỉnh Vĩnh Long";
        assert_eq!(place_of(of), "Vĩnh Long");
        assert_eq!(place_of("Quận 1, TP. Hồ Chí Minh"), "Hồ Chí Minh");
        assert_eq!(place_of("TP.Cần Thơ, Việt Nam"), "Cần Thơ");
        assert_eq!(place_of("Bến Tre"), "Bến Tre");
        assert_eq!(place_of(""), "");
    }
}
