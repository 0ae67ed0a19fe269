//! Where somebody goes after signing in.

use domain::AccountRole;

/// The page a role begins with.
fn home(role: AccountRole) -> &'static str {
    match role {
        AccountRole::Organizer | AccountRole::Director => "/programme",
        AccountRole::Trainer => "/trainer",
        AccountRole::Door => "/door",
    }
}

/// Where to go: the page asked for when it is one of this site, else the
/// role's own.
pub(super) fn after(role: AccountRole, next: &str) -> &str {
    if is_of_this_site(next) {
        next
    } else {
        home(role)
    }
}

/// Whether a path stays on this site however a browser reads it: browsers take
/// `//host` and `/\host` for another host, and drop tabs and line ends.
fn is_of_this_site(next: &str) -> bool {
    next.starts_with('/')
        && !next.starts_with("//")
        && next
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_this_site_are_gone_to() {
        for next in ["/door/w", "/manage/workshops?done=1#x", "/a//b"] {
            assert_eq!(after(AccountRole::Trainer, next), next);
        }
        for next in [
            "",
            "door",
            "//evil.example",
            "/\\evil.example",
            "/a\\b",
            "https://evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            " /door",
            "/đ",
        ] {
            assert_eq!(after(AccountRole::Trainer, next), "/trainer", "{next:?}");
        }
    }
}
