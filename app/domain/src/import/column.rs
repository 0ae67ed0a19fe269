//! What the headings of a file mean.

use super::ImportQuestion;
use crate::coded::coded;
use crate::{Coded, fold};
use serde::{Deserialize, Serialize};

coded! {
    /// What a column holds.
    ImportField {
        /// Họ và tên.
        FullName = "full_name",
        /// Đơn vị.
        Establishment = "establishment",
        /// Mã số thuế của đơn vị.
        TaxCode = "tax_code",
        /// Chức vụ.
        Role = "role",
        /// Điện thoại.
        Phone = "phone",
        /// E-mail.
        Email = "email",
        /// Địa bàn.
        Locality = "locality",
    }
}

/// What a column is read as: a usual field, or the answer to one of the
/// workshop's questions, by its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum ImportColumn {
    /// A field that every delegate has.
    Field(ImportField),
    /// The answer to this question.
    Answer(i64),
}

impl ImportColumn {
    /// The name under which problems of it stand, and forms send it.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Field(field) => field.code().to_owned(),
            Self::Answer(id) => format!("answers.{id}"),
        }
    }

    /// The column of this name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code.strip_prefix("answers.") {
            Some(id) => id.parse().ok().map(Self::Answer),
            None => ImportField::from_code(code).map(Self::Field),
        }
    }
}

impl From<ImportColumn> for String {
    fn from(column: ImportColumn) -> Self {
        column.code()
    }
}

impl TryFrom<String> for ImportColumn {
    type Error = String;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::from_code(&code).ok_or(code)
    }
}

/// Folded headings as people write them, the more telling first.
fn synonyms(field: ImportField) -> &'static [&'static str] {
    match field {
        ImportField::FullName => &[
            "ho va ten",
            "ho ten",
            "ten dai bieu",
            "dai bieu",
            "full name",
            "fullname",
            "participant",
            "delegate",
            "name",
            "ten",
        ],
        ImportField::Establishment => &[
            "ten don vi",
            "don vi cong tac",
            "don vi",
            "co so",
            "doanh nghiep",
            "cong ty",
            "co quan",
            "establishment",
            "organisation",
            "organization",
            "company",
            "enterprise",
        ],
        ImportField::TaxCode => &[
            "ma so thue",
            "mst",
            "ma so doanh nghiep",
            "ma so dn",
            "tax code",
            "tax id",
            "tax number",
            "tax no",
        ],
        ImportField::Role => &[
            "chuc vu",
            "chuc danh",
            "vai tro",
            "position",
            "job title",
            "role",
        ],
        ImportField::Phone => &[
            "so dien thoai",
            "dien thoai",
            "di dong",
            "sdt",
            "dt",
            "phone",
            "mobile",
            "telephone",
            "tel",
        ],
        ImportField::Email => &["dia chi email", "thu dien tu", "e-mail", "email", "mail"],
        ImportField::Locality => &[
            "dia ban",
            "xa phuong",
            "phuong xa",
            "xa",
            "phuong",
            "huyen",
            "dia phuong",
            "dia chi",
            "locality",
            "commune",
            "ward",
            "district",
            "address",
        ],
    }
}

/// How a heading is compared and remembered: folded, without punctuation.
#[must_use]
pub fn fold_heading(heading: &str) -> String {
    let folded: String = fold(heading)
        .chars()
        .map(|sign| {
            if sign.is_alphanumeric() || sign == '-' {
                sign
            } else {
                ' '
            }
        })
        .collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What each heading means, each field once: as it was last said to mean, else
/// the question whose label it is, else by the whole heading, else by whole
/// words of it.
#[must_use]
pub fn guess_columns(
    headings: &[String],
    questions: &[ImportQuestion],
    remembered: impl Fn(&str) -> Option<ImportColumn>,
) -> Vec<Option<ImportColumn>> {
    let folded: Vec<String> = headings.iter().map(|one| fold_heading(one)).collect();
    let mut columns = vec![None; headings.len()];
    let mut give = |at: usize, column: ImportColumn| {
        if columns[at].is_none() && !columns.contains(&Some(column)) {
            columns[at] = Some(column);
        }
    };
    for (at, heading) in folded.iter().enumerate() {
        if let Some(column) = remembered(heading) {
            give(at, column);
        }
    }
    for question in questions {
        for (at, heading) in folded.iter().enumerate() {
            if question.is_headed(heading) {
                give(at, ImportColumn::Answer(question.asked.id));
            }
        }
    }
    let same = |heading: &str, synonym: &str| heading == synonym;
    let within =
        |heading: &str, synonym: &str| format!(" {heading} ").contains(&format!(" {synonym} "));
    // A tax code of a firm is no name of it.
    let told = |field: &ImportField| *field != ImportField::TaxCode;
    let mut fields = ImportField::ALL.to_vec();
    fields.sort_by_key(told);
    for fits in [same as fn(&str, &str) -> bool, within] {
        for field in fields.iter().copied() {
            for synonym in synonyms(field) {
                for (at, heading) in folded.iter().enumerate() {
                    if fits(heading, synonym) {
                        give(at, ImportColumn::Field(field));
                    }
                }
            }
        }
    }
    columns
}

/// How many rows may stand above the headings: a letterhead and a title.
const SEARCHED: usize = 10;

/// The row with the headings: of the first ten that which has most of them, a
/// name among them. None when there is no such row.
#[must_use]
pub fn find_headings(rows: &[Vec<String>]) -> Option<usize> {
    let known = |row: &Vec<String>| {
        let columns = guess_columns(row, &[], |_| None);
        let named = columns.contains(&Some(ImportColumn::Field(ImportField::FullName)));
        let number = columns.iter().flatten().count();
        (named && number > 1).then_some(number)
    };
    // Blank rows in front of a list do not count.
    let filled = rows.iter().enumerate();
    let filled = filled.filter(|(_, row)| row.iter().any(|cell| !cell.trim().is_empty()));
    filled
        .take(SEARCHED)
        .filter_map(|(at, row)| Some((known(row)?, at)))
        // The first of those that are alike.
        .max_by_key(|(number, at)| (*number, std::cmp::Reverse(*at)))
        .map(|(_, at)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(row: &[&str]) -> Vec<String> {
        row.iter().map(|cell| (*cell).to_owned()).collect()
    }

    fn guess(row: &[&str]) -> Vec<Option<ImportField>> {
        let columns = guess_columns(&cells(row), &[], |_| None);
        let field = |column| match column {
            ImportColumn::Field(field) => field,
            ImportColumn::Answer(_) => panic!("nothing is asked"),
        };
        columns.into_iter().map(|one| one.map(field)).collect()
    }

    #[test]
    fn headings_in_both_languages() {
        use ImportField::{Email, Establishment, FullName, Locality, Phone, Role, TaxCode};
        assert_eq!(
            guess(&[
                "TT",
                "Họ và tên",
                "Chức vụ",
                "Đơn vị",
                "Địa chỉ",
                "Điện thoại",
                "Email",
                "Ghi chú"
            ]),
            [
                None,
                Some(FullName),
                Some(Role),
                Some(Establishment),
                Some(Locality),
                Some(Phone),
                Some(Email),
                None
            ]
        );
        assert_eq!(
            guess(&["Full name", "Company", "Position", "Phone no.", "E-mail"]),
            [
                Some(FullName),
                Some(Establishment),
                Some(Role),
                Some(Phone),
                Some(Email)
            ]
        );
        // A name of a firm is no name of a person.
        assert_eq!(
            guess(&["STT", "Tên đơn vị", "Họ tên", "SĐT", "Xã/Phường"]),
            [
                None,
                Some(Establishment),
                Some(FullName),
                Some(Phone),
                Some(Locality)
            ]
        );
        assert_eq!(
            guess(&["Họ tên", "Mã số thuế đơn vị", "Tên đơn vị"]),
            [Some(FullName), Some(TaxCode), Some(Establishment)]
        );
        for heading in ["MST", "Mã số thuế", "tax code", "Mã số doanh nghiệp (MST)"] {
            assert_eq!(guess(&[heading]), [Some(TaxCode)], "{heading}");
        }
        assert_eq!(guess(&["Họ tên", "Họ và tên"]), [None, Some(FullName)]);
    }

    #[test]
    fn what_was_said_before_goes_first() {
        let name = ImportColumn::Field(ImportField::FullName);
        let columns = guess_columns(&cells(&["Người dự", "Họ tên"]), &[], |heading| {
            (heading == "nguoi du").then_some(name)
        });
        assert_eq!(columns, [Some(name), None]);
    }

    #[test]
    fn a_label_of_a_question_goes_before_the_usual_words() {
        let asked = crate::Asked {
            id: 7,
            kind: crate::QuestionKind::Text,
            choices: 0,
            required: false,
        };
        let question = ImportQuestion::new(asked, ["Địa chỉ nhận tài liệu", "Email 2"], [""; 2]);
        let headings = cells(&["ĐỊA CHỈ NHẬN TÀI LIỆU:", "Email 2", "Địa chỉ"]);
        let columns = guess_columns(&headings, &[question], |_| None);
        assert_eq!(
            columns,
            [
                Some(ImportColumn::Answer(7)),
                Some(ImportColumn::Field(ImportField::Email)),
                Some(ImportColumn::Field(ImportField::Locality)),
            ]
        );
    }

    #[test]
    fn columns_are_kept_by_their_codes() {
        for code in ["full_name", "answers.7"] {
            let column = ImportColumn::from_code(code).unwrap();
            assert_eq!(column.code(), code);
        }
        assert_eq!(ImportColumn::from_code("answers.x"), None);
        assert_eq!(ImportColumn::from_code("gold"), None);
    }

    #[test]
    fn headings_stand_below_a_letterhead() {
        let rows = [
            cells(&["TRUNG TÂM KHUYẾN CÔNG", "", ""]),
            cells(&["DANH SÁCH ĐẠI BIỂU", "", ""]),
            cells(&["TT", "Họ và tên", "Đơn vị"]),
            cells(&["1", "Lê An", "Cơ sở Năm Lúa"]),
        ];
        assert_eq!(find_headings(&rows), Some(2));
        assert_eq!(find_headings(&rows[3..]), None);
        assert_eq!(find_headings(&[]), None);
    }
}
