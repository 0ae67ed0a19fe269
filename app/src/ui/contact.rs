//! A phone and an address, as forms have them.

use super::{Choices, notice, tone};
use crate::html::*;
use crate::render::{Cx, Fields};
use domain::Problems;
use service::ContactForm;

/// What was typed of a contact.
pub(crate) fn typed_contact(fields: &Fields) -> ContactForm {
    ContactForm {
        phone: fields.text("phone"),
        email: fields.text("email"),
        unreachable: fields.text("unreachable") == "on",
    }
}

/// That delegates have a phone that is not theirs alone, in the words of a page;
/// nothing when none do.
pub(crate) fn sharing_phone(cx: &Cx, number: u32, words: [&'static str; 2]) -> Option<AnyView> {
    let [title, text] = words;
    (number > 0).then(|| {
        let title = cx.say_with(title, &[("count", number.into())]);
        notice(tone::INFO, title, cx.say(text)).into_any()
    })
}

/// The box to say that nobody shall be able to reach somebody any more, once
/// that was asked for; else nothing.
pub(crate) fn confirm_unreachable(cx: &Cx, problems: &Problems) -> Option<AnyView> {
    let mut problems_at = problems.0.iter().map(|problem| &problem.field);
    problems_at.any(|field| field == "unreachable").then(|| {
        let yes = ("on".to_owned(), cx.say("field-unreachable-yes"), false);
        Choices::many(cx, problems, "unreachable", "field-unreachable", vec![yes])
            .view()
            .into_any()
    })
}
