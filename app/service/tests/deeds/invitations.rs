//! Calendar invitations: one message a session, understood alike by calendar
//! programs, in their order.

use crate::kit::{Kit, ORGANIZER, delegate, deliver, mails, read_alike, tell, workshop_form};
use crate::on_both;
use chrono::Duration;
use domain::DeliveryState::Withheld;
use domain::{CalendarMethod, Lang, RegistrationState, WorkshopFormat};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Set};
use serde_json::json;
use service::entity::{Code, outbox, session, workshop};
use service::{Organizer, Registered, WorkshopView};

on_both!(
    every_session_has_an_invitation_in_a_mail_of_its_own,
    two_calendar_programs_understand_invite_move_move_and_cancel_alike,
    only_what_left_is_cancelled,
    the_link_to_take_part_is_for_people_with_a_seat,
    whoever_waits_is_told_without_an_invitation,
);

/// Adds a session on the day after.
async fn second_session(kit: &Kit, view: &WorkshopView) {
    let first = &view.sessions[0];
    let second = session::ActiveModel {
        workshop_id: Set(view.row.id),
        position: Set(first.position + 1),
        room: Set("Hội trường B".to_owned()),
        address: Set("Số 1; đường Đồng Khởi, Bến Tre".to_owned()),
        starts_at: Set(first.starts_at + Duration::days(1)),
        ends_at: Set(first.ends_at + Duration::days(1)),
        title_vi: Set("Thực hành".to_owned()),
        title_en: Set(String::new()),
        room_id: Set(None),
        sequence: Set(0),
        ..Default::default()
    };
    let second = &second;
    let db = kit.services.db();
    db.write(|tx| async move { Ok(second.clone().insert(&*tx).await?) })
        .await
        .unwrap();
}

fn unfolded(calendar: &str) -> String {
    calendar.replace("\r\n ", "")
}

/// Puts all sessions off by some time, as the deed of moving does.
async fn put_off(kit: &Kit, by: Duration) {
    for row in kit.all(session::Entity).await {
        let (starts_at, ends_at, sequence) =
            (row.starts_at + by, row.ends_at + by, row.sequence + 1);
        let mut row = row.into_active_model();
        row.starts_at = Set(starts_at);
        row.ends_at = Set(ends_at);
        row.sequence = Set(sequence);
        let row = &row;
        let db = kit.services.db();
        db.write(|tx| async move { Ok(row.clone().update(&*tx).await?) })
            .await
            .unwrap();
    }
}

async fn every_session_has_an_invitation_in_a_mail_of_its_own(kit: &Kit) {
    let view = kit.workshop("w", 9).await;
    second_session(kit, &view).await;
    let registered = kit.register("w", &delegate(1)).await;
    let mails = mails(kit).await;
    assert_eq!(mails.len(), 2);
    let sessions = kit.all(session::Entity).await;
    for (mail, session) in mails.iter().zip(&sessions) {
        let uid = format!(
            "registration-{}-session-{}@127.0.0.1",
            registered.id, session.id
        );
        assert_eq!(mail.calendar_key.as_ref(), Some(&uid));
        let calendar = mail.calendar.as_ref().unwrap();
        assert!(calendar.contains("METHOD:REQUEST\r\n"), "{calendar}");
        let calendar = unfolded(calendar);
        assert!(calendar.contains(&format!("UID:{uid}\r\n")), "{calendar}");
        assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 1);
        assert!(!calendar.contains("/my/"), "calendars are shared");
    }
    assert_eq!(mails[0].purpose, "confirmation");
    assert!(mails[1].purpose.starts_with("confirmation-session-"));
    assert!(mails[1].body_text.contains("Hội trường B"));
    deliver(&kit.services).await;
    let folder = kit.path("mail");
    let files = kit.files("mail");
    assert_eq!(files.len(), 2);
    for file in files {
        let mail = std::fs::read_to_string(folder.join(file)).unwrap();
        assert!(mail.contains("method=REQUEST"), "{mail}");
        assert!(!mail.contains("multipart/mixed"), "an alternative: {mail}");
    }
}

async fn two_calendar_programs_understand_invite_move_move_and_cancel_alike(kit: &Kit) {
    let office = Organizer {
        name_vi: "Trung tâm Khuyến công; \"SXSH\", Bến Tre".to_owned(),
        email: "trung.tam@example.com".to_owned(),
        ..Organizer::default()
    };
    let services = &kit.services;
    let revised =
        services.revise_programme(&ORGANIZER, "Chương trình", "Programme", "600", &office);
    revised.await.unwrap();
    let mut form = workshop_form("w", 9);
    form.title_vi = "Sản xuất sạch hơn: nước, điện; nguyên liệu \\ phát thải – dành cho các cơ sở \
                     chế biến thủy sản ở Bình Đại"
        .to_owned();
    form.summary_vi =
        "Giảm lượng nước thải, tiết kiệm nguyên liệu.\nMang theo sổ ghi điện.".to_owned();
    form.session.address = "Số 1; đường Đồng Khởi, Bến Tre".to_owned();
    services.schedule(&ORGANIZER, &form).await.unwrap();
    services.publish(&ORGANIZER, "w").await.unwrap();
    let registered = kit.register("w", &delegate(1)).await;
    put_off(kit, Duration::days(1)).await;
    tell(kit, &registered, CalendarMethod::Request, "moved-2").await;
    put_off(kit, Duration::minutes(90)).await;
    tell(kit, &registered, CalendarMethod::Request, "moved-3").await;
    deliver(services).await;
    kit.cancel(&registered).await;

    let written = mails(kit).await;
    let calendars: Vec<String> = written
        .into_iter()
        .filter_map(|mail| mail.calendar)
        .collect();
    assert_eq!(calendars.len(), 4);
    for calendar in &calendars {
        assert!(calendar.split("\r\n").all(|line| line.len() <= 75));
        assert!(!calendar.replace("\r\n", "").contains(['\r', '\n']));
    }
    let read = read_alike(&kit.path("mail"), &calendars);
    assert_eq!(read.len(), 4);
    let expected = [
        (
            "REQUEST",
            0,
            "2026-12-03T07:30:00+07:00",
            "2026-12-03T11:30:00+07:00",
        ),
        (
            "REQUEST",
            1,
            "2026-12-04T07:30:00+07:00",
            "2026-12-04T11:30:00+07:00",
        ),
        (
            "REQUEST",
            2,
            "2026-12-04T09:00:00+07:00",
            "2026-12-04T13:00:00+07:00",
        ),
        (
            "CANCEL",
            3,
            "2026-12-04T09:00:00+07:00",
            "2026-12-04T13:00:00+07:00",
        ),
    ];
    for (event, (method, sequence, starts, ends)) in read.iter().zip(expected) {
        let status = if method == "CANCEL" {
            "CANCELLED"
        } else {
            "CONFIRMED"
        };
        let expected = json!({
            "method": method,
            "zones": ["Asia/Ho_Chi_Minh"],
            "uid": format!("registration-{}-session-1@127.0.0.1", registered.id),
            "sequence": sequence,
            "starts": starts,
            "ends": ends,
            "zone": "Asia/Ho_Chi_Minh",
            "status": status,
            "summary": form.title_vi,
            "description": form.summary_vi,
            "location": format!("Hội trường A, {}", form.session.address),
            "url": "http://127.0.0.1:3000/workshops/w",
            "organizer": ["Trung tâm Khuyến công; 'SXSH', Bến Tre", "mailto:trung.tam@example.com"],
            "attendee": [delegate(1).full_name, format!("mailto:{}", delegate(1).email), "ACCEPTED", "FALSE"],
        });
        assert_eq!(*event, expected);
    }
}

async fn only_what_left_is_cancelled(kit: &Kit) {
    let view = kit.workshop("w", 9).await;
    second_session(kit, &view).await;
    let invited = kit.register("w", &delegate(1)).await;
    deliver(&kit.services).await;
    let unseen = kit.register("w", &delegate(2)).await;
    kit.cancel(&invited).await;
    kit.cancel(&unseen).await;
    let mails = mails(kit).await;
    let of = |who: &Registered, start: &str| -> Vec<&outbox::Model> {
        let about = |mail: &&outbox::Model| mail.registration_id == Some(who.id);
        let mails = mails.iter().filter(about);
        mails
            .filter(|mail| mail.purpose.starts_with(start))
            .collect()
    };
    let cancelled = of(&invited, "cancelled");
    assert_eq!(cancelled.len(), 2);
    let invitations = of(&invited, "confirmation");
    for (cancelled, invitation) in cancelled.iter().zip(&invitations) {
        let calendar = cancelled.calendar.as_ref().unwrap();
        for line in [
            "METHOD:CANCEL\r\n",
            "STATUS:CANCELLED\r\n",
            "SEQUENCE:1\r\n",
        ] {
            assert!(calendar.contains(line), "{line} in {calendar}");
        }
        assert_eq!(cancelled.calendar_key, invitation.calendar_key);
    }
    assert!(
        cancelled[1].subject.contains('2'),
        "{}",
        cancelled[1].subject
    );
    let cancelled = of(&unseen, "cancelled");
    assert_eq!(cancelled.len(), 1);
    assert_eq!(cancelled[0].calendar, None);
    let withheld = of(&unseen, "confirmation");
    assert!(withheld.iter().all(|mail| *mail.state == Withheld));
    assert_eq!(withheld.len(), 2);
}

async fn the_link_to_take_part_is_for_people_with_a_seat(kit: &Kit) {
    const LINK: &str = "https://meet.example.com/room-1";
    let view = kit.workshop("w", 1).await;
    let db = kit.services.db();
    db.write(|tx| async move {
        workshop::Entity::update_many()
            .col_expr(workshop::Column::OnlineLink, Expr::value(LINK))
            .col_expr(
                workshop::Column::Format,
                Expr::value(Code(WorkshopFormat::Hybrid)),
            )
            .filter(workshop::Column::Slug.eq("w"))
            .exec(&*tx)
            .await?;
        Ok(())
    })
    .await
    .unwrap();
    let seated = kit.register("w", &delegate(1)).await;
    let waiting = kit.register("w", &delegate(2)).await;
    let mails = mails(kit).await;
    let invited = mails[0].calendar.as_ref().unwrap();
    assert!(
        !invited.contains("meet.example.com"),
        "calendars are shared"
    );
    let file = async |who: &Registered| {
        let ticket = kit.ticket(who);
        let file = kit.services.ticket_calendar(&ticket, Lang::Vi);
        unfolded(&file.await.unwrap())
    };
    let own = file(&seated).await;
    let page = kit.services.ticket(&kit.ticket(&seated)).await.unwrap();
    assert_eq!(page.online_link.as_deref(), Some(LINK));
    let page = kit.services.ticket(&kit.ticket(&waiting)).await.unwrap();
    assert_eq!(page.online_link, None);
    for line in ["METHOD:PUBLISH\r\n", "STATUS:CONFIRMED\r\n"] {
        assert!(own.contains(line), "{line} in {own}");
    }
    assert!(!own.contains("ATTENDEE") && !own.contains(LINK), "{own}");
    let other = file(&waiting).await;
    assert!(
        other.contains("STATUS:TENTATIVE\r\n") && !other.contains(LINK),
        "{other}"
    );
    let public = kit.services.public_calendar(Lang::Vi).await.unwrap();
    assert!(public.contains(&format!("UID:session-{}@", view.sessions[0].id)));
    assert!(!public.contains("meet.example.com"), "{public}");
}

async fn whoever_waits_is_told_without_an_invitation(kit: &Kit) {
    kit.workshop("w", 1).await;
    kit.register("w", &delegate(1)).await;
    let waiting = kit.register("w", &delegate(2)).await;
    assert_eq!(waiting.state, RegistrationState::Waitlisted);
    assert_eq!(
        tell(kit, &waiting, CalendarMethod::Request, "moved-2").await,
        1
    );
    assert_eq!(
        tell(kit, &waiting, CalendarMethod::Request, "moved-2").await,
        0,
        "once"
    );
    assert_eq!(
        tell(kit, &waiting, CalendarMethod::Cancel, "called-off").await,
        1
    );
    let told = mails(kit).await;
    let told = told
        .iter()
        .filter(|mail| mail.registration_id == Some(waiting.id));
    let told: Vec<_> = told.collect();
    assert_eq!(told.len(), 3);
    assert!(
        told.iter()
            .all(|mail| mail.calendar.is_none() && mail.calendar_key.is_none())
    );
    let mut nowhere = delegate(3);
    nowhere.email = String::new();
    let nowhere = kit.register("w", &nowhere).await;
    assert_eq!(
        tell(kit, &nowhere, CalendarMethod::Request, "moved-2").await,
        0
    );
}
