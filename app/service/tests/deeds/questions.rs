//! What a workshop asks beside the usual fields.

use crate::kit::{Kit, ORGANIZER, delegate, is_problem};
use crate::on_both;
use domain::{Answers, Lang, QuestionForm, RegistrationForm};
use service::entity::{answer, audit, question};
use service::{Actor, Failure, QuestionView};

on_both!(
    registrants_answer_and_change_their_answers,
    days_and_decimals_are_exported_as_they_are_written,
    internal_questions_are_for_organisers_alone,
    what_was_answered_is_not_lost,
    a_copy_asks_the_same,
    only_organisers_ask,
);

fn ask(kind: &str, label: &str, choices: &str) -> QuestionForm {
    QuestionForm {
        kind: kind.to_owned(),
        label_vi: label.to_owned(),
        choices_vi: choices.to_owned(),
        ..QuestionForm::default()
    }
}

async fn add(kit: &Kit, form: &QuestionForm) -> i64 {
    kit.services
        .add_question(&ORGANIZER, "w", form)
        .await
        .unwrap();
    let (_, questions) = kit.services.questions(&ORGANIZER, "w").await.unwrap();
    questions.last().unwrap().row.id
}

fn answers(of: &[(i64, &str)]) -> Answers {
    of.iter()
        .map(|(id, value)| (*id, vec![(*value).to_owned()]))
        .collect()
}

async fn registrants_answer_and_change_their_answers(kit: &Kit) {
    kit.workshop("w", 5).await;
    let diet = QuestionForm {
        required: true,
        ..ask("one", "Anh/Chị ăn chay không?", "Có\nKhông")
    };
    let diet = add(kit, &diet).await;
    let age = add(kit, &ask("number", "Số năm làm nghề", "")).await;
    let services = &kit.services;
    let form = |answers| RegistrationForm {
        answers,
        phone: "12".to_owned(),
        ..delegate(1)
    };
    let wrong = services
        .register(
            &Actor::Anonymous,
            "w",
            &form(answers(&[(age, "x")])),
            Lang::Vi,
            None,
        )
        .await;
    let Err(Failure::Invalid(problems)) = wrong else {
        panic!("{wrong:?}");
    };
    let fields: Vec<_> = problems.0.iter().map(|one| one.field.to_string()).collect();
    assert_eq!(
        fields,
        [
            "phone".to_owned(),
            format!("answers.{diet}"),
            format!("answers.{age}")
        ],
        "all in one round"
    );
    let good = RegistrationForm {
        answers: answers(&[(diet, "1")]),
        ..delegate(1)
    };
    let one = kit.register("w", &good).await;
    let ticket = kit.ticket(&one);
    let page = services.ticket(&ticket).await.unwrap();
    assert_eq!((page.questions, page.unanswered), (2, 0));
    let both = answers(&[(diet, "2"), (age, "12")]);
    services.set_answers(&ticket, &both).await.unwrap();
    assert_eq!(services.answer_sheet(&ticket).await.unwrap().answers, both);
    is_problem(
        services.set_answers(&ticket, &Answers::new()).await,
        &format!("answers.{diet}"),
    );
    let log = format!("{:?}", kit.all(audit::Entity).await);
    assert!(log.contains("answer"), "a change is written down");
    // Who is registered by a program or a colleague answers later.
    let other = delegate(2);
    let api = services.register(&ORGANIZER, "w", &other, Lang::Vi, None);
    let service::Registering::Done(two) = api.await.unwrap() else {
        panic!("registered already");
    };
    let page = services.ticket(&kit.ticket(&two)).await.unwrap();
    assert_eq!((page.questions, page.unanswered), (2, 1));
}

async fn internal_questions_are_for_organisers_alone(kit: &Kit) {
    kit.workshop("w", 5).await;
    let internal = QuestionForm {
        internal: true,
        required: true,
        ..ask("text", "Mức hỗ trợ", "")
    };
    let internal = add(kit, &internal).await;
    let one = kit.register("w", &delegate(1)).await;
    let (services, ticket) = (&kit.services, kit.ticket(&one));
    assert_eq!(services.ticket(&ticket).await.unwrap().questions, 0);
    let secret = answers(&[(internal, "200.000 đ")]);
    services.set_answers(&ticket, &secret).await.unwrap();
    assert_eq!(kit.count(answer::Entity).await, 0, "not by the registrant");
    services
        .answer_for(&ORGANIZER, "w", one.id, &secret)
        .await
        .unwrap();
    let sheet = services.answers_of(&ORGANIZER, "w", one.id).await.unwrap();
    assert_eq!(sheet.answers, secret);
    assert!(
        services
            .answer_sheet(&ticket)
            .await
            .unwrap()
            .questions
            .is_empty()
    );
}

async fn days_and_decimals_are_exported_as_they_are_written(kit: &Kit) {
    kit.workshop("w", 5).await;
    let water = add(kit, &ask("number", "Mét khối nước mỗi tháng", "")).await;
    let since = add(kit, &ask("date", "Hoạt động từ ngày", "")).await;
    let form = RegistrationForm {
        answers: answers(&[(water, "1.250,5"), (since, "2019-12-21")]),
        ..delegate(1)
    };
    kit.register("w", &form).await;
    for (lang, said) in [(Lang::Vi, "1250,5"), (Lang::En, "1250.5")] {
        let query = service::PeopleQuery::default();
        let csv = service::ExportFormat::Csv;
        let file = kit
            .services
            .export_people(&ORGANIZER, "w", &query, csv, lang);
        let text = String::from_utf8(file.await.unwrap().content).unwrap();
        assert!(text.contains(said) && text.contains("21/12/2019"), "{text}");
    }
}

async fn what_was_answered_is_not_lost(kit: &Kit) {
    kit.workshop("w", 5).await;
    let ride = add(kit, &ask("several", "Đi xe chung?", "Đi\nVề\nCả hai")).await;
    let unasked = add(kit, &ask("text", "Ghi chú", "")).await;
    let form = RegistrationForm {
        answers: Answers::from([(ride, vec!["2".to_owned(), "1".to_owned()])]),
        ..delegate(1)
    };
    kit.register("w", &form).await;
    let services = &kit.services;
    let revise =
        async |form: &QuestionForm| services.revise_question(&ORGANIZER, "w", ride, form).await;
    is_problem(
        revise(&ask("text", "Đi xe chung?", "")).await,
        "question_kind",
    );
    // One goes and one comes: as many lines, and every answer another.
    for moved in ["Về\nCả hai\nKhông", "Đi\nLúc về\nCả hai", "Đi\nKhông"] {
        let moved = revise(&ask("several", "Đi xe?", moved)).await;
        is_problem(moved, "choices_vi");
    }
    // Nobody chose the third.
    revise(&ask("several", "Đi xe?", "ĐI\nVề.\nKhông"))
        .await
        .unwrap();
    let (_, questions) = services.questions(&ORGANIZER, "w").await.unwrap();
    let spoken = |one: &QuestionView| one.spoken("1,2", Lang::Vi);
    assert_eq!(spoken(&questions[0]), "ĐI; Về.");
    for id in [ride, unasked] {
        services.remove_question(&ORGANIZER, "w", id).await.unwrap();
    }
    let again = services.remove_question(&ORGANIZER, "w", ride).await;
    assert!(matches!(again, Err(Failure::NotFound)));
    let rows = kit.all(question::Entity).await;
    assert_eq!(rows.len(), 1, "what nobody answered is gone");
    assert_eq!(kit.count(answer::Entity).await, 1);
}

async fn a_copy_asks_the_same(kit: &Kit) {
    kit.workshop("w", 5).await;
    add(kit, &ask("text", "Ghi chú", "")).await;
    let copy = kit
        .services
        .copy_workshop(&ORGANIZER, "w", "2027-01-07T07:30", false)
        .await
        .unwrap();
    let (_, questions) = kit
        .services
        .questions(&ORGANIZER, &copy.row.slug)
        .await
        .unwrap();
    assert_eq!(questions[0].label(Lang::En), "Ghi chú");
}

async fn only_organisers_ask(kit: &Kit) {
    kit.workshop("w", 5).await;
    let form = ask("text", "Ghi chú", "");
    for role in [domain::AccountRole::Trainer, domain::AccountRole::Door] {
        let actor = Actor::Token { id: 1, role };
        let answer = kit.services.add_question(&actor, "w", &form).await;
        assert!(matches!(answer, Err(Failure::Forbidden)), "{answer:?}");
        let answer = kit.services.answers_of(&actor, "w", 1).await;
        assert!(matches!(answer, Err(Failure::Forbidden)), "{answer:?}");
    }
    for _ in 0..domain::MAX_QUESTIONS {
        add(kit, &form).await;
    }
    let more = kit.services.add_question(&ORGANIZER, "w", &form).await;
    is_problem(more, "label_vi");
}
