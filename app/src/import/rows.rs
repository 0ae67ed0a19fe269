//! The rows of a file with what becomes of each.

use crate::html::*;
use crate::render::Cx;
use crate::ui::{badge, shortened, tone};
use domain::{ImportColumn, ImportNote, Phone};
use service::{Fate, ImportPage, PreviewRow};

/// Rows shown of each kind; the counts tell of all.
const SHOWN: usize = 100;

/// Those with problems first, each beside its cells; then those with something to
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
    let headings: Vec<_> = page
        .headings
        .iter()
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
        .map(|row| line(cx, page, row).into_any())
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

fn line(cx: &Cx, page: &ImportPage, row: &PreviewRow) -> impl IntoView + use<> {
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
    // A problem stands in its cell, and so does what is left out of a row that
    // is registered.
    let said = |field: &str| {
        let (problems, class) = match &row.fate {
            Fate::Wrong(problems) => (problems, "problem"),
            Fate::New | Fate::Same | Fate::Again(_) => (&row.left_out, "muted"),
        };
        let problem = problems.0.iter().find(|problem| problem.field == field)?;
        let words = match &row.fate {
            Fate::Wrong(_) => cx.words.problem(problem),
            _ => cx.say_with(
                "import-left-out",
                &[("why", cx.words.problem(problem).into())],
            ),
        };
        Some(view! { <p class=class>{words}</p> })
    };
    let noted = |column: ImportColumn| {
        let mut notes = row.notes.iter();
        let note = notes.find(|note| ImportColumn::Field(note.field()) == column)?;
        let words = match note {
            ImportNote::OtherRole => cx.say("import-other-role"),
            ImportNote::NewNumber(phone) => {
                let phone = Phone::national(phone.as_str());
                cx.say_with("import-new-number", &[("phone", phone.into())])
            }
        };
        Some(view! { <p class="muted">{words}</p> }.into_any())
    };
    let cells: Vec<_> = (0..page.headings.len())
        .map(|at| {
            let cell = row.cells.get(at).cloned().unwrap_or_default();
            let field = page.columns.get(at).copied().flatten();
            let problem = field.and_then(|field| said(&field.code()));
            let note = field.and_then(noted);
            view! { <td>{clipped(&cell)}{problem}{note}</td> }
        })
        .collect();
    view! {
        <tr>
            <td class="num">{cx.words.number(number)}</td>
            <td>{fate}</td>
            {cells}
        </tr>
    }
}
