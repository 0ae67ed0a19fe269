//! A breakdown of the attendances and persons, which adds up to both.

use super::figures::percent;
use crate::render::Cx;
use domain::{Cell, Lang};
use leptos::prelude::*;

/// One breakdown as a table with a total row.
pub(super) fn table(
    cx: &Cx,
    caption: String,
    cells: &[Cell],
    name: fn(&Cx, &str) -> String,
) -> impl IntoView + use<> {
    let all: u32 = cells.iter().map(|cell| cell.attendances).sum();
    let persons: u32 = cells.iter().map(|cell| cell.persons).sum();
    let most = cells.iter().map(|cell| cell.attendances).max();
    let most = most.unwrap_or_default();
    let rows: Vec<_> = cells
        .iter()
        .map(|cell| row(cx, name(cx, &cell.key), cell, all, most).into_any())
        .collect();
    view! {
        <table class="table" aria-label=caption>
            <thead>
                <tr>
                    <th scope="col">{caption.clone()}</th>
                    <td class="print-only"></td>
                    <th scope="col" class="num">{cx.say("programme-attendances")}</th>
                    <th scope="col" class="num">{cx.say("programme-persons")}</th>
                    <th scope="col" class="num">{cx.say("programme-share")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
            <tfoot>
                <tr>
                    <th scope="row">{cx.say("programme-total")}</th>
                    <td class="print-only"></td>
                    <td class="num">{cx.words.number(all.into())}</td>
                    <td class="num">{cx.words.number(persons.into())}</td>
                    <td class="num">{share(cx.lang(), all, all)}</td>
                </tr>
            </tfoot>
        </table>
    }
}

/// The bar stands below the name on a screen, where columns are scarce, and in
/// a column of its own on paper, where lines are.
fn row(cx: &Cx, name: String, cell: &Cell, all: u32, most: u32) -> impl IntoView + use<> {
    view! {
        <tr>
            <th scope="row">{name}<span class="no-print">{bar(cell.attendances, most)}</span></th>
            <td class="print-only">{bar(cell.attendances, most)}</td>
            <td class="num">{cx.words.number(cell.attendances.into())}</td>
            <td class="num">{cx.words.number(cell.persons.into())}</td>
            <td class="num">{share(cx.lang(), cell.attendances, all)}</td>
        </tr>
    }
}

/// A bar beside the longest of its table; the number next to it says the same.
fn bar(number: u32, most: u32) -> impl IntoView + use<> {
    view! {
        <svg class="bars" aria-hidden="true">
            <rect class="bars__track" width="100%" height="100%" />
            <rect class="bars__bar" width=percent(number, most) height="100%" />
        </svg>
    }
}

/// A share in percent, with one decimal where it has one.
fn share(lang: Lang, part: u32, whole: u32) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    let (part, whole) = (u64::from(part), u64::from(whole));
    let tenths = (part * 2000 + whole) / (whole * 2);
    match (tenths % 10, lang) {
        (0, _) => format!("{}%", tenths / 10),
        (tenth, Lang::Vi) => format!("{},{tenth}%", tenths / 10),
        (tenth, Lang::En) => format!("{}.{tenth}%", tenths / 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_to_tenths() {
        assert_eq!(share(Lang::Vi, 150, 600), "25%");
        assert_eq!(share(Lang::Vi, 1, 3), "33,3%");
        assert_eq!(share(Lang::En, 2, 3), "66.7%");
        assert_eq!(share(Lang::En, 0, 0), "–");
        assert_eq!(share(Lang::En, 1, 2000), "0.1%");
    }
}
