//! Writing a message and changing it: the form, a look, and the deed.

use super::{address, form, look};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{error_summary, hidden};
use axum::extract::Path;
use axum::http::Uri;
use axum::response::Response;
use domain::{BEGINNINGS, CampaignForm, CampaignMove, Coded, Problems, TemplateOccasion};
use service::{CampaignChoices, Conflict, Failure, campaign_form};

/// The form as it was sent, or as it is opened.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    /// The message that is changed, if one is.
    pub(super) id: Option<i64>,
    pub(super) form: CampaignForm,
    /// Names a new message, so that sending it twice makes one.
    pub(super) request: String,
    pub(super) problems: Problems,
    /// Nothing was typed that another beginning would throw away.
    pub(super) fresh: bool,
}

/// `GET /manage/workshops/{slug}/messages/new`; with `from` it begins from the
/// words of that occasion.
pub(super) async fn blank(cx: Cx, Path(slug): Path<String>, uri: Uri) -> Result<Response, Oops> {
    let from = Fields::of_query(uri.query()).text("from");
    let form = match TemplateOccasion::from_code(&from) {
        Some(occasion) => {
            let begun = cx.services.begin_campaign(&cx.actor, &slug, occasion);
            begun.await?
        }
        None => CampaignForm::blank(),
    };
    let sheet = Sheet {
        id: None,
        form,
        request: cx.services.nonce(),
        problems: Problems::default(),
        fresh: true,
    };
    show(&cx, &slug, sheet).await
}

/// `GET /manage/workshops/{slug}/messages/{id}/edit`
pub(super) async fn edit(cx: Cx, Path((slug, id)): Path<(String, i64)>) -> Result<Response, Oops> {
    let page = cx.services.campaign(&cx.actor, &slug, id, None, 1).await?;
    if !page.campaign.state.allows(CampaignMove::Revise) {
        return Err(Failure::Conflict(Conflict::NotAllowedNow).into());
    }
    let sheet = Sheet {
        id: Some(id),
        form: campaign_form(&page.campaign.message),
        request: String::new(),
        problems: Problems::default(),
        fresh: false,
    };
    show(&cx, &slug, sheet).await
}

/// `POST /manage/workshops/{slug}/messages/new`: a look at whom it reaches; with
/// `confirm` the deed itself.
pub(super) async fn make(
    cx: Cx,
    Path(slug): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    taken(&cx, &slug, None, &fields).await
}

/// `POST /manage/workshops/{slug}/messages/{id}/edit`, as [`make`].
pub(super) async fn revise(
    cx: Cx,
    Path((slug, id)): Path<(String, i64)>,
    fields: Fields,
) -> Result<Response, Oops> {
    taken(&cx, &slug, Some(id), &fields).await
}

async fn taken(cx: &Cx, slug: &str, id: Option<i64>, fields: &Fields) -> Result<Response, Oops> {
    let mut sheet = Sheet {
        id,
        form: form::typed(fields),
        request: fields.text("request"),
        problems: Problems::default(),
        fresh: false,
    };
    if fields.ticked("back") {
        return show(cx, slug, sheet).await;
    }
    let (services, actor) = (&cx.services, &cx.actor);
    if fields.ticked("confirm") {
        let seen = fields.text("seen");
        let seen = Some(seen.as_str()).filter(|seen| !seen.is_empty());
        let done = match id {
            None => {
                let request = &sheet.request;
                services
                    .make_campaign(actor, slug, &sheet.form, request, seen)
                    .await
            }
            Some(id) => {
                let revised = services.revise_campaign(actor, slug, id, &sheet.form, seen);
                revised.await.map(|()| id)
            }
        };
        match done {
            Ok(id) => return Ok(see_other(&format!("{}/{id}?done=made", address(slug)))),
            Err(Failure::Invalid(problems)) => sheet.problems = problems,
            Err(failure) => return Err(failure.into()),
        }
    }
    match services.preview_campaign(actor, slug, &sheet.form).await {
        Ok(plan) => Ok(look::show(cx, plan, sheet).await),
        Err(Failure::Invalid(problems)) => {
            sheet.problems = problems;
            show(cx, slug, sheet).await
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn show(cx: &Cx, slug: &str, sheet: Sheet) -> Result<Response, Oops> {
    let choices = cx.services.campaign_choices(&cx.actor, slug).await?;
    if choices.view.phase == domain::Phase::Draft {
        return Err(Failure::Conflict(Conflict::NotAllowedNow).into());
    }
    let title = match sheet.id {
        None => cx.say("messages-form-title"),
        Some(_) => cx.say("messages-edit-title"),
    };
    let page = Page::staff(&title).narrow().checked(&sheet.problems);
    let inner = cx.clone();
    Ok(cx
        .show(page, move || body(&inner, title, &choices, &sheet))
        .await)
}

/// Occasions whose words it may begin from.
fn beginnings(cx: &Cx, messages: &str) -> impl IntoView + use<> {
    let link = |occasion: &TemplateOccasion| {
        let href = format!("{messages}/new?from={occasion}");
        view! { <a class="button button--secondary" href=href>{cx.words.term(*occasion)}</a> }
    };
    let links: Vec<_> = BEGINNINGS.iter().map(link).collect();
    view! {
        <h2>{cx.say("messages-begin")}</h2>
        <p class="hint">{cx.say("messages-begin-hint")}</p>
        <p class="row">{links}</p>
    }
}

fn body(cx: &Cx, title: String, choices: &CampaignChoices, sheet: &Sheet) -> impl IntoView + use<> {
    let back = address(&choices.view.row.slug);
    view! {
        {error_summary(cx, &sheet.problems)}
        <p><a href=back.clone()>{cx.say("messages-list")}</a></p>
        <h1>{title}</h1>
        <p>{choices.view.title(cx.lang()).to_owned()}</p>
        {sheet.fresh.then(|| beginnings(cx, &back).into_any())}
        <form method="post" novalidate>
            {hidden("request", &sheet.request)}
            {form::fields(cx, choices, &sheet.form, &sheet.problems)}
            <div class="form-actions">
                <button class="button" type="submit">{cx.say("messages-look")}</button>
            </div>
        </form>
    }
}
