//! The fields of questions, in every form that asks them.

use crate::html::*;
use crate::render::{Cx, Fields};
use crate::ui::{Choices, Field, Kind};
use domain::{Answers, Problems, QuestionKind};
use service::QuestionView;

/// The answers as a form sent them.
pub(crate) fn typed_answers(fields: &Fields, questions: &[QuestionView]) -> Answers {
    questions
        .iter()
        .map(|question| {
            let values = fields.all(&name(question)).map(str::to_owned).collect();
            (question.row.id, values)
        })
        .collect()
}

/// The words of the question that a problem is about; none for other fields.
pub(crate) fn question_label(cx: &Cx, questions: &[QuestionView], field: &str) -> Option<String> {
    questions
        .iter()
        .find(|question| name(question) == field)
        .map(|question| question.label(cx.lang()).to_owned())
}

fn name(question: &QuestionView) -> String {
    format!("answers.{}", question.row.id)
}

/// All questions with their answers and problems.
pub(crate) fn question_fields(
    cx: &Cx,
    problems: &Problems,
    questions: &[QuestionView],
    answers: &Answers,
) -> AnyView {
    let fields: Vec<_> = questions
        .iter()
        .map(|question| {
            let given = answers.get(&question.row.id).cloned().unwrap_or_default();
            field(cx, problems, question, &given)
        })
        .collect();
    fields.into_any()
}

fn field(cx: &Cx, problems: &Problems, question: &QuestionView, given: &[String]) -> AnyView {
    let (name, label) = (name(question), question.label(cx.lang()).to_owned());
    let optional = !question.row.required;
    let value = given.first().map_or("", String::as_str);
    let numbered = || {
        let choices = question.choices(cx.lang()).into_iter().enumerate();
        choices.map(|(at, choice)| ((at + 1).to_string(), choice))
    };
    let group = |choices: Choices| {
        let choices = choices.legend(label.clone());
        if optional {
            choices.optional(cx).view().into_any()
        } else {
            choices.view().into_any()
        }
    };
    let line = |kind: Kind| {
        let field = Field::named(cx, problems, name.clone(), "field-answer", value)
            .label(label.clone())
            .kind(kind);
        if optional { field.optional(cx) } else { field }
    };
    match *question.row.kind {
        QuestionKind::Text => line(Kind::Line("text")).view().into_any(),
        QuestionKind::Number => line(Kind::Line("text"))
            .inputmode("decimal")
            .short()
            .view()
            .into_any(),
        QuestionKind::Date => line(Kind::Line("date")).short().view().into_any(),
        QuestionKind::One => {
            let options = numbered().collect();
            group(Choices::one(
                cx,
                problems,
                name,
                "field-answer",
                value,
                options,
            ))
        }
        QuestionKind::Several => {
            let options = numbered()
                .map(|(number, choice)| {
                    let ticked = given.contains(&number);
                    (number, choice, ticked)
                })
                .collect();
            group(Choices::many(cx, problems, name, "field-answer", options))
        }
    }
}
