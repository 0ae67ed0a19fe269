//! The form: what was typed into it, and how it looks.

use super::consents::consents;
use super::trap::Trap;
use crate::html::*;
use crate::questions::{question_fields, question_label, typed_answers};
use crate::render::{Cx, Fields};
use crate::ui::{Choices, Field, Kind, error_summary_named, hidden};
use domain::{Coded, Consents, DelegateRole, Problems, RegistrationForm};
use service::{Failure, QuestionView, RequestKey, Services};

/// The form as filled in, with what is wrong with it.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    pub(super) form: RegistrationForm,
    /// Names this filling-in, so that sending it twice registers once.
    pub(super) request: String,
    pub(super) trap: Trap,
    pub(super) problems: Problems,
}

/// Names of establishments and of localities to choose from.
#[derive(Clone, Debug)]
pub(super) struct Suggestions {
    pub(super) establishments: Vec<String>,
    pub(super) localities: Vec<String>,
}

impl Suggestions {
    /// Those known now.
    pub(super) async fn of(cx: &Cx) -> Result<Self, Failure> {
        Ok(Self {
            establishments: cx.services.suggest_establishments().await?,
            localities: cx.services.suggest_localities().await?,
        })
    }
}

/// The fields in the order of the page.
const ORDER: [&str; 7] = [
    "full_name",
    "phone",
    "role",
    "establishment",
    "locality",
    "email",
    "consents.reporting",
];

impl Sheet {
    /// What a browser sent.
    pub(super) fn sent(cx: &Cx, fields: &Fields, questions: &[QuestionView]) -> Self {
        let trap = Trap::sent(fields);
        let form = RegistrationForm {
            full_name: fields.text("full_name"),
            phone: fields.text("phone"),
            email: fields.text("email"),
            role: fields.text("role"),
            establishment: fields.text("establishment"),
            locality: fields.text("locality"),
            consents: Consents {
                reporting: fields.ticked("consent_reporting"),
                materials: fields.ticked("consent_materials"),
                invitations: fields.ticked("consent_invitations"),
            },
            answers: typed_answers(fields, questions),
            opened_at: trap.opened_at(cx),
        };
        Self {
            form,
            request: fields.text("request"),
            trap,
            problems: Problems::default(),
        }
    }

    /// With its problems, in the order in which the page shows the fields.
    pub(super) fn with(self, mut problems: Problems) -> Self {
        problems.0.sort_by_key(|problem| {
            // The questions come after the fields and before the consents.
            let known = ORDER.iter().position(|field| *field == problem.field);
            known.unwrap_or(ORDER.len() - 2)
        });
        Self { problems, ..self }
    }

    /// With a name of its own, unless it has one.
    pub(super) fn named(self, services: &Services) -> Self {
        if self.request.is_empty() {
            self.renamed(services)
        } else {
            self
        }
    }

    /// With another name: what is sent next is a request of its own.
    pub(super) fn renamed(self, services: &Services) -> Self {
        Self {
            request: services.nonce(),
            ..self
        }
    }

    /// What makes this request the same as another; none without a nonce, as
    /// a hand-written request may come.
    pub(super) fn key(&self, slug: &str) -> Option<RequestKey> {
        let form = &self.form;
        let consents: Vec<&str> = form.consents.given().map(Coded::code).collect();
        let canonical = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("full_name", &form.full_name)
            .append_pair("phone", &form.phone)
            .append_pair("email", &form.email)
            .append_pair("role", &form.role)
            .append_pair("establishment", &form.establishment)
            .append_pair("locality", &form.locality)
            .append_pair("consents", &consents.join(" "))
            .append_pair("answers", &format!("{:?}", form.answers))
            .finish();
        let request = &self.request;
        (!request.is_empty())
            .then(|| RequestKey::new("web", &format!("{slug} {request}"), &canonical))
    }
}

/// The form as a view; `act` stands on its button.
pub(super) fn form(
    cx: &Cx,
    sheet: &Sheet,
    suggestions: Suggestions,
    questions: &[QuestionView],
    act: String,
) -> impl IntoView + use<> {
    let (form, problems) = (&sheet.form, &sheet.problems);
    let roles = DelegateRole::ALL
        .iter()
        .map(|role| (role.code().to_owned(), cx.words.term(*role)))
        .collect();
    view! {
        {error_summary_named(cx, problems, &|field| question_label(cx, questions, field))}
        <form method="post" novalidate=true>
            {hidden("request", &sheet.request)}
            {sheet.trap.view(cx)}
            {Field::line(cx, problems, "full_name", "field-full_name", &form.full_name)
                .autocomplete("name").view()}
            {Field::line(cx, problems, "phone", "field-phone", &form.phone)
                .hint(cx.say("register-phone-hint"))
                .kind(Kind::Line("tel")).autocomplete("tel").inputmode("tel").view()}
            {Choices::one(cx, problems, "role", "field-role", &form.role, roles).view()}
            {Field::line(cx, problems, "establishment", "field-establishment", &form.establishment)
                .hint(cx.say("register-establishment-hint"))
                .autocomplete("organization").suggest(suggestions.establishments).view()}
            {Field::line(cx, problems, "locality", "field-locality", &form.locality)
                .hint(cx.say("register-locality-hint"))
                .autocomplete("address-level2").suggest(suggestions.localities).view()}
            {Field::line(cx, problems, "email", "field-email", &form.email)
                .optional(cx).hint(cx.say("register-email-hint"))
                .kind(Kind::Line("email")).autocomplete("email").inputmode("email").view()}
            {question_fields(cx, problems, questions, &form.answers)}
            {consents(cx, problems, form.consents)}
            <div class="form-actions"><button class="button" type="submit">{act}</button></div>
        </form>
    }
}
