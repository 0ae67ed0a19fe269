//! Form fields as GOV.UK does them: label above, hint below it, the problem
//! between hint and field.

use super::in_textarea;
use crate::html::*;
use crate::render::Cx;
use domain::Problems;
use std::borrow::Cow;

/// What a field takes.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// One line, with the type of the input element.
    Line(&'static str),
    /// Several lines, this many shown.
    Lines(u32),
    /// One of a list, by value and label.
    Select(Vec<(String, String)>),
}

/// One field with its label, hint and problem. The identifier is its name, so
/// the summary can link to it.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    name: Cow<'static, str>,
    label: String,
    hint: Option<String>,
    value: String,
    kind: Kind,
    problem: Option<String>,
    optional: Option<String>,
    autocomplete: Option<&'static str>,
    inputmode: Option<&'static str>,
    list: Option<(String, Vec<String>)>,
    short: bool,
    first: bool,
}

impl Field {
    /// A line of text whose label, problem and state come from the form.
    pub(crate) fn line(
        cx: &Cx,
        problems: &Problems,
        name: &'static str,
        label: &str,
        value: &str,
    ) -> Self {
        Self::named(cx, problems, name, label, value)
    }

    /// As [`Field::line`], with a name that is made up, as that of a row.
    pub(crate) fn named(
        cx: &Cx,
        problems: &Problems,
        name: impl Into<Cow<'static, str>>,
        label: &str,
        value: &str,
    ) -> Self {
        let name = name.into();
        let problem = problems.0.iter().find(|problem| problem.field == name);
        Self {
            name,
            label: cx.say(label),
            hint: None,
            value: value.to_owned(),
            kind: Kind::Line("text"),
            problem: problem.map(|problem| cx.words.problem(problem)),
            optional: None,
            autocomplete: None,
            inputmode: None,
            list: None,
            short: false,
            first: false,
        }
    }

    /// Of a row, from 0: named `name-0`, with the problem of that row.
    pub(crate) fn row(self, cx: &Cx, problems: &Problems, at: usize) -> Self {
        let name = format!("{}-{at}", self.name);
        let problem = problems.0.iter().find(|problem| problem.field == name);
        Self {
            problem: problem.map(|problem| cx.words.problem(problem)),
            name: name.into(),
            ..self
        }
    }

    /// With words of its own for a label.
    pub(crate) fn label(self, label: String) -> Self {
        Self { label, ..self }
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

    /// Of another kind than a line of text.
    pub(crate) fn kind(self, kind: Kind) -> Self {
        Self { kind, ..self }
    }

    /// With what a browser may fill in.
    pub(crate) fn autocomplete(self, token: &'static str) -> Self {
        Self {
            autocomplete: Some(token),
            ..self
        }
    }

    /// With a fitting keyboard.
    pub(crate) fn inputmode(self, mode: &'static str) -> Self {
        Self {
            inputmode: Some(mode),
            ..self
        }
    }

    /// With suggestions, which anything else may be typed beside.
    pub(crate) fn suggest(self, suggestions: Vec<String>) -> Self {
        let id = format!("{}-list", self.name);
        Self {
            list: Some((id, suggestions)),
            ..self
        }
    }

    /// As short as a number or a time.
    pub(crate) fn short(self) -> Self {
        Self {
            short: true,
            ..self
        }
    }

    /// Has the keyboard when the page opens.
    pub(crate) fn first(self) -> Self {
        Self {
            first: true,
            ..self
        }
    }

    /// The field as a view.
    pub(crate) fn view(self) -> impl IntoView + use<> {
        let class = class(self.problem.is_some(), self.short);
        let described = described_by(&self.name, self.hint.is_some(), self.problem.is_some());
        let invalid = self.problem.is_some().then_some("true");
        let list_id = self.list.as_ref().map(|(id, _)| id.clone());
        let list = self.list.map(|(id, items)| {
            let options: Vec<_> = items
                .into_iter()
                .map(|item| view! { <option value=item></option> })
                .collect();
            view! { <datalist id=id>{options}</datalist> }
        });
        let control = match self.kind {
            Kind::Line(kind) => view! {
                <input id=self.name.clone() name=self.name.clone() type=kind value=self.value autocomplete=self.autocomplete
                    inputmode=self.inputmode list=list_id autofocus=self.first aria-describedby=described aria-invalid=invalid />
            }
            .into_any(),
            Kind::Lines(rows) => view! {
                <textarea id=self.name.clone() name=self.name.clone() rows=rows autofocus=self.first aria-describedby=described aria-invalid=invalid>
                    {in_textarea(&self.value)}
                </textarea>
            }
            .into_any(),
            Kind::Select(options) => {
                let options: Vec<_> = options
                    .into_iter()
                    .map(|(value, label)| {
                        let chosen = value == self.value;
                        view! { <option value=value selected=chosen>{label}</option> }
                    })
                    .collect();
                view! {
                    <select id=self.name.clone() name=self.name.clone() aria-describedby=described aria-invalid=invalid>
                        {options}
                    </select>
                }
                .into_any()
            }
        };
        view! {
            <div class=class>
                <label for=self.name.clone()>{self.label}" "{self.optional.map(optional_mark)}</label>
                {hint(&self.name, self.hint)}
                {problem(&self.name, self.problem)}
                {control}
                {list}
            </div>
        }
    }
}

/// A value that goes along unseen.
pub(crate) fn hidden(name: &'static str, value: &str) -> impl IntoView + use<> {
    let value = value.to_owned();
    view! { <input type="hidden" name=name value=value /> }
}

pub(super) fn class(problem: bool, short: bool) -> &'static str {
    match (problem, short) {
        (false, false) => "field",
        (true, false) => "field field--problem",
        (false, true) => "field field--short",
        (true, true) => "field field--short field--problem",
    }
}

pub(super) fn optional_mark(words: String) -> impl IntoView {
    view! { <span class="field__optional">{words}</span> }
}

pub(super) fn described_by(name: &str, hint: bool, problem: bool) -> Option<String> {
    let ids = [(hint, "hint"), (problem, "problem")];
    let ids: Vec<String> = ids
        .into_iter()
        .filter(|(there, _)| *there)
        .map(|(_, part)| format!("{name}-{part}"))
        .collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

pub(super) fn hint(name: &str, words: Option<String>) -> Option<impl IntoView + use<>> {
    let id = format!("{name}-hint");
    words.map(|words| view! { <p class="hint" id=id>{words}</p> })
}

pub(super) fn problem(name: &str, words: Option<String>) -> Option<impl IntoView + use<>> {
    let id = format!("{name}-problem");
    words.map(|words| view! { <p class="problem" id=id>{words}</p> })
}
