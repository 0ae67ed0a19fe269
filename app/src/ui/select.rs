//! A choice among many, and what was just done with a way back.

use super::{notice, tone};
use crate::render::Cx;
use domain::Problems;
use leptos::prelude::*;

/// One choice of a list, folded away.
#[derive(Clone, Debug)]
pub(crate) struct Select {
    name: &'static str,
    label: String,
    hint: Option<String>,
    problem: Option<String>,
    optional: Option<String>,
    chosen: String,
    /// Value and label.
    options: Vec<(String, String)>,
}

impl Select {
    /// A choice over value and label.
    pub(crate) fn new(
        cx: &Cx,
        problems: &Problems,
        name: &'static str,
        label: &str,
        chosen: &str,
        options: Vec<(String, String)>,
    ) -> Self {
        let problem = problems.0.iter().find(|problem| problem.field == name);
        Self {
            name,
            label: cx.say(label),
            hint: None,
            problem: problem.map(|problem| cx.words.problem(problem)),
            optional: None,
            chosen: chosen.to_owned(),
            options,
        }
    }

    /// With a hint below the label.
    pub(crate) fn hint(self, hint: String) -> Self {
        Self {
            hint: Some(hint),
            ..self
        }
    }

    /// Marked as optional.
    pub(crate) fn optional(self, cx: &Cx) -> Self {
        Self {
            optional: Some(cx.say("field-optional")),
            ..self
        }
    }

    /// The choice as a view. The identifier is the name, so the summary can
    /// link to it.
    pub(crate) fn view(self) -> impl IntoView + use<> {
        let name = self.name;
        let ids = [
            (self.hint.is_some(), "hint"),
            (self.problem.is_some(), "problem"),
        ];
        let ids: Vec<String> = ids
            .into_iter()
            .filter(|(there, _)| *there)
            .map(|(_, part)| format!("{name}-{part}"))
            .collect();
        let described = (!ids.is_empty()).then(|| ids.join(" "));
        let invalid = self.problem.is_some().then_some("true");
        let class = match self.problem {
            Some(_) => "field field--problem",
            None => "field",
        };
        let options: Vec<_> = self
            .options
            .into_iter()
            .map(|(value, label)| {
                let selected = value == self.chosen;
                view! { <option value=value selected=selected>{label}</option> }
            })
            .collect();
        let optional = self
            .optional
            .map(|words| view! { <span class="field__optional">{words}</span> });
        let hint = self
            .hint
            .map(|words| view! { <p class="hint" id=format!("{name}-hint")>{words}</p> });
        let problem = self
            .problem
            .map(|words| view! { <p class="problem" id=format!("{name}-problem")>{words}</p> });
        view! {
            <div class=class>
                <label for=name>{self.label}" "{optional}</label>
                {hint}
                {problem}
                <select id=name name=name aria-describedby=described aria-invalid=invalid>
                    {options}
                </select>
            </div>
        }
    }
}

/// What was just done; with an address and words, a button that takes it back.
pub(crate) fn done(
    title: String,
    words: String,
    undo: Option<(String, String)>,
) -> impl IntoView + use<> {
    let undo = undo.map(|(action, words)| {
        view! {
            <form method="post" action=action>
                <button class="button button--secondary" type="submit">{words}</button>
            </form>
        }
    });
    view! {
        <div role="status" class="stack">
            {notice(tone::OK, title, words)}
            {undo}
        </div>
    }
}
