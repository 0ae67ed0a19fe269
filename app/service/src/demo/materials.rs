//! The materials of the demo: small documents made here.

use std::fmt::Write;

/// Where a material of the demo belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Belongs {
    /// To the whole programme.
    Programme,
    /// To the workshop of this address.
    Workshop(&'static str),
}

/// A material with the names of its versions, the oldest first.
pub(super) struct PlannedMaterial {
    pub(super) belongs: Belongs,
    pub(super) title_vi: &'static str,
    pub(super) title_en: &'static str,
    pub(super) kind: domain::MaterialKind,
    pub(super) visibility: domain::MaterialVisibility,
    pub(super) rights: &'static str,
    pub(super) sectors: &'static str,
    pub(super) versions: &'static [&'static str],
}

/// What is handed out in the demo: for everybody, for those registered and
/// those who came, and one whose first version was replaced.
pub(super) const MATERIALS: [PlannedMaterial; 4] = [
    PlannedMaterial {
        belongs: Belongs::Workshop("nganh-dua-2008"),
        title_vi: "Hướng dẫn tiết kiệm nước trong chế biến dừa",
        title_en: "Guide to saving water in coconut processing",
        kind: domain::MaterialKind::Guide,
        visibility: domain::MaterialVisibility::Public,
        rights: "Được sao chép, ghi nguồn",
        sectors: "coconut",
        versions: &["Hướng dẫn tiết kiệm nước ngành dừa.pdf"],
    },
    PlannedMaterial {
        belongs: Belongs::Workshop("ky-nang-danh-gia-2009"),
        title_vi: "Bài giảng đánh giá sản xuất sạch hơn",
        title_en: "Slides on cleaner-production assessment",
        kind: domain::MaterialKind::Slides,
        visibility: domain::MaterialVisibility::Attended,
        rights: "",
        sectors: "",
        versions: &[
            "Bài giảng đánh giá SXSH.pdf",
            "Bài giảng đánh giá SXSH (đã sửa).pdf",
        ],
    },
    PlannedMaterial {
        belongs: Belongs::Programme,
        title_vi: "Biểu mẫu đánh giá nhanh tại cơ sở",
        title_en: "Form for a quick assessment on site",
        kind: domain::MaterialKind::Form,
        visibility: domain::MaterialVisibility::Public,
        rights: "",
        sectors: "",
        versions: &["Biểu mẫu đánh giá nhanh.pdf"],
    },
    PlannedMaterial {
        belongs: Belongs::Workshop("tiet-kiem-nuoc-nganh-dua"),
        title_vi: "Tài liệu đọc trước",
        title_en: "Reading before the workshop",
        kind: domain::MaterialKind::Handout,
        visibility: domain::MaterialVisibility::Registered,
        rights: "",
        sectors: "coconut",
        versions: &["Tài liệu đọc trước.pdf"],
    },
];

/// A document of one page that says its title, in letters without accents: a
/// font of its own would be larger than the rest.
pub(super) fn document(title: &str) -> Vec<u8> {
    let said: String = domain::fold(title)
        .chars()
        .filter(|sign| sign.is_ascii_alphanumeric() || " .-".contains(*sign))
        .collect();
    let shown = format!("BT /F1 18 Tf 72 760 Td ({said}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{shown}\nendstream", shown.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut pdf = "%PDF-1.4\n".to_owned();
    let mut starts = Vec::new();
    // Writing to a string cannot fail.
    for (number, object) in (1..).zip(&objects) {
        starts.push(pdf.len());
        let _ = writeln!(pdf, "{number} 0 obj\n{object}\nendobj");
    }
    let table = pdf.len();
    let _ = writeln!(pdf, "xref\n0 {}\n0000000000 65535 f ", objects.len() + 1);
    for start in starts {
        let _ = writeln!(pdf, "{start:010} 00000 n ");
    }
    let size = objects.len() + 1;
    let _ = writeln!(
        pdf,
        "trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF"
    );
    pdf.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_what_they_say() {
        for planned in MATERIALS {
            let made = document(planned.title_vi);
            let sniffed = infer::get(&made).map(|kind| kind.mime_type());
            for name in planned.versions {
                let kind = domain::MaterialType::accept(name, sniffed);
                assert_eq!(kind, Ok(domain::MaterialType::Pdf), "{name}");
            }
        }
    }
}
