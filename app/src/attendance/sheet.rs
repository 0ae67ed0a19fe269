//! A sheet to print: everybody with a code beside the row, then blank rows.

use super::{page::back, sheet_address};
use crate::html::*;
use crate::render::{Cx, Oops, Page, see_other};
use crate::workshops::heading;
use axum::extract::Path;
use axum::response::Response;
use service::{Failure, SheetRow, SheetView};

/// `POST …/attendance/{session}/print`: a fresh sheet.
pub(super) async fn print(
    cx: Cx,
    Path((slug, session)): Path<(String, i64)>,
) -> Result<Response, Oops> {
    let number = cx.services.print_sheet(&cx.actor, &slug, session).await?;
    Ok(see_other(&sheet_address(&slug, number.as_str())))
}

/// `GET …/sheets/{number}`
pub(super) async fn show(
    cx: Cx,
    Path((slug, number)): Path<(String, String)>,
) -> Result<Response, Oops> {
    let sheet = cx.services.sign_sheet(&cx.actor, &slug, &number).await?;
    let drawn = sheet.rows.iter().map(|row| {
        let code = row.person.is_some().then(|| sheet.qr_svg(row.position));
        code.transpose()
    });
    let drawn: Vec<Option<String>> = drawn.collect::<Result<_, Failure>>()?;
    let name = [("sheet", sheet.number.as_str().into())];
    let page = Page::staff(&cx.say_with("sheet-title", &name)).wide();
    let inner = cx.clone();
    Ok(cx.show(page, move || body(&inner, &sheet, drawn)).await)
}

fn body(cx: &Cx, sheet: &SheetView, drawn: Vec<Option<String>>) -> impl IntoView + use<> {
    let rows: Vec<_> = sheet
        .rows
        .iter()
        .zip(drawn)
        .map(|(row, drawn)| line(cx, sheet, row, drawn).into_any())
        .collect();
    // The first row spans all of them, so each has its width here.
    let columns: Vec<_> = [
        "number", "name", "role", "from", "phone", "sign", "note", "code",
    ]
    .into_iter()
    .map(|name| view! { <col class=format!("sign-sheet__col-{name}") /> })
    .collect();
    let number = sheet.number.as_str();
    let title = sheet.workshop.title(cx.lang()).to_owned();
    let slug = &sheet.workshop.row.slug;
    let enter = format!("{}/enter", sheet_address(slug, number));
    let session = &sheet.session;
    let named = cx.say_with("sheet-title", &[("sheet", number.into())]);
    let place: Vec<&str> = [session.room.as_str(), session.address.as_str()]
        .into_iter()
        .filter(|words| !words.is_empty())
        .collect();
    let when = cx.words.period(session.starts_at, session.ends_at);
    let about = format!("{}, {when}. {}", heading(cx, session), place.join(", "));
    let label = named.clone();
    view! {
        <div class="no-print">
            {back(slug, Some(session.id), &title)}
            <h1>{named.clone()}</h1>
            <p>{cx.say("sheet-hint")}</p>
            <p><a class="button button--secondary" href=enter>{cx.say("attend-enter")}</a></p>
        </div>
        <div class="table-scroll" role="region" tabindex="0" aria-label=label>
            <table class="table sign-sheet">
                <colgroup>{columns}</colgroup>
                <thead>
                    <tr class="sign-sheet__head">
                        <th colspan="8" scope="colgroup">
                            <span class="sign-sheet__number">{named}</span>
                            <strong>{title}</strong><br />{about}
                        </th>
                    </tr>
                    <tr>
                        <th scope="col" class="num">{cx.say("sheet-row")}</th>
                        <th scope="col">{cx.say("field-full_name")}</th>
                        <th scope="col">{cx.say("field-role")}</th>
                        <th scope="col">{cx.say("field-establishment")}</th>
                        <th scope="col">{cx.say("field-phone")}</th>
                        <th scope="col">{cx.say("sheet-sign")}</th>
                        <th scope="col">{cx.say("sheet-note")}</th>
                        <th scope="col">{cx.say("sheet-code")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn line(
    cx: &Cx,
    sheet: &SheetView,
    row: &SheetRow,
    drawn: Option<String>,
) -> impl IntoView + use<> {
    let person = row.person.as_ref();
    let name = person.map_or_else(String::new, |person| person.full_name.clone());
    let role = person.map_or_else(String::new, |person| cx.words.term(person.role));
    let from = person.map_or_else(String::new, |person| person.establishment.clone());
    let phone = person.and_then(|person| person.phone.as_deref());
    let phone = phone.map(domain::Phone::national);
    let label = sheet.number.row_code(row.position);
    let code = drawn.map(|drawn| {
        view! { <div class="sign-sheet__qr" role="img" aria-label=label inner_html=drawn></div> }
    });
    view! {
        <tr>
            <td class="num">{cx.words.number(row.position.into())}</td>
            <td>{name}</td>
            <td>{role}</td>
            <td>{from}</td>
            <td class="nowrap">{phone}</td>
            <td class="sign-sheet__sign"></td>
            <td></td>
            <td>{code}</td>
        </tr>
    }
}
