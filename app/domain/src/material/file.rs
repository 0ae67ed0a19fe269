//! What may be uploaded.

use crate::{Reason, coded::coded, normalise};

coded! {
    /// The types of files that trainers hand out.
    MaterialType {
        /// PDF.
        Pdf = "pdf",
        /// PowerPoint.
        Pptx = "pptx",
        /// Word.
        Docx = "docx",
        /// Excel.
        Xlsx = "xlsx",
        /// JPEG picture.
        Jpeg = "jpg",
        /// PNG picture.
        Png = "png",
        /// WebP picture.
        Webp = "webp",
        /// ZIP archive.
        Zip = "zip",
    }
}

/// The largest file in megabytes, unless a setting says otherwise.
pub const MATERIAL_MB: u32 = 200;

impl MaterialType {
    /// The media type sent when the file is downloaded.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Pptx => {
                "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            }
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Zip => "application/zip",
        }
    }

    /// The type that a file's name claims.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        use crate::Coded;
        let (_, extension) = name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "jpeg" => Some(Self::Jpeg),
            extension => Self::from_code(extension),
        }
    }

    /// What a photo or scan of paper may be.
    pub const OF_PAPER: [Self; 4] = [Self::Jpeg, Self::Png, Self::Webp, Self::Pdf];

    /// The type of a photo or scan of paper by its content alone: phones name
    /// files as they like. `sniffed` as in [`MaterialType::accept`].
    ///
    /// # Errors
    /// [`Reason::PaperType`] for anything else.
    pub fn of_paper(sniffed: Option<&str>) -> Result<Self, Reason> {
        Self::OF_PAPER
            .into_iter()
            .find(|kind| sniffed == Some(kind.media_type()))
            .ok_or(Reason::PaperType)
    }

    /// Accepts a file when its name and its first bytes agree. `sniffed` is
    /// the media type found in the content. Office files are ZIP archives, and
    /// some writers order their parts so that only the archive is recognised:
    /// what is inside is for [`MaterialType::accept_inside`].
    ///
    /// # Errors
    /// [`Reason::FileType`] for a type that is not taken,
    /// [`Reason::FileMismatch`] when the content is something else.
    pub fn accept(name: &str, sniffed: Option<&str>) -> Result<Self, Reason> {
        let claimed = Self::from_name(name).ok_or(Reason::FileType)?;
        let archive = matches!(claimed, Self::Pptx | Self::Docx | Self::Xlsx)
            && sniffed == Some(Self::Zip.media_type());
        if archive || sniffed == Some(claimed.media_type()) {
            Ok(claimed)
        } else {
            Err(Reason::FileMismatch)
        }
    }
}

/// The name of an uploaded file as kept and given back: the last part of a
/// path, diacritics kept, signs that file systems or headers trip over
/// replaced, 150 characters at most with the ending kept.
///
/// # Errors
/// [`Reason::Required`] when nothing is left.
pub fn clean_file_name(sent: &str) -> Result<String, Reason> {
    let sent = normalise(sent);
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last
        .chars()
        .map(|c| if "<>:\"|?*;%".contains(c) { '_' } else { c })
        .collect();
    let name = name.trim_matches(['.', ' ']).to_owned();
    if name.is_empty() {
        return Err(Reason::Required);
    }
    let count = name.chars().count();
    if count <= 150 {
        return Ok(name);
    }
    let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
    let ending: String = ending.chars().take(10).collect();
    let stem: String = stem.chars().take(149 - ending.chars().count()).collect();
    Ok(format!("{stem}.{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_and_name_must_agree() {
        assert_eq!(
            MaterialType::accept("Bài giảng.PDF", Some("application/pdf")),
            Ok(MaterialType::Pdf)
        );
        assert_eq!(
            MaterialType::accept("a.docx", Some("application/zip")),
            Ok(MaterialType::Docx)
        );
        assert_eq!(
            MaterialType::accept("a.zip", Some(MaterialType::Docx.media_type())),
            Err(Reason::FileMismatch)
        );
        assert_eq!(
            MaterialType::accept("a.pdf", Some("application/x-executable")),
            Err(Reason::FileMismatch)
        );
        assert_eq!(
            MaterialType::accept("a.pdf", None),
            Err(Reason::FileMismatch)
        );
        assert_eq!(
            MaterialType::accept("a.html", Some("text/html")),
            Err(Reason::FileType)
        );
        assert_eq!(
            MaterialType::accept("pdf", Some("application/pdf")),
            Err(Reason::FileType)
        );
    }

    #[test]
    fn paper_is_a_picture_or_a_pdf() {
        for kind in MaterialType::OF_PAPER {
            assert_eq!(MaterialType::of_paper(Some(kind.media_type())), Ok(kind));
        }
        for other in [None, Some("application/zip"), Some("image/svg+xml")] {
            assert_eq!(MaterialType::of_paper(other), Err(Reason::PaperType));
        }
    }

    #[test]
    fn names_keep_their_diacritics_and_lose_their_paths() {
        assert_eq!(
            clean_file_name("C:\\tài liệu\\Sản xuất sạch hơn.pdf"),
            Ok("Sản xuất sạch hơn.pdf".into())
        );
        assert_eq!(clean_file_name("../../etc/passwd"), Ok("passwd".into()));
        assert_eq!(clean_file_name("a\"\r\nb;.pdf"), Ok("a_ b_.pdf".into()));
        assert_eq!(clean_file_name(" .. "), Err(Reason::Required));
        let long = clean_file_name(&format!("{}.pptx", "ă".repeat(400))).unwrap();
        assert_eq!(long.chars().count(), 150);
        assert!(long.ends_with(".pptx"));
    }
}
