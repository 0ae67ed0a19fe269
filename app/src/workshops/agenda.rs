//! The form of a session's agenda: a row a line, with some blank ones.

use super::session_fields::clash_list;
use super::{cockpit_path, sessions::heading};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{allow_clash, error_summary_of_rows};
use axum::extract::Path;
use axum::response::Response;
use domain::{Act, AgendaRow, Problem, Problems, Reason};
use service::entity::session;
use service::{AgendaItem, Clash, Failure, SessionTeachings, TrainerChoice, WorkshopView};

/// Blank rows below those that are filled.
const BLANK: usize = 4;

/// As many rows as are read.
const MOST: usize = 40;

/// `GET /manage/workshops/{slug}/sessions/{id}/agenda`
pub(crate) async fn form(cx: Cx, Path((slug, id)): Path<(String, i64)>) -> Result<Response, Oops> {
    let (view, session) = find(&cx, &slug, id).await?;
    let mut agendas = cx.services.agendas(&view.sessions).await?;
    let items = agendas.remove(&id).unwrap_or_default();
    let rows = items.iter().map(|item| row_of(&cx, item)).collect();
    show(&cx, &view, &session, rows, Problems::default(), false).await
}

/// `POST /manage/workshops/{slug}/sessions/{id}/agenda`
pub(crate) async fn save(
    cx: Cx,
    Path((slug, id)): Path<(String, i64)>,
    fields: Fields,
) -> Result<Response, Oops> {
    let rows: Vec<AgendaRow> = (0..MOST).map(|at| typed(&fields, at)).collect();
    let allowed = fields.ticked("allow_clash");
    if fields.ticked("more") {
        let (view, session) = find(&cx, &slug, id).await?;
        let rows = filled(rows);
        return show(&cx, &view, &session, rows, Problems::default(), allowed).await;
    }
    let saved = cx
        .services
        .save_agenda(&cx.actor, &slug, id, &rows, allowed)
        .await;
    match saved {
        Ok(()) => {
            let path = format!("{}/sessions?done=agenda", cockpit_path(&slug));
            Ok(see_other(&path))
        }
        Err(Failure::Invalid(problems)) => {
            let (view, session) = find(&cx, &slug, id).await?;
            show(&cx, &view, &session, filled(rows), problems, allowed).await
        }
        Err(failure) => Err(failure.into()),
    }
}

/// The rows up to the last that has something in it.
fn filled(mut rows: Vec<AgendaRow>) -> Vec<AgendaRow> {
    let last = rows.iter().rposition(|row| *row != AgendaRow::default());
    rows.truncate(last.map_or(0, |last| last + 1));
    rows
}

async fn find(cx: &Cx, slug: &str, id: i64) -> Result<(WorkshopView, session::Model), Oops> {
    let view = cx
        .services
        .staff_workshop(&cx.actor, Act::ManageWorkshops, slug)
        .await?;
    let session = view
        .sessions
        .iter()
        .find(|session| session.id == id)
        .cloned();
    Ok((view, session.ok_or(Failure::NotFound)?))
}

fn typed(fields: &Fields, at: usize) -> AgendaRow {
    let text = |name: &str| fields.text(&format!("{name}-{at}"));
    AgendaRow {
        from: text("from"),
        to: text("to"),
        title_vi: text("item_vi"),
        title_en: text("item_en"),
        trainer_id: text("trainer_id"),
    }
}

fn row_of(cx: &Cx, item: &AgendaItem) -> AgendaRow {
    AgendaRow {
        from: cx.words.time(item.starts_at),
        to: cx.words.time(item.ends_at),
        title_vi: item.title_vi.clone(),
        title_en: item.title_en.clone(),
        trainer_id: item
            .named
            .as_ref()
            .map(|(id, _)| id.to_string())
            .unwrap_or_default(),
    }
}

async fn show(
    cx: &Cx,
    view: &WorkshopView,
    session: &session::Model,
    mut rows: Vec<AgendaRow>,
    problems: Problems,
    allowed: bool,
) -> Result<Response, Oops> {
    let mut trainers = cx.services.trainers_to_choose(&cx.actor).await?;
    // Who stands there stays a choice, also when retired since; who was asked is
    // named with the answer.
    let teachings = cx.services.teachings_of(&cx.actor, &view.row.slug).await?;
    let of = |each: &SessionTeachings| each.session.id == session.id;
    if let Some(each) = teachings.sessions.into_iter().find(of) {
        // The state first: a closed box shows the beginning alone.
        let stands = |state: String, trainer: TrainerChoice| {
            (trainer.id, format!("{state}: {}", trainer.name))
        };
        let asked = each
            .asked
            .into_iter()
            .map(|(row, trainer)| stands(cx.words.term(*row.state), trainer));
        let unasked = |trainer| stands(cx.say("teach-unasked"), trainer);
        let named = each.named.into_iter().map(unasked);
        for (id, words) in asked.chain(named) {
            match trainers.iter_mut().find(|(known, _)| *known == id) {
                Some((_, said)) => *said = words,
                None if each.in_agenda.contains(&id) => trainers.push((id, words)),
                None => {}
            }
        }
    }
    rows.extend(std::iter::repeat_n(AgendaRow::default(), BLANK));
    rows.truncate(MOST);
    let taken = problems.of("trainer_id") == Some(&Reason::TrainerTaken);
    let named = rows
        .iter()
        .filter_map(|row| row.trainer_id.trim().parse().ok());
    let clashes = if taken || allowed {
        let found = cx.services.clashes_of_trainers(&cx.actor, session, named);
        found.await?
    } else {
        Vec::new()
    };
    let title = cx.say_with(
        "agenda-title",
        &[("session", (&heading(cx, session)).into())],
    );
    let page = Page::staff(&title).wide().checked(&problems);
    let back = format!("{}/sessions", cockpit_path(&view.row.slug));
    let when = format!(
        "{}. {}",
        view.title(cx.lang()),
        cx.words.period(session.starts_at, session.ends_at)
    );
    let inner = cx.clone();
    let body = move || {
        let cx = &inner;
        let names: Vec<String> = rows
            .iter()
            .enumerate()
            .map(|(at, row)| row_name(cx, at, row))
            .collect();
        // Which rows name the trainer who is needed elsewhere.
        let named = |clash: &Clash| {
            let id = clash.trainer_id?.to_string();
            let named = rows
                .iter()
                .zip(&names)
                .filter(|(row, _)| row.trainer_id == id);
            let named: Vec<&str> = named.map(|(_, name)| name.as_str()).collect();
            (!named.is_empty()).then(|| named.join(", "))
        };
        let allow = (taken || allowed).then(|| {
            let said = clash_list(cx, &clashes, &named);
            allow_clash(cx, Some("trainer_id"), said, allowed)
        });
        let rows: Vec<_> = rows
            .iter()
            .enumerate()
            .map(|(at, row)| line(cx, at, row, &problems, &trainers).into_any())
            .collect();
        view! {
            {error_summary_of_rows(cx, &problems, &|at| names.get(at).cloned())}
            <h1>{title}</h1>
            <p>{when}</p>
            <p class="hint">{cx.say("agenda-hint")}</p>
            <form method="post" novalidate>
                {allow}
                <ol class="rows">{rows}</ol>
                <div class="form-actions">
                    <button class="button" type="submit">{cx.say("agenda-save")}</button>
                    <button class="button button--secondary" type="submit" name="more" value="on">
                        {cx.say("agenda-more")}
                    </button>
                    <a class="button button--quiet" href=back>{cx.say("manage-form-back")}</a>
                </div>
            </form>
        }
    };
    Ok(cx.show(page, body).await)
}

/// What an item is called: its number, and its title once it has one.
fn row_name(cx: &Cx, at: usize, row: &AgendaRow) -> String {
    let number = i64::try_from(at + 1).unwrap_or(0);
    let number = cx.say_with("agenda-row", &[("number", number.into())]);
    match row.title_vi.trim() {
        "" => number,
        title => format!("{number} ({title})"),
    }
}

fn line(
    cx: &Cx,
    at: usize,
    row: &AgendaRow,
    problems: &Problems,
    trainers: &[(i64, String)],
) -> impl IntoView + use<> {
    let cell = |name: &str, value: &str, kind: &'static str, class: &'static str| {
        let id = format!("{name}-{at}");
        let found = problems.0.iter().find(|problem| problem.field == id);
        let problem = found.map(|problem| said(cx, &id, problem));
        let label = cx.say(&format!("field-{name}"));
        let invalid = problem.is_some().then_some("true");
        let described = problem.is_some().then(|| format!("{id}-problem"));
        let wrong = if problem.is_some() {
            "field field--problem"
        } else {
            "field"
        };
        let class = format!("{wrong} {class}");
        view! {
            <div class=class>
                <label for=id.clone()>{label}</label>
                {problem}
                <input id=id.clone() name=id type=kind value=value.to_owned()
                    aria-invalid=invalid aria-describedby=described />
            </div>
        }
        .into_any()
    };
    let id = format!("trainer_id-{at}");
    let mut options = vec![(String::new(), cx.say("agenda-nobody"))];
    options.extend(
        trainers
            .iter()
            .map(|(id, name)| (id.to_string(), name.clone())),
    );
    let options: Vec<_> = options
        .into_iter()
        .map(|(value, label)| {
            let chosen = value == row.trainer_id;
            view! { <option value=value selected=chosen>{label}</option> }
        })
        .collect();
    let legend = row_name(cx, at, row);
    view! {
        <li>
            <fieldset class="rows__row">
                <legend class="visually-hidden">{legend}</legend>
                {cell("from", &row.from, "time", "rows__short")}
                {cell("to", &row.to, "time", "rows__short")}
                {cell("item_vi", &row.title_vi, "text", "rows__long")}
                {cell("item_en", &row.title_en, "text", "rows__long")}
                <div class="field rows__long">
                    <label for=id.clone()>{cx.say("field-trainer_id")}</label>
                    <select id=id.clone() name=id>{options}</select>
                </div>
            </fieldset>
        </li>
    }
}

fn said(cx: &Cx, id: &str, problem: &Problem) -> impl IntoView + use<> {
    let id = format!("{id}-problem");
    view! { <p class="problem" id=id>{cx.words.problem(problem)}</p> }
}
