//! Where a refusal leads back to, and what was refused.

/// The page that an address belongs to, and the words of a link there. None
/// for a page of its own.
pub(super) fn way_back(path: &str) -> Option<(String, &'static str)> {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let to = |depth: usize| format!("/{}", parts[..depth].join("/"));
    Some(match parts.as_slice() {
        ["manage", "workshops", "new"] => (to(2), "back-workshops"),
        ["manage", "workshops", _, "sessions", ..] => (to(4), "back-sessions"),
        ["manage", "workshops", _, "trainers", ..] => (to(4), "back-teachings"),
        ["manage", "workshops", _, "questions", ..] => (to(4), "back-questions"),
        ["manage", "workshops", _, "materials", ..] => (to(4), "back-materials"),
        ["manage", "workshops", _, "people", _, ..] => (to(4), "back-people"),
        ["manage", "workshops", _, "invitations", ..] => (to(4), "back-invitations"),
        ["manage", "workshops", _, "attendance", _, _, ..] => (to(5), "back-attendance"),
        ["manage", "workshops", _, "sheets", _, ..] => (format!("{}/enter", to(5)), "back-sheet"),
        ["manage", "workshops", _, "conflicts"] => (to(4), "back-conflicts"),
        ["manage", "workshops", _, "keys", ..] => (to(4), "back-keys"),
        ["invitations", _, ..] => (to(2), "back-invitation"),
        ["manage", "merge", ..] => (to(2), "back-merge"),
        ["manage", "workshops", _, "import", _, ..] => (to(4), "back-import"),
        ["manage", "workshops", _, ..] => (to(3), "back-workshop"),
        ["manage", "materials", ..] => (to(2), "back-materials"),
        ["manage", "venues", "new"] => (to(2), "back-venues"),
        ["manage", "venues", _, ..] => (to(3), "back-venue"),
        ["manage", "trainers", ..] => (to(2), "back-trainers"),
        ["workshops", _, ..] => (to(2), "back-workshop"),
        ["my", _, ..] => (to(2), "back-my"),
        ["groups", _, ..] => (to(2), "back-group"),
        ["teach", _] => (to(2), "back-teaching"),
        ["trainer", ..] => (to(1), "back-trainer"),
        ["door", _, ..] => (to(2), "back-door"),
        ["mail", _, ..] => (to(2), "back-mail"),
        ["programme", "plan", ..] => (to(2), "back-plan"),
        ["programme", "distribution", ..] => (to(2), "back-distribution"),
        _ => return None,
    })
}

/// Why an act is not allowed now, by the address it was sent to; none where
/// nothing more is known than that things have changed.
pub(super) fn not_allowed(path: &str) -> Option<&'static str> {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    Some(match parts.as_slice() {
        ["manage", "workshops", _, "sessions", .., "agenda"] => "refused-agenda",
        ["manage", "workshops", _, "sessions", ..] => "refused-sessions",
        ["manage", "workshops", _, "trainers", ..] => "refused-teachings",
        ["manage", "workshops", _, "invitations", ..] => "refused-invitations",
        ["invitations", _, ..] => "refused-nomination",
        ["manage", "merge", ..] => "refused-merge",
        ["manage", "workshops", _, "people", ..] => "refused-people",
        ["manage", "workshops", _, "attendance", _, "print"] => "refused-print",
        ["manage", "workshops", _, "attendance", _, "people", ..] => "refused-correct",
        ["manage", "workshops", _, "attendance", ..] => "refused-figures",
        ["manage", "workshops", _, "sheets", ..] => "refused-paper",
        ["manage", "workshops", _, "conflicts"] => "refused-conflict",
        ["manage", "workshops", _, "keys", ..] => "refused-keys",
        ["manage", "workshops", _, "move"] => "refused-move",
        ["manage", "workshops", _, "edit"] => "refused-edit",
        ["manage", "workshops", _, "publish"] => "refused-publish",
        ["manage", "workshops", _, "call-off"] => "refused-call-off",
        ["manage", "workshops", _, "go-ahead"] => "refused-go-ahead",
        ["manage", "workshops", _, "close"] => "refused-close",
        ["manage", "workshops", _, "reopen"] => "refused-reopen",
        ["my", _, "cancel"] | ["groups", _, .., "cancel"] => "refused-cancel",
        ["my", _, "substitute"] => "refused-substitute",
        ["teach", _] | ["trainer", "teachings", _] => "refused-answer",
        ["door", _, ..] => "refused-door",
        ["mail", _, ..] => "refused-mail",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_leads_to_the_page_it_belongs_to() {
        for (path, back, words) in [
            (
                "/manage/workshops/a/move",
                "/manage/workshops/a",
                "back-workshop",
            ),
            (
                "/manage/workshops/new",
                "/manage/workshops",
                "back-workshops",
            ),
            (
                "/manage/workshops/a/sessions/3/agenda",
                "/manage/workshops/a/sessions",
                "back-sessions",
            ),
            (
                "/manage/workshops/a/attendance/3/propose",
                "/manage/workshops/a/attendance/3",
                "back-attendance",
            ),
            (
                "/manage/workshops/a/sheets/K7M2Q/entries/3/undo",
                "/manage/workshops/a/sheets/K7M2Q/enter",
                "back-sheet",
            ),
            ("/workshops/a/register", "/workshops/a", "back-workshop"),
            ("/my/CODE-sig/cancel", "/my/CODE-sig", "back-my"),
            ("/trainer/teachings/3", "/trainer", "back-trainer"),
            ("/mail/7/again", "/mail/7", "back-mail"),
        ] {
            assert_eq!(way_back(path), Some((back.to_owned(), words)), "{path}");
        }
        assert_eq!(way_back("/"), None);
        assert_eq!(way_back("/sign-in"), None);
    }

    #[test]
    fn an_act_says_why_it_is_not_allowed() {
        assert_eq!(
            not_allowed("/manage/workshops/a/move"),
            Some("refused-move")
        );
        assert_eq!(
            not_allowed("/manage/workshops/a/sessions/3/agenda"),
            Some("refused-agenda")
        );
        assert_eq!(
            not_allowed("/manage/workshops/a/sessions/3/remove"),
            Some("refused-sessions")
        );
        assert_eq!(not_allowed("/my/CODE/cancel"), Some("refused-cancel"));
        assert_eq!(not_allowed("/workshops/a"), None);
    }
}
