//! The consents: a box for each purpose, none ticked beforehand.

use crate::html::*;
use crate::render::Cx;
use domain::{Consents, Problems};

/// The boxes, with the problem of the one that registration needs.
pub(super) fn consents(cx: &Cx, problems: &Problems, given: Consents) -> impl IntoView + use<> {
    let found = problems
        .0
        .iter()
        .find(|problem| problem.field == "consents.reporting")
        .map(|problem| cx.words.problem(problem));
    let class = match found {
        Some(_) => "field field--problem",
        None => "field",
    };
    let invalid = found.is_some().then_some("true");
    let described = found.is_some().then_some("consents.reporting-problem");
    let problem =
        found.map(|words| view! { <p class="problem" id="consents.reporting-problem">{words}</p> });
    view! {
        <fieldset class=class aria-describedby="consents-hint">
            <legend>{cx.say("register-consents-legend")}</legend>
            <p class="hint" id="consents-hint">
                {cx.say("register-consents-hint")}" "
                <a href="/privacy" target="_blank" rel="noopener">{cx.say("register-consents-link")}</a>
            </p>
            {problem}
            <label class="choice">
                <input id="consents.reporting" name="consent_reporting" type="checkbox" value="yes"
                    checked=given.reporting aria-describedby=described aria-invalid=invalid />
                <span>{cx.say("register-consent-reporting")}</span>
            </label>
            {free_box(cx, "consent_materials", given.materials, cx.say("register-consent-materials"))}
            {free_box(cx, "consent_invitations", given.invitations, cx.say("register-consent-invitations"))}
        </fieldset>
    }
}

/// A box that may be left empty, and says so.
fn free_box(cx: &Cx, name: &'static str, ticked: bool, words: String) -> impl IntoView + use<> {
    view! {
        <label class="choice">
            <input id=name name=name type="checkbox" value="yes" checked=ticked />
            <span>{words}" "<span class="field__optional">{cx.say("field-optional")}</span></span>
        </label>
    }
}
