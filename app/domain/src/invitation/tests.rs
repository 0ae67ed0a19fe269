use super::*;
use crate::Coded;

fn at(typed: &str) -> DateTime<Utc> {
    parse_local(typed).unwrap()
}

#[test]
fn the_moments_tell_the_state_and_taking_back_ends_it() {
    let moment = Some(at("2026-11-23T08:00"));
    let mut moments = InvitationMoments::default();
    assert_eq!(invitation_state(moments), InvitationState::Unsent);
    moments.sent = moment;
    assert_eq!(invitation_state(moments), InvitationState::Sent);
    moments.answered = moment;
    assert_eq!(invitation_state(moments), InvitationState::Answered);
    moments.declined = moment;
    assert_eq!(invitation_state(moments), InvitationState::Declined);
    moments.withdrawn = moment;
    assert_eq!(invitation_state(moments), InvitationState::Withdrawn);
    // A link that was passed on by hand is answered without having been sent.
    let by_hand = InvitationMoments {
        answered: moment,
        ..InvitationMoments::default()
    };
    assert_eq!(invitation_state(by_hand), InvitationState::Answered);
}

#[test]
fn no_more_are_invited_at_once_than_a_page_asks_for() {
    let now = at("2026-11-23T08:00");
    let mut form = form();
    form.rows = vec![form.rows[0].clone(); MAX_INVITED];
    assert!(form.check(0, at("2026-12-03T07:30"), now).is_ok());
    form.rows.push(form.rows[0].clone());
    let problems = form.check(0, at("2026-12-03T07:30"), now).unwrap_err();
    assert_eq!(problems.of("establishments"), Some(&Reason::TooMany(200)));
}

#[test]
fn names_until_the_deadline_substitutes_up_to_the_door() {
    let deadline = at("2026-12-01T17:00");
    let before = deadline - Duration::seconds(1);
    for (phase, early, late) in [
        (Phase::Draft, Naming::Over, Naming::Over),
        (Phase::Upcoming, Naming::Open, Naming::Substitutes),
        (Phase::Running, Naming::Substitutes, Naming::Substitutes),
        (Phase::Held, Naming::Over, Naming::Over),
        (Phase::Closed, Naming::Over, Naming::Over),
        (Phase::Cancelled, Naming::Over, Naming::Over),
    ] {
        assert_eq!(naming(false, deadline, phase, before), early, "{phase}");
        assert_eq!(naming(false, deadline, phase, deadline), late, "{phase}");
        assert_eq!(naming(true, deadline, phase, before), Naming::Over);
    }
}

#[test]
fn a_form_opened_before_the_deadline_has_a_minute() {
    let deadline = at("2026-12-01T17:00");
    let opened = Some(deadline - Duration::minutes(5));
    let sent = |withdrawn, phase, opened, seconds| {
        let now = deadline + Duration::seconds(seconds);
        naming_by_form(withdrawn, deadline, phase, opened, now)
    };
    assert_eq!(sent(false, Phase::Upcoming, opened, 59), Naming::Open);
    assert_eq!(
        sent(false, Phase::Upcoming, opened, 60),
        Naming::Substitutes
    );
    assert_eq!(sent(false, Phase::Upcoming, None, 1), Naming::Substitutes);
    assert_eq!(sent(false, Phase::Upcoming, None, -1), Naming::Open);
    assert_eq!(sent(false, Phase::Running, opened, 1), Naming::Substitutes);
    assert_eq!(sent(true, Phase::Upcoming, opened, 1), Naming::Over);
}

#[test]
fn the_deadline_leaves_two_days_where_there_are_any() {
    let (closes, starts) = (at("2026-12-01T12:00"), at("2026-12-03T07:30"));
    let by = |now: &str| default_answer_by(closes, starts, at(now));
    assert_eq!(by("2026-11-23T08:00"), at("2026-11-29T17:00"));
    assert_eq!(by("2026-11-29T08:00"), closes);
    assert_eq!(by("2026-12-01T13:00"), starts, "registration has closed");
    let late = default_answer_by(at("2026-12-03T11:00"), starts, at("2026-12-03T06:00"));
    assert_eq!(late, starts, "never after the start");
}

#[test]
fn quotas_that_do_not_fit_are_counted() {
    assert_eq!(seats_short(100, 40, 60), 0);
    assert_eq!(seats_short(100, 40, 61), 1);
    assert_eq!(seats_short(0, 0, 0), 0);
}

fn form() -> InviteForm {
    InviteForm {
        rows: vec![InviteRow {
            establishment: 7,
            quota: " 3 ".into(),
            contact_phone: "0950000001".into(),
            ..InviteRow::default()
        }],
        lang: String::new(),
        answer_by: "2026-11-29T17:00".into(),
    }
}

#[test]
fn an_invitation_needs_a_quota_and_a_deadline_before_the_start() {
    let (now, starts) = (at("2026-11-23T08:00"), at("2026-12-03T07:30"));
    let new = form().check(0, starts, now).unwrap();
    assert_eq!((new.rows[0].quota, new.lang), (3, Lang::Vi));
    assert_eq!(new.answer_by, at("2026-11-29T17:00"));

    let reason = |change: fn(&mut InviteForm), taken, field: &str| {
        let mut form = form();
        change(&mut form);
        form.check(taken, starts, now)
            .unwrap_err()
            .of(field)
            .cloned()
    };
    let past = |form: &mut InviteForm| form.answer_by = "2026-11-22T08:00".into();
    assert_eq!(reason(past, 0, "answer_by"), Some(Reason::InThePast));
    let late = |form: &mut InviteForm| form.answer_by = "2026-12-03T07:31".into();
    assert_eq!(reason(late, 0, "answer_by"), Some(Reason::AfterStart));
    let none = |form: &mut InviteForm| form.rows.clear();
    assert_eq!(reason(none, 0, "establishments"), Some(Reason::Required));
    let zero = |form: &mut InviteForm| form.rows[0].quota = "0".into();
    let range = |least| Some(Reason::NotInRange(least, MAX_QUOTA.into()));
    assert_eq!(reason(zero, 0, "quota-0"), range(1));
    // Four are named already.
    assert_eq!(reason(|_| {}, 4, "quota-0"), range(4));
    let email = |form: &mut InviteForm| form.rows[0].contact_email = "x".into();
    assert_eq!(
        reason(email, 0, "contact_email-0"),
        Some(Reason::NotAnEmail)
    );
}

#[test]
fn a_nomination_keeps_the_numbers_of_its_rows() {
    let row = |name: &str| DelegateRow {
        full_name: name.into(),
        role: "technician".into(),
        ..DelegateRow::default()
    };
    let mut form = NominationForm {
        contact_name: "Trần Thị Hoa".into(),
        contact_phone: "0950000001".into(),
        delegates: vec![row("Lê An"), DelegateRow::default(), row("Lê Bình")],
        ..NominationForm::default()
    };
    let new = form.check("HTX Lá Biếc", "", 2, &[]).unwrap();
    let numbers: Vec<usize> = new.delegates.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, [1, 3]);
    assert!(new.delegates.iter().all(|(_, one)| {
        one.establishment == "HTX Lá Biếc" && one.consents.given().count() == 0
    }));
    form.contact_phone.clear();
    form.delegates[2].phone = "12".into();
    let problems = form.check("HTX Lá Biếc", "", 2, &[]).unwrap_err();
    assert_eq!(problems.of("contact_phone"), Some(&Reason::Required));
    assert_eq!(problems.of("delegates.3.phone"), Some(&Reason::NotAPhone));
}

#[test]
fn rows_beyond_the_quota_are_told_with_everything_else() {
    let row = |name: &str| DelegateRow {
        full_name: name.into(),
        role: "technician".into(),
        ..DelegateRow::default()
    };
    let mut form = NominationForm {
        contact_name: "Trần Thị Hoa".into(),
        delegates: ["Lê An", "", "Lê Bình", "Lê Chi"].map(row).into(),
        ..NominationForm::default()
    };
    form.delegates[1] = DelegateRow::default();
    form.delegates[3].phone = "12".into();
    let said = |form: &NominationForm, left, named: &[String]| {
        let problems = form.check("HTX Lá Biếc", "", left, named).unwrap_err();
        let fields = problems.0.into_iter().map(|one| one.field.into_owned());
        fields.collect::<Vec<_>>()
    };
    assert_eq!(
        said(&form, 1, &[]),
        [
            "contact_phone",
            "delegates.3.full_name",
            "delegates.4.phone",
            "delegates.4.full_name",
        ]
    );
    assert_eq!(said(&form, 3, &[]), ["contact_phone", "delegates.4.phone"]);
    // Sent twice: who is named already takes no new place, each once.
    form.delegates[3].phone.clear();
    let named = ["lê an".to_owned(), "Lê Bình".to_owned()];
    assert!(form.beyond_quota(1, &named).is_empty());
    form.delegates[3].full_name = "Lê An".into();
    let twice = form.beyond_quota(0, &named);
    let beyond = twice.of("delegates.4.full_name");
    assert_eq!(
        (twice.0.len(), beyond),
        (1, Some(&Reason::MoreThanQuota(0)))
    );
}

#[test]
fn nobody_comes_for_a_reason() {
    assert_eq!(decline_reason(" Bận  mùa vụ ").unwrap(), "Bận mùa vụ");
    assert_eq!(decline_reason(" ").unwrap(), "");
    let problems = decline_reason(&"a".repeat(501)).unwrap_err();
    assert_eq!(problems.of("decline_reason"), Some(&Reason::TooLong(500)));
}

#[test]
fn a_delegate_is_changed_until_the_deadline_and_a_seat_up_to_the_door() {
    use RegistrationState::Booked;
    for state in RegistrationState::ALL.iter().copied() {
        let open = may_change_nominee(Naming::Open, state, Phase::Upcoming, false);
        assert_eq!(open, state.is_active(), "{state}");
        for phase in [Phase::Upcoming, Phase::Running] {
            let late = may_change_nominee(Naming::Substitutes, state, phase, false);
            assert_eq!(late, state == Booked, "{state} {phase}");
        }
        assert!(!may_change_nominee(
            Naming::Over,
            state,
            Phase::Running,
            false
        ));
        assert!(!may_change_nominee(
            Naming::Open,
            state,
            Phase::Upcoming,
            true
        ));
    }
}
