//! Signing in, tokens, and who may do what.

use crate::kit::{Kit, ORGANIZER, delegate, mail_folder, number, walk_in, workshop_form};
use crate::on_both;
use chrono::Duration;
use domain::{AccountRole, Coded};
use service::entity::{account, api_token, sign_in, sign_in_failure};
use service::{Actor, Conflict, Failure, OutboxFilter, PeopleQuery};

on_both!(
    the_right_password_signs_in_and_no_other,
    five_wrong_tries_make_the_account_wait,
    many_tries_at_once_are_five,
    an_unknown_address_is_treated_like_a_known_one,
    demo_accounts_work_on_a_loopback_address_only,
    an_address_has_one_account,
    a_token_is_shown_once_and_known_by_its_hash,
    a_browser_session_ends,
    each_role_may_do_its_own_and_nothing_else,
);

const EMAIL: &str = "ha@example.com";
const PASSWORD: &str = "một mật khẩu dài";

async fn add(kit: &Kit) {
    let role = AccountRole::Organizer;
    let added = kit
        .services
        .add_account(role, "Ha@Example.com", "Hà", PASSWORD);
    added.await.unwrap();
}

async fn the_right_password_signs_in_and_no_other(kit: &Kit) {
    add(kit).await;
    let account = kit
        .services
        .sign_in(" HA@example.com\u{0} ", PASSWORD)
        .await
        .unwrap();
    assert_eq!(
        (account.email.as_str(), account.role),
        (EMAIL, AccountRole::Organizer)
    );
    for wrong in ["", "một mật khẩu", "MỘT MẬT KHẨU DÀI"] {
        let answer = kit.services.sign_in(EMAIL, wrong).await;
        assert!(matches!(answer, Err(Failure::WrongPassword)), "{answer:?}");
    }
    let row = &kit.all(account::Entity).await[0];
    assert!(row.password_hash.starts_with("$argon2id$"));
    let actor = kit.services.actor_by_account(account.id).await.unwrap();
    assert_eq!(actor.role(), Some(AccountRole::Organizer));
    let nobody = kit.services.actor_by_account(account.id + 1).await.unwrap();
    assert_eq!(nobody, Actor::Anonymous);
}

async fn five_wrong_tries_make_the_account_wait(kit: &Kit) {
    add(kit).await;
    let services = &kit.services;
    for _ in 0..4 {
        services.sign_in(EMAIL, "wrong").await.unwrap_err();
    }
    services.sign_in(EMAIL, PASSWORD).await.unwrap();
    for _ in 0..5 {
        let answer = services.sign_in(EMAIL, "wrong").await;
        assert!(
            matches!(answer, Err(Failure::WrongPassword)),
            "the count began anew"
        );
        kit.clock.advance(Duration::minutes(1));
    }
    let right = services.sign_in(EMAIL, PASSWORD).await;
    assert!(matches!(right, Err(Failure::Throttled(600))), "{right:?}");
    kit.clock.advance(Duration::minutes(10));
    services.sign_in(EMAIL, PASSWORD).await.unwrap();
}

async fn many_tries_at_once_are_five(kit: &Kit) {
    add(kit).await;
    let answers = kit
        .race(30, |services, n| async move {
            let guess = format!("guess {n}");
            services.sign_in(EMAIL, &guess).await.unwrap_err()
        })
        .await;
    assert_eq!(
        number(&answers, |answer| matches!(answer, Failure::WrongPassword)),
        5
    );
    assert_eq!(
        number(&answers, |answer| matches!(answer, Failure::Throttled(_))),
        25
    );
}

async fn an_unknown_address_is_treated_like_a_known_one(kit: &Kit) {
    add(kit).await;
    for _ in 0..5 {
        let answer = kit.services.sign_in("nobody@example.com", "wrong").await;
        assert!(matches!(answer, Err(Failure::WrongPassword)), "{answer:?}");
    }
    let answer = kit.services.sign_in("nobody@example.com", "wrong").await;
    assert!(matches!(answer, Err(Failure::Throttled(_))), "{answer:?}");
    kit.services.sign_in(EMAIL, PASSWORD).await.unwrap();
    let kept = format!("{:?}", kit.all(sign_in_failure::Entity).await);
    assert!(!kept.contains("nobody"), "addresses are kept hashed");
    kit.clock.advance(Duration::minutes(15));
    kit.services.forget_expired_sign_ins().await.unwrap();
    assert_eq!(kit.count(sign_in_failure::Entity).await, 0);
}

async fn demo_accounts_work_on_a_loopback_address_only(kit: &Kit) {
    let demo = kit.services.fill_demo().await.unwrap();
    add(kit).await;
    let email = &demo.accounts[0].1;
    for (url, works) in [
        ("http://localhost:3000", true),
        ("http://[::1]:3000", true),
        ("http://127.0.0.2", true),
        ("https://taphuan.example.org", false),
        ("http://localhost.example.org", false),
        ("http://192.168.1.5:3000", false),
        ("http://0.0.0.0:3000", false),
    ] {
        let server = kit.another_with(mail_folder(&kit.path("mail")), url).await;
        let answer = server.sign_in(email, demo.password).await;
        match answer {
            Ok(_) => assert!(works, "{url}"),
            Err(Failure::Conflict(Conflict::DemoNotHere)) => assert!(!works, "{url}"),
            Err(other) => panic!("{url}: {other:?}"),
        }
        server.sign_in(EMAIL, PASSWORD).await.unwrap();
    }
}

async fn an_address_has_one_account(kit: &Kit) {
    add(kit).await;
    let role = AccountRole::Director;
    let again = kit
        .services
        .add_account(role, EMAIL, "Khác", PASSWORD)
        .await;
    assert!(
        matches!(again, Err(Failure::Conflict(Conflict::AccountExists))),
        "{again:?}"
    );
    let wrong = kit.services.add_account(role, "x", " ", "short").await;
    let Err(Failure::Invalid(problems)) = wrong else {
        panic!("{wrong:?}");
    };
    let fields: Vec<_> = problems
        .0
        .iter()
        .map(|problem| problem.field.as_ref())
        .collect();
    assert_eq!(fields, ["email", "name", "password"]);
}

async fn a_token_is_shown_once_and_known_by_its_hash(kit: &Kit) {
    let token = kit
        .services
        .add_token(AccountRole::Door, "Máy quét")
        .await
        .unwrap();
    let actor = kit.services.actor_by_token(&token).await.unwrap();
    assert_eq!(actor.role(), Some(AccountRole::Door));
    let rows = format!("{:?}", kit.all(api_token::Entity).await);
    assert!(!rows.contains(&token));
    for wrong in [
        "",
        "taphuan_",
        &token[..token.len() - 1],
        &service::hash_token(&token),
    ] {
        let answer = kit.services.actor_by_token(wrong).await;
        assert!(matches!(answer, Err(Failure::SignInNeeded)), "{answer:?}");
    }
}

async fn a_browser_session_ends(kit: &Kit) {
    let services = &kit.services;
    let ends = kit.now() + Duration::hours(1);
    services.keep_sign_in("cookie", "1", ends).await.unwrap();
    services.renew_sign_in("cookie", "2", ends).await.unwrap();
    assert_eq!(
        services.load_sign_in("cookie").await.unwrap().as_deref(),
        Some("2")
    );
    assert!(!format!("{:?}", kit.all(sign_in::Entity).await).contains("cookie"));
    kit.clock.advance(Duration::hours(1));
    assert_eq!(services.load_sign_in("cookie").await.unwrap(), None);
    assert_eq!(services.forget_expired_sign_ins().await.unwrap(), 1);
    services
        .keep_sign_in("other", "1", ends + Duration::hours(1))
        .await
        .unwrap();
    services.delete_sign_in("other").await.unwrap();
    // A page that was on its way does not bring it back.
    let later = ends + Duration::hours(2);
    services.renew_sign_in("other", "2", later).await.unwrap();
    assert_eq!(services.load_sign_in("other").await.unwrap(), None);
}

async fn each_role_may_do_its_own_and_nothing_else(kit: &Kit) {
    let w = kit.workshop("w", 5).await;
    kit.register("w", &delegate(1)).await;
    // The door opens three hours before.
    let soon = w.starts_at() - chrono::Duration::hours(2);
    kit.clock.advance(soon - kit.now());
    let services = &kit.services;
    let settings = services.programme_settings(&ORGANIZER).await.unwrap().1;
    for role in AccountRole::ALL.iter().copied() {
        let who = &Actor::Token { id: 1, role };
        let form = workshop_form(&format!("by-{role}"), 5);
        let deeds = [
            ("summary", services.summary(who).await.err()),
            ("programme", services.programme(who).await.err()),
            (
                "settings",
                services
                    .revise_programme(who, "a", "b", "1", &settings)
                    .await
                    .err(),
            ),
            ("schedule", services.schedule(who, &form).await.err()),
            (
                "revise",
                services
                    .revise(who, "w", &workshop_form("w", 5))
                    .await
                    .err(),
            ),
            ("assign", services.assign(who, "w", &[]).await.err()),
            (
                "people",
                services
                    .people(who, "w", &PeopleQuery::default(), 1)
                    .await
                    .err(),
            ),
            (
                "mail",
                services.outbox(who, OutboxFilter::default()).await.err(),
            ),
            ("log", services.workshop_log(who, w.row.id).await.err()),
            ("door", services.door(who, "w").await.err()),
            (
                "walk in",
                services
                    .walk_in(who, "w", &walk_in(role.code()), true)
                    .await
                    .err(),
            ),
            (
                "files",
                services.materials_board(who, "w".into()).await.err(),
            ),
            ("plan", services.plan_materials(who, "w").await.err()),
        ];
        let allowed: Vec<&str> = deeds
            .iter()
            .filter(|(_, failure)| !matches!(failure, Some(Failure::Forbidden)))
            .map(|(deed, failure)| {
                assert!(failure.is_none(), "{role} {deed}: {failure:?}");
                *deed
            })
            .collect();
        let expected: &[&str] = match role {
            AccountRole::Organizer => &deeds.each_ref().map(|deed| deed.0),
            AccountRole::Trainer => &["files"],
            AccountRole::Door => &["door", "walk in"],
            AccountRole::Director => &["summary", "programme"],
        };
        assert_eq!(allowed, expected, "{role}");
    }
    let anonymous = services.summary(&Actor::Anonymous).await;
    assert!(
        matches!(anonymous, Err(Failure::SignInNeeded)),
        "{anonymous:?}"
    );
}
