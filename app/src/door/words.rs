//! The words that the island takes with it.

use super::shown::{AloneWords, DoorWords};
use crate::render::Cx;
use domain::{Coded, DelegateRole, Lang, Refusal};

pub(super) fn words(cx: &Cx) -> DoorWords {
    DoorWords {
        search: cx.say("door-search"),
        find: cx.say("door-find"),
        check_in: cx.say("door-check-in"),
        undo: cx.say("door-undo"),
        people: cx.say("door-people"),
        nobody: cx.say("door-nobody"),
        walk_in: cx.say("door-walk-in-link"),
        arrived: cx.say("door-arrived"),
        failed: cx.say("door-failed"),
        reload: cx.say("door-reload"),
        camera: cx.say("door-camera"),
        camera_stop: cx.say("door-camera-stop"),
        camera_view: cx.say("door-camera-view"),
        camera_refused: cx.say("door-camera-refused"),
        colleague: cx.say("door-colleague"),
        colleague_name: cx.say("door-colleague-name"),
        colleague_act: cx.say("door-colleague-act"),
        consent: cx.say("door-consent"),
        consent_notice: cx.say_with(
            "door-consent-notice",
            &[("organizer", cx.organizer.name(cx.lang()).into())],
        ),
        consent_link: cx.say("register-consents-link"),
        purposes: [
            ("reporting", "register-consent-reporting"),
            ("materials", "register-consent-materials"),
            ("invitations", "register-consent-invitations"),
        ]
        .map(|(purpose, key)| (purpose.to_owned(), cx.say(key)))
        .into(),
        consent_act: cx.say("door-consent-act"),
        session: cx.say("door-session"),
        session_act: cx.say("door-session-act"),
        gone: cx.say("door-enter-dead"),
        gone_help: cx.say("door-enter-dead-text"),
        alone: alone(cx),
    }
}

fn alone(cx: &Cx) -> AloneWords {
    let at = || ("at", "{at}".into());
    let name = || ("name", "{name}".into());
    let waiting = [("waiting", "{waiting}".into())];
    AloneWords {
        admitted: cx.say("door-admitted"),
        already: cx.say("door-already"),
        since: cx.say_with("door-since", &[at()]),
        since_by: cx.say_with("door-since-by", &[at(), name()]),
        since_device: cx.say_with("door-since-device", &[at(), name()]),
        since_here: cx.say_with("door-since-here", &[at()]),
        in_since: cx.say_with("door-in-since", &[at()]),
        noted: cx.say("door-noted"),
        not_listed: cx.say_with("door-not-listed", &[at()]),
        no_list: cx.say("door-no-list"),
        consent_done: cx.say("door-consent-done"),
        walk_in_noted: cx.say("door-walk-in-noted"),
        walk_in_refused: cx.say("door-walk-in-refused"),
        walk_in_needs: cx.say("door-walk-in-needs"),
        walk_in_likely: cx.say("door-walk-in-likely"),
        walk_in_full: cx.say_with("door-walk-in-full", &[("count", "{count}".into())]),
        names_later: cx.say("door-names-later"),
        undo_later: cx.say("door-undo-later"),
        ready: cx.say_with("door-ready", &[("people", "{people}".into()), at()]),
        offline: cx.say_with("door-offline", &waiting),
        waiting: cx.say_with("door-waiting", &waiting),
        conflicts: cx.say_with("door-conflicts", &[("count", "{count}".into())]),
        not_stored: cx.say("door-not-stored"),
        revoked: cx.say("door-revoked"),
        group: if cx.lang() == Lang::Vi { "." } else { "," }.to_owned(),
        roles: terms::<DelegateRole>(cx),
        refusals: terms::<Refusal>(cx),
        helps: Refusal::ALL
            .iter()
            .filter_map(|why| {
                let said = help(cx, *why, ("{until}", "{hours}"))?;
                Some((why.code().to_owned(), said))
            })
            .collect(),
    }
}

/// What to do when somebody is refused: until when a seat is held, and during
/// which hours the door is open.
pub(super) fn help(cx: &Cx, why: Refusal, (until, hours): (&str, &str)) -> Option<String> {
    let key = match why {
        Refusal::Unknown => "door-help-unknown",
        Refusal::Cancelled => "door-help-cancelled",
        Refusal::Waitlisted => "door-help-waitlisted",
        Refusal::Offered => "door-help-offered",
        Refusal::NotApproved => "door-help-not-approved",
        Refusal::Substituted => "door-help-substituted",
        Refusal::NotRunning => "door-help-not-running",
        Refusal::OutsideHours => "door-help-outside-hours",
        Refusal::Locked => "door-help-locked",
        Refusal::NotReplaced => "door-help-not-replaced",
        Refusal::WrongWorkshop | Refusal::Undone | Refusal::Revoked => return None,
    };
    let args = [("until", until.into()), ("hours", hours.into())];
    Some(cx.say_with(key, &args))
}

fn terms<T: Coded>(cx: &Cx) -> Vec<(String, String)> {
    T::ALL
        .iter()
        .map(|term| (term.code().to_owned(), cx.words.term(*term)))
        .collect()
}
