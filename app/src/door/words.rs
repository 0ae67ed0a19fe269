//! The words that the island takes with it.

use super::shown::{AloneWords, DoorWords};
use crate::render::Cx;
use domain::{Coded, DelegateRole, Lang, Purpose, Refusal};

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
        purposes: Purpose::ALL
            .iter()
            .map(|purpose| (purpose.code().to_owned(), cx.words.term(*purpose)))
            .collect(),
        consent_act: cx.say("door-consent-act"),
        session: cx.say("door-session"),
        session_act: cx.say("door-session-act"),
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
        refused: cx.say("door-refused"),
        since: cx.say_with("door-since", &[at()]),
        since_by: cx.say_with("door-since-by", &[at(), name()]),
        since_device: cx.say_with("door-since-device", &[at(), name()]),
        since_here: cx.say_with("door-since-here", &[at()]),
        in_since: cx.say_with("door-in-since", &[at()]),
        waitlisted_help: cx.say("door-waitlisted-help"),
        noted: cx.say("door-noted"),
        not_listed: cx.say_with("door-not-listed", &[at()]),
        no_list: cx.say("door-no-list"),
        consent_done: cx.say("door-consent-done"),
        walk_in_noted: cx.say("door-walk-in-noted"),
        walk_in_refused: cx.say("door-walk-in-refused"),
        walk_in_needs: cx.say("door-walk-in-needs"),
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
    }
}

fn terms<T: Coded>(cx: &Cx) -> Vec<(String, String)> {
    T::ALL
        .iter()
        .map(|term| (term.code().to_owned(), cx.words.term(*term)))
        .collect()
}
