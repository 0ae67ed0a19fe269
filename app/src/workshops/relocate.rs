//! Moving a workshop: new times and places, then exactly who is told what,
//! then the deed.

use super::form::one_of;
use super::minimum::with_reason;
use super::{cockpit_path, session_fields, sessions::heading, told};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{Field, Kind, error_summary, error_summary_of_rows, hidden, notice, tone};
use axum::extract::Path;
use axum::http::Uri;
use axum::response::Response;
use domain::{Act, MoveForm, Phase, Problems, Reason, SessionForm, TellForm, WorkshopFormat};
use service::{ChangePreview, Conflict, Failure, WorkshopView, session_form};

/// `GET /manage/workshops/{slug}/move`
pub(crate) async fn form(cx: Cx, Path(slug): Path<String>, uri: Uri) -> Result<Response, Oops> {
    let view = find(&cx, &slug).await?;
    let now = cx.services.clock().now();
    let sessions = view
        .sessions
        .iter()
        .filter(|session| session.starts_at > now)
        .map(|session| (session.id, session_form(session)))
        .collect();
    let form = MoveForm {
        sessions,
        format: view.row.format.to_string(),
        online_link: String::new(),
        allow_clash: false,
        tell: with_reason(&uri, TellForm::everybody(view.row.version)),
    };
    show(&cx, &view, form, Problems::default(), false).await
}

/// `POST /manage/workshops/{slug}/move`: a look at what will happen, and with
/// `confirm` the deed itself.
pub(crate) async fn relocate(
    cx: Cx,
    Path(slug): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let form = typed(&fields);
    if fields.ticked("back") {
        let view = find(&cx, &slug).await?;
        return show(&cx, &view, form, Problems::default(), false).await;
    }
    let confirmed = fields.ticked("confirm");
    let preview = cx.services.preview_move(&cx.actor, &slug, &form).await;
    let preview = match preview {
        Ok(preview) => preview,
        Err(Failure::Invalid(problems)) => {
            let view = find(&cx, &slug).await?;
            return show(&cx, &view, form, problems, false).await;
        }
        Err(Failure::Conflict(Conflict::NothingChanged)) => {
            let view = find(&cx, &slug).await?;
            return show(&cx, &view, form, Problems::default(), true).await;
        }
        Err(failure) => return Err(failure.into()),
    };
    let blocked = !preview.clashes.is_empty() && !form.allow_clash;
    if !confirmed || blocked {
        return Ok(confirm(&cx, preview, form, confirmed && blocked).await);
    }
    let (view, change) = cx.services.move_workshop(&cx.actor, &slug, &form).await?;
    let path = cockpit_path(&view.row.slug);
    Ok(see_other(&format!("{path}/changes/{change}")))
}

async fn find(cx: &Cx, slug: &str) -> Result<WorkshopView, Oops> {
    let view = cx
        .services
        .staff_workshop(&cx.actor, Act::ManageWorkshops, slug)
        .await?;
    if matches!(view.phase, Phase::Upcoming | Phase::Running) {
        Ok(view)
    } else {
        Err(Failure::Conflict(Conflict::NotAllowedNow).into())
    }
}

fn typed(fields: &Fields) -> MoveForm {
    let sessions = fields
        .all("session")
        .filter_map(|id| id.parse().ok())
        .enumerate()
        .map(|(at, id)| {
            let text = |name: &str| fields.text(&format!("{name}-{at}"));
            let form = SessionForm {
                title_vi: String::new(),
                title_en: String::new(),
                room_id: text("room_id"),
                room: text("room"),
                address: text("address"),
                starts_at: text("starts_at"),
                ends_at: text("ends_at"),
            };
            (id, form)
        })
        .collect();
    MoveForm {
        sessions,
        format: fields.text("format"),
        online_link: fields.text("online_link"),
        allow_clash: fields.ticked("allow_clash"),
        tell: told::typed(fields),
    }
}

/// The form; `unchanged` when it was sent with everything as it is.
async fn show(
    cx: &Cx,
    view: &WorkshopView,
    form: MoveForm,
    problems: Problems,
    unchanged: bool,
) -> Result<Response, Oops> {
    let rooms = cx.services.rooms_to_choose(&cx.actor).await?;
    let title = cx.say("manage-move-title");
    let page = Page::staff(&title).narrow().checked(&problems);
    let page = if unchanged {
        page.unprocessable()
    } else {
        page
    };
    let back = cockpit_path(&view.row.slug);
    let view = view.clone();
    let inner = cx.clone();
    let body = move || {
        let cx = &inner;
        let sections: Vec<_> = form
            .sessions
            .iter()
            .enumerate()
            .map(|(at, (id, session))| {
                section(cx, &view, at, *id, session, &problems, &rooms).into_any()
            })
            .collect();
        let unchanged = unchanged.then(|| {
            let (title, text) = ("manage-move-unchanged-title", "manage-move-unchanged");
            view! { <div role="alert">{notice(tone::WAIT, cx.say(title), cx.say(text))}</div> }
        });
        view! {
            {error_summary_of_rows(cx, &problems, &|at| row_name(cx, &view, &form, at))}
            {unchanged}
            <h1>{title}</h1>
            <p><strong>{view.title(cx.lang()).to_owned()}</strong></p>
            <p>{cx.say("manage-move-lead")}</p>
            <form method="post" novalidate>
                {sections}
                {taking_part(cx, &view, &form, &problems).into_any()}
                {told::fields(cx, &form.tell, &problems, true).into_any()}
                <div class="form-actions">
                    <button class="button" type="submit">{cx.say("manage-move-next")}</button>
                    <a class="button button--quiet" href=back>{cx.say("manage-form-back")}</a>
                </div>
            </form>
        }
    };
    Ok(cx.show(page, body).await)
}

/// How people take part, and the link where that is not known yet.
fn taking_part(
    cx: &Cx,
    view: &WorkshopView,
    form: &MoveForm,
    problems: &Problems,
) -> impl IntoView + use<> {
    let link = view.row.online_link.is_empty().then(|| {
        let label = "field-online_link";
        Field::line(cx, problems, "online_link", label, &form.online_link)
            .kind(Kind::Line("url"))
            .hint(cx.say("manage-move-online-hint"))
            .optional(cx)
            .view()
            .into_any()
    });
    view! {
        {one_of::<WorkshopFormat>(cx, problems, "format", &form.format).view().into_any()}
        {link}
    }
}

/// What a row is called where there are several: its session.
fn row_name(cx: &Cx, view: &WorkshopView, form: &MoveForm, at: usize) -> Option<String> {
    let (id, _) = form.sessions.get(at)?;
    let found = view.sessions.iter().find(|session| session.id == *id);
    found
        .filter(|_| view.sessions.len() > 1)
        .map(|session| heading(cx, session))
}

fn section(
    cx: &Cx,
    view: &WorkshopView,
    at: usize,
    id: i64,
    form: &SessionForm,
    problems: &Problems,
    rooms: &[(i64, String)],
) -> impl IntoView + use<> {
    let found = view.sessions.iter().find(|session| session.id == id);
    let rooms = session_fields::rooms_for(rooms, found);
    let several = view.sessions.len() > 1;
    let title = found
        .filter(|_| several)
        .map(|session| view! { <h2>{heading(cx, session)}</h2> });
    let now = found.map(|session| {
        let words = format!(
            "{}, {}",
            cx.words.period(session.starts_at, session.ends_at),
            view.place_of(session, cx.lang())
        );
        view! { <p class="muted">{cx.say("change-was")}": "{words}</p> }
    });
    view! {
        {title}
        {now}
        {hidden("session", &id.to_string())}
        {session_fields::place(cx, Some(at), form, problems, &rooms).into_any()}
        {session_fields::times(cx, Some(at), form, problems).into_any()}
    }
}

/// What will happen, to be confirmed. `refused` when it was confirmed without
/// allowing what clashes.
async fn confirm(cx: &Cx, preview: ChangePreview, form: MoveForm, refused: bool) -> Response {
    let title = cx.say("manage-move-confirm-title");
    let page = Page::staff(&title).narrow();
    let page = if refused { page.unprocessable() } else { page };
    let inner = cx.clone();
    let body = move || {
        let cx = &inner;
        let kept: Vec<_> = form
            .sessions
            .iter()
            .enumerate()
            .map(|(at, (id, session))| kept(at, *id, session).into_any())
            .collect();
        let past = preview
            .in_past
            .then(|| notice(tone::WAIT, cx.say("sessions-warn-past"), String::new()));
        let crowded = preview.crowded.map(|(seats, room)| {
            let args = [("seats", seats.into()), ("room", room.into())];
            notice(
                tone::WAIT,
                cx.say_with("sessions-warn-seats", &args),
                String::new(),
            )
        });
        let why = if refused {
            Problems::one("allow_clash", Reason::RoomTaken)
        } else {
            Problems::default()
        };
        view! {
            {error_summary(cx, &why)}
            <div class="confirm">
                <h1>{title}</h1>
                <p><strong>{preview.view.title(cx.lang()).to_owned()}</strong></p>
                {told::moves(cx, &preview.sessions, preview.view.sessions.len() > 1).into_any()}
                {deadlines(cx, &preview).map(IntoAny::into_any)}
                {past}
                {crowded}
                <form method="post">
                    {kept}
                    {hidden("format", &form.format)}
                    {hidden("online_link", &form.online_link)}
                    {told::kept(&form.tell).into_any()}
                    {session_fields::clashes(cx, &preview.clashes, form.allow_clash).into_any()}
                    {told::preview(cx, &preview, &form.tell).into_any()}
                    <div class="form-actions">
                        <button class="button" type="submit" name="confirm" value="on">
                            {told::act(cx, &preview, &form.tell, "manage-move-act-tell", "manage-move-act-silent")}
                        </button>
                        <button class="button button--quiet" type="submit" name="back" value="on">
                            {cx.say("manage-move-back")}
                        </button>
                    </div>
                </form>
            </div>
        }
    };
    cx.show(page, body).await
}

/// The times that move along with the start.
fn deadlines(cx: &Cx, preview: &ChangePreview) -> Option<impl IntoView + use<>> {
    let items: Vec<_> = preview
        .deadlines
        .iter()
        .map(|(field, was, is)| {
            view! {
                <dt>{cx.say(&format!("field-{field}"))}</dt>
                <dd><del>{cx.words.day_time(*was)}</del>" → "<strong>{cx.words.day_time(*is)}</strong></dd>
            }
        })
        .collect();
    (!items.is_empty()).then(|| {
        view! {
            <h2>{cx.say("manage-move-deadlines")}</h2>
            <dl class="facts">{items}</dl>
        }
    })
}

/// The new time and place, carried along to the confirmation.
fn kept(at: usize, id: i64, form: &SessionForm) -> impl IntoView + use<> {
    let values = [
        ("room_id", &form.room_id),
        ("room", &form.room),
        ("address", &form.address),
        ("starts_at", &form.starts_at),
        ("ends_at", &form.ends_at),
    ];
    let values: Vec<_> = values
        .into_iter()
        .map(|(name, value)| {
            let name = format!("{name}-{at}");
            view! { <input type="hidden" name=name value=value.clone() /> }
        })
        .collect();
    view! {
        {hidden("session", &id.to_string())}
        {values}
    }
}

/// A line of the form of reasons, shared with calling off.
pub(super) fn reason(
    cx: &Cx,
    form: &TellForm,
    problems: &Problems,
    optional: bool,
) -> impl IntoView + use<> {
    let vi = Field::line(cx, problems, "note_vi", "field-note_vi", &form.note_vi)
        .kind(Kind::Lines(3))
        .hint(cx.say("manage-note-hint"));
    let vi = if optional { vi.optional(cx) } else { vi };
    let en = Field::line(cx, problems, "note_en", "field-note_en", &form.note_en)
        .kind(Kind::Lines(3))
        .hint(cx.say("manage-note-en-hint"))
        .optional(cx);
    view! {
        {vi.view().into_any()}
        {en.view().into_any()}
    }
}
