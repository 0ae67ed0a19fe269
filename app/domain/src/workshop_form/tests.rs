//! What is asked of a workshop, tried out.

use super::*;
use crate::parse_local;

fn now() -> DateTime<Utc> {
    parse_local("2026-11-01T08:00").unwrap()
}

fn at(starts_at: &str, ends_at: &str) -> SessionForm {
    SessionForm {
        room: "Hội trường".into(),
        starts_at: starts_at.into(),
        ends_at: ends_at.into(),
        ..SessionForm::default()
    }
}

fn form() -> WorkshopForm {
    WorkshopForm {
        title_vi: "Kỹ năng đánh giá SXSH".into(),
        session: at("2026-11-26T07:30", "2026-11-26T11:30"),
        capacity: "60".into(),
        ..WorkshopForm::default()
    }
}

fn said(form: &WorkshopForm) -> Vec<String> {
    let problems = form.check(now(), Known::default()).unwrap_err().0;
    problems
        .iter()
        .map(|p| format!("{} {}", p.field, p.reason.code()))
        .collect()
}

#[test]
fn what_is_left_empty_has_a_sensible_default() {
    let new = form().check(now(), Known::default()).unwrap();
    assert_eq!(
        (new.opens_at, new.closes_at),
        (now(), new.session.starts_at)
    );
    assert_eq!((new.kind, new.slug), (WorkshopKind::Awareness, None));
    assert_eq!(new.format, WorkshopFormat::InPerson);
    assert_eq!(new.cancel_rule, CancelRule::AnyTime);
    assert_eq!(new.minimum, None);
    assert_eq!((new.mode, new.offer_hours), (RegistrationMode::Open, 24));
    assert_eq!((new.late_after, new.attended_share), (15, 50));
    let minimum = WorkshopForm {
        minimum: "20".into(),
        ..form()
    };
    let by = parse_local("2026-11-23T07:30").unwrap();
    assert_eq!(
        minimum.check(now(), Known::default()).unwrap().minimum,
        Some((20, by))
    );
}

#[test]
fn the_rules_of_attendance_have_their_bounds() {
    let with = |late: &str, share: &str| WorkshopForm {
        late_after: late.into(),
        attended_share: share.into(),
        ..form()
    };
    for (late, share) in [("0", "1"), ("240", "100")] {
        let new = with(late, share).check(now(), Known::default()).unwrap();
        assert_eq!(new.late_after.to_string(), late);
        assert_eq!(new.attended_share.to_string(), share);
    }
    for (late, share) in [("241", "0"), ("-1", "101"), ("x", "1,5")] {
        assert_eq!(
            said(&with(late, share)),
            ["late_after not_in_range", "attended_share not_in_range"]
        );
    }
}

#[test]
fn times_that_cannot_be() {
    for ends_at in ["2026-11-26T07:30", "2026-11-26T07:00"] {
        let backwards = WorkshopForm {
            session: at("2026-11-26T07:30", ends_at),
            ..form()
        };
        assert_eq!(said(&backwards), ["ends_at end_not_after_start"]);
    }
    let with = |change: fn(&mut WorkshopForm)| {
        let mut form = form();
        change(&mut form);
        said(&form)
    };
    for closes_at in ["2026-11-26T07:31", "2026-11-27T07:30"] {
        let late = WorkshopForm {
            closes_at: closes_at.into(),
            ..form()
        };
        assert_eq!(said(&late), ["closes_at closes_after_start"]);
    }
    for opens_at in ["2026-11-26T07:30", "2026-11-26T08:00"] {
        let late = WorkshopForm {
            opens_at: opens_at.into(),
            ..form()
        };
        assert_eq!(said(&late), ["opens_at after_start"]);
    }
    assert_eq!(
        with(|form| form.closes_at = "2026-10-31T07:30".into()),
        ["closes_at end_not_after_start"]
    );
    assert_eq!(
        with(|form| {
            form.opens_at = "2026-11-27T08:00".into();
            form.closes_at = "2026-11-28T08:00".into();
        }),
        ["opens_at after_start"]
    );
    assert_eq!(
        with(|form| {
            form.session.starts_at = "soon".into();
            form.capacity = "0".into();
        }),
        ["starts_at not_a_time", "capacity not_in_range"]
    );
    assert_eq!(
        with(|form| {
            form.minimum = "61".into();
            form.minimum_by = "2026-11-26T07:30".into();
            form.cancel_rule = "until".into();
            form.cancel_until = "2026-11-26T07:31".into();
        }),
        [
            "minimum more_than_seats",
            "minimum_by after_start",
            "cancel_until after_start"
        ]
    );
}

#[test]
fn only_those_online_need_no_place() {
    let placeless = |format: &str| WorkshopForm {
        format: format.into(),
        session: SessionForm {
            room: String::new(),
            ..form().session
        },
        ..form()
    };
    assert!(placeless("online").check(now(), Known::default()).is_ok());
    for format in ["", "in_person", "hybrid"] {
        assert_eq!(said(&placeless(format)), ["room required"], "{format}");
    }
}

#[test]
fn odd_contacts_links_and_terms() {
    let odd = WorkshopForm {
        roles: vec!["king".into()],
        sectors: vec!["coconut".into(), "gold".into()],
        online_link: "zoom, phòng 3".into(),
        contact_phone: "12".into(),
        contact_email: "@".into(),
        certificate_rule: "gold".into(),
        mode: "lottery".into(),
        offer_hours: "169".into(),
        ..form()
    };
    assert_eq!(
        said(&odd),
        [
            "roles not_a_choice",
            "sectors not_a_choice",
            "online_link not_a_link",
            "contact_phone not_a_phone",
            "contact_email not_an_email",
            "mode not_a_choice",
            "offer_hours not_in_range",
            "certificate_rule not_a_choice"
        ]
    );
}

#[test]
fn a_missing_place_does_not_hide_what_is_wrong_with_the_times() {
    let wrong = WorkshopForm {
        session: SessionForm {
            room: String::new(),
            ..form().session
        },
        closes_at: "2026-11-27T07:30".into(),
        cancel_rule: "until".into(),
        cancel_until: "2026-11-26T07:31".into(),
        ..form()
    };
    assert_eq!(
        said(&wrong),
        [
            "room required",
            "closes_at closes_after_start",
            "cancel_until after_start"
        ]
    );
}

#[test]
fn what_is_known_binds_it() {
    let booked = Known {
        fewest: 61,
        ..Known::default()
    };
    let wrong = WorkshopForm {
        session: at("2026-10-26T07:30", "2026-10-26T11:30"),
        ..form()
    };
    let fields = |form: &WorkshopForm, known| -> Vec<String> {
        let problems = form.check(now(), known).unwrap_err().0;
        problems
            .iter()
            .map(|one| format!("{} {}", one.field, one.reason.code()))
            .collect()
    };
    let both = ["starts_at in_the_past", "capacity fewer_than_booked"];
    assert_eq!(fields(&wrong, booked), both);
    let stays = Known {
        starts_at: Some(parse_local("2026-10-26T07:30").unwrap()),
        ..booked
    };
    assert_eq!(fields(&wrong, stays), ["capacity fewer_than_booked"]);
    let held = WorkshopForm {
        already_held: true,
        ..wrong
    };
    assert!(held.check(now(), Known::default()).is_ok());
}

#[test]
fn registration_closes_at_the_latest_when_the_last_session_begins() {
    let known = Known {
        last_starts_at: Some(parse_local("2026-11-27T13:30").unwrap()),
        ..Known::default()
    };
    for (closes_at, expected) in [
        ("2026-11-26T08:00", None),
        ("2026-11-27T13:30", None),
        ("2026-11-27T13:31", Some(Reason::ClosesAfterStart)),
    ] {
        let form = WorkshopForm {
            closes_at: closes_at.into(),
            ..form()
        };
        let checked = form.check(now(), known);
        let found = checked
            .err()
            .and_then(|problems| problems.of("closes_at").cloned());
        assert_eq!(found, expected, "{closes_at}");
    }
    // It opens before the first, whatever follows.
    let late = WorkshopForm {
        opens_at: "2026-11-26T07:30".into(),
        closes_at: "2026-11-27T08:00".into(),
        ..form()
    };
    let problems = late.check(now(), known).unwrap_err();
    assert_eq!(problems.of("opens_at"), Some(&Reason::AfterStart));
}

#[test]
fn a_place_that_is_set_elsewhere_is_not_asked_for() {
    let form = WorkshopForm {
        session: SessionForm {
            room: String::new(),
            ..form().session
        },
        ..form()
    };
    let known = Known {
        placed_elsewhere: true,
        ..Known::default()
    };
    assert!(form.check(now(), known).is_ok());
    assert!(form.check(now(), Known::default()).is_err());
}
