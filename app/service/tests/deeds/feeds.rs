//! Calendars to subscribe to.

use crate::kit::{Kit, ORGANIZER, delegate, workshop_form};
use crate::on_both;
use chrono::Duration;
use domain::{AccountRole, Lang};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use service::entity::account;
use service::{Actor, Failure};

on_both!(
    the_public_calendar_has_what_is_public_for_a_year,
    an_organiser_s_calendar_has_drafts_and_no_names,
    a_new_address_ends_the_one_before,
    only_organisers_and_trainers_have_a_calendar,
);

async fn token(kit: &Kit, actor: &Actor) -> String {
    let address = kit.services.feed_address(actor, Lang::En).await.unwrap();
    let rest = address
        .url
        .strip_prefix("http://127.0.0.1:3000/calendar/")
        .unwrap();
    assert!(
        address
            .webcal
            .starts_with("webcal://127.0.0.1:3000/calendar/")
    );
    rest.strip_suffix(".ics?lang=en").unwrap().to_owned()
}

async fn the_public_calendar_has_what_is_public_for_a_year(kit: &Kit) {
    kit.workshop("held", 9).await;
    kit.services
        .schedule(&ORGANIZER, &workshop_form("draft", 9))
        .await
        .unwrap();
    kit.register("held", &delegate(1)).await;
    let feed = async || kit.services.public_calendar(Lang::Vi).await.unwrap();
    let text = feed().await;
    assert!(
        text.contains("METHOD:PUBLISH\r\n") && text.contains("X-WR-CALNAME:"),
        "{text}"
    );
    assert_eq!(text.matches("BEGIN:VEVENT").count(), 1, "{text}");
    assert!(
        !text.contains("ATTENDEE") && !text.contains("Nguyễn"),
        "{text}"
    );
    kit.call_off("held").await;
    let text = feed().await;
    assert!(
        text.contains("STATUS:CANCELLED\r\n") && text.contains("SEQUENCE:1\r\n"),
        "{text}"
    );
    kit.clock.advance(Duration::days(400));
    assert!(!feed().await.contains("BEGIN:VEVENT"));
}

async fn an_organiser_s_calendar_has_drafts_and_no_names(kit: &Kit) {
    kit.workshop("open", 9).await;
    kit.services
        .schedule(&ORGANIZER, &workshop_form("draft", 9))
        .await
        .unwrap();
    kit.register("open", &delegate(1)).await;
    let organizer = kit.staff(AccountRole::Organizer, &[]).await;
    let token = token(kit, &organizer).await;
    let text = kit
        .services
        .private_calendar(&token, Lang::En)
        .await
        .unwrap();
    assert_eq!(text.matches("BEGIN:VEVENT").count(), 2, "{text}");
    assert!(text.contains("STATUS:TENTATIVE\r\n") && text.contains("STATUS:CONFIRMED\r\n"));
    assert!(text.contains("SUMMARY:Assessment skills\r\n"), "{text}");
    assert!(
        !text.contains("Nguyễn") && !text.contains("ATTENDEE"),
        "{text}"
    );
}

async fn a_new_address_ends_the_one_before(kit: &Kit) {
    let trainer = kit.staff(AccountRole::Trainer, &[]).await;
    let services = &kit.services;
    let before = token(kit, &trainer).await;
    let gone = async |token: &str| {
        let found = services.private_calendar(token, Lang::Vi).await;
        matches!(found, Err(Failure::NotFound))
    };
    assert!(!gone(&before).await);
    services.renew_feed(&trainer).await.unwrap();
    let after = token(kit, &trainer).await;
    assert!(gone(&before).await && !gone(&after).await);
    for wrong in ["", "1", "1-", "x-y", "999-abc"] {
        assert!(gone(wrong).await, "{wrong}");
    }
    let db = services.db();
    let now = kit.now();
    db.write(|tx| async move {
        account::Entity::update_many()
            .col_expr(account::Column::DisabledAt, Expr::value(now))
            .filter(account::Column::Id.gt(0))
            .exec(&*tx)
            .await?;
        Ok(())
    })
    .await
    .unwrap();
    assert!(gone(&after).await, "the account is closed");
}

async fn only_organisers_and_trainers_have_a_calendar(kit: &Kit) {
    let door = kit.staff(AccountRole::Door, &[]).await;
    for actor in [&door, &ORGANIZER] {
        let address = kit.services.feed_address(actor, Lang::Vi).await;
        assert!(matches!(address, Err(Failure::Forbidden)), "{actor:?}");
        assert!(kit.services.renew_feed(actor).await.is_err());
    }
    let anybody = kit.services.feed_address(&Actor::Anonymous, Lang::Vi).await;
    assert!(matches!(anybody, Err(Failure::SignInNeeded)));
}
