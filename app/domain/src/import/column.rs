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
            "nguoi tham gia",
            "nguoi tham du",
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
            "vi tri",
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
        ImportField::Email => &[
            "dia chi email",
            "thu dien tu",
            "hop thu",
            "e-mail",
            "email",
            "mail",
        ],
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

/// The row that is taken for headings where nobody recognises any: the first of the
/// fullest, since what stands above a list has fewer cells. The organiser says what
/// its columns hold.
#[must_use]
pub fn fullest_row(rows: &[Vec<String>]) -> usize {
    let filled = |row: &Vec<String>| row.iter().filter(|cell| !cell.trim().is_empty()).count();
    let head = rows.iter().take(SEARCHED * 2).enumerate();
    head.max_by_key(|(at, row)| (filled(row), std::cmp::Reverse(*at)))
        .map_or(0, |(at, _)| at)
}

/// Whether rows may be a list of people: there are headings, or the rows have two
/// cells and more – a name and an establishment –, all but a letterhead of them.
#[must_use]
pub fn is_list(rows: &[Vec<String>]) -> bool {
    let filled = |row: &Vec<String>| row.iter().filter(|cell| !cell.trim().is_empty()).count();
    let filled: Vec<usize> = rows.iter().map(filled).filter(|cells| *cells > 0).collect();
    let wide = filled.iter().filter(|cells| **cells > 1).count();
    find_headings(rows).is_some() || (wide > 1 && wide * 2 >= filled.len())
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
        assert!(is_list(&rows));
        assert_eq!(find_headings(&[]), None);
    }

    #[test]
    fn a_letter_is_no_list() {
        let strange = [
            cells(&["Người dự", "Nơi làm"]),
            cells(&["Lê An", "Năm Lúa"]),
        ];
        assert!(is_list(&strange), "columns can still be named");
        let letter = [
            cells(&["Kính gửi: Trung tâm", " đơn vị chúng tôi"]),
            cells(&["xin cử người dự hội thảo."]),
            cells(&["Trân trọng."]),
        ];
        assert!(!is_list(&letter));
        assert!(!is_list(&[cells(&["Lê An"]), cells(&["Lê Bình"])]));
        assert!(!is_list(&strange[..1]));
        assert_eq!((fullest_row(&strange), fullest_row(&[])), (0, 0));
        let below = [cells(&["TRUNG TÂM", ""]), cells(&["", ""])];
        assert_eq!(fullest_row(&[&below[..], &strange[..]].concat()), 2);
    }
}
