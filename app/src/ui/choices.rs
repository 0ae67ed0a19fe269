//! Groups of choices, dressed as the fields beside them.

use super::field::{class, described_by, hint, optional_mark, problem};
use crate::html::*;
use crate::render::Cx;
use domain::Problems;
use std::borrow::Cow;

/// A group of radio buttons, or of boxes that can all be ticked.
#[derive(Clone, Debug)]
pub(crate) struct Choices {
    name: Cow<'static, str>,
    legend: String,
    optional: Option<String>,
    hint: Option<String>,
    problem: Option<String>,
    kind: &'static str,
    /// Value, label, hint, chosen.
    options: Vec<(String, String, Option<String>, bool)>,
}

impl Choices {
    /// Radio buttons over value and label.
    pub(crate) fn one(
        cx: &Cx,
        problems: &Problems,
        name: impl Into<Cow<'static, str>>,
        legend: &str,
        chosen: &str,
        options: Vec<(String, String)>,
    ) -> Self {
        let options = options
            .into_iter()
            .map(|(value, label)| {
                let is_chosen = value == chosen;
                (value, label, None, is_chosen)
            })
            .collect();
        Self::new(cx, problems, name, legend, "radio", options)
    }

    /// Boxes over value, label and whether they are ticked.
    pub(crate) fn many(
        cx: &Cx,
        problems: &Problems,
        name: impl Into<Cow<'static, str>>,
        legend: &str,
        options: Vec<(String, String, bool)>,
    ) -> Self {
        let options = options
            .into_iter()
            .map(|(value, label, chosen)| (value, label, None, chosen))
            .collect();
        Self::new(cx, problems, name, legend, "checkbox", options)
    }

    fn new(
        cx: &Cx,
        problems: &Problems,
        name: impl Into<Cow<'static, str>>,
        legend: &str,
        kind: &'static str,
        options: Vec<(String, String, Option<String>, bool)>,
    ) -> Self {
        let name = name.into();
        let problem = problems.0.iter().find(|problem| problem.field == name);
        Self {
            name,
            legend: cx.say(legend),
            optional: None,
            hint: None,
            problem: problem.map(|problem| cx.words.problem(problem)),
            kind,
            options,
        }
    }

    /// With a hint below the legend.
    pub(crate) fn hint(self, hint: String) -> Self {
        Self {
            hint: Some(hint),
            ..self
        }
    }

    /// With words of its own for a legend.
    pub(crate) fn legend(self, legend: String) -> Self {
        Self { legend, ..self }
    }

    /// Marked as optional.
    pub(crate) fn optional(self, cx: &Cx) -> Self {
        Self {
            optional: Some(cx.say("field-optional")),
            ..self
        }
    }

    /// The group as a view. The first choice bears the group's name as its
    /// identifier, so that the summary leads there.
    pub(crate) fn view(self) -> impl IntoView + use<> {
        let class = class(self.problem.is_some(), false);
        let described = described_by(&self.name, self.hint.is_some(), self.problem.is_some());
        let options: Vec<_> = self
            .options
            .into_iter()
            .enumerate()
            .map(|(at, (value, label, _, chosen))| {
                let id = if at == 0 {
                    self.name.clone().into_owned()
                } else {
                    format!("{}-{at}", self.name)
                };
                view! {
                    <label class="choice">
                        <input id=id name=self.name.clone() type=self.kind value=value checked=chosen />
                        <span>{label}</span>
                    </label>
                }
            })
            .collect();
        view! {
            <fieldset class=class aria-describedby=described>
                <legend>{self.legend}" "{self.optional.map(optional_mark)}</legend>
                {hint(&self.name, self.hint)}
                {problem(&self.name, self.problem)}
                {options}
            </fieldset>
        }
    }
}
