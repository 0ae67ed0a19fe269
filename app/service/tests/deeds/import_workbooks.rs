//! Files as spreadsheets write them.

use crate::imports::{FILE, run, upload, upload_named};
use crate::kit::{Kit, ORGANIZER};
use crate::on_both;
use domain::{ImportColumn, ImportField, Lang, Problems, QuestionForm, Reason};
use rust_xlsxwriter::{Format, Workbook};
use sea_orm::EntityTrait;
use service::Fate;
use service::entity::{answer, establishment, person, registration};

on_both!(
    a_workbook_with_a_title_numbers_and_dates_is_registered,
    rows_left_out_are_mended_in_their_workbook_and_brought_again,
);

/// Two merged rows above the headings, phones and tax codes that have lost
/// their zeros, days in three notations and as a spreadsheet counts them.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Format::new();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    for (row, title) in (0..).zip(["TRUNG TÂM KHUYẾN CÔNG", "DANH SÁCH ĐẠI BIỂU"]) {
        sheet.merge_range(row, 0, row, 5, title, &plain).unwrap();
    }
    let headings = [
        "TT",
        "Họ và tên",
        "Đơn vị",
        "MST",
        "Điện thoại",
        "Ngày sinh",
    ];
    for (column, heading) in (0..).zip(headings) {
        sheet.write_string(3, column, heading).unwrap();
    }
    let names = ["Lê An", "Lê Bình", "Lê Chi", "Lê Dung", "Lê Em"];
    let phones = [
        950_000_001.0,
        1_201_234_567.0,
        2_753_822_123.0,
        950_000_004.0,
        123.0,
    ];
    for (at, (name, phone)) in names.into_iter().zip(phones).enumerate() {
        let row = u32::try_from(at).unwrap() + 4;
        sheet.write_number(row, 0, f64::from(row - 3)).unwrap();
        sheet.write_string(row, 1, name).unwrap();
        sheet.write_string(row, 2, "Năm Lúa").unwrap();
        sheet.write_number(row, 3, 100_047_516.0).unwrap();
        sheet.write_number(row, 4, phone).unwrap();
    }
    sheet
        .write_number_with_format(4, 5, 29_254.0, &day)
        .unwrap();
    for (row, day) in (5..).zip(["3/2/1980", "03-02-1980", "03.02.1980"]) {
        sheet.write_string(row, 5, day).unwrap();
    }
    book.save_to_buffer().unwrap()
}

async fn a_workbook_with_a_title_numbers_and_dates_is_registered(kit: &Kit) {
    kit.workshop("w", 20).await;
    let form = QuestionForm {
        kind: "date".to_owned(),
        label_vi: "Ngày sinh".to_owned(),
        ..QuestionForm::default()
    };
    kit.services
        .add_question(&ORGANIZER, "w", &form)
        .await
        .unwrap();
    let id = upload_named(kit, "w", "danh sách.xlsx", &workbook())
        .await
        .unwrap();
    let page = kit.services.import_page(&ORGANIZER, "w", id).await.unwrap();
    assert_eq!(page.headings[1], "Họ và tên");
    assert_eq!(
        page.columns[3],
        Some(ImportColumn::Field(ImportField::TaxCode))
    );
    let fates: Vec<_> = page
        .rows
        .iter()
        .map(|row| (row.number, row.fate.clone()))
        .collect();
    let wrong = Fate::Wrong(Problems::one("phone", Reason::NotAPhone));
    assert_eq!(
        fates[3],
        (8, Fate::New),
        "the number that the spreadsheet shows"
    );
    assert_eq!(fates[4], (9, wrong));
    run(kit, id, false).await;
    let phones: Vec<_> = kit
        .all(person::Entity)
        .await
        .into_iter()
        .map(|row| row.phone.unwrap())
        .collect();
    assert_eq!(
        phones,
        [
            "+84950000001",
            "+84701234567",
            "+842753822123",
            "+84950000004"
        ]
    );
    let days = kit.all(answer::Entity).await;
    assert_eq!(days.len(), 4);
    assert!(days.iter().all(|row| row.value == "1980-02-03"), "{days:?}");
    let firm = establishment::Entity::find()
        .one(kit.services.db().read())
        .await;
    assert_eq!(
        firm.unwrap().unwrap().tax_code.as_deref(),
        Some("0100047516")
    );
}

async fn rows_left_out_are_mended_in_their_workbook_and_brought_again(kit: &Kit) {
    kit.workshop("w", 20).await;
    let id = upload(kit, "w", FILE.as_bytes()).await.unwrap();
    run(kit, id, false).await;
    let left_out = kit.services.rejected_rows(&ORGANIZER, "w", id, Lang::Vi);
    let left_out = left_out.await.unwrap();
    let again = upload_named(kit, "w", &left_out.name, &left_out.content)
        .await
        .unwrap();
    let page = kit
        .services
        .import_page(&ORGANIZER, "w", again)
        .await
        .unwrap();
    assert_eq!(page.count(Fate::is_wrong), 1, "as it was");
    // Mended: the same workbook with a name, a phone and no address.
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip([&page.headings, &page.rows[0].cells]) {
        for (column, cell) in (0..).zip(cells) {
            let mended = match cell.as_str() {
                "12" => "Lê Muộn",
                "123" => "0950 000 012",
                "x" => "",
                cell => cell,
            };
            sheet.write_string(row, column, mended).unwrap();
        }
    }
    let mended = book.save_to_buffer().unwrap();
    let mended = upload_named(kit, "w", "sửa.xlsx", &mended).await.unwrap();
    run(kit, mended, false).await;
    assert_eq!(kit.count(registration::Entity).await, 4);
}
