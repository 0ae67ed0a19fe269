//! The form of a workshop: what it is, where and when, registration.

use super::session_fields;
use crate::html::*;
use crate::render::{Cx, Fields};
use crate::ui::{Choices, Field, Kind, error_summary, hidden, notice, tone};
use domain::{
    ATTENDED_SHARE, CancelRule, CertificateRule, Coded, DelegateRole, LATE_AFTER, Phone, Problems,
    Reason, RegistrationMode, Sector, SessionForm, WorkshopForm, WorkshopFormat, WorkshopKind,
    to_local,
};
use service::{Clash, WorkshopView};

/// The form as it was sent. The address is made from the title, so it is not
/// asked for.
pub(super) fn typed(fields: &Fields) -> WorkshopForm {
    let every = |name| fields.all(name).map(str::to_owned).collect();
    WorkshopForm {
        slug: String::new(),
        code: fields.text("code"),
        title_vi: fields.text("title_vi"),
        title_en: fields.text("title_en"),
        summary_vi: fields.text("summary_vi"),
        summary_en: fields.text("summary_en"),
        kind: fields.text("kind"),
        roles: every("roles"),
        sectors: every("sectors"),
        format: fields.text("format"),
        online_link: fields.text("online_link"),
        contact_name: fields.text("contact_name"),
        contact_phone: fields.text("contact_phone"),
        contact_email: fields.text("contact_email"),
        session: session_fields::typed(fields),
        capacity: fields.text("capacity"),
        minimum: fields.text("minimum"),
        minimum_by: fields.text("minimum_by"),
        opens_at: fields.text("opens_at"),
        closes_at: fields.text("closes_at"),
        mode: fields.text("mode"),
        offer_hours: fields.text("offer_hours"),
        cancel_rule: fields.text("cancel_rule"),
        cancel_until: fields.text("cancel_until"),
        certificate_rule: fields.text("certificate_rule"),
        late_after: fields.text("late_after"),
        attended_share: fields.text("attended_share"),
        allow_clash: fields.ticked("allow_clash"),
        already_held: fields.ticked("already_held"),
        version: fields.text("version"),
    }
}

/// The form filled with what a workshop is now.
pub(super) fn filled(view: &WorkshopView) -> WorkshopForm {
    let row = &view.row;
    let local = |at| to_local(at).format("%Y-%m-%dT%H:%M").to_string();
    let codes = |list: &str| {
        list.split(',')
            .filter(|code| !code.is_empty())
            .map(str::to_owned)
            .collect()
    };
    WorkshopForm {
        slug: String::new(),
        code: row.code.clone(),
        title_vi: row.title_vi.clone(),
        title_en: row.title_en.clone(),
        summary_vi: row.summary_vi.clone(),
        summary_en: row.summary_en.clone(),
        kind: row.kind.code().to_owned(),
        roles: codes(&row.roles),
        sectors: codes(&row.sectors),
        format: row.format.code().to_owned(),
        online_link: row.online_link.clone(),
        contact_name: row.contact_name.clone(),
        contact_phone: match row.contact_phone.as_str() {
            "" => String::new(),
            phone => Phone::national(phone),
        },
        contact_email: row.contact_email.clone(),
        session: view.first_session_form(),
        capacity: row.capacity.to_string(),
        minimum: row
            .minimum
            .map(|number| number.to_string())
            .unwrap_or_default(),
        minimum_by: row.minimum_by.map(local).unwrap_or_default(),
        opens_at: local(row.opens_at),
        closes_at: local(row.closes_at),
        mode: row.mode.code().to_owned(),
        offer_hours: row.offer_hours.to_string(),
        cancel_rule: row.cancel_rule.code().to_owned(),
        cancel_until: row.cancel_until.map(local).unwrap_or_default(),
        certificate_rule: row.certificate_rule.code().to_owned(),
        late_after: row.late_after.to_string(),
        attended_share: row.attended_share.to_string(),
        allow_clash: false,
        already_held: false,
        version: row.version.to_string(),
    }
}

/// Everything the form shows.
pub(super) struct Shown {
    pub(super) title: String,
    pub(super) act: String,
    pub(super) back: String,
    pub(super) form: WorkshopForm,
    pub(super) problems: Problems,
    /// Rooms of the register; where time and place are not set here, what they
    /// are and the page that sets them.
    pub(super) place: Result<Vec<(i64, String)>, (String, String)>,
    /// People know of it: how they take part is changed by a move.
    pub(super) is_public: bool,
    /// The page of a move, while there can be one.
    pub(super) move_page: Option<String>,
    pub(super) clashes: Vec<Clash>,
    /// Seats, and those of the smallest room where there are fewer.
    pub(super) crowded: Option<(u32, u32)>,
}

/// The whole form with its title, its problems, its button and a way back.
pub(super) fn body(cx: &Cx, shown: &Shown) -> impl IntoView + use<> {
    let Shown { form, problems, .. } = shown;
    view! {
        {error_summary(cx, problems)}
        <h1>{shown.title.clone()}</h1>
        <form method="post" novalidate>
            <h2>{cx.say("manage-form-what")}</h2>
            {what(cx, form, problems).into_any()}
            <h2>{cx.say("manage-form-where")}</h2>
            {place(cx, shown).into_any()}
            <h2>{cx.say("manage-form-registration")}</h2>
            {registration(cx, shown).into_any()}
            {more(cx, form, problems).into_any()}
            {hidden("version", &form.version)}
            <div class="form-actions">
                <button class="button" type="submit">{shown.act.clone()}</button>
                <a class="button button--quiet" href=shown.back.clone()>{cx.say("manage-form-back")}</a>
            </div>
        </form>
    }
}

fn chosen_terms<T: Coded + std::fmt::Display>(
    cx: &Cx,
    chosen: &[String],
) -> Vec<(String, String, bool)> {
    T::ALL
        .iter()
        .map(|term| {
            let code = term.code().to_owned();
            let ticked = chosen.contains(&code);
            (code, cx.words.term(*term), ticked)
        })
        .collect()
}

pub(super) fn one_of<T: Coded + std::fmt::Display>(
    cx: &Cx,
    problems: &Problems,
    name: &'static str,
    chosen: &str,
) -> Choices {
    let chosen = if chosen.is_empty() {
        T::ALL[0].code()
    } else {
        chosen
    };
    let options = T::ALL
        .iter()
        .map(|term| (term.code().to_owned(), cx.words.term(*term)))
        .collect();
    Choices::one(
        cx,
        problems,
        name,
        &format!("field-{name}"),
        chosen,
        options,
    )
}

fn what(cx: &Cx, form: &WorkshopForm, problems: &Problems) -> impl IntoView + use<> {
    let line = |name, label, value: &str| Field::line(cx, problems, name, label, value);
    view! {
        {line("title_vi", "field-title_vi", &form.title_vi).view().into_any()}
        {line("title_en", "field-title_en", &form.title_en)
            .hint(cx.say("manage-form-title-en-hint"))
            .optional(cx)
            .view().into_any()}
        {line("summary_vi", "field-summary_vi", &form.summary_vi)
            .kind(Kind::Lines(4))
            .hint(cx.say("manage-form-summary-hint"))
            .optional(cx)
            .view().into_any()}
        {line("summary_en", "field-summary_en", &form.summary_en)
            .kind(Kind::Lines(4))
            .optional(cx)
            .view().into_any()}
        {one_of::<WorkshopKind>(cx, problems, "kind", &form.kind).view().into_any()}
        {Choices::many(cx, problems, "roles", "field-roles", chosen_terms::<DelegateRole>(cx, &form.roles))
            .hint(cx.say("manage-form-roles-hint"))
            .view().into_any()}
        {Choices::many(cx, problems, "sectors", "field-sectors", chosen_terms::<Sector>(cx, &form.sectors))
            .hint(cx.say("manage-form-sectors-hint"))
            .view().into_any()}
    }
}

fn place(cx: &Cx, shown: &Shown) -> impl IntoView + use<> {
    let Shown { form, problems, .. } = shown;
    let when = match &shown.place {
        Ok(rooms) => view! {
            {session_fields::place(cx, None, &form.session, problems, rooms).into_any()}
            {session_fields::times(cx, None, &form.session, problems).into_any()}
            {session_fields::already_held(cx, problems, form.already_held)}
            {session_fields::clashes(cx, &shown.clashes, form.allow_clash).into_any()}
        }
        .into_any(),
        Err((said, elsewhere)) => view! {
            <p>{said.clone()}</p>
            <p><a href=elsewhere.clone()>{cx.say("manage-form-times-elsewhere")}</a></p>
        }
        .into_any(),
    };
    let link = Field::line(
        cx,
        problems,
        "online_link",
        "field-online_link",
        &form.online_link,
    );
    let format = if shown.is_public {
        fixed_format(cx, form, shown.move_page.clone()).into_any()
    } else {
        let choices = one_of::<WorkshopFormat>(cx, problems, "format", &form.format);
        choices.view().into_any()
    };
    view! {
        {format}
        {when}
        {link.kind(Kind::Line("url"))
            .hint(cx.say("manage-form-online-hint"))
            .optional(cx)
            .view().into_any()}
    }
}

/// How people take part, and the way to change it.
fn fixed_format(cx: &Cx, form: &WorkshopForm, page: Option<String>) -> impl IntoView + use<> {
    let format = WorkshopFormat::from_code(&form.format).unwrap_or(WorkshopFormat::InPerson);
    let change =
        page.map(|href| view! { <p><a href=href>{cx.say("manage-form-format-elsewhere")}</a></p> });
    view! {
        <p id="format">{cx.say("field-format")}": "<strong>{cx.words.term(format)}</strong></p>
        {change}
        <input type="hidden" name="format" value=form.format.clone() />
    }
}

fn registration(cx: &Cx, shown: &Shown) -> impl IntoView + use<> {
    let Shown { form, problems, .. } = shown;
    let booked = matches!(problems.of("capacity"), Some(Reason::FewerThanBooked(_))).then(|| {
        let href = format!("{}/people?state=booked", shown.back);
        view! { <p><a href=href>{cx.say("manage-form-booked-list")}</a></p> }
    });
    let crowded = shown.crowded.map(|(seats, room)| {
        let args = [("seats", seats.into()), ("room", room.into())];
        notice(
            tone::WAIT,
            cx.say_with("sessions-warn-seats", &args),
            String::new(),
        )
    });
    let line = |name, label, value: &str| Field::line(cx, problems, name, label, value);
    view! {
        {line("capacity", "field-capacity", &form.capacity)
            .inputmode("numeric")
            .hint(cx.say("manage-form-capacity-hint"))
            .short()
            .view().into_any()}
        {booked}
        {crowded}
        {one_of::<RegistrationMode>(cx, problems, "mode", &form.mode)
            .hint(cx.say("manage-form-mode-hint"))
            .view().into_any()}
        <div class="field field--row">
            {line("opens_at", "field-opens_at", &form.opens_at)
                .kind(Kind::Line("datetime-local"))
                .hint(cx.say("manage-form-opens-hint"))
                .optional(cx)
                .view().into_any()}
            {line("closes_at", "field-closes_at", &form.closes_at)
                .kind(Kind::Line("datetime-local"))
                .hint(cx.say("manage-form-closes-hint"))
                .optional(cx)
                .view().into_any()}
        </div>
        <div class="field field--row">
            {line("minimum", "field-minimum", &form.minimum)
                .inputmode("numeric")
                .hint(cx.say("manage-form-minimum-hint"))
                .optional(cx)
                .view().into_any()}
            {line("minimum_by", "field-minimum_by", &form.minimum_by)
                .kind(Kind::Line("datetime-local"))
                .hint(cx.say("manage-form-minimum-by-hint"))
                .optional(cx)
                .view().into_any()}
        </div>
    }
}

/// What most workshops leave as it is, folded away until something in it is
/// set or wrong.
fn more(cx: &Cx, form: &WorkshopForm, problems: &Problems) -> impl IntoView + use<> {
    let line = |name, label, value: &str| Field::line(cx, problems, name, label, value);
    let inside = [
        "code",
        "contact_name",
        "contact_phone",
        "contact_email",
        "offer_hours",
        "cancel_rule",
        "cancel_until",
        "certificate_rule",
        "late_after",
        "attended_share",
    ];
    let set = [
        &form.code,
        &form.contact_name,
        &form.contact_phone,
        &form.contact_email,
        &form.cancel_until,
    ];
    let open = inside.iter().any(|name| problems.of(name).is_some())
        || set.iter().any(|value| !value.is_empty());
    view! {
        <details open=open>
            <summary>{cx.say("manage-form-more")}</summary>
            {line("contact_name", "field-contact_name", &form.contact_name)
                .hint(cx.say("manage-form-contact-hint"))
                .optional(cx)
                .view().into_any()}
            <div class="field field--row">
                {line("contact_phone", "field-contact_phone", &form.contact_phone)
                    .kind(Kind::Line("tel"))
                    .optional(cx)
                    .view().into_any()}
                {line("contact_email", "field-contact_email", &form.contact_email)
                    .kind(Kind::Line("email"))
                    .optional(cx)
                    .view().into_any()}
            </div>
            {line("offer_hours", "field-offer_hours", &form.offer_hours)
                .inputmode("numeric")
                .hint(cx.say("manage-form-offer-hours-hint"))
                .optional(cx)
                .short()
                .view().into_any()}
            {one_of::<CancelRule>(cx, problems, "cancel_rule", &form.cancel_rule).view().into_any()}
            {line("cancel_until", "field-cancel_until", &form.cancel_until)
                .kind(Kind::Line("datetime-local"))
                .hint(cx.say("manage-form-cancel-until-hint"))
                .optional(cx)
                .view().into_any()}
            {one_of::<CertificateRule>(cx, problems, "certificate_rule", &form.certificate_rule)
                .view().into_any()}
            {line("late_after", "field-late_after", &form.late_after)
                .inputmode("numeric")
                .hint(cx.say_with("manage-form-late-hint", &[("minutes", u32::from(LATE_AFTER).into())]))
                .optional(cx)
                .short()
                .view().into_any()}
            {line("attended_share", "field-attended_share", &form.attended_share)
                .inputmode("numeric")
                .hint(cx.say_with("manage-form-share-hint", &[("share", u32::from(ATTENDED_SHARE).into())]))
                .optional(cx)
                .short()
                .view().into_any()}
            {line("code", "field-code", &form.code)
                .hint(cx.say("manage-form-code-hint"))
                .optional(cx)
                .short()
                .view().into_any()}
        </details>
    }
}

/// Nothing typed yet.
pub(super) fn blank() -> WorkshopForm {
    WorkshopForm {
        session: SessionForm::default(),
        ..WorkshopForm::default()
    }
}
