//! Writing a message and changing it: the form, a look, and the deed.

use super::{address, form, look, one};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{error_summary, hidden, notice, tone};
use axum::extract::Path;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use domain::{
    BEGINNINGS, CampaignForm, CampaignMove, CampaignState, Coded, Problems, TemplateOccasion,
};
use service::{CampaignChoices, CampaignPage, Conflict, Failure, campaign_form};

/// The form as it was sent, or as it is opened.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    /// The message that is changed, as it is, if one is.
    current: Option<CampaignPage>,
    pub(super) form: CampaignForm,
    /// Names a new message, so that sending it twice makes one.
    pub(super) request: String,
    pub(super) problems: Problems,
    /// It was sent, and not just opened.
    typed: bool,
    /// Where a trial went that was just sent.
    pub(super) tried: Option<String>,
}

impl Sheet {
    /// Whether the message that is changed stands there.
    pub(super) fn stands(&self, state: CampaignState) -> bool {
        let current = self.current.as_ref();
        current.is_some_and(|page| page.campaign.state == state)
    }

    /// Whether somebody changed the message since the form was opened.
    fn is_outdated(&self) -> bool {
        let version = &self.form.version;
        let current = self.current.as_ref();
        current.is_some_and(|page| !version.is_empty() && page.campaign.version != *version)
    }

    /// What was sent, field by field.
    pub(super) fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = form::pairs(&self.form);
        pairs.push(("request", self.request.clone()));
        pairs
    }
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
        form,
        request: cx.services.nonce(),
        ..Sheet::default()
    };
    show(&cx, &slug, sheet).await
}

/// `GET /manage/workshops/{slug}/messages/{id}/edit`
pub(super) async fn edit(cx: Cx, Path((slug, id)): Path<(String, i64)>) -> Result<Response, Oops> {
    let page = cx.services.campaign(&cx.actor, &slug, id, None, 1).await?;
    if !page.campaign.state.allows(CampaignMove::Revise) {
        return Err(Failure::Conflict(Conflict::NotAllowedNow).into());
    }
    let form = CampaignForm {
        version: page.campaign.version.clone(),
        ..campaign_form(&page.campaign.message)
    };
    let sheet = Sheet {
        current: Some(page),
        form,
        ..Sheet::default()
    };
    show(&cx, &slug, sheet).await
}

/// `POST /manage/workshops/{slug}/messages/new`: a look at whom it reaches; with
/// `trial` one mail to oneself, with `confirm` the deed itself, with `back` the
/// form again.
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
    let (services, actor) = (&cx.services, &cx.actor);
    let mut sheet = Sheet {
        current: current(cx, slug, id).await?,
        form: form::typed(fields),
        request: fields.text("request"),
        typed: true,
        ..Sheet::default()
    };
    if fields.ticked("back") {
        if fields.text("back") == CHECKED {
            let looked = services.preview_campaign(actor, slug, &sheet.form).await;
            sheet.problems = problems_of(looked)?;
        }
        return show(cx, slug, sheet).await;
    }
    // Nothing leaves of what is not what stands there.
    if fields.ticked("trial") && !sheet.is_outdated() {
        let (form, nonce) = (&sheet.form, fields.text("nonce"));
        let tried = services.try_campaign(actor, slug, form, cx.lang(), &nonce);
        match tried.await {
            Ok(address) => sheet.tried = Some(address),
            // The look says the same.
            Err(Failure::Invalid(_)) => {}
            Err(failure) => return Err(failure.into()),
        }
    } else if fields.ticked("confirm") {
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
            Err(Failure::Conflict(Conflict::Outdated)) if id.is_some() => {
                sheet.current = current(cx, slug, id).await?;
            }
            Err(failure) => return Err(failure.into()),
        }
    }
    if sheet.is_outdated() {
        return show(cx, slug, sheet).await;
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

/// The value of `back` of a form that was shown with its problems.
const CHECKED: &str = "checked";

/// The message that is changed, as it is.
async fn current(cx: &Cx, slug: &str, id: Option<i64>) -> Result<Option<CampaignPage>, Failure> {
    match id {
        None => Ok(None),
        Some(id) => cx
            .services
            .campaign(&cx.actor, slug, id, None, 1)
            .await
            .map(Some),
    }
}

fn problems_of<T>(looked: Result<T, Failure>) -> Result<Problems, Failure> {
    match looked {
        Ok(_) => Ok(Problems::default()),
        Err(Failure::Invalid(problems)) => Ok(problems),
        Err(failure) => Err(failure),
    }
}

async fn show(cx: &Cx, slug: &str, sheet: Sheet) -> Result<Response, Oops> {
    let choices = cx.services.campaign_choices(&cx.actor, slug).await?;
    if choices.view.phase == domain::Phase::Draft {
        return Err(Failure::Conflict(Conflict::NotAllowedNow).into());
    }
    let title = match sheet.current {
        None => cx.say("messages-form-title"),
        Some(_) => cx.say("messages-edit-title"),
    };
    let mut page = Page::staff(&title).narrow().checked(&sheet.problems);
    if sheet.is_outdated() {
        page = page.status(StatusCode::CONFLICT);
    }
    if sheet.typed {
        let mut pairs = sheet.pairs();
        let back = if sheet.problems.is_empty() {
            "on"
        } else {
            CHECKED
        };
        pairs.push(("back", back.to_owned()));
        page = page.again(cx.path.clone(), pairs);
    }
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
    // Nothing was typed that another beginning would throw away.
    let fresh = !sheet.typed && sheet.current.is_none();
    let current = sheet.current.as_ref().filter(|_| sheet.is_outdated());
    let outdated = current.map(|_| {
        let words = cx.say("messages-outdated-text");
        notice(tone::WAIT, cx.say("messages-outdated"), words)
    });
    let now = current.map(|page| {
        view! {
            <h2>{cx.say("messages-now")}</h2>
            {one::facts(cx, page)}
            {one::content(cx, page, true)}
        }
    });
    // Whoever was told what it is now may put something else in its place.
    let version = current.map_or(&sheet.form.version, |page| &page.campaign.version);
    view! {
        {error_summary(cx, &sheet.problems)}
        <p><a href=back.clone()>{cx.say("messages-list")}</a></p>
        <h1>{title}</h1>
        {outdated}
        <p>{choices.view.title(cx.lang()).to_owned()}</p>
        {fresh.then(|| beginnings(cx, &back).into_any())}
        <form method="post" novalidate>
            {hidden("request", &sheet.request)}
            {hidden("version", version)}
            {form::fields(cx, choices, &sheet.form, &sheet.problems)}
            <div class="form-actions">
                <button class="button" type="submit">{cx.say("messages-look")}</button>
            </div>
        </form>
        {now}
    }
}
