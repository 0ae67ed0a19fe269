use super::*;
use proptest::prelude::*;

fn form(subject: &str, body: &str) -> TemplateForm {
    TemplateForm {
        subject_vi: subject.to_owned(),
        body_vi: body.to_owned(),
        subject_en: "Seat booked: {hoi_thao}".to_owned(),
        body_en: "A seat is booked for you.".to_owned(),
        seen: String::new(),
    }
}

fn problem(subject: &str, body: &str, field: &str) -> Option<Reason> {
    let checked = form(subject, body).check(TemplateOccasion::Confirmation);
    checked.err()?.of(field).cloned()
}

#[test]
fn marks_and_capitals_are_forgiven_and_stored_as_one_spelling() {
    let typed = form(
        " Đã giữ chỗ:\n{Hội thảo} ",
        "Kính gửi {TÊN},\n\n  mã: {ma}\u{202E}",
    );
    let [vi, en] = typed.check(TemplateOccasion::Confirmation).unwrap();
    assert_eq!(vi.subject, "Đã giữ chỗ: {hoi_thao}");
    assert_eq!(vi.body, "Kính gửi {ten},\n\nmã: {ma}");
    assert_eq!(en.subject, "Seat booked: {hoi_thao}");
}

#[test]
fn what_cannot_be_filled_in_is_refused_at_its_field() {
    for (word, said) in [
        ("{thoi_tiet}", "{thoi_tiet}"),
        ("{}", "{}"),
        ("{ ly do }", "{ ly do }"),
    ] {
        let Some(Reason::NotAPlaceholder { what, allowed }) =
            problem("S", &format!("x {word}"), "template_body_vi")
        else {
            panic!("{word} was taken");
        };
        assert_eq!(what, said);
        assert!(allowed.contains("{ten}") && allowed.contains("{ma}"));
        assert!(!allowed.contains("ly_do"), "{allowed}");
    }
    for loose in ["{ten", "ten}", "{ten\n}", "{{ten}}", "a } b { c"] {
        let found = problem("S", loose, "template_body_vi");
        assert_eq!(found, Some(Reason::LooseBrace), "{loose}");
    }
    let reason = TemplateForm {
        subject_en: "{ly_do}".to_owned(),
        ..form("S", "{ly_do}")
    };
    let reason = reason.check(TemplateOccasion::Moved).unwrap_err();
    assert_eq!(reason.0.len(), 1, "a reason is for the body: {reason:?}");
    assert!(reason.of("template_subject_en").is_some());
    let joining = form("{cách dự}", "{cách dự}").check(TemplateOccasion::Reminder);
    let joining = joining.unwrap_err();
    assert_eq!(
        joining.0.len(),
        1,
        "a sentence is for the body: {joining:?}"
    );
    assert!(joining.of("template_subject_vi").is_some());
}

#[test]
fn neither_part_is_empty_or_endless() {
    let required = Some(Reason::Required);
    assert_eq!(problem(" \u{200B}", "B", "template_subject_vi"), required);
    assert_eq!(problem("S", "\n \n", "template_body_vi"), required);
    let long = "x".repeat(201);
    assert_eq!(
        problem(&long, "B", "template_subject_vi"),
        Some(Reason::TooLong(MAX_SUBJECT))
    );
    let long = "x".repeat(4001);
    assert_eq!(
        problem("S", &long, "template_body_vi"),
        Some(Reason::TooLong(4000))
    );
}

#[test]
fn a_subject_stays_one_line() {
    let text = TemplateText {
        subject: "{hoi_thao}: {ten}".to_owned(),
        body: "{ly_do}".to_owned(),
    };
    let values = [
        (Placeholder::Workshop, "A\r\nBcc: x@example.com".to_owned()),
        (Placeholder::Reason, "một\nhai".to_owned()),
    ];
    let filled = text.filled(&values);
    assert_eq!(filled.subject, "A Bcc: x@example.com:");
    assert_eq!(filled.body, "một\nhai");
}

proptest! {
    #[test]
    fn nothing_makes_it_fall(template in any::<String>(), value in any::<String>()) {
        let values: Vec<_> = Placeholder::ALL.iter().map(|one| (*one, value.clone())).collect();
        let rendered = render(&template, &values);
        if !template.contains(['{', '}']) {
            prop_assert_eq!(rendered, template);
        }
    }

    #[test]
    fn braces_and_words_in_any_order_are_taken_apart_and_lose_nothing(
        parts in prop::collection::vec(
            prop::sample::select(&["{", "}", "ten", "{ten}", "đ", "\n", " ", "{x}"][..]),
            0..12,
        ),
    ) {
        let template = parts.concat();
        let own: Vec<_> = Placeholder::ALL.iter().map(|one| (*one, one.written())).collect();
        // Spaces in a place are forgiven, and the place comes out in its one spelling.
        let said = |text: &str| text.replace(' ', "");
        prop_assert_eq!(said(&render(&template, &own)), said(&template));
    }

    #[test]
    fn a_value_comes_through_as_it_is(name in any::<String>(), title in any::<String>()) {
        let values = [(Placeholder::Name, name.clone()), (Placeholder::Workshop, title.clone())];
        let rendered = render("a {ten} b {hoi_thao} c {ten}{ma}", &values);
        prop_assert_eq!(rendered, format!("a {name} b {title} c {name}"));
    }

    #[test]
    fn what_was_checked_leaves_no_brace(body in "[{}a-z_ ]{0,20}\\{ten\\}[{}a-z_ ]{0,9}") {
        if let Ok([vi, _]) = form("S", &body).check(TemplateOccasion::Confirmation) {
            let filled = vi.filled(&[(Placeholder::Name, "An".to_owned())]);
            prop_assert!(!filled.body.contains(['{', '}']), "{}", filled.body);
            prop_assert!(filled.body.contains("An"));
        }
    }
}
