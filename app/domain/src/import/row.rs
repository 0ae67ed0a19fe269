//! What becomes of one row.

use super::cell::{phone_in_file, tax_code_in_file};
use super::{ImportColumn, ImportField, ImportQuestion};
use crate::registration_form::person_name;
use crate::typed::optional_line;
use crate::{
    Coded, Consents, DelegateRole, Email, NewRegistration, Phone, Problems, Reason, TaxCode,
    establishment_name, fold, normalise,
};

/// What of a row is written down as something else than what stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportNote {
    /// The post means no role that is known: somebody of another one.
    OtherRole,
    /// The phone has eleven digits from before 2018, and became this one.
    NewNumber(Phone),
}

impl ImportNote {
    /// The column of which it speaks.
    #[must_use]
    pub fn field(&self) -> ImportField {
        match self {
            Self::OtherRole => ImportField::Role,
            Self::NewNumber(_) => ImportField::Phone,
        }
    }
}

/// One row as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportRow {
    /// Nothing stands in the columns that are read.
    Blank,
    /// Somebody, well formed.
    Person(Box<ImportedPerson>),
    /// Somebody, with all that is wrong.
    Wrong(Problems),
}

/// Somebody of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedPerson {
    /// Who, from where.
    pub new: NewRegistration,
    /// The tax code of the establishment, with the check digit it must have.
    pub tax_code: Option<TaxCode>,
    /// The answers as they are kept, by question.
    pub answers: Vec<(i64, String)>,
    /// What is not taken from the row although it is registered.
    pub left_out: Problems,
    /// What of the row is read as something else.
    pub notes: Vec<ImportNote>,
}

/// What stands for a letter that could not be read.
const UNREADABLE: char = '\u{FFFD}';

/// The columns in which names stand.
const NAMES: [ImportField; 3] = [
    ImportField::FullName,
    ImportField::Establishment,
    ImportField::Locality,
];

/// Whether letters of a cell are lost: plain CSV writes `?` for each letter
/// that the code page of the computer lacks. A question mark on its own, or one
/// at the end, may be meant, but not in somebody's name.
fn is_damaged(column: ImportColumn, cell: &str) -> bool {
    if cell.contains(UNREADABLE) {
        return true;
    }
    let ImportColumn::Field(field) = column else {
        return false;
    };
    match field {
        ImportField::FullName => cell.contains('?'),
        field if NAMES.contains(&field) => {
            let cell = cell.trim_end();
            let cell = cell.strip_suffix('?').unwrap_or(cell);
            let mut words = cell.split_whitespace().filter(|word| word.contains('?'));
            words.any(|word| word.chars().any(char::is_alphabetic))
        }
        _ => false,
    }
}

/// Reads one row by its columns. A name and an establishment are needed. The
/// role is recognised from Vietnamese or English words; consent is the
/// person's own to give, and pending. A tax code that is none, or has another
/// check digit, is left out. A column of a question that is not among
/// these is not read.
#[must_use]
pub fn read_row(
    cells: &[String],
    columns: &[Option<ImportColumn>],
    questions: &[ImportQuestion],
) -> ImportRow {
    let of = |column: ImportColumn| {
        let at = columns.iter().position(|one| *one == Some(column));
        let cell = at.and_then(|at| cells.get(at));
        cell.map_or("", String::as_str)
    };
    let cell = |field| of(ImportColumn::Field(field));
    let answer = |question: &ImportQuestion| of(ImportColumn::Answer(question.asked.id));
    let fields = ImportField::ALL.iter().copied().map(ImportColumn::Field);
    let asked = questions
        .iter()
        .map(|one| ImportColumn::Answer(one.asked.id));
    let read: Vec<ImportColumn> = fields.chain(asked).collect();
    if read.iter().all(|column| normalise(of(*column)).is_empty()) {
        return ImportRow::Blank;
    }
    let needed = |column: &&ImportColumn| **column != ImportColumn::Field(ImportField::TaxCode);
    let broken = read
        .iter()
        .filter(needed)
        .filter(|column| is_damaged(**column, of(**column)));
    let broken: Vec<ImportColumn> = broken.copied().collect();
    let mut problems = Problems::default();
    let full_name = problems.take("full_name", person_name(cell(ImportField::FullName)));
    let establishment = establishment_name(cell(ImportField::Establishment));
    let establishment = problems.take("establishment", establishment);
    let phone = problems.take("phone", phone_in_file(cell(ImportField::Phone)));
    let email = problems.take("email", Email::parse_optional(cell(ImportField::Email)));
    let locality = optional_line(cell(ImportField::Locality), 120);
    let locality = problems.take("locality", locality);
    let mut left_out = Problems::default();
    let tax_code = tax_code_in_file(cell(ImportField::TaxCode));
    let tax_code = left_out.take("tax_code", tax_code).flatten();
    let mut answers = Vec::new();
    for question in questions {
        let column = ImportColumn::Answer(question.asked.id);
        let read = problems.take(column.code(), question.read(answer(question)));
        answers.extend(read.flatten().map(|kept| (question.asked.id, kept)));
    }
    // What cannot be read is nothing else besides.
    for column in broken {
        let code = column.code();
        problems.0.retain(|problem| problem.field != code);
        let reason = match column {
            ImportColumn::Field(field) if NAMES.contains(&field) => Reason::DamagedName,
            _ => Reason::Unreadable,
        };
        problems.add(code, reason);
    }
    if !problems.is_empty() {
        return ImportRow::Wrong(problems);
    }
    match (full_name, establishment, phone, email, locality) {
        (Some(full_name), Some(establishment), Some(phone), Some(email), Some(locality)) => {
            let post = cell(ImportField::Role);
            let role = role_of(post);
            let other = role.is_none() && !normalise(post).is_empty();
            let old = phone
                .as_ref()
                .filter(|phone| phone.is_renumbered(cell(ImportField::Phone)));
            let notes = other.then_some(ImportNote::OtherRole).into_iter();
            let notes = notes.chain(old.cloned().map(ImportNote::NewNumber));
            let notes = notes.collect();
            let new = NewRegistration {
                full_name,
                phone,
                email,
                role: role.unwrap_or(DelegateRole::Other),
                establishment,
                locality,
                consents: Consents::default(),
            };
            ImportRow::Person(Box::new(ImportedPerson {
                new,
                tax_code,
                answers,
                left_out,
                notes,
            }))
        }
        _ => ImportRow::Wrong(problems),
    }
}

/// Words of posts, folded, the more telling first: "phó giám đốc kỹ thuật" is a
/// manager.
const ROLES: [(DelegateRole, &[&str]); 5] = [
    (
        DelegateRole::Owner,
        &["chu co so", "chu doanh nghiep", "chu ho", "chu lo", "owner"],
    ),
    (
        DelegateRole::Official,
        &[
            "can bo xa",
            "can bo phuong",
            "ubnd",
            "uy ban",
            "chuyen vien",
            "official",
        ],
    ),
    (
        DelegateRole::Manager,
        &[
            "giam doc",
            "quan ly",
            "lanh dao",
            "truong phong",
            "chu nhiem",
            "director",
            "manager",
        ],
    ),
    (DelegateRole::Foreman, &["quan doc", "to truong", "foreman"]),
    (
        DelegateRole::Technician,
        &["ky thuat", "ky su", "technician", "engineer"],
    ),
];

/// The role that a post means, if it means one.
fn role_of(post: &str) -> Option<DelegateRole> {
    let folded = fold(post);
    if ["khac", "other"].contains(&folded.trim()) {
        return Some(DelegateRole::Other);
    }
    let named = ROLES.iter().find(|(_, words)| {
        let mut words = words.iter();
        words.any(|word| folded.contains(word))
    });
    named.map(|(role, _)| *role)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const COLUMNS: [Option<ImportColumn>; 9] = [
        None,
        Some(ImportColumn::Field(ImportField::FullName)),
        Some(ImportColumn::Field(ImportField::Role)),
        Some(ImportColumn::Field(ImportField::Establishment)),
        Some(ImportColumn::Field(ImportField::Phone)),
        Some(ImportColumn::Field(ImportField::Email)),
        Some(ImportColumn::Field(ImportField::Locality)),
        Some(ImportColumn::Answer(7)),
        Some(ImportColumn::Field(ImportField::TaxCode)),
    ];

    fn questions() -> [ImportQuestion; 1] {
        let asked = crate::Asked {
            id: 7,
            kind: crate::QuestionKind::Date,
            choices: 0,
            required: true,
        };
        [ImportQuestion::new(asked, ["Ngày sinh", ""], [""; 2])]
    }

    fn read(row: &[&str]) -> ImportRow {
        let cells: Vec<String> = row.iter().map(|cell| (*cell).to_owned()).collect();
        read_row(&cells, &COLUMNS, &questions())
    }

    #[test]
    fn a_row_becomes_somebody() {
        let row = read(&[
            "1",
            " LE\u{302}  An",
            "P. Giám đốc",
            "Cơ sở Năm Lúa",
            "01681234567",
            "",
            "",
            "3/2/1980",
        ]);
        let ImportRow::Person(person) = row else {
            panic!("{row:?}");
        };
        let ImportedPerson {
            new,
            answers,
            notes,
            ..
        } = *person;
        let phone = new.phone.clone().unwrap();
        assert_eq!(notes, [ImportNote::NewNumber(phone)]);
        assert_eq!(new.full_name, "LÊ An");
        assert_eq!(new.role, DelegateRole::Manager);
        assert_eq!(new.phone.unwrap().as_str(), "+84381234567");
        assert_eq!((new.email, new.locality.as_str()), (None, ""));
        assert_eq!(new.consents, Consents::default());
        assert_eq!(answers, [(7, "1980-02-03".to_owned())]);
        assert_eq!(read(&["7", "", " ", ""]), ImportRow::Blank);
        let unasked = read_row(
            &["".into(), "Lê An".into(), "".into(), "Năm Lúa".into()],
            &COLUMNS,
            &[],
        );
        assert!(matches!(unasked, ImportRow::Person(person) if person.answers.is_empty()));
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let row = read(&["1", "12", "", "", "123", "x"]);
        let ImportRow::Wrong(problems) = row else {
            panic!("{row:?}");
        };
        let fields: Vec<_> = problems.0.iter().map(|one| one.field.as_ref()).collect();
        assert_eq!(fields, ["full_name", "establishment", "phone", "email"]);
    }

    #[test]
    fn what_cannot_be_read_is_said_and_nothing_else_of_it() {
        let row = read(&[
            "1",
            "L\u{FFFD} An",
            "",
            "Năm Lúa",
            "095\u{FFFD}",
            "",
            "",
            "31/02/1980",
        ]);
        let ImportRow::Wrong(problems) = row else {
            panic!("{row:?}");
        };
        let said = problems
            .0
            .iter()
            .map(|one| (one.field.as_ref(), one.reason.code()));
        let mut said: Vec<_> = said.collect();
        said.sort_unstable();
        assert_eq!(
            said,
            [
                ("answers.7", "not_a_day"),
                ("full_name", "damaged_name"),
                ("phone", "unreadable"),
            ]
        );
        // What is not read may hold anything.
        let row = read(&["\u{FFFD}", "Lê An", "", "Năm Lúa"]);
        assert!(matches!(row, ImportRow::Person(..)));
    }

    #[test]
    fn names_that_plain_csv_ruined_are_said() {
        for (name, firm, fields) in [
            ("Nguy?n Th? Mư?i", "Năm Lúa", &["full_name"][..]),
            ("Lê An", "HTX Lá Bi?c", &["establishment"]),
            (
                "?? Văn An",
                "C? s? ?ăm Lúa",
                &["full_name", "establishment"],
            ),
            // Somebody asks, and does not know.
            ("Lê An", "Năm Lúa ?", &[]),
            ("Lê An", "Năm Lúa?", &[]),
            ("Lê An", "Ph? Lúa?", &["establishment"]),
            ("Lê An", "Năm L??", &["establishment"]),
        ] {
            let said = match read(&["1", name, "", firm]) {
                ImportRow::Wrong(problems) => problems.0,
                _ => Vec::new(),
            };
            let all = said.iter().all(|one| one.reason == Reason::DamagedName);
            assert!(all, "{said:?}");
            let said: Vec<_> = said.iter().map(|one| one.field.as_ref()).collect();
            assert_eq!(said, fields, "{name} {firm}");
        }
    }

    #[test]
    fn a_bad_tax_code_is_left_out_and_blocks_nothing() {
        for (typed, code, left_out) in [
            ("0100047516", Some("0100047516"), None),
            ("", None, None),
            ("0100047517", None, Some(Reason::CheckDigit)),
            ("083123456789", None, Some(Reason::NotATaxCode)),
            ("01000\u{FFFD}", None, Some(Reason::NotATaxCode)),
        ] {
            let row = read(&["1", "Lê An", "", "Năm Lúa", "", "", "", "", typed]);
            let ImportRow::Person(person) = row else {
                panic!("{row:?}");
            };
            assert_eq!(person.tax_code.as_ref().map(TaxCode::as_str), code);
            let said = left_out.map(|reason| Problems::one("tax_code", reason));
            assert_eq!(person.left_out, said.unwrap_or_default(), "{typed}");
        }
    }

    #[test]
    fn posts_as_people_write_them() {
        for (post, role) in [
            ("Phó Giám đốc kỹ thuật", Some(DelegateRole::Manager)),
            ("Quản lý", Some(DelegateRole::Manager)),
            ("Cán bộ kỹ thuật", Some(DelegateRole::Technician)),
            ("Tổ trưởng sản xuất", Some(DelegateRole::Foreman)),
            ("QUẢN ĐỐC", Some(DelegateRole::Foreman)),
            ("Chủ cơ sở", Some(DelegateRole::Owner)),
            ("Cán bộ xã", Some(DelegateRole::Official)),
            ("Phó Chủ tịch UBND xã", Some(DelegateRole::Official)),
            ("Kế toán", None),
            ("Khác", Some(DelegateRole::Other)),
            ("Chăm sóc khách hàng", None),
            ("", None),
        ] {
            assert_eq!(role_of(post), role, "{post}");
        }
    }

    proptest! {
        #[test]
        fn no_cell_panics(cells in proptest::collection::vec(any::<String>(), 0..8)) {
            let _ = read_row(&cells, &COLUMNS, &questions());
        }
    }
}
