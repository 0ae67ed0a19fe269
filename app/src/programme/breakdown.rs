//! A breakdown of the attendances and persons, which adds up to both.

use super::figures::percent;
use crate::html::*;
use crate::render::Cx;
use domain::{Cell, Lang};

/// Rows that are printed; the sheet has room for no more.
const PRINTED: usize = 9;

/// One breakdown as a table with a total row. On paper the first rows alone,
/// with the others in one.
pub(super) fn table(
    cx: &Cx,
    caption: String,
    cells: &[Cell],
    name: fn(&Cx, &str) -> String,
) -> impl IntoView + use<> {
    let (all, persons) = sums(cells);
    let most = cells.iter().map(|cell| cell.attendances).max();
    let most = most.unwrap_or_default();
    let rows: Vec<_> = cells
        .iter()
        .enumerate()
        .map(|(at, cell)| {
            let class = (at >= PRINTED).then_some("no-print");
            row(cx, name(cx, &cell.key), cell, all, most, class)
        })
        .collect();
    let others = cells.get(PRINTED..).filter(|others| !others.is_empty());
    let others = others.map(|others| {
        let number = i64::try_from(others.len()).unwrap_or(i64::MAX);
        let words = cx.say_with("programme-others", &[("number", number.into())]);
        let (attendances, persons) = sums(others);
        let cell = Cell {
            key: String::new(),
            attendances,
            persons,
        };
        row(cx, words, &cell, all, most, Some("print-only"))
    });
    view! {
        <table class="table" aria-label=caption>
            <thead>
                <tr>
                    <th scope="col">{caption.clone()}</th>
                    <th class="print-only"></th>
                    <th scope="col" class="num">{cx.say("programme-attendances")}</th>
                    <th scope="col" class="num">{cx.say("programme-persons")}</th>
                    <th scope="col" class="num">{cx.say("programme-share")}</th>
                </tr>
            </thead>
            <tbody>{rows}{others}</tbody>
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

/// Attendances and persons in all.
fn sums(cells: &[Cell]) -> (u32, u32) {
    let attendances = cells.iter().map(|cell| cell.attendances).sum();
    let persons = cells.iter().map(|cell| cell.persons).sum();
    (attendances, persons)
}

/// The bar stands below the name on a screen, where columns are scarce, and in
/// a column of its own on paper, where lines are.
fn row(
    cx: &Cx,
    name: String,
    cell: &Cell,
    all: u32,
    most: u32,
    class: Option<&'static str>,
) -> AnyView {
    view! {
        <tr class=class>
            <th scope="row">{name}<span class="no-print">{bar(cell.attendances, most)}</span></th>
            <td class="print-only">{bar(cell.attendances, most)}</td>
            <td class="num">{cx.words.number(cell.attendances.into())}</td>
            <td class="num">{cx.words.number(cell.persons.into())}</td>
            <td class="num">{share(cx.lang(), cell.attendances, all)}</td>
        </tr>
    }
    .into_any()
}

/// A bar beside the longest of its table; the number next to it says the same.
fn bar(number: u32, most: u32) -> impl IntoView + use<> {
    // The others together may be more than any one of them.
    let number = number.min(most);
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
