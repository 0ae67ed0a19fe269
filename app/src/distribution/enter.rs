//! Entering what was handed out: one document, several establishments.

use super::{PATH, label};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{Choices, Field, Kind, error_summary_named, hidden};
use axum::response::Response;
use domain::{Channel, Coded, DistributionForm, Problems, Sector, to_local};
use service::{DistributionPage, Failure};

/// Where a search leads: to what it found, far down on a phone.
const FOUND: &str = "/programme/distribution/new#q";

/// What was typed and chosen.
#[derive(Clone, Debug, Default)]
struct Sheet {
    form: DistributionForm,
    sector: Option<Sector>,
    typed: String,
    problems: Problems,
}

/// `GET /programme/distribution/new`
pub(super) async fn blank(cx: Cx) -> Result<Response, Oops> {
    let today = to_local(cx.services.clock().now()).date_naive();
    let sheet = Sheet {
        form: DistributionForm {
            day: today.to_string(),
            ..DistributionForm::default()
        },
        ..Sheet::default()
    };
    show(cx, sheet).await
}

/// `POST /programme/distribution/new`: a search that keeps what was chosen, or
/// the entry itself. The Enter key searches when other words stand there than
/// those that were searched for, and enters otherwise.
pub(super) async fn act(cx: Cx, fields: Fields) -> Result<Response, Oops> {
    let mut sheet = Sheet {
        form: DistributionForm {
            material: fields.text("material"),
            channel: fields.text("channel"),
            day: fields.text("day"),
            establishments: fields.all("establishments").map(str::to_owned).collect(),
            note: fields.text("distribution_note"),
        },
        sector: Sector::from_code(&fields.text("sector")),
        typed: fields.text("q").trim().chars().take(100).collect(),
        problems: Problems::default(),
    };
    let searches = match fields.text("act").as_str() {
        "find" => true,
        "enter" => false,
        _ => {
            let sector = sheet.sector.map_or("", Coded::code);
            sheet.typed != fields.text("found_q") || sector != fields.text("found_sector")
        }
    };
    if searches {
        return show(cx, sheet).await;
    }
    let entered = cx.services.enter_distribution(&cx.actor, &sheet.form).await;
    match entered {
        Ok(entered) => {
            let (new, stood) = (entered.new, entered.stood);
            let batch = entered.batch.unwrap_or_default();
            let done = format!("{PATH}?done=entered&new={new}&stood={stood}&batch={batch}");
            Ok(see_other(&done))
        }
        Err(Failure::Invalid(problems)) => {
            sheet.problems = problems;
            show(cx, sheet).await
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn show(cx: Cx, sheet: Sheet) -> Result<Response, Oops> {
    let (services, actor) = (&cx.services, &cx.actor);
    let found = services.distribution_page(actor, sheet.sector, &sheet.typed);
    let found = found.await?;
    let page = Page::staff(&cx.say("distribution-enter")).checked(&sheet.problems);
    let inner = cx.clone();
    Ok(cx.show(page, move || body(&inner, &sheet, &found)).await)
}

fn body(cx: &Cx, sheet: &Sheet, found: &DistributionPage) -> impl IntoView + use<> {
    let (form, problems) = (&sheet.form, &sheet.problems);
    let line = |name: &'static str, value: &str| {
        Field::line(cx, problems, name, &format!("field-{name}"), value)
    };
    let mut documents = vec![(String::new(), cx.say("distribution-choose"))];
    let known = found.documents.iter();
    documents.extend(known.map(|one| (one.id.to_string(), label(cx, one))));
    let named = |field: &str| (field == "establishments").then(|| cx.say("distribution-to"));
    let channels = Channel::ALL.iter().copied();
    let channels = channels
        .map(|channel| (channel.code().to_owned(), cx.words.term(channel)))
        .collect();
    let channel = Choices::one(
        cx,
        problems,
        "channel",
        "field-channel",
        &form.channel,
        channels,
    );
    view! {
        {error_summary_named(cx, problems, &named)}
        <p><a href=PATH>{cx.say("distribution-title")}</a></p>
        <h1>{cx.say("distribution-enter")}</h1>
        <form method="post" action="/programme/distribution/new" novalidate>
            {by_enter_key(cx, sheet)}
            {line("material", &form.material).kind(Kind::Select(documents)).view().into_any()}
            {channel.view().into_any()}
            {line("day", &form.day).kind(Kind::Line("date")).short().view().into_any()}
            {line("distribution_note", &form.note).optional(cx).view().into_any()}
            {finding(cx, sheet)}
            {establishments(cx, sheet, found)}
            <div class="form-actions form-actions--stay">
                <button class="button" type="submit" name="act" value="enter">{cx.say("distribution-save")}</button>
            </div>
        </form>
    }
}

/// The Enter key presses the first button of a form, which must not be that of
/// the search; what was searched for tells what the key is meant to do.
fn by_enter_key(cx: &Cx, sheet: &Sheet) -> AnyView {
    view! {
        <button class="visually-hidden" type="submit" tabindex="-1" aria-hidden="true">
            {cx.say("distribution-save")}
        </button>
        {hidden("found_q", &sheet.typed)}
        {hidden("found_sector", sheet.sector.map_or("", Coded::code))}
    }
}

/// A search within the same form: what is chosen already stays so.
fn finding(cx: &Cx, sheet: &Sheet) -> AnyView {
    let sectors: Vec<_> = Sector::ALL
        .iter()
        .copied()
        .map(|sector| {
            let selected = sheet.sector == Some(sector);
            view! { <option value=sector.code() selected=selected>{cx.words.term(sector)}</option> }
        })
        .collect();
    view! {
        <div class="filters" role="search">
            <div class="field">
                <label for="q">{cx.say("distribution-find")}</label>
                <input id="q" name="q" type="search" value=sheet.typed.clone() maxlength="100" />
            </div>
            <div class="field">
                <label for="sector">{cx.say("field-sector")}</label>
                <select id="sector" name="sector">
                    <option value="">{cx.say("list-any-sector")}</option>
                    {sectors}
                </select>
            </div>
            <button class="button button--secondary" type="submit" name="act" value="find" formaction=FOUND>
                {cx.say("list-find")}
            </button>
        </div>
    }
    .into_any()
}

/// Those found as boxes; those chosen before that were not found this time go
/// along unseen, and are counted.
fn establishments(cx: &Cx, sheet: &Sheet, found: &DistributionPage) -> AnyView {
    let chosen = &sheet.form.establishments;
    let options: Vec<_> = found
        .establishments
        .iter()
        .map(|(id, name)| {
            let id = id.to_string();
            let ticked = chosen.contains(&id);
            (id, name.clone(), ticked)
        })
        .collect();
    let shown = |id: &String| options.iter().any(|(known, _, _)| known == id);
    let unseen: Vec<_> = chosen.iter().filter(|id| !shown(id)).cloned().collect();
    let more = (!unseen.is_empty()).then(|| {
        let number = i64::try_from(unseen.len()).unwrap_or(i64::MAX);
        let words = cx.say_with("distribution-unseen", &[("number", number.into())]);
        let kept: Vec<_> = unseen
            .iter()
            .map(|id| view! { <input type="hidden" name="establishments" value=id.clone() /> })
            .collect();
        view! { {kept} <p class="muted">{words}</p> }
    });
    let empty = options
        .is_empty()
        .then(|| {
            // Where the summary of problems leads while there is nothing to tick.
            view! { <p class="muted" id="establishments" tabindex="-1">{cx.say("distribution-nobody")}</p> }
        });
    let list = Choices::many(
        cx,
        &sheet.problems,
        "establishments",
        "distribution-to",
        options,
    );
    view! { {more} <div class="choices--columns">{list.view()}</div> {empty} }.into_any()
}
