//! What may be inside of an archive, told by the names of its files alone.

use super::MaterialType;
use crate::Reason;

/// Endings of what runs on a computer once it is opened.
const PROGRAMS: [&str; 47] = [
    "apk",
    "application",
    "appref-ms",
    "appx",
    "bat",
    "chm",
    "class",
    "cmd",
    "com",
    "command",
    "cpl",
    "dex",
    "dll",
    "exe",
    "hta",
    "img",
    "inf",
    "iso",
    "jar",
    "jnlp",
    "js",
    "jse",
    "lnk",
    "msc",
    "msi",
    "msix",
    "msp",
    "ocx",
    "pif",
    "ps1",
    "psm1",
    "reg",
    "scf",
    "scr",
    "sct",
    "sh",
    "url",
    "vb",
    "vbe",
    "vbs",
    "vhd",
    "vhdx",
    "ws",
    "wsc",
    "wsf",
    "wsh",
    "xll",
];

/// Endings of documents that carry macros.
const WITH_MACROS: [&str; 12] = [
    "docm", "dotm", "potm", "ppam", "ppsm", "pptm", "sldm", "xla", "xlam", "xlsb", "xlsm", "xltm",
];

/// Where an Office document keeps its macros.
const MACROS: &str = "vbaproject.bin";

/// What every Office document has.
const CONTENT_TYPES: &str = "[content_types].xml";

/// The most signs of a name that a refusal repeats.
const LONGEST_NAMED: usize = 80;

impl MaterialType {
    /// Whether it is an archive of files, which is looked into.
    #[must_use]
    pub fn is_archive(self) -> bool {
        matches!(self, Self::Pptx | Self::Docx | Self::Xlsx | Self::Zip)
    }

    /// Accepts what is inside of an archive of this type by the names of its
    /// files: an Office document is one by its parts, and nothing in it runs.
    ///
    /// # Errors
    /// [`Reason::HasProgram`], [`Reason::HasMacros`]; [`Reason::FileMismatch`]
    /// when it is no document of this type.
    pub fn accept_inside<'a>(self, names: impl IntoIterator<Item = &'a str>) -> Result<(), Reason> {
        let (mut has_types, mut has_part) = (false, false);
        for name in names {
            let path = name.replace('\\', "/").to_lowercase();
            let path = path.trim_start_matches('/');
            if let Some(reason) = refused(name, path) {
                return Err(reason);
            }
            has_types |= path == CONTENT_TYPES;
            has_part |= self.part().is_some_and(|part| path.starts_with(part));
        }
        if self.part().is_none() || (has_types && has_part) {
            Ok(())
        } else {
            Err(Reason::FileMismatch)
        }
    }

    /// The folder that an Office document of this type has.
    fn part(self) -> Option<&'static str> {
        match self {
            Self::Docx => Some("word/"),
            Self::Pptx => Some("ppt/"),
            Self::Xlsx => Some("xl/"),
            _ => None,
        }
    }
}

/// Why a file may not be in an archive, if it may not.
fn refused(name: &str, path: &str) -> Option<Reason> {
    let file = path.rsplit('/').next().unwrap_or_default();
    // As Windows takes it: nothing behind a zero, no dots or blanks at the end.
    let file = file.split('\0').next().unwrap_or_default();
    let file = file.trim_end_matches(['.', ' ']);
    if file == MACROS {
        return Some(Reason::HasMacros);
    }
    let (_, ending) = file.rsplit_once('.')?;
    if WITH_MACROS.contains(&ending) {
        return Some(Reason::HasMacros);
    }
    PROGRAMS.contains(&ending).then(|| {
        let shown = name.chars().filter(|sign| !sign.is_control());
        Reason::HasProgram(shown.take(LONGEST_NAMED).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCX: [&str; 3] = ["[Content_Types].xml", "_rels/.rels", "word/document.xml"];

    fn look<const N: usize>(kind: MaterialType, names: [&str; N]) -> Result<(), Reason> {
        kind.accept_inside(names)
    }

    #[test]
    fn an_office_document_has_the_parts_of_its_type() {
        use MaterialType::{Docx, Pptx, Xlsx, Zip};
        assert_eq!(look(Docx, DOCX), Ok(()));
        assert_eq!(look(Pptx, DOCX), Err(Reason::FileMismatch));
        assert_eq!(
            look(Xlsx, ["[Content_Types].xml", "xl/workbook.xml"]),
            Ok(())
        );
        assert_eq!(
            look(Pptx, ["ppt\\presentation.xml", "/[content_types].XML"]),
            Ok(()),
            "as some programs write"
        );
        assert_eq!(look(Docx, ["word/document.xml"]), Err(Reason::FileMismatch));
        assert_eq!(look(Docx, []), Err(Reason::FileMismatch));
        assert_eq!(look(Zip, []), Ok(()));
        let jar = ["META-INF/MANIFEST.MF", "[Content_Types].xml"];
        assert_eq!(look(Docx, jar), Err(Reason::FileMismatch));
    }

    #[test]
    fn macros_are_refused() {
        use MaterialType::{Docx, Xlsx, Zip};
        let [types, rels, document] = DOCX;
        let with = [types, rels, document, "word/vbaProject.bin"];
        assert_eq!(look(Docx, with), Err(Reason::HasMacros));
        let with = [types, "xl/workbook.xml", "xl/VBAPROJECT.BIN"];
        assert_eq!(look(Xlsx, with), Err(Reason::HasMacros));
        for name in ["bảng tính.XLSM", "bảng.xlsb", "cũ.xla"] {
            assert_eq!(look(Zip, [name]), Err(Reason::HasMacros));
        }
    }

    #[test]
    fn nothing_in_an_archive_runs() {
        use MaterialType::{Docx, Zip};
        let fine = [
            "tài liệu/",
            "tài liệu/bài 1.pdf",
            "exe",
            "ảnh.exe.jpg",
            ".bat/a.txt",
        ];
        assert_eq!(look(Zip, fine), Ok(()));
        for name in [
            "cai-dat.exe",
            "a/b/CHAY.BAT",
            "a\\b.vbs",
            "bài giảng.pdf.lnk",
            "a.exe. ",
            "a.js\0.txt",
            "classes.dex",
            "Main.class",
            "đĩa.ISO",
            "a.appref-ms",
            "hàm.xll",
        ] {
            let refused = look(Zip, ["bài.pdf", name]);
            assert!(
                matches!(refused, Err(Reason::HasProgram(_))),
                "{name:?}: {refused:?}"
            );
        }
        let [types, rels, document] = DOCX;
        let with = [types, rels, document, "word/embeddings/a.exe"];
        let named = Reason::HasProgram("word/embeddings/a.exe".to_owned());
        assert_eq!(look(Docx, with), Err(named));
    }
}
