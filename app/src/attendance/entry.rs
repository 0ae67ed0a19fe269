//! Entering a signed sheet: rows typed or scanned into one field, a look at
//! what they come to, and the way back from it.

use super::{guest, number, page::back, sheet_address};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{Field, Kind, badge, error_summary, hidden, notice, tone};
use axum::extract::Path;
use axum::http::Uri;
use axum::response::Response;
use domain::{Problems, WalkInForm};
use service::{EntryLook, Failure, SheetGuest, SheetRow, SheetView};

/// What was typed on the page.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    pub(super) rows: String,
    pub(super) guest: SheetGuest,
    pub(super) problems: Problems,
}

/// `GET …/enter`
pub(super) async fn form(
    cx: Cx,
    Path((slug, number)): Path<(String, String)>,
    uri: Uri,
) -> Result<Response, Oops> {
    let query = Fields::of_query(uri.query());
    let count = |name: &str| query.text(name).parse::<i64>().unwrap_or(0);
    let said = match query.text("done").as_str() {
        "entered" => {
            let args = [
                ("signed", count("signed").into()),
                ("already", count("already").into()),
            ];
            Some(cx.say_with("entry-done", &args))
        }
        "undone" => Some(cx.say("entry-undone")),
        _ => None,
    };
    show(&cx, &slug, &number, Typed::default(), said).await
}

/// `POST …/enter`: a look first; with `confirm` the entry.
pub(super) async fn enter(
    cx: Cx,
    Path((slug, number)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, Oops> {
    let rows = fields.text("rows");
    let (services, actor) = (&cx.services, &cx.actor);
    let refused = if fields.ticked("confirm") {
        match services.enter_rows(actor, &slug, &number, &rows).await {
            Ok(done) => return Ok(entered(&slug, &number, done)),
            Err(failure) => failure,
        }
    } else {
        match services.look_at_rows(actor, &slug, &number, &rows).await {
            Ok(look) => return Ok(confirm(&cx, look, rows).await),
            Err(failure) => failure,
        }
    };
    match refused {
        Failure::Invalid(problems) => {
            let typed = Typed {
                rows,
                problems,
                ..Typed::default()
            };
            show(&cx, &slug, &number, typed, None).await
        }
        failure => Err(failure.into()),
    }
}

/// `POST …/entries/{id}/undo`
pub(super) async fn undo(
    cx: Cx,
    Path((slug, number, id)): Path<(String, String, i64)>,
) -> Result<Response, Oops> {
    let (services, actor) = (&cx.services, &cx.actor);
    services.undo_entry(actor, &slug, &number, id).await?;
    let path = sheet_address(&slug, &number);
    Ok(see_other(&format!("{path}/enter?done=undone")))
}

/// Leads back to the page, which says how many were signed.
pub(super) fn entered(slug: &str, sheet: &str, done: service::Entered) -> Response {
    let path = sheet_address(slug, sheet);
    let (signed, already) = (done.signed, done.already);
    see_other(&format!(
        "{path}/enter?done=entered&signed={signed}&already={already}"
    ))
}

/// The page, also with what was typed and is wrong.
pub(super) async fn show(
    cx: &Cx,
    slug: &str,
    number: &str,
    typed: Typed,
    said: Option<String>,
) -> Result<Response, Oops> {
    let sheet = cx.services.sign_sheet(&cx.actor, slug, number).await?;
    let named = cx.say_with("entry-title", &[("sheet", number.into())]);
    let page = Page::staff(&named).checked(&typed.problems);
    let inner = cx.clone();
    Ok(cx
        .show(page, move || body(&inner, &sheet, named, &typed, said))
        .await)
}

fn body(
    cx: &Cx,
    sheet: &SheetView,
    named: String,
    typed: &Typed,
    said: Option<String>,
) -> impl IntoView + use<> {
    let slug = &sheet.workshop.row.slug;
    let form = if sheet.open {
        let hint = cx.say_with(
            "entry-rows-hint",
            &[("sheet", sheet.number.as_str().into())],
        );
        view! {
            <form method="post" action=format!("{}/enter", sheet_address(slug, sheet.number.as_str())) novalidate>
                {Field::line(cx, &typed.problems, "rows", "field-rows", &typed.rows)
                    .kind(Kind::Lines(6)).hint(hint).first().view()}
                <div class="form-actions">
                    <button class="button" type="submit">{cx.say("entry-look")}</button>
                </div>
            </form>
            {guest::form(cx, sheet, &typed.guest, &typed.problems)}
        }
        .into_any()
    } else {
        view! { <p>{cx.say("conflict-figures_locked")}</p> }.into_any()
    };
    view! {
        {error_summary(cx, &typed.problems)}
        {back(slug, Some(sheet.session.id), sheet.workshop.title(cx.lang()))}
        <h1>{named}</h1>
        {said.map(|words| view! { <div role="status">{notice(tone::OK, words, String::new())}</div> })}
        <p>{progress(cx, sheet)}</p>
        {form}
        {entries(cx, sheet)}
    }
}

fn progress(cx: &Cx, sheet: &SheetView) -> String {
    let people = sheet.rows.iter().filter(|row| row.person.is_some());
    let signed = sheet.rows.iter().filter(|row| row.signed);
    let args = [
        ("signed", number(signed.count()).into()),
        ("people", number(people.count()).into()),
    ];
    cx.say_with("entry-progress", &args)
}

/// What was entered of the sheet, each with its way back.
fn entries(cx: &Cx, sheet: &SheetView) -> Option<impl IntoView + use<>> {
    let path = sheet_address(&sheet.workshop.row.slug, sheet.number.as_str());
    let items: Vec<_> = sheet
        .entries
        .iter()
        .map(|entry| {
            let at = cx.words.stamp(entry.at);
            let count = i64::try_from(entry.signatures).unwrap_or(i64::MAX);
            let args = [
                ("number", count.into()),
                ("who", (&entry.by).into()),
                ("at", (&at).into()),
            ];
            let words = if entry.undone {
                cx.say_with("entry-line-undone", &args[1..])
            } else {
                cx.say_with("entry-line", &args)
            };
            let act = (sheet.open && !entry.undone).then(|| {
                let action = format!("{path}/entries/{}/undo", entry.id);
                view! {
                    <form method="post" action=action>
                        <button class="button button--quiet" type="submit">
                            {cx.say("entry-undo")}<span class="visually-hidden">" "{at.clone()}</span>
                        </button>
                    </form>
                }
            });
            view! { <li><span>{words}</span>{act}</li> }
        })
        .collect();
    (!items.is_empty()).then(|| {
        view! {
            <h2>{cx.say("entry-before")}</h2>
            <ul class="attend__sheets">{items}</ul>
        }
    })
}

/// The look: who will be signed.
async fn confirm(cx: &Cx, look: EntryLook, typed: String) -> Response {
    let title = cx.say("entry-look-title");
    let page = Page::staff(&title);
    let inner = cx.clone();
    cx.show(page, move || looked(&inner, &look, &typed, title))
        .await
}

fn looked(cx: &Cx, look: &EntryLook, typed: &str, title: String) -> impl IntoView + use<> {
    let sheet = &look.sheet;
    let path = format!(
        "{}/enter",
        sheet_address(&sheet.workshop.row.slug, sheet.number.as_str())
    );
    let action = path.clone();
    let count = number(look.fresh.len());
    let already = number(look.already.len());
    let already =
        (already > 0).then(|| cx.say_with("entry-already", &[("number", already.into())]));
    let seated = number(look.seated.len());
    let seated = (seated > 0).then(|| cx.say_with("entry-seated", &[("number", seated.into())]));
    let notes: Vec<_> = [already, seated]
        .into_iter()
        .flatten()
        .map(|words| view! { <p>{words}</p> })
        .collect();
    let chosen = |row: &&SheetRow| {
        look.fresh.contains(&row.position) || look.already.contains(&row.position)
    };
    let rows: Vec<_> = sheet
        .rows
        .iter()
        .filter(chosen)
        .filter_map(|row| {
            let person = row.person.as_ref()?;
            let state = if row.signed {
                badge(tone::NEUTRAL, cx.say("entry-state-already"))
            } else {
                badge(tone::OK, cx.say("entry-state-new"))
            };
            Some(view! {
                <tr>
                    <td class="num" data-label=cx.say("sheet-row")>{cx.words.number(row.position.into())}</td>
                    <th scope="row">{person.full_name.clone()}</th>
                    <td data-label=cx.say("field-establishment")>{person.establishment.clone()}</td>
                    <td>{state}</td>
                </tr>
            })
        })
        .collect();
    let act = if count > 0 {
        let words = cx.say_with("entry-confirm", &[("number", count.into())]);
        view! { <button class="button" type="submit" name="confirm" value="on" autofocus>{words}</button> }
            .into_any()
    } else {
        view! { <p>{cx.say("entry-nothing")}</p> }.into_any()
    };
    view! {
        <h1>{title}</h1>
        <p>{cx.say_with("sheet-title", &[("sheet", sheet.number.as_str().into())])}</p>
        {notes}
        <form method="post" action=action>
            {hidden("rows", typed)}
            <div class="form-actions">
                {act}
                <a class="button button--quiet" href=path>{cx.say("attend-back")}</a>
            </div>
        </form>
        <table class="table table--cards">
            <thead>
                <tr>
                    <th scope="col" class="num">{cx.say("sheet-row")}</th>
                    <th scope="col">{cx.say("field-full_name")}</th>
                    <th scope="col">{cx.say("field-establishment")}</th>
                    <th scope="col">{cx.say("manage-state")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// What a form about a guest sent.
pub(super) fn typed_guest(fields: &Fields) -> SheetGuest {
    SheetGuest {
        row: fields.text("row"),
        person: WalkInForm {
            full_name: fields.text("full_name"),
            establishment: fields.text("establishment"),
            role: fields.text("role"),
            phone: fields.text("phone"),
        },
        another: fields.ticked("another"),
    }
}
