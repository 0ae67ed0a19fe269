//! Choosing two persons or two establishments that are one, for the comparison.
//! Names travel in bodies, never in addresses.

use super::{BY_HAND, PATH};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{Field, Kind, error_summary_named};
use axum::http::Uri;
use axum::response::Response;
use domain::{Coded, LikenessNoun, Problems};
use service::{Comparable, Failure};

/// What was typed and chosen.
#[derive(Clone, Debug)]
struct Picked {
    noun: LikenessNoun,
    typed: String,
    chosen: Vec<i64>,
    problems: Problems,
}

impl Picked {
    fn of(fields: &Fields) -> Self {
        let noun = LikenessNoun::from_code(&fields.text("noun"));
        let noun = noun.unwrap_or(LikenessNoun::Person);
        // Keys of persons are none of establishments.
        let same = fields.text("chosen_noun") == noun.code();
        let chosen = fields.all("chosen").filter(|_| same);
        Self {
            noun,
            typed: fields.text("q").trim().chars().take(100).collect(),
            chosen: chosen.filter_map(|id| id.parse().ok()).collect(),
            problems: Problems::default(),
        }
    }
}

/// `GET /manage/merge/by-hand`
pub(super) async fn open(cx: Cx, uri: Uri) -> Result<Response, Oops> {
    let mut picked = Picked::of(&Fields::of_query(uri.query()));
    picked.typed.clear();
    show(&cx, picked).await
}

/// `POST /manage/merge/by-hand`: a search, or the two that were chosen.
pub(super) async fn act(cx: Cx, fields: Fields) -> Result<Response, Oops> {
    let picked = Picked::of(&fields);
    if fields.text("act") == "compare" {
        compare(&cx, picked).await
    } else {
        show(&cx, picked).await
    }
}

/// `GET` of what only a form leads to.
pub(super) async fn back() -> Response {
    see_other(BY_HAND)
}

/// `POST /manage/merge/of-people`: the persons of two registrations.
pub(super) async fn of_people(cx: Cx, fields: Fields) -> Result<Response, Oops> {
    let ids: Vec<i64> = fields.all("id").filter_map(|id| id.parse().ok()).collect();
    let chosen = cx.services.persons_registered(&cx.actor, &ids).await?;
    let picked = Picked {
        noun: LikenessNoun::Person,
        typed: String::new(),
        chosen,
        problems: Problems::default(),
    };
    compare(&cx, picked).await
}

async fn compare(cx: &Cx, mut picked: Picked) -> Result<Response, Oops> {
    let said = cx
        .services
        .say_alike(&cx.actor, picked.noun, &picked.chosen)
        .await;
    match said {
        Ok(id) => Ok(see_other(&format!("{PATH}/{id}"))),
        Err(Failure::Invalid(problems)) => {
            picked.problems = problems;
            show(cx, picked).await
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn show(cx: &Cx, picked: Picked) -> Result<Response, Oops> {
    let (services, actor) = (&cx.services, &cx.actor);
    let chosen = services
        .comparable(actor, picked.noun, &picked.chosen)
        .await?;
    let mut found = services
        .find_comparable(actor, picked.noun, &picked.typed)
        .await?;
    found.retain(|row| !picked.chosen.contains(&row.id));
    let title = cx.say("merge-by-hand");
    let page = Page::staff(&title).checked(&picked.problems);
    let inner = cx.clone();
    Ok(cx
        .show(page, move || body(&inner, title, &picked, &chosen, &found))
        .await)
}

fn body(
    cx: &Cx,
    title: String,
    picked: &Picked,
    chosen: &[Comparable],
    found: &[Comparable],
) -> impl IntoView + use<> {
    let none = Problems::default();
    let nouns = LikenessNoun::ALL.iter().copied();
    let nouns = nouns.map(|noun| (noun.code().to_owned(), cx.words.term(noun)));
    let noun = Field::line(cx, &none, "noun", "merge-noun", picked.noun.code())
        .kind(Kind::Select(nouns.collect()))
        .view();
    let problem = picked.problems.0.iter();
    let problem: Vec<_> = problem
        .map(|one| view! { <p class="problem">{cx.words.problem(one)}</p> })
        .collect();
    let nothing = (found.is_empty() && !picked.typed.is_empty())
        .then(|| view! { <p>{cx.say("merge-not-found")}</p> });
    let any = !(found.is_empty() && chosen.is_empty());
    // What the summary leads to is there also when nothing is found.
    let rows = (any || !picked.problems.is_empty()).then(|| {
        view! {
            <fieldset class="field" id="chosen" tabindex="-1">
                <legend>{cx.say("merge-choose")}</legend>
                {problem}
                {boxes(chosen, true)}
                {boxes(found, false)}
            </fieldset>
        }
    });
    let compare = any.then(|| {
        view! {
            <div class="form-actions form-actions--stay">
                <button class="button" type="submit" name="act" value="compare">{cx.say("merge-compare")}</button>
            </div>
        }
    });
    view! {
        {error_summary_named(cx, &picked.problems, &|_| Some(cx.say("merge-choose")))}
        <p><a href=PATH>{cx.say("back-merge")}</a></p>
        <h1>{title}</h1>
        <p>{cx.say("merge-by-hand-lead")}</p>
        <form method="post" action=BY_HAND>
            <div class="filters" role="search">
                {noun}
                <div class="field">
                    <label for="q">{cx.say("merge-search")}</label>
                    <input id="q" name="q" type="search" value=picked.typed.clone() maxlength="100" autocomplete="off" />
                </div>
                <button class="button button--secondary" type="submit" name="act" value="find">
                    {cx.say("manage-people-find")}
                </button>
            </div>
            <input type="hidden" name="chosen_noun" value=picked.noun.code() />
            {nothing}
            {rows}
            {compare}
        </form>
    }
}

fn boxes(rows: &[Comparable], ticked: bool) -> Vec<AnyView> {
    rows.iter()
        .map(|row| {
            view! {
                <label class="choice">
                    <input type="checkbox" name="chosen" value=row.id.to_string() checked=ticked />
                    <span>{row.name.clone()}<br /><span class="muted small">{row.about.clone()}</span></span>
                </label>
            }
            .into_any()
        })
        .collect()
}
