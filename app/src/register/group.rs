//! Several delegates of one establishment, by a colleague, on one page that
//! grows without a script.

use super::answers;
use super::form::Suggestions;
use super::page::which;
use super::trap::{Trap, once_more};
use super::why::Why;
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{
    Field, Kind, delegate_number, delegate_rows, error_summary_of_rows, hidden, notice, tone,
    typed_delegates,
};
use axum::extract::Path;
use axum::response::Response;
use domain::{DelegateRow, MAX_PARTY, PartyForm, Problems, RegistrationMode, Seats};
use service::{Conflict, Failure, RegisteringParty, RequestKey, WorkshopView};

/// The rows that an empty form begins with, and that are added at a time.
const ROWS: usize = 3;

/// The form as filled in.
#[derive(Clone, Debug, Default)]
struct Sheet {
    form: PartyForm,
    request: String,
    trap: Trap,
    problems: Problems,
}

impl Sheet {
    fn blank() -> Self {
        Self {
            form: PartyForm {
                delegates: vec![DelegateRow::default(); ROWS],
                ..PartyForm::default()
            },
            ..Self::default()
        }
    }

    fn sent(cx: &Cx, fields: &Fields) -> Self {
        let trap = Trap::sent(fields);
        Self {
            form: PartyForm {
                contact_name: fields.text("contact_name"),
                contact_phone: fields.text("contact_phone"),
                contact_email: fields.text("contact_email"),
                establishment: fields.text("establishment"),
                locality: fields.text("locality"),
                delegates: typed_delegates(fields, MAX_PARTY),
                told: fields.ticked("told"),
                opened_at: trap.opened_at(cx),
            },
            request: fields.text("request"),
            trap,
            problems: Problems::default(),
        }
    }

    fn key(&self, slug: &str) -> Result<Option<RequestKey>, Failure> {
        if self.request.is_empty() {
            return Ok(None);
        }
        let canonical = serde_json::to_string(&self.form).map_err(Failure::internal)?;
        let name = format!("{slug} group {}", self.request);
        Ok(Some(RequestKey::new("web", &name, &canonical)))
    }
}

/// `GET /workshops/{slug}/register/group`
pub(super) async fn show(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    ask(&cx, &slug, Sheet::blank(), Why::First).await
}

/// `POST /workshops/{slug}/register/group`
pub(super) async fn send(
    cx: Cx,
    Path(slug): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let mut sheet = Sheet::sent(&cx, &fields);
    if fields.ticked("more") {
        let rows = (sheet.form.delegates.len() + ROWS).min(MAX_PARTY as usize);
        sheet.form.delegates.resize(rows, DelegateRow::default());
        return ask(&cx, &slug, sheet, Why::More).await;
    }
    if sheet.trap.has_caught(&cx) {
        return ask(&cx, &slug, sheet, Why::Quick).await;
    }
    let key = sheet.key(&slug)?;
    let done = cx
        .services
        .register_party(&slug, &sheet.form, cx.lang(), key.as_ref())
        .await;
    match done {
        Ok(RegisteringParty::Done(token)) => Ok(see_other(&format!("/groups/{token}?done=made"))),
        Ok(RegisteringParty::Already) => answers::already_all(&cx, &slug).await,
        Err(Failure::Invalid(problems)) => {
            let sheet = Sheet { problems, ..sheet };
            ask(&cx, &slug, sheet, Why::Problems).await
        }
        Err(Failure::Conflict(Conflict::KeyReused)) => {
            let request = cx.services.nonce();
            ask(&cx, &slug, Sheet { request, ..sheet }, Why::SentBefore).await
        }
        Err(Failure::Conflict(
            Conflict::RegistrationNotOpen | Conflict::RegistrationClosed | Conflict::InvitationOnly,
        )) => ask(&cx, &slug, sheet, Why::Shut).await,
        Err(failure) => Err(failure.into()),
    }
}

async fn ask(cx: &Cx, slug: &str, mut sheet: Sheet, mut why: Why) -> Result<Response, Oops> {
    let view = cx.services.public_workshop(slug).await?;
    let open = view.takes_form(sheet.trap.opened_at(cx), cx.services.clock().now());
    if !open {
        why = why.shut();
        if why == Why::First || !answers::may_open(&view) {
            return Ok(answers::not_open(cx, view, why.status()).await);
        }
    }
    if sheet.request.is_empty() {
        sheet.request = cx.services.nonce();
    }
    if sheet.form.delegates.is_empty() {
        sheet.form.delegates = vec![DelegateRow::default(); ROWS];
    }
    let seats = cx.services.seats_left(&view).await?;
    let suggestions = Suggestions::of(cx).await?;
    let title = cx.say("group-title");
    let shown = match why {
        Why::Problems => format!("{}: {title}", cx.say("error-summary-title")),
        _ => title.clone(),
    };
    let page = Page::public(&shown).narrow().status(why.status());
    let inner = cx.clone();
    let body = move || {
        let rows = sheet.form.delegates.len();
        let called = |at| (rows > 1).then(|| delegate_number(&inner, at));
        view! {
            {error_summary_of_rows(&inner, &sheet.problems, &called)}
            <h1>{title}</h1>
            {which(&inner, &view)}
            {(why == Why::SentBefore).then(|| answers::sent_before(&inner))}
            {(why == Why::Quick).then(|| once_more(&inner))}
            {match why {
                Why::Shut if !open => answers::shut(&inner, &view),
                _ => warning(&inner, &view, seats).into_any(),
            }}
            {form(&inner, &sheet, suggestions, by_approval(&view))}
        }
    };
    Ok(cx.show(page, body).await)
}

fn by_approval(view: &WorkshopView) -> bool {
    *view.row.mode == RegistrationMode::Approval
}

/// That organisers decide; else how many seats there are, and what a group that is
/// larger waits for.
fn warning(cx: &Cx, view: &WorkshopView, seats: Seats) -> Option<impl IntoView + use<>> {
    if by_approval(view) {
        let at = view.undecided_until(cx.services.clock().now());
        let at = cx.words.day_time(at);
        let text = cx.say_with("group-approval-text", &[("at", at.into())]);
        return Some(notice(tone::WAIT, cx.say("register-approval-title"), text));
    }
    (seats.free() <= MAX_PARTY).then(|| {
        let text = cx.say_with("group-seats-text", &[("count", seats.free().into())]);
        notice(tone::WAIT, cx.say("group-seats-title"), text)
    })
}

fn form(
    cx: &Cx,
    sheet: &Sheet,
    suggestions: Suggestions,
    by_approval: bool,
) -> impl IntoView + use<> {
    let (form, problems) = (&sheet.form, &sheet.problems);
    let act = if by_approval {
        cx.say("group-act-request")
    } else {
        cx.say("group-act")
    };
    let line = |name, label, value: &str| Field::line(cx, problems, name, label, value);
    let more = (form.delegates.len() < MAX_PARTY as usize).then(|| {
        view! {
            <p><button class="button button--secondary" type="submit" name="more" value="yes">
                {cx.say("delegates-more")}
            </button></p>
        }
    });
    let told = problems.of("told").is_some();
    let too_large = problems
        .0
        .iter()
        .find(|problem| problem.field == "delegates");
    let too_large =
        too_large.map(|problem| view! { <p class="problem">{cx.words.problem(problem)}</p> });
    view! {
        <form method="post" novalidate=true>
            // What the Enter key sends: not another row.
            <button type="submit" hidden=true></button>
            {hidden("request", &sheet.request)}
            {sheet.trap.view(cx)}
            <h2>{cx.say("group-contact")}</h2>
            <p class="hint">{cx.say("group-contact-hint")}</p>
            {line("contact_name", "field-full_name", &form.contact_name)
                .autocomplete("name").view().into_any()}
            {line("contact_phone", "field-phone", &form.contact_phone)
                .kind(Kind::Line("tel")).autocomplete("tel").inputmode("tel").view().into_any()}
            {line("contact_email", "field-email", &form.contact_email)
                .optional(cx).hint(cx.say("group-email-hint"))
                .kind(Kind::Line("email")).autocomplete("email").inputmode("email").view().into_any()}
            <h2>{cx.say("group-place")}</h2>
            {line("establishment", "field-establishment", &form.establishment)
                .autocomplete("organization").suggest(suggestions.establishments).view().into_any()}
            {line("locality", "field-locality", &form.locality)
                .hint(cx.say("register-locality-hint"))
                .autocomplete("address-level2").suggest(suggestions.localities).view().into_any()}
            <h2 id="delegates" tabindex="-1">{cx.say("group-delegates")}</h2>
            {too_large}
            <p class="hint">{cx.say("delegates-hint")}</p>
            {delegate_rows(cx, problems, &form.delegates)}
            {more}
            <div class=if told { "field field--problem" } else { "field" }>
                {told.then(|| view! {
                    <p class="problem" id="told-problem">{cx.say("group-told-problem")}</p>
                })}
                <label class="choice">
                    <input id="told" name="told" type="checkbox" value="yes" checked=form.told
                        aria-describedby=told.then_some("told-problem") aria-invalid=told.then_some("true") />
                    <span>
                        {cx.say("group-told")}" "
                        <a href="/privacy" target="_blank" rel="noopener">{cx.say("register-consents-link")}</a>
                    </span>
                </label>
            </div>
            <div class="form-actions">
                <button class="button" type="submit">{act}</button>
            </div>
        </form>
    }
}
