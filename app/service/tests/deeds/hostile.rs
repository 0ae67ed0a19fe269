//! What is typed is text and nothing else, wherever it comes in and wherever it
//! comes out.

use crate::imports::{run, upload};
use crate::kit::{
    Kit, ORGANIZER, invited, link_of, mails, named, nominating, nomination, nominee_row, party,
    send_party,
};
use crate::on_both;
use domain::{Lang, harmless, normalise};
use service::entity::{establishment, invitation, party as groups, person, registration};
use service::{ExportFormat, PeopleQuery};

on_both!(
    what_one_person_types_is_text,
    what_a_colleague_types_is_text,
    what_an_establishment_answers_is_text,
    what_a_file_has_is_text,
);

/// Text for templates of many kinds, for browsers, databases and spreadsheets,
/// and marks that turn text around.
const HOSTILE: [&str; 7] = [
    "{{7*7}} {% x %} <%= 7*7 %>",
    "{ $name } { -brand } { \"x\" }",
    "${7*7} #{7*7} %s %n $(id)",
    "<script>alert(1)</script>&amp;\"'",
    "'; DROP TABLE person; --",
    "a\u{61C}b\u{202e}c\u{2066}d",
    "=HYPERLINK(\"http://x\")",
];

/// What a mail must say: the text as it is, escaped where that is HTML.
fn says(mail: &service::entity::outbox::Model, text: &str) -> bool {
    let escaped = |c: char| matches!(c, '<' | '>' | '&' | '"' | '\'');
    let html = text
        .split(escaped)
        .all(|part| mail.body_html.contains(part));
    let raw = text.contains('<') && mail.body_html.contains(text);
    mail.body_text.contains(text) && html && !raw
}

async fn exported(kit: &Kit) -> Vec<String> {
    let query = PeopleQuery::default();
    let (slug, csv) = ("w", ExportFormat::Csv);
    let file = kit
        .services
        .export_people(&ORGANIZER, slug, &query, csv, Lang::Vi);
    let text = String::from_utf8(file.await.unwrap().content).unwrap();
    let text = text.strip_prefix('\u{FEFF}').unwrap();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(domain::list_separator(Lang::Vi))
        .from_reader(text.as_bytes());
    let rows = reader.records().map(Result::unwrap);
    rows.flat_map(|row| row.iter().map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

async fn what_one_person_types_is_text(kit: &Kit) {
    kit.workshop("w", 50).await;
    for (n, typed) in HOSTILE.into_iter().enumerate() {
        let text = normalise(typed);
        let mut form = named(typed, &format!("09500001{n:02}"));
        form.email = format!("so{n}@example.com");
        form.establishment = format!("CSSX {typed}");
        form.locality = typed.to_owned();
        let one = kit.register("w", &form).await;
        let ticket = kit.services.ticket(&kit.ticket(&one)).await.unwrap();
        assert_eq!(ticket.full_name, text);
        let row = kit.all(registration::Entity).await.pop().unwrap();
        assert_eq!(row.locality_name, text);
        let place = kit.all(establishment::Entity).await.pop().unwrap();
        assert_eq!(place.name, normalise(&form.establishment));
        let mail = mails(kit).await.pop().unwrap();
        assert_eq!(mail.to_name, text);
        assert!(says(&mail, &text), "{text}: {}", mail.body_html);
        let cells = exported(kit).await;
        assert!(cells.contains(&harmless(&text).into_owned()), "{cells:?}");
    }
    assert_eq!(kit.count(person::Entity).await, HOSTILE.len() as u64);
    for turned in ['\u{61C}', '\u{202e}', '\u{2066}'] {
        let people = format!("{:?}", kit.all(person::Entity).await);
        assert!(!people.contains(turned));
    }
}

async fn what_a_colleague_types_is_text(kit: &Kit) {
    kit.workshop("w", 50).await;
    for (n, typed) in HOSTILE.into_iter().enumerate() {
        let mut form = party(&[typed, &format!("Lê {typed}")]);
        form.contact_name = typed.to_owned();
        form.contact_phone = format!("09500002{n:02}");
        form.establishment = format!("HTX {typed}");
        let token = send_party(kit, "w", &form).await;
        let page = kit.services.party(&token).await.unwrap();
        let text = normalise(typed);
        assert_eq!((&page.contact_name, page.members.len()), (&text, 2));
        assert_eq!(page.members[0].full_name, text);
        let group = kit.all(groups::Entity).await.pop().unwrap();
        assert_eq!(group.contact_name, text);
        let mail = mails(kit).await.pop().unwrap();
        assert!(says(&mail, &text), "{text}: {}", mail.body_html);
    }
}

async fn what_an_establishment_answers_is_text(kit: &Kit) {
    let (id, link) = invited(kit, 50, 20).await;
    let services = &kit.services;
    for typed in HOSTILE {
        let text = normalise(typed);
        services.decline_invitation(&link, typed).await.unwrap();
        assert_eq!(nomination(kit, &link).await.decline_reason, text);
    }
    for typed in HOSTILE {
        let text = normalise(typed);
        let mut form = nominating(&[typed]);
        form.contact_name = typed.to_owned();
        services.nominate(&link, &form, Lang::Vi).await.unwrap();
        let page = nomination(kit, &link).await;
        assert_eq!(page.contact_name, text);
        assert!(page.nominees.iter().any(|one| one.full_name == text));
        let letter = services.invitation_page(&ORGANIZER, "w", id).await.unwrap();
        assert_eq!(letter.letter.contact_name, text);
        assert!(letter.letter.zalo.contains(&text), "{}", letter.letter.zalo);
        let nominee = page.nominees.iter().find(|one| one.full_name == text);
        let row = nominee_row(&format!("Võ {typed}"));
        let changed = services.change_nominee(&link, nominee.unwrap().id, &row, Lang::Vi);
        changed.await.unwrap();
    }
    assert_eq!(link_of(kit, "w", id).await, link);
    assert_eq!(kit.all(invitation::Entity).await.len(), 1);
}

async fn what_a_file_has_is_text(kit: &Kit) {
    kit.workshop("w", 50).await;
    let mut file = csv::Writer::from_writer(Vec::new());
    file.write_record(["Họ và tên", "Đơn vị", "SĐT"]).unwrap();
    for (n, typed) in HOSTILE.into_iter().enumerate() {
        let phone = format!("09500003{n:02}");
        file.write_record([typed, &format!("CSSX {typed}"), &phone])
            .unwrap();
    }
    let id = upload(kit, "w", &file.into_inner().unwrap()).await.unwrap();
    run(kit, id, false).await;
    let people = kit.all(person::Entity).await;
    let cells = exported(kit).await;
    for typed in HOSTILE {
        let text = normalise(typed);
        assert!(people.iter().any(|one| one.full_name == text), "{text}");
        assert!(cells.contains(&harmless(&text).into_owned()), "{cells:?}");
    }
}
