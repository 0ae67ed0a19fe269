//! The words of mails, as organisers change, look at and try them.

mod edit;
mod list;
mod look;
mod reset;

use crate::render::{AppState, Fields};
use axum::Router;
use axum::routing::get;
use domain::{Coded, TemplateForm, TemplateOccasion};
use service::Failure;

/// The list of them.
pub(crate) const PATH: &str = "/mail/templates";

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route(PATH, get(list::list))
        .route(
            "/mail/templates/{occasion}",
            get(edit::ask).post(edit::save),
        )
        .route(
            "/mail/templates/{occasion}/preview",
            get(look::saved).post(look::typed),
        )
        .route(
            "/mail/templates/{occasion}/trial",
            get(look::back).post(look::trial),
        )
        .route(
            "/mail/templates/{occasion}/reset",
            get(reset::confirm).post(reset::reset),
        )
}

/// The page of one occasion.
fn path(occasion: TemplateOccasion) -> String {
    format!("{PATH}/{occasion}")
}

fn occasion_of(code: &str) -> Result<TemplateOccasion, Failure> {
    TemplateOccasion::from_code(code).ok_or(Failure::NotFound)
}

/// What [`words_of`] reads, field by field.
fn pairs(words: &TemplateForm) -> Vec<(&'static str, String)> {
    let all = [
        ("template_subject_vi", &words.subject_vi),
        ("template_body_vi", &words.body_vi),
        ("template_subject_en", &words.subject_en),
        ("template_body_en", &words.body_en),
        ("seen", &words.seen),
    ];
    all.map(|(name, value)| (name, value.clone())).into()
}

/// The words as they were sent.
fn words_of(fields: &Fields) -> TemplateForm {
    TemplateForm {
        subject_vi: fields.text("template_subject_vi"),
        body_vi: fields.text("template_body_vi"),
        subject_en: fields.text("template_subject_en"),
        body_en: fields.text("template_body_en"),
        seen: fields.text("seen"),
    }
}
