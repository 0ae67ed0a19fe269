//! The fields of a message: to whom, what, when.

use super::said;
use crate::html::*;
use crate::render::{Cx, Fields};
use crate::ui::{Choices, Field, Kind, hidden};
use domain::{
    AudienceForm, CameTo, CampaignForm, CampaignPurpose, CampaignTiming, Coded, DelegateRole, Lang,
    Placeholder, Problems, Purpose, RegistrationState, SharedMailbox, TimeUnit, TimingForm,
};
use service::CampaignChoices;

/// As it was sent.
pub(super) fn typed(fields: &Fields) -> CampaignForm {
    let all = |name: &str| fields.all(name).map(str::to_owned).collect();
    CampaignForm {
        subject_vi: fields.text("subject_vi"),
        body_vi: fields.text("body_vi"),
        subject_en: fields.text("subject_en"),
        body_en: fields.text("body_en"),
        purpose: fields.text("campaign_purpose"),
        shared: fields.text("shared"),
        audience: AudienceForm {
            states: all("states"),
            came: fields.text("came"),
            roles: all("audience_roles"),
            establishment: fields.text("audience_establishment"),
            locality: fields.text("audience_locality"),
            consent: fields.text("consent"),
            lang: fields.text("audience_lang"),
        },
        timing: TimingForm {
            timing: fields.text("campaign_timing"),
            send_at: fields.text("send_at"),
            amount: fields.text("amount"),
            unit: fields.text("unit"),
        },
        version: fields.text("version"),
    }
}

/// What was typed, field by field: carried along to the confirmation and into
/// the other language.
pub(super) fn pairs(form: &CampaignForm) -> Vec<(&'static str, String)> {
    let (audience, timing) = (&form.audience, &form.timing);
    let single = [
        ("subject_vi", &form.subject_vi),
        ("body_vi", &form.body_vi),
        ("subject_en", &form.subject_en),
        ("body_en", &form.body_en),
        ("campaign_purpose", &form.purpose),
        ("shared", &form.shared),
        ("came", &audience.came),
        ("audience_establishment", &audience.establishment),
        ("audience_locality", &audience.locality),
        ("consent", &audience.consent),
        ("audience_lang", &audience.lang),
        ("campaign_timing", &timing.timing),
        ("send_at", &timing.send_at),
        ("amount", &timing.amount),
        ("unit", &timing.unit),
        ("version", &form.version),
    ];
    let states = audience.states.iter().map(|value| ("states", value));
    let roles = audience.roles.iter().map(|value| ("audience_roles", value));
    let all = states.chain(roles).chain(single);
    all.map(|(name, value)| (name, value.clone())).collect()
}

/// The same as fields that are not seen.
pub(super) fn kept(form: &CampaignForm) -> impl IntoView + use<> {
    let pairs = pairs(form).into_iter();
    pairs
        .map(|(name, value)| hidden(name, &value))
        .collect::<Vec<_>>()
}

/// A choice among terms, with none of them first.
fn optional<T: Coded>(cx: &Cx) -> Vec<(String, String)> {
    let any = std::iter::once((String::new(), cx.say("messages-any")));
    any.chain(terms::<T>(cx)).collect()
}

fn terms<T: Coded>(cx: &Cx) -> Vec<(String, String)> {
    let terms = T::ALL.iter();
    terms
        .map(|term| (term.code().to_owned(), cx.words.term(*term)))
        .collect()
}

fn ticked<T: Coded>(cx: &Cx, chosen: &[String]) -> Vec<(String, String, bool)> {
    let terms = terms::<T>(cx).into_iter();
    terms
        .map(|(code, words)| {
            let is_chosen = chosen.contains(&code);
            (code, words, is_chosen)
        })
        .collect()
}

/// All fields, each with its problem.
pub(super) fn fields(
    cx: &Cx,
    choices: &CampaignChoices,
    form: &CampaignForm,
    problems: &Problems,
) -> impl IntoView + use<> {
    view! {
        <h2>{cx.say("messages-to")}</h2>
        <p class="hint">{cx.say("messages-to-hint")}</p>
        {audience(cx, choices, &form.audience, problems).into_any()}
        <h2>{cx.say("messages-what")}</h2>
        {places(cx)}
        {message(cx, form, problems).into_any()}
        <h2>{cx.say("messages-time")}</h2>
        <p class="hint">{cx.say("messages-time-hint")}</p>
        {timing(cx, &form.timing, problems).into_any()}
    }
}

fn audience(
    cx: &Cx,
    choices: &CampaignChoices,
    form: &AudienceForm,
    problems: &Problems,
) -> impl IntoView + use<> {
    let mut came = vec![CameTo::Whatever, CameTo::Some, CameTo::None];
    if choices.view.sessions.len() > 1 {
        for session in &choices.view.sessions {
            came.extend([CameTo::Session(session.id), CameTo::NotSession(session.id)]);
        }
    }
    let came = came
        .into_iter()
        .map(|one| (one.code(), said::came(cx, &choices.view, one)));
    let any = || std::iter::once((String::new(), cx.say("messages-any")));
    let establishments = choices.establishments.iter();
    let establishments = establishments.map(|(id, name)| (id.to_string(), name.clone()));
    let localities = choices.localities.iter();
    let localities = localities.map(|name| (name.clone(), name.clone()));
    let select = |name: &'static str, label: &str, value: &str, options: Vec<(String, String)>| {
        Field::line(cx, problems, name, label, value)
            .kind(Kind::Select(options))
            .view()
            .into_any()
    };
    let consents = optional::<Purpose>(cx);
    view! {
        {Choices::many(cx, problems, "states", "field-states", ticked::<RegistrationState>(cx, &form.states)).view()}
        {select("came", "field-came", &form.came, came.collect())}
        <details open=is_narrow(form, problems)>
            <summary>{cx.say("messages-narrow")}</summary>
            {Choices::many(cx, problems, "audience_roles", "field-audience_roles", ticked::<DelegateRole>(cx, &form.roles))
                .optional(cx).view()}
            {select("audience_establishment", "field-audience_establishment", &form.establishment,
                any().chain(establishments).collect())}
            {select("audience_locality", "field-audience_locality", &form.locality, any().chain(localities).collect())}
            {select("consent", "field-consent", &form.consent, consents)}
            {select("audience_lang", "field-audience_lang", &form.lang, optional::<Lang>(cx))}
        </details>
    }
}

/// Whether anything is asked for, or wrong, of what is seldom asked for.
fn is_narrow(form: &AudienceForm, problems: &Problems) -> bool {
    let typed = [
        &form.establishment,
        &form.locality,
        &form.consent,
        &form.lang,
    ];
    let fields = [
        "audience_roles",
        "audience_establishment",
        "consent",
        "audience_lang",
    ];
    !form.roles.is_empty()
        || typed.iter().any(|value| !value.is_empty())
        || fields.iter().any(|field| problems.of(field).is_some())
}

/// What is filled in for each recipient.
fn places(cx: &Cx) -> impl IntoView + use<> {
    let place = |place: &Placeholder| {
        view! { <dt><code>{place.written()}</code></dt><dd>{cx.words.term(*place)}</dd> }
    };
    let places: Vec<_> = CampaignForm::PLACES.iter().map(place).collect();
    view! {
        <details>
            <summary>{cx.say("templates-places-title")}</summary>
            <p class="hint">{cx.say("messages-places")}</p>
            <dl class="facts">{places}</dl>
        </details>
    }
}

fn message(cx: &Cx, form: &CampaignForm, problems: &Problems) -> impl IntoView + use<> {
    let line = |name: &'static str, label: &str, value: &str| {
        Field::line(cx, problems, name, label, value)
    };
    let text = |name: &'static str, label: &str, value: &str| {
        line(name, label, value).kind(Kind::Lines(8))
    };
    view! {
        {Choices::one(cx, problems, "campaign_purpose", "field-campaign_purpose", &form.purpose,
            terms::<CampaignPurpose>(cx)).view()}
        {line("subject_vi", "field-subject_vi", &form.subject_vi).view()}
        {text("body_vi", "field-body_vi", &form.body_vi).hint(cx.say("messages-what-hint")).view()}
        {line("subject_en", "field-subject_en", &form.subject_en).view()}
        {text("body_en", "field-body_en", &form.body_en).view()}
        {Choices::one(cx, problems, "shared", "field-shared", &form.shared, terms::<SharedMailbox>(cx)).view()}
    }
}

/// Only what the chosen moment asks for is seen, by the style sheet.
fn timing(cx: &Cx, form: &TimingForm, problems: &Problems) -> impl IntoView + use<> {
    view! {
        <div class="timing">
            {Choices::one(cx, problems, "campaign_timing", "field-campaign_timing", &form.timing,
                terms::<CampaignTiming>(cx)).view()}
            <div class="timing__at">
                {Field::line(cx, problems, "send_at", "field-send_at", &form.send_at)
                    .kind(Kind::Line("datetime-local")).short().view()}
            </div>
            <div class="timing__length">
                {Field::line(cx, problems, "amount", "field-amount", &form.amount)
                    .inputmode("numeric").short().view()}
                {Field::line(cx, problems, "unit", "field-unit", &form.unit)
                    .kind(Kind::Select(terms::<TimeUnit>(cx))).short().view()}
            </div>
        </div>
    }
}
