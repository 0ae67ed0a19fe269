//! Files that answer what a workshop asks beside the usual fields, and files
//! that are damaged.

use crate::kit::{Kit, ORGANIZER};
use crate::on_both;
use bytes::Bytes;
use calamine::{Reader, Xlsx};
use domain::{ImportColumn, Lang, Problems, QuestionForm, Reason};
use futures::stream;
use service::Fate;
use service::entity::{answer, import};

on_both!(
    a_file_answers_the_questions_of_its_workshop,
    columns_of_questions_are_remembered_for_the_same_question,
    a_broken_byte_is_a_problem_of_its_row,
    a_cell_of_a_workbook_means_the_number_that_it_is,
);

async fn ask(kit: &Kit, slug: &str, kind: &str, vi: &str, choices: &str) -> i64 {
    let form = QuestionForm {
        kind: kind.to_owned(),
        label_vi: vi.to_owned(),
        label_en: format!("In English: {vi}"),
        choices_vi: choices.to_owned(),
        required: true,
        ..QuestionForm::default()
    };
    let added = kit.services.add_question(&ORGANIZER, slug, &form);
    added.await.unwrap();
    let (_, questions) = kit.services.questions(&ORGANIZER, slug).await.unwrap();
    questions.last().unwrap().row.id
}

async fn upload(kit: &Kit, slug: &str, content: &[u8]) -> i64 {
    let content = Bytes::copy_from_slice(content);
    let parts = stream::iter([Ok::<_, std::io::Error>(content)]);
    let upload = kit
        .services
        .upload_import(&ORGANIZER, slug, "danh sách.csv", parts);
    upload.await.unwrap()
}

async fn answers(kit: &Kit) -> Vec<(i64, String)> {
    let mut rows = kit.all(answer::Entity).await;
    rows.sort_by_key(|row| (row.registration_id, row.question_id));
    rows.into_iter()
        .map(|row| (row.question_id, row.value))
        .collect()
}

async fn a_file_answers_the_questions_of_its_workshop(kit: &Kit) {
    kit.workshop("w", 10).await;
    let meal = ask(kit, "w", "several", "Bữa ăn?", "Chay\nMặn").await;
    let born = ask(kit, "w", "date", "Ngày sinh", "").await;
    let file = "Họ và tên,Đơn vị,BỮA ĂN,In English: Ngày sinh\n\
        Lê An,Năm Lúa,mặn; chay,3/2/1980\n\
        Lê Bình,Năm Lúa,2,03.02.1981\n\
        Lê Chi,Năm Lúa,Trứng,31/02/1980\n\
        Lê Dung,Năm Lúa,,\n";
    let id = upload(kit, "w", file.as_bytes()).await;
    let page = kit.services.import_page(&ORGANIZER, "w", id).await.unwrap();
    let asked = [meal, born].map(|id| Some(ImportColumn::Answer(id)));
    assert_eq!(page.columns[2..], asked);
    let mut wrong = Problems::one(format!("answers.{meal}"), Reason::NotAChoice);
    wrong.add(format!("answers.{born}"), Reason::NotADay);
    let fates: Vec<_> = page.rows.into_iter().map(|row| row.fate).collect();
    assert_eq!(fates, [Fate::New, Fate::New, Fate::Wrong(wrong), Fate::New]);
    let rejected = kit
        .services
        .rejected_rows(&ORGANIZER, "w", id, Lang::Vi)
        .await;
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(rejected.unwrap().content)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let why = range.get_value((1, 4)).unwrap().to_string();
    assert!(
        why.contains("Bữa ăn?: ") && why.contains("Ngày sinh: "),
        "{why}"
    );
    let confirmed = kit.services.confirm_import(&ORGANIZER, "w", id, false);
    confirmed.await.unwrap();
    kit.services.run_imports().await.unwrap();
    assert_eq!(kit.all(import::Entity).await[0].made, 3);
    let kept = [
        (meal, "1,2"),
        (born, "1980-02-03"),
        (meal, "2"),
        (born, "1981-02-03"),
    ];
    assert_eq!(
        answers(kit).await,
        kept.map(|(id, value)| (id, value.to_owned()))
    );
    kit.services.undo_import(&ORGANIZER, "w", id).await.unwrap();
    assert!(answers(kit).await.is_empty());
}

async fn columns_of_questions_are_remembered_for_the_same_question(kit: &Kit) {
    kit.workshop("w", 10).await;
    kit.workshop("v", 10).await;
    let here = ask(kit, "w", "text", "Ăn chay?", "").await;
    let there = ask(kit, "v", "text", "Ăn chay?", "").await;
    let file = "Họ tên,Đơn vị,Chế độ ăn\nLê An,Năm Lúa,có\n".as_bytes();
    let id = upload(kit, "w", file).await;
    let columns = |kit: &Kit, slug: &'static str, id: i64| {
        let services = kit.services.clone();
        async move {
            services
                .import_page(&ORGANIZER, slug, id)
                .await
                .unwrap()
                .columns
        }
    };
    let mut chosen = columns(kit, "w", id).await;
    assert_eq!(chosen[2], None);
    chosen[2] = Some(ImportColumn::Answer(here));
    let set = kit
        .services
        .set_import_columns(&ORGANIZER, "w", id, &chosen);
    set.await.unwrap();
    assert_eq!(columns(kit, "w", id).await, chosen);
    let id = upload(kit, "v", file).await;
    assert_eq!(
        columns(kit, "v", id).await[2],
        Some(ImportColumn::Answer(there))
    );
    // A question of another workshop is nothing here.
    chosen[2] = Some(ImportColumn::Answer(here));
    let set = kit
        .services
        .set_import_columns(&ORGANIZER, "v", id, &chosen);
    set.await.unwrap();
    assert_eq!(columns(kit, "v", id).await[2], None);
}

async fn a_broken_byte_is_a_problem_of_its_row(kit: &Kit) {
    kit.workshop("w", 10).await;
    let mut file = "Họ và tên,Đơn vị\nLê An,Năm Lúa\nLê Bình,Năm Lúa\n"
        .as_bytes()
        .to_vec();
    let last = file.iter().rposition(|byte| *byte == b'B').unwrap();
    file[last] = 0xFF;
    let id = upload(kit, "w", &file).await;
    let page = kit.services.import_page(&ORGANIZER, "w", id).await.unwrap();
    let fates: Vec<_> = page.rows.into_iter().map(|row| row.fate).collect();
    let wrong = Problems::one("full_name", Reason::DamagedName);
    assert_eq!(fates, [Fate::New, Fate::Wrong(wrong)]);
}

async fn a_cell_of_a_workbook_means_the_number_that_it_is(kit: &Kit) {
    kit.workshop("w", 10).await;
    let number = ask(kit, "w", "number", "Sản lượng", "").await;
    let text = ask(kit, "w", "text", "Ghi chú riêng", "").await;
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let headings = ["Họ và tên", "Đơn vị", "Sản lượng", "Ghi chú riêng"];
    for (column, heading) in (0..).zip(headings) {
        sheet.write_string(0, column, heading).unwrap();
    }
    for (row, of) in (1..).zip([1.234, 0.1 + 0.2]) {
        let name = if row == 1 { "Lê An" } else { "Lê Bình" };
        sheet.write_string(row, 0, name).unwrap();
        sheet.write_string(row, 1, "Năm Lúa").unwrap();
        sheet.write_number(row, 2, of).unwrap();
        sheet.write_number(row, 3, of).unwrap();
    }
    // Typed, a point with three digits behind it sets thousands apart.
    for (column, cell) in (0..).zip(["Lê Chi", "Năm Lúa", "1.234", "1.234"]) {
        sheet.write_string(3, column, cell).unwrap();
    }
    let id = upload(kit, "w", &book.save_to_buffer().unwrap()).await;
    let confirmed = kit.services.confirm_import(&ORGANIZER, "w", id, false);
    confirmed.await.unwrap();
    kit.services.run_imports().await.unwrap();
    let kept = [
        (number, "1.2340"),
        (text, "1.234"),
        (number, "0.3"),
        (text, "0.3"),
        (number, "1234"),
        (text, "1.234"),
    ];
    let kept = kept.map(|(id, value)| (id, value.to_owned()));
    assert_eq!(answers(kit).await, kept);
}
