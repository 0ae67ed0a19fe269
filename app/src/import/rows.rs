//! The rows of a file with what becomes of each, and why, before the columns of
//! the file that are read.

use crate::html::*;
use crate::render::Cx;
use crate::ui::{badge, shortened, tone};
use domain::{ImportColumn, ImportNote, Phone, Problem};
use service::{Fate, ImportPage, PreviewRow};

/// Rows shown of each kind; the counts tell of all.
const SHOWN: usize = 100;

/// Those with problems first; then those with something to
/// look at; then the others.
pub(super) fn tables(cx: &Cx, page: &ImportPage) -> AnyView {
    let (wrong, good): (Vec<_>, Vec<_>) = page.rows.iter().partition(|row| row.fate.is_wrong());
    let (noted, others): (Vec<_>, Vec<_>) = good.into_iter().partition(|row| row.is_noted());
    view! {
        {table(cx, page, cx.say("import-rows-wrong"), &wrong)}
        {table(cx, page, cx.say("import-rows-noted"), &noted)}
        {table(cx, page, cx.say("import-rows"), &others)}
    }
    .into_any()
}

fn table(cx: &Cx, page: &ImportPage, title: String, rows: &[&PreviewRow]) -> Option<AnyView> {
    if rows.is_empty() {
        return None;
    }
    let read = read_columns(page);
    let headings = read.iter().filter_map(|at| page.headings.get(*at));
    let headings: Vec<_> = headings
        .map(|heading| view! { <th scope="col">{clipped(heading)}</th> })
        .collect();
    let more = i64::try_from(rows.len().saturating_sub(SHOWN)).unwrap_or(0);
    let more = (more > 0).then(|| {
        let words = cx.say_with("import-more", &[("number", more.into())]);
        view! { <p class="muted">{words}</p> }
    });
    let shown: Vec<_> = rows
        .iter()
        .take(SHOWN)
        .map(|row| line(cx, page, &read, row).into_any())
        .collect();
    let label = title.clone();
    let view = view! {
        <h2>{title}</h2>
        <div class="table-scroll" role="region" tabindex="0" aria-label=label>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col" class="num">{cx.say("import-row")}</th>
                        <th scope="col">{cx.say("import-fate")}</th>
                        {headings}
                    </tr>
                </thead>
                <tbody>{shown}</tbody>
            </table>
        </div>
        {more}
    };
    Some(view.into_any())
}

/// Letters of a cell that are shown at once, and when it is opened.
const CELL: usize = 80;
const OPENED: usize = 4000;

/// A cell; of a long one the beginning, which opens.
fn clipped(cell: &str) -> AnyView {
    let short = shortened(cell, CELL);
    if short == cell {
        return short.into_any();
    }
    let whole = shortened(cell, OPENED);
    view! { <details class="clipped"><summary>{short}</summary>{whole}</details> }.into_any()
}

/// The places of the columns that are read; all while none is.
fn read_columns(page: &ImportPage) -> Vec<usize> {
    let all = 0..page.headings.len();
    let is_read = |at: &usize| page.columns.get(*at).copied().flatten().is_some();
    let read: Vec<usize> = all.clone().filter(is_read).collect();
    if read.is_empty() { all.collect() } else { read }
}

/// What becomes of a row and why, then its cells.
fn line(cx: &Cx, page: &ImportPage, read: &[usize], row: &PreviewRow) -> impl IntoView + use<> {
    let number = i64::try_from(row.number).unwrap_or(0);
    let fate = match &row.fate {
        Fate::New => badge(tone::OK, cx.say("import-fate-new")),
        Fate::Same => badge(tone::NEUTRAL, cx.say("import-fate-same")),
        Fate::Again(first) => {
            let first = i64::try_from(*first).unwrap_or(0);
            let words = cx.say_with("import-fate-again", &[("row", first.into())]);
            badge(tone::NEUTRAL, words)
        }
        Fate::Wrong(_) => badge(tone::BAD, cx.say("import-fate-wrong")),
    };
    let why = why(cx, page, row);
    let why = (!why.is_empty()).then(|| view! { <div class="why">{why}</div> });
    let cells: Vec<_> = read
        .iter()
        .map(|at| {
            let cell = row.cells.get(*at).map_or("", String::as_str);
            view! { <td>{clipped(cell)}</td> }
        })
        .collect();
    view! {
        <tr>
            <td class="num">{cx.words.number(number)}</td>
            <td>{fate}{why}</td>
            {cells}
        </tr>
    }
}

/// All that is wrong with a row, or left out of it, or read as something else,
/// each with the column that it is about.
fn why(cx: &Cx, page: &ImportPage, row: &PreviewRow) -> Vec<AnyView> {
    let about = |column: Option<ImportColumn>| match column {
        Some(ImportColumn::Field(field)) => cx.say(&format!("field-{field}")),
        Some(ImportColumn::Answer(id)) => {
            let mut asked = page.questions.iter();
            let question = asked.find(|question| question.asked.id == id);
            question.map_or_else(String::new, |one| shortened(one.label(cx.lang()), CELL))
        }
        None => String::new(),
    };
    let said = |problem: &Problem| {
        let column = ImportColumn::from_code(&problem.field);
        (about(column), cx.words.problem(problem))
    };
    let wrong: &[Problem] = match &row.fate {
        Fate::Wrong(problems) => problems.0.as_slice(),
        Fate::New | Fate::Same | Fate::Again(_) => &[],
    };
    let wrong = wrong.iter().map(|problem| {
        let (about, words) = said(problem);
        view! { <p class="problem">{format!("{about}: {words}")}</p> }
    });
    let left_out = row.left_out.0.iter().map(|problem| {
        let (about, words) = said(problem);
        let words = cx.say_with("import-left-out", &[("why", words.into())]);
        view! { <p class="muted">{format!("{about}: {words}")}</p> }
    });
    let notes = row.notes.iter().map(|note| {
        let words = match note {
            ImportNote::OtherRole => cx.say("import-other-role"),
            ImportNote::NewNumber(phone) => {
                let phone = Phone::national(phone.as_str());
                let words = cx.say_with("import-new-number", &[("phone", phone.into())]);
                format!(
                    "{}: {words}",
                    about(Some(ImportColumn::Field(note.field())))
                )
            }
        };
        view! { <p class="muted">{words}</p> }
    });
    wrong.chain(left_out).chain(notes).collect()
}
