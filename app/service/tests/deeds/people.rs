//! The list of a workshop's people: found, narrowed, counted, paged and taken
//! away as a file.

use crate::kit::{Kit, ORGANIZER, delegate, deliver, named, number, walk_in};
use crate::on_both;
use calamine::{Data, Reader, Xlsx};
use domain::{
    Coded, ContactFilter, DelegateRole, Lang, PeopleFilter, RegistrationSource, RegistrationState,
    list_separator,
};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use service::entity::{Code, audit, consent, outbox, person, registration};
use service::{ExportFormat, People, PeopleQuery, ScanRequest};

on_both!(
    names_are_found_without_accents_and_exact_ones_come_first,
    codes_phones_and_establishments_are_found,
    the_parts_are_those_of_the_domain,
    filters_narrow_the_list,
    the_file_has_exactly_those_seen_and_no_formulas,
    a_large_list_is_paged_by_the_database,
);

async fn people(kit: &Kit, query: PeopleQuery) -> People {
    let found = kit.services.people(&ORGANIZER, "w", &query, 1);
    found.await.unwrap()
}

async fn names(kit: &Kit, query: PeopleQuery) -> Vec<String> {
    let found = people(kit, query).await.rows;
    found.into_iter().map(|row| row.full_name).collect()
}

fn typed(typed: &str) -> PeopleQuery {
    PeopleQuery {
        typed: typed.to_owned(),
        ..PeopleQuery::default()
    }
}

fn part(part: PeopleFilter) -> PeopleQuery {
    PeopleQuery {
        part: Some(part),
        ..PeopleQuery::default()
    }
}

async fn names_are_found_without_accents_and_exact_ones_come_first(kit: &Kit) {
    kit.workshop("w", 10).await;
    for (n, name) in [
        "Lê Văn Dũng",
        "Trần Thị Dung",
        "Đỗ An",
        "Lê Đức Ân",
        "Võ Ánh",
    ]
    .iter()
    .enumerate()
    {
        kit.register("w", &named(name, &format!("095000000{n}")))
            .await;
    }
    // By given name, in the order of the letters: a before â, tones last.
    assert_eq!(
        names(kit, PeopleQuery::default()).await,
        [
            "Đỗ An",
            "Võ Ánh",
            "Lê Đức Ân",
            "Trần Thị Dung",
            "Lê Văn Dũng"
        ]
    );
    assert_eq!(
        names(kit, typed("dung")).await,
        ["Trần Thị Dung", "Lê Văn Dũng"]
    );
    assert_eq!(
        names(kit, typed("DŨNG")).await,
        ["Lê Văn Dũng", "Trần Thị Dung"]
    );
    assert_eq!(names(kit, typed("le duc")).await, ["Lê Đức Ân"]);
    // Who has the words in the name stands before who has them elsewhere.
    assert_eq!(names(kit, typed("an")).await[0], "Đỗ An");
    assert_eq!(names(kit, typed("anh")).await[0], "Võ Ánh");
    assert_eq!(names(kit, typed("%")).await, [""; 0]);
    let none = people(kit, typed("khong co")).await;
    assert_eq!((none.found, none.pages, none.nobody), (0, 1, false));
    kit.workshop("empty", 10).await;
    let sought = typed("x");
    let empty = kit.services.people(&ORGANIZER, "empty", &sought, 9);
    let empty = empty.await.unwrap();
    assert_eq!((empty.nobody, empty.page), (true, 1));
}

async fn codes_phones_and_establishments_are_found(kit: &Kit) {
    kit.workshop("w", 10).await;
    let one = kit.register("w", &named("Lê An", "0950 123 456")).await;
    let mut other = named("Lê Bình", "0951 777 888");
    other.establishment = "Hợp tác xã Lá Biếc".to_owned();
    kit.register("w", &other).await;
    let code = domain::TicketCode::spaced(&one.code).to_lowercase();
    for (asked, found) in [
        (code.as_str(), "Lê An"),
        ("0950123", "Lê An"),
        ("+84 951", "Lê Bình"),
        ("777 888", "Lê Bình"),
        ("la biec", "Lê Bình"),
        ("binh bIẾc", "Lê Bình"),
    ] {
        assert_eq!(names(kit, typed(asked)).await, [found], "{asked}");
    }
}

/// Every part as the database finds it, against the rule of the domain.
async fn the_parts_are_those_of_the_domain(kit: &Kit) {
    kit.workshop("w", 100).await;
    let mut n = 0;
    for source in RegistrationSource::ALL.iter().copied() {
        for state in RegistrationState::ALL.iter().copied() {
            for came in [false, true] {
                n += 1;
                let one = kit.register("w", &delegate(n)).await;
                if came {
                    check_in(kit, &one.code).await;
                }
                registration::Entity::update_many()
                    .col_expr(registration::Column::Source, Expr::value(Code(source)))
                    .col_expr(registration::Column::State, Expr::value(Code(state)))
                    .filter(registration::Column::Id.eq(one.id))
                    .exec(kit.services.db().read())
                    .await
                    .unwrap();
            }
        }
    }
    let all = people(kit, PeopleQuery::default()).await;
    assert_eq!(all.found, 112, "seven sources, eight states, come or not");
    let mut everybody = all.rows;
    for number in 2..=all.pages {
        everybody.extend(page(kit, number).await);
    }
    for filter in PeopleFilter::ALL.iter().copied() {
        let expected = number(&everybody, |row| {
            filter.holds(row.source, row.state, row.attended_at.is_some())
        });
        let found = people(kit, part(filter)).await;
        let counted = all.parts.iter().find(|(part, _)| *part == filter);
        let counted = counted.map(|(_, number)| *number);
        assert_eq!(counted, Some(expected as u64), "{filter}");
        assert_eq!(found.shown, expected as u64, "{filter}");
        let holds = |row: &service::PersonRow| {
            filter.holds(row.source, row.state, row.attended_at.is_some())
        };
        assert_eq!(number(&found.rows, holds), expected.min(50), "{filter}");
    }
}

async fn page(kit: &Kit, number: u64) -> Vec<service::PersonRow> {
    let all = PeopleQuery::default();
    let page = kit.services.people(&ORGANIZER, "w", &all, number);
    page.await.unwrap().rows
}

async fn check_in(kit: &Kit, code: &str) {
    let session = kit.services.door(&ORGANIZER, "w").await.unwrap().session.id;
    let scan = ScanRequest {
        code: code.to_owned(),
        session,
        nonce: code.to_owned(),
        at: None,
    };
    kit.services.check_in(&ORGANIZER, "w", &scan).await.unwrap();
}

async fn filters_narrow_the_list(kit: &Kit) {
    kit.workshop("w", 10).await;
    let mut owner = named("Lê An", "0950000001");
    owner.role = "owner".to_owned();
    kit.register("w", &owner).await;
    let bounced = kit.register("w", &named("Lê Bình", "0950000002")).await;
    kit.register("w", &named("Lê Chi", "0950000003")).await;
    let guest = walk_in("Lê Dung");
    kit.services
        .walk_in(&ORGANIZER, "w", &guest, true)
        .await
        .unwrap();
    let asked = |query: PeopleQuery| names(kit, query);
    let of_role = PeopleQuery {
        role: Some(DelegateRole::Owner),
        ..PeopleQuery::default()
    };
    assert_eq!(asked(of_role).await, ["Lê An"]);
    let of_source = PeopleQuery {
        source: Some(RegistrationSource::WalkIn),
        ..PeopleQuery::default()
    };
    assert_eq!(asked(of_source).await, ["Lê Dung"]);
    consent::Entity::delete_many()
        .filter(consent::Column::RegistrationId.eq(bounced.id))
        .exec(kit.services.db().read())
        .await
        .unwrap();
    let pending = PeopleQuery {
        consent_pending: true,
        ..PeopleQuery::default()
    };
    assert_eq!(asked(pending).await, ["Lê Bình"]);
    let contact = |contact| PeopleQuery {
        contact: Some(contact),
        ..PeopleQuery::default()
    };
    assert_eq!(asked(contact(ContactFilter::ToCall)).await, ["Lê Dung"]);
    assert_eq!(asked(contact(ContactFilter::None)).await, ["Lê Dung"]);
    // A mail that came back makes an address useless until one is taken.
    fail_mail(kit, bounced.id).await;
    assert_eq!(
        asked(contact(ContactFilter::ToCall)).await,
        ["Lê Bình", "Lê Dung"]
    );
    assert_eq!(asked(contact(ContactFilter::None)).await, ["Lê Dung"]);
}

/// All mail leaves, but the one to somebody is refused for good.
async fn fail_mail(kit: &Kit, registration_id: i64) {
    deliver(&kit.services).await;
    outbox::Entity::update_many()
        .col_expr(
            outbox::Column::State,
            Expr::value(Code(domain::DeliveryState::Failed)),
        )
        .col_expr(
            outbox::Column::Failure,
            Expr::value(Code(domain::MailFailure::Mailbox)),
        )
        .filter(outbox::Column::RegistrationId.eq(registration_id))
        .exec(kit.services.db().read())
        .await
        .unwrap();
}

async fn the_file_has_exactly_those_seen_and_no_formulas(kit: &Kit) {
    kit.workshop("w", 2).await;
    let mut form = named("Lê An", "0950000001");
    form.establishment = "=HYPERLINK(\"http://x\")".to_owned();
    kit.register("w", &form).await;
    for (name, phone) in [("Lê Bình", "0950000002"), ("Lê Chi", "0950000003")] {
        kit.register("w", &named(name, phone)).await;
    }
    let booked = part(PeopleFilter::Booked);
    let export = async |query: &PeopleQuery, format| {
        let file = kit
            .services
            .export_people(&ORGANIZER, "w", query, format, Lang::Vi);
        file.await.unwrap()
    };
    let file = export(&booked, ExportFormat::Csv).await;
    assert_eq!(file.name, "dai-bieu-w.csv");
    let text = String::from_utf8(file.content).unwrap();
    let text = text.strip_prefix('\u{FEFF}').unwrap();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(list_separator(Lang::Vi))
        .from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2, "those without a seat are not seen");
    assert_eq!(&rows[0][0], "Lê An");
    assert_eq!(&rows[0][2], "'=HYPERLINK(\"http://x\")");
    assert_eq!(&rows[0][4], "0950 000 001", "its zero stands");
    let file = export(&typed("hyperlink"), ExportFormat::Xlsx).await;
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(file.content)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    assert_eq!(range.height(), 2);
    let cell = range.get_value((1, 2)).unwrap();
    assert_eq!(cell, &Data::String("=HYPERLINK(\"http://x\")".to_owned()));
    let phone = range.get_value((1, 4)).unwrap();
    assert_eq!(phone, &Data::String("0950 000 001".to_owned()));
    let formulas = book.worksheet_formula("Sheet1").unwrap();
    assert!(formulas.cells().all(|(_, _, formula)| formula.is_empty()));
    let lines = kit.all(audit::Entity).await;
    let noted: Vec<_> = lines
        .iter()
        .filter(|line| line.deed == "export_people")
        .map(|line| line.after.clone().unwrap())
        .collect();
    assert!(noted[0].contains(r#""part":"booked""#) && noted[0].contains(r#""people":2"#));
    assert!(noted[1].contains(r#""searched":true"#) && !noted[1].contains("hyperlink"));
}

/// How many statements a page of the list takes.
async fn reads(kit: &Kit) -> u64 {
    let before = kit.services.db().reads();
    people(kit, PeopleQuery::default()).await;
    kit.services.db().reads() - before
}

/// Fifty thousand people: a page has fifty rows however many there are, in
/// order, by as many statements as one person takes, and the counts agree.
async fn a_large_list_is_paged_by_the_database(kit: &Kit) {
    const MANY: u64 = 50_000;
    let view = kit.workshop("w", 5).await;
    let one = kit.register("w", &delegate(1)).await;
    let place = kit.all(person::Entity).await[0].establishment_id;
    let few = reads(kit).await;
    let db = kit.services.db().read();
    // Rows made of numbers by the database itself.
    let numbers =
        format!("WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < {MANY})");
    let false_is = if db.get_database_backend() == sea_orm::DbBackend::Sqlite {
        "0"
    } else {
        "false"
    };
    db.execute_unprepared(&format!(
        "{numbers} INSERT INTO person (full_name, folded, lowered, sort_key, establishment_id, is_demo, created_at)
         SELECT 'Người ' || i, 'nguoi ' || i, 'người ' || i, 'k' || (100000 + i), {place}, {false_is}, '2026-11-01T00:00:00Z' FROM n"
    ))
    .await
    .unwrap();
    let insert = format!(
        "INSERT INTO registration (workshop_id, person_id, establishment_id, locality_name, role, state, source, code, lang, created_at, state_at)
         SELECT {}, id, {place}, '', 'owner', 'waitlisted', 'online', 'c' || id, 'vi', '2026-11-01T00:00:00Z', '2026-11-01T00:00:00Z'
         FROM person WHERE full_name LIKE 'Người %'",
        view.row.id
    );
    db.execute_unprepared(&insert).await.unwrap();
    assert!(few > 0);
    assert_eq!(reads(kit).await, few);
    let first = people(kit, PeopleQuery::default()).await;
    assert_eq!(
        (first.found, first.pages, first.rows.len()),
        (MANY, 1000, 50)
    );
    let waiting = first
        .parts
        .iter()
        .find(|(part, _)| *part == PeopleFilter::Waitlisted);
    assert_eq!(waiting.unwrap().1, MANY - 1);
    let waits = part(PeopleFilter::Waitlisted);
    let last = kit.services.people(&ORGANIZER, "w", &waits, 9999);
    let last = last.await.unwrap();
    assert_eq!((last.page, last.pages, last.rows.len()), (1000, 1000, 49));
    assert_eq!(last.rows[48].full_name, format!("Người {MANY}"));
    let found = people(kit, typed("nguoi 4321")).await;
    // 4321, 14321 to 44321, and 43210 to 43219.
    assert_eq!((found.found, found.rows.len()), (15, 15));
    assert!(names(kit, typed(&one.code)).await.len() == 1);
}
