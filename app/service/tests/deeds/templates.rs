//! The words of mails that organisers change.

use crate::kit::{
    Kit, ORGANIZER, attend, delegate, invited, inviting, is_conflict, is_problem,
    known_establishment, mails, move_form, named, party, send_party, upload,
};
use crate::on_both;
use chrono::Duration;
use domain::{AccountRole, Coded, Lang, TellForm, TemplateForm, TemplateOccasion};
use service::entity::{audit, message_template, outbox};
use service::{Actor, Conflict, Failure, PreviewForm};

on_both!(
    saved_words_reach_the_next_mails,
    the_looks_before_a_change_and_the_letter_on_paper_have_them_too,
    who_was_named_by_others_reads_first_who_did,
    what_cannot_be_filled_in_is_not_saved,
    two_editors_and_the_way_back_to_what_is_built_in,
    templates_are_for_organisers,
    names_with_braces_and_markup_stay_names,
    a_look_is_the_mail_and_writes_nothing,
    a_trial_goes_to_oneself_alone,
);

const PDF: &[u8] = include_bytes!("files/bai-giang.pdf");

/// The words as they stand, with what a test changes.
async fn form(kit: &Kit, occasion: TemplateOccasion) -> TemplateForm {
    let template = kit.services.template(&ORGANIZER, occasion).await.unwrap();
    template.form
}

/// Words with every place that the occasion has.
async fn save_own(kit: &Kit, occasion: TemplateOccasion) {
    let places: Vec<String> = occasion
        .placeholders()
        .iter()
        .map(|place| format!("{place}={}", place.written()))
        .collect();
    let own = TemplateForm {
        subject_vi: format!("Lời riêng {occasion}: {{hoi_thao}}"),
        body_vi: format!("Chào anh chị.\n{}", places.join(" · ")),
        ..form(kit, occasion).await
    };
    let saved = kit.services.save_template(&ORGANIZER, occasion, &own);
    saved.await.unwrap();
}

async fn written(kit: &Kit, purpose: &str) -> outbox::Model {
    let mut mails = mails(kit).await;
    mails.retain(|mail| mail.purpose.starts_with(purpose));
    assert!(!mails.is_empty(), "no mail {purpose}");
    mails.swap_remove(0)
}

async fn saved_words_reach_the_next_mails(kit: &Kit) {
    let services = &kit.services;
    for occasion in TemplateOccasion::ALL {
        save_own(kit, *occasion).await;
    }
    kit.workshop("v", 1).await;
    let seat = kit.register("v", &delegate(1)).await;
    kit.register("v", &delegate(2)).await;
    kit.cancel(&seat).await;
    kit.workshop("w", 9).await;
    upload(kit, "a.pdf", PDF).await.unwrap();
    attend(kit, 3, "a@example.com", true).await;
    services.send_materials(&ORGANIZER, "w").await.unwrap();
    services.send_lost_links("a@example.com").await.unwrap();
    let place = known_establishment(kit, "HTX Lá Biếc").await;
    let form = inviting(place, 2);
    services.invite(&ORGANIZER, "v", &form).await.unwrap();
    services
        .send_invitations(&ORGANIZER, "v", None)
        .await
        .unwrap();
    let mut form = move_form(kit, "v", 7).await;
    form.tell.note_vi = "Bão số 9".to_owned();
    services
        .move_workshop(&ORGANIZER, "v", &form)
        .await
        .unwrap();
    kit.call_off("v").await;
    for (purpose, occasion, values) in [
        (
            "confirmation",
            "confirmation",
            &["ten=Nguyễn Văn Số 1", "ma="][..],
        ),
        ("waitlisted", "waitlisted", &["ten=Nguyễn Văn Số 2"]),
        ("offered", "offered", &["ten=Nguyễn Văn Số 2", "han=thứ "]),
        ("materials", "materials", &["ten=Nguyễn Văn Số 3"]),
        ("lost-link", "lost_link", &["ten=Nguyễn Văn Số 3"]),
        (
            "invited",
            "invitation",
            &[
                "don_vi=HTX Lá Biếc",
                "so_dai_bieu=2",
                "han=thứ Ba, 01/12/2026",
            ],
        ),
        (
            "moved",
            "moved",
            &["ly_do=Bão số 9", "thoi_gian=thứ Năm, 10/12/2026, 07:30"],
        ),
        (
            "cancelled",
            "cancelled",
            &["ly_do=Mưa bão", "dia_diem=Hội trường A"],
        ),
    ] {
        let mail = match purpose {
            // A registrant's own cancellation is another mail.
            "cancelled" => written(kit, "cancelled-").await,
            purpose => written(kit, purpose).await,
        };
        let subject = format!("Lời riêng {occasion}: Kỹ năng đánh giá sản xuất sạch hơn");
        assert_eq!(mail.subject, subject);
        for value in values.iter().chain(&["Chào anh chị.", "hoi_thao=Kỹ năng"]) {
            assert!(
                mail.body_text.contains(value),
                "{value} in {}",
                mail.body_text
            );
            assert!(
                mail.body_html.contains(value),
                "{value} in {}",
                mail.body_html
            );
        }
        assert!(!mail.body_text.contains(['{', '}']), "{}", mail.body_text);
        let link = mail.body_text.contains("http://127.0.0.1:3000/");
        assert!(link, "the button stays: {}", mail.body_text);
    }
    let moved = written(kit, "moved").await.body_text;
    assert_eq!(moved.matches("Bão số 9").count(), 1, "said once: {moved}");
    let english =
        services.template_words(services.db().read(), TemplateOccasion::Reminder, Lang::En);
    let (subject, body) = english.await.unwrap();
    assert_eq!(
        subject, "Reminder: {hoi_thao}",
        "only Vietnamese was changed"
    );
    assert!(body.contains("{thoi_gian}"), "{body}");
}

async fn the_looks_before_a_change_and_the_letter_on_paper_have_them_too(kit: &Kit) {
    let services = &kit.services;
    let (invitation, _) = invited(kit, 9, 2).await;
    let before = services
        .invitation_letters(&ORGANIZER, "w", Some(invitation))
        .await;
    let before = before.unwrap().1.remove(0);
    assert!(before.paragraphs[1].contains("mã QR"), "{before:?}");
    for occasion in [
        TemplateOccasion::Moved,
        TemplateOccasion::Cancelled,
        TemplateOccasion::Invitation,
    ] {
        save_own(kit, occasion).await;
    }
    let mut form = move_form(kit, "w", 7).await;
    form.sessions[0].1.room = "Hội trường B".to_owned();
    let preview = services.preview_move(&ORGANIZER, "w", &form).await.unwrap();
    let vi = &preview.messages[0];
    assert!(vi.subject.starts_with("Lời riêng moved: "), "{vi:?}");
    assert!(vi.paragraphs[1].contains("dia_diem=Hội trường B"), "{vi:?}");
    assert!(vi.zalo.contains("Chào anh chị."), "{vi:?}");
    assert!(preview.to_contacts[0].paragraphs[0] == "Chào anh chị.");
    let tell = TellForm::everybody(1);
    let off = services.preview_calling_off(&ORGANIZER, "w", &tell).await;
    let off = off.unwrap();
    assert!(off.messages[0].subject.starts_with("Lời riêng cancelled: "));
    let after = services
        .invitation_letters(&ORGANIZER, "w", Some(invitation))
        .await;
    let after = after.unwrap().1.remove(0);
    assert!(
        after.subject.starts_with("Lời riêng invitation: "),
        "{after:?}"
    );
    assert!(
        after.paragraphs[1].contains("don_vi=HTX Lá Biếc"),
        "{after:?}"
    );
}

async fn who_was_named_by_others_reads_first_who_did(kit: &Kit) {
    kit.workshop("w", 9).await;
    let mut read = Vec::new();
    for name in ["Lê An", "Lê Bình"] {
        let mut form = party(&[name]);
        form.delegates[0].email = "an@example.com".to_owned();
        send_party(kit, "w", &form).await;
        let mut named = mails(kit).await;
        named.retain(|mail| mail.purpose == "nominated" && mail.to_name == name);
        read.push(named.remove(0).body_text);
        save_own(kit, TemplateOccasion::Confirmation).await;
    }
    let consent = "có đồng ý hay không";
    assert!(read[0].contains(consent) && !read[0].contains("Chào anh chị."));
    let own = read[1].find("Chào anh chị.\n\nten=Lê Bình");
    assert!(own.is_some() && read[1].find(consent) < own, "{}", read[1]);
}

async fn what_cannot_be_filled_in_is_not_saved(kit: &Kit) {
    let services = &kit.services;
    let occasion = TemplateOccasion::Waitlisted;
    for (body, what) in [("Mã {ma}", "{ma}"), ("Đến {han}", "{han}"), ("{x}", "{x}")] {
        let wrong = TemplateForm {
            body_en: body.to_owned(),
            ..form(kit, occasion).await
        };
        let saved = services.save_template(&ORGANIZER, occasion, &wrong).await;
        let Err(Failure::Invalid(problems)) = &saved else {
            panic!("{saved:?}");
        };
        let said = problems.of("template_body_en").unwrap().named();
        assert_eq!(said[0], ("what", what));
        assert!(said[1].1.contains("{hoi_thao}") && !said[1].1.contains("{ma}"));
        let look = PreviewForm {
            words: wrong,
            ..PreviewForm::default()
        };
        let look = services.preview_template(&ORGANIZER, occasion, &look).await;
        is_problem(look, "template_body_en");
    }
    assert_eq!(kit.count(message_template::Entity).await, 0);
}

async fn two_editors_and_the_way_back_to_what_is_built_in(kit: &Kit) {
    let services = &kit.services;
    let occasion = TemplateOccasion::Confirmation;
    let first = form(kit, occasion).await;
    let second = TemplateForm {
        subject_vi: "Của người thứ hai".to_owned(),
        ..first.clone()
    };
    save_own(kit, occasion).await;
    let late = services.save_template(&ORGANIZER, occasion, &second).await;
    is_conflict(late, Conflict::Outdated);
    let late = services
        .reset_template(&ORGANIZER, occasion, &first.seen)
        .await;
    is_conflict(late, Conflict::Outdated);
    let rows = kit.all(message_template::Entity).await;
    assert_eq!(rows.len(), 1, "English stays built in");
    let list = services.templates(&ORGANIZER).await.unwrap();
    assert_eq!(list[0].changed, [Lang::Vi]);
    assert_eq!(list[0].last, Some((kit.now(), "token:1".to_owned())));
    assert!(list[1..].iter().all(|row| row.last.is_none()));
    let again = form(kit, occasion).await;
    services
        .save_template(&ORGANIZER, occasion, &again)
        .await
        .unwrap();
    services
        .reset_template(&ORGANIZER, occasion, &again.seen)
        .await
        .unwrap();
    assert_eq!(kit.count(message_template::Entity).await, 0);
    assert_eq!(form(kit, occasion).await, first);
    let mut lines = kit.all(audit::Entity).await;
    lines.retain(|line| line.noun == "message_template");
    let deeds: Vec<&str> = lines.iter().map(|line| line.deed.as_str()).collect();
    assert_eq!(
        deeds,
        ["edit_template", "reset_template"],
        "what is as it was is no line"
    );
    let (before, after) = (lines[0].before.as_ref(), lines[0].after.as_ref());
    assert!(before.unwrap().contains("Đã giữ chỗ: {hoi_thao}"));
    assert!(
        after
            .unwrap()
            .contains("Lời riêng confirmation: {hoi_thao}")
    );
    kit.workshop("w", 9).await;
    kit.register("w", &delegate(1)).await;
    let subject = written(kit, "confirmation").await.subject;
    assert!(subject.starts_with("Đã giữ chỗ: "), "{subject}");
}

async fn templates_are_for_organisers(kit: &Kit) {
    let services = &kit.services;
    let occasion = TemplateOccasion::Moved;
    let words = form(kit, occasion).await;
    let look = &PreviewForm {
        words: words.clone(),
        ..PreviewForm::default()
    };
    kit.workshop("w", 9).await;
    for role in [
        AccountRole::Trainer,
        AccountRole::Door,
        AccountRole::Director,
    ] {
        let slugs: &[&str] = if role.is_assigned() { &["w"] } else { &[] };
        let actor = &kit.staff(role, slugs).await;
        let failures = [
            services.templates(actor).await.err(),
            services.template(actor, occasion).await.err(),
            services.save_template(actor, occasion, &words).await.err(),
            services
                .reset_template(actor, occasion, &words.seen)
                .await
                .err(),
            services.preview_template(actor, occasion, look).await.err(),
            services
                .try_template(actor, occasion, look, "n")
                .await
                .err(),
        ];
        for failure in failures {
            assert!(
                matches!(failure, Some(Failure::Forbidden)),
                "{role}: {failure:?}"
            );
        }
    }
    let anybody = services.templates(&Actor::Anonymous).await;
    assert!(matches!(anybody, Err(Failure::SignInNeeded)));
    assert_eq!(kit.count(outbox::Entity).await, 0);
}

async fn names_with_braces_and_markup_stay_names(kit: &Kit) {
    save_own(kit, TemplateOccasion::Confirmation).await;
    kit.workshop("w", 9).await;
    let name = "An {ma} <b>{hoi_thao}</b>";
    let mut form = named(name, "0950000001");
    form.email = "an@example.com".to_owned();
    kit.register("w", &form).await;
    let mail = written(kit, "confirmation").await;
    let said = format!("ten={name} ·");
    assert!(mail.body_text.contains(&said), "{}", mail.body_text);
    assert!(!mail.body_html.contains("<b>"), "{}", mail.body_html);
    assert!(mail.body_html.contains("{hoi_thao}"), "{}", mail.body_html);
}

async fn a_look_is_the_mail_and_writes_nothing(kit: &Kit) {
    let services = &kit.services;
    let occasion = TemplateOccasion::Confirmation;
    let look = |words: TemplateForm, person: &str| PreviewForm {
        words,
        lang: "vi".to_owned(),
        workshop: "w".to_owned(),
        person: person.to_owned(),
    };
    let words = form(kit, occasion).await;
    let nothing = PreviewForm {
        words: words.clone(),
        ..PreviewForm::default()
    };
    let nothing = services
        .preview_template(&ORGANIZER, occasion, &nothing)
        .await;
    assert_eq!(nothing.unwrap().mail, None, "no workshop");
    kit.workshop("w", 9).await;
    let own = look(words.clone(), "");
    let own = services.preview_template(&ORGANIZER, occasion, &own).await;
    let own = own.unwrap();
    assert_eq!(
        (own.person, own.mail.unwrap().to.as_str()),
        (None, "Ban tổ chức")
    );
    kit.workshop("other", 9).await;
    let elsewhere = kit.register("other", &delegate(7)).await;
    let first = kit.register("w", &delegate(1)).await;
    let newest = kit.register("w", &delegate(2)).await;
    let typed = TemplateForm {
        subject_vi: "Gõ thử {Hội thảo}".to_owned(),
        body_vi: "Kính gửi {ten}, mã {ma}".to_owned(),
        ..words
    };
    let (rows, lines) = (mails(kit).await, kit.count(audit::Entity).await);
    let shown = look(typed.clone(), "");
    let shown = services
        .preview_template(&ORGANIZER, occasion, &shown)
        .await;
    let shown = shown.unwrap();
    assert_eq!(shown.person, Some(newest.id));
    let people: Vec<i64> = shown.people.iter().map(|(id, _)| *id).collect();
    assert_eq!(people, [newest.id, first.id]);
    let of_first = look(typed.clone(), &first.id.to_string());
    let of_first = services
        .preview_template(&ORGANIZER, occasion, &of_first)
        .await;
    let of_first = of_first.unwrap().mail.unwrap();
    assert_eq!(
        of_first.subject,
        "Gõ thử Kỹ năng đánh giá sản xuất sạch hơn"
    );
    assert!(of_first.text.contains("Kính gửi Nguyễn Văn Số 1, mã "));
    assert!(
        !of_first.html.contains("/my/"),
        "a link for who it belongs to"
    );
    for wrong in [elsewhere.id.to_string(), "x".to_owned()] {
        let wrong = look(typed.clone(), &wrong);
        let found = services
            .preview_template(&ORGANIZER, occasion, &wrong)
            .await;
        assert!(matches!(found, Err(Failure::NotFound)), "{found:?}");
    }
    for occasion in TemplateOccasion::ALL.iter().copied() {
        for lang in ["vi", "en"] {
            let each = PreviewForm {
                lang: lang.to_owned(),
                ..look(form(kit, occasion).await, "")
            };
            let each = services.preview_template(&ORGANIZER, occasion, &each).await;
            let mail = each.unwrap().mail.unwrap();
            assert!(
                !mail.text.contains(['{', '}']),
                "{occasion} {lang}: {}",
                mail.text
            );
        }
    }
    assert_eq!(mails(kit).await, rows);
    assert_eq!(kit.count(audit::Entity).await, lines);
    // What was looked at is what is written once it is saved.
    let save = services.save_template(&ORGANIZER, occasion, &typed);
    save.await.unwrap();
    let third = kit.register("w", &delegate(3)).await;
    let shown = look(form(kit, occasion).await, &third.id.to_string());
    let shown = services
        .preview_template(&ORGANIZER, occasion, &shown)
        .await;
    let mut written = mails(kit).await;
    written.retain(|mail| mail.registration_id == Some(third.id));
    let page = format!("/my/{}", kit.ticket(&third));
    assert_eq!(
        written[0].body_html.replace(&page, "/workshops/w"),
        shown.unwrap().mail.unwrap().html
    );
}

async fn a_trial_goes_to_oneself_alone(kit: &Kit) {
    let services = &kit.services;
    let occasion = TemplateOccasion::Materials;
    let me = &kit.staff(AccountRole::Organizer, &[]).await;
    let look = &PreviewForm {
        words: form(kit, occasion).await,
        lang: "vi".to_owned(),
        ..PreviewForm::default()
    };
    let early = services.try_template(me, occasion, look, "a").await;
    is_conflict(early, Conflict::NotAllowedNow);
    kit.workshop("w", 9).await;
    let registered = kit.register("w", &delegate(1)).await;
    let token = services.try_template(&ORGANIZER, occasion, look, "a").await;
    assert!(matches!(token, Err(Failure::Forbidden)), "{token:?}");
    for nonce in ["a", "a", "b", "c", "d", "e"] {
        let sent = services.try_template(me, occasion, look, nonce).await;
        assert_eq!(sent.unwrap(), "organizer@example.org");
    }
    let more = services.try_template(me, occasion, look, "f").await;
    assert!(matches!(more, Err(Failure::TooMany(1..=61))), "{more:?}");
    let mut trials = mails(kit).await;
    trials.retain(|mail| mail.to_address == "organizer@example.org");
    assert_eq!(trials.len(), 5, "one nonce sends one mail");
    for trial in &trials {
        assert_eq!(
            trial.subject,
            "[Gửi thử] Tài liệu hội thảo: Kỹ năng đánh giá sản xuất sạch hơn"
        );
        assert_eq!((trial.workshop_id, trial.registration_id), (None, None));
        assert_eq!(trial.unsubscribe, None);
        let text = &trial.body_text;
        assert!(text.contains("Lê Thị Nhung"), "one's own name: {text}");
        assert!(!text.contains("Nguyễn Văn Số 1") && !text.contains(&registered.code));
    }
    let to_others = mails(kit).await.len() - trials.len();
    assert_eq!(to_others, 1, "only the confirmation");
    kit.clock.advance(Duration::minutes(2));
    services
        .try_template(me, occasion, look, "f")
        .await
        .unwrap();
}
