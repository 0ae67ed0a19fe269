//! What is said of a material: whom it is for, from when, and the rest.

use super::files::session_words;
use crate::html::*;
use crate::render::{Cx, Fields};
use crate::ui::{Choices, Field, Kind};
use domain::{
    Coded, MaterialForm, MaterialKind, MaterialTiming, MaterialVisibility, Problems, Sector,
};
use service::OpenShelf;

/// What was typed.
pub(super) fn typed(fields: &Fields) -> MaterialForm {
    MaterialForm {
        title_vi: fields.text("material_title_vi"),
        title_en: fields.text("material_title_en"),
        kind: fields.text("material_kind"),
        rights: fields.text("rights"),
        visibility: fields.text("visibility"),
        timing: fields.text("timing"),
        session: fields.text("session"),
        sectors: fields.all("sectors").map(str::to_owned).collect(),
    }
}

fn terms<T: Coded>(cx: &Cx) -> Vec<(String, String)> {
    let all = T::ALL.iter().copied();
    all.map(|term| (term.code().to_owned(), cx.words.term(term)))
        .collect()
}

/// What every file that comes at once has in common.
pub(super) fn common(
    cx: &Cx,
    shelf: &OpenShelf,
    form: &MaterialForm,
    problems: &Problems,
) -> AnyView {
    let mut kinds = vec![(String::new(), cx.say("materials-kind-by-file"))];
    kinds.extend(terms::<MaterialKind>(cx));
    view! {
        {select(cx, problems, "material_kind", &form.kind, kinds)}
        {whom(cx, shelf, form, problems)}
    }
    .into_any()
}

/// For whom, from when, and the session it belongs to.
pub(super) fn whom(
    cx: &Cx,
    shelf: &OpenShelf,
    form: &MaterialForm,
    problems: &Problems,
) -> AnyView {
    let visibility = match form.visibility.as_str() {
        "" => MaterialVisibility::Attended.code(),
        chosen => chosen,
    };
    let timing = match form.timing.as_str() {
        "" => MaterialTiming::Now.code(),
        chosen => chosen,
    };
    let sessions = shelf.workshop.as_ref().and_then(|view| {
        let own = shelf.sessions();
        let mut options = vec![(String::new(), cx.say("materials-whole-workshop"))];
        let sessions = view.sessions.iter().filter(|one| own.contains(&one.id));
        options.extend(sessions.map(|one| (one.id.to_string(), session_words(cx, one, cx.lang()))));
        (view.sessions.len() > 1).then(|| select(cx, problems, "session", &form.session, options))
    });
    let timing = shelf
        .workshop
        .is_some()
        .then(|| select(cx, problems, "timing", timing, terms::<MaterialTiming>(cx)));
    view! {
        {select(cx, problems, "visibility", visibility, terms::<MaterialVisibility>(cx))}
        {timing}
        {sessions}
    }
    .into_any()
}

fn select(
    cx: &Cx,
    problems: &Problems,
    name: &'static str,
    value: &str,
    options: Vec<(String, String)>,
) -> AnyView {
    Field::line(cx, problems, name, &format!("field-{name}"), value)
        .kind(Kind::Select(options))
        .view()
        .into_any()
}

/// All of it, for one material.
pub(super) fn whole(
    cx: &Cx,
    shelf: &OpenShelf,
    form: &MaterialForm,
    problems: &Problems,
) -> AnyView {
    let line = |name: &'static str, value: &str| {
        Field::line(cx, problems, name, &format!("field-{name}"), value)
    };
    let sectors = Sector::ALL.iter().map(|sector| {
        let code = sector.code().to_owned();
        let chosen = form.sectors.contains(&code);
        (code, cx.words.term(*sector), chosen)
    });
    let sectors = Choices::many(cx, problems, "sectors", "field-sectors", sectors.collect());
    view! {
        {line("material_title_vi", &form.title_vi).view().into_any()}
        {line("material_title_en", &form.title_en).optional(cx).view().into_any()}
        {select(cx, problems, "material_kind", &form.kind, terms::<MaterialKind>(cx))}
        {whom(cx, shelf, form, problems)}
        {sectors.optional(cx).hint(cx.say("materials-sectors-hint")).view().into_any()}
        {line("rights", &form.rights).optional(cx).hint(cx.say("materials-rights-hint")).view().into_any()}
    }
    .into_any()
}
