//! The field's closed lists: who comes, from where, to what.

use crate::coded::coded;
use crate::{fold, normalise};

coded! {
    /// The language of a page, a mail or a document. Vietnamese is the default.
    Lang {
        /// Vietnamese.
        Vi = "vi",
        /// English.
        En = "en",
    }
}

impl Lang {
    /// The words in this language; the Vietnamese ones where there are no
    /// English ones yet.
    #[must_use]
    pub fn choose<'a>(self, vi: &'a str, en: &'a str) -> &'a str {
        if self == Self::En && !en.is_empty() {
            en
        } else {
            vi
        }
    }
}

coded! {
    /// What a delegate does in the establishment (chức vụ).
    DelegateRole {
        /// Lãnh đạo.
        Manager = "manager",
        /// Cán bộ kỹ thuật.
        Technician = "technician",
        /// Quản đốc.
        Foreman = "foreman",
        /// Chủ cơ sở.
        Owner = "owner",
        /// Cán bộ nhà nước: shown, and left out of the programme target.
        Official = "official",
        /// Khác.
        Other = "other",
    }
}

impl DelegateRole {
    /// Whether an attendance in this role counts toward the programme target.
    /// Local officials attend too; the programme is for establishments.
    #[must_use]
    pub fn counts_toward_target(self) -> bool {
        self != Self::Official
    }
}

coded! {
    /// The industry of an establishment (ngành).
    Sector {
        /// Dừa.
        Coconut = "coconut",
        /// Thủy sản.
        Seafood = "seafood",
        /// Thực phẩm.
        Food = "food",
        /// Mía đường.
        Sugar = "sugar",
        /// Thuốc lá.
        Tobacco = "tobacco",
        /// Khác.
        Other = "other",
    }
}

coded! {
    /// Where an establishment works: the axis beside the sector.
    SiteType {
        /// Khu công nghiệp.
        IndustrialPark = "industrial_park",
        /// Cụm công nghiệp.
        IndustrialCluster = "industrial_cluster",
        /// Làng nghề.
        CraftVillage = "craft_village",
        /// Outside all of them.
        Elsewhere = "elsewhere",
    }
}

coded! {
    /// The legal kind of an establishment.
    EstablishmentKind {
        /// Doanh nghiệp (TNHH, CP, DNTN).
        Enterprise = "enterprise",
        /// Hợp tác xã.
        Cooperative = "cooperative",
        /// Hộ kinh doanh.
        Household = "household",
        /// Hộ làng nghề.
        CraftHousehold = "craft_household",
        /// Cơ quan, đơn vị nhà nước.
        PublicBody = "public_body",
    }
}

impl EstablishmentKind {
    /// Whether the name of an establishment may stand where everybody reads it:
    /// that of a household is as good as the name of a person. Of one that was
    /// only typed, nobody has said the kind; its name does.
    #[must_use]
    pub fn is_named_in_public(kind: Option<Self>, name: &str) -> bool {
        let household = match kind {
            Some(kind) => matches!(kind, Self::Household | Self::CraftHousehold),
            None => {
                let folded = fold(name);
                // `hồ` folds to the same letters.
                normalise(name).to_lowercase().starts_with("hộ ")
                    || ["ho kinh doanh ", "hkd "]
                        .iter()
                        .any(|form| folded.starts_with(form))
            }
        };
        !household
    }
}

coded! {
    /// What a workshop is for.
    WorkshopKind {
        /// Nâng cao nhận thức.
        Awareness = "awareness",
        /// Kỹ năng.
        Skills = "skills",
        /// Chia sẻ kết quả.
        Sharing = "sharing",
    }
}

coded! {
    /// An administrative level. Districts were abolished on 01/07/2025.
    LocalityKind {
        /// Tỉnh.
        Province = "province",
        /// Huyện, thành phố thuộc tỉnh (until 30/06/2025).
        District = "district",
        /// Xã, phường.
        Commune = "commune",
    }
}

coded! {
    /// How people take part in a workshop.
    WorkshopFormat {
        /// Trực tiếp.
        InPerson = "in_person",
        /// Trực tuyến.
        Online = "online",
        /// Trực tiếp và trực tuyến.
        Hybrid = "hybrid",
    }
}

impl WorkshopFormat {
    /// Whether some take part over a link.
    #[must_use]
    pub fn has_link(self) -> bool {
        self != Self::InPerson
    }

    /// Whether some come to a place.
    #[must_use]
    pub fn has_place(self) -> bool {
        self != Self::Online
    }
}

coded! {
    /// Until when people may give up their registration themselves.
    CancelRule {
        /// Until the workshop begins.
        AnyTime = "any_time",
        /// Until a moment that the organisers set.
        Until = "until",
        /// Not themselves: they call the organisers.
        Never = "never",
    }
}

coded! {
    /// Who gets a certificate.
    CertificateRule {
        /// Nobody.
        None = "none",
        /// Who came to every session.
        AllSessions = "all_sessions",
        /// Who came to at least half of the sessions.
        HalfOfSessions = "half_of_sessions",
    }
}

coded! {
    /// What a trainer answered when asked to teach.
    TeachingState {
        /// No answer yet.
        Asked = "asked",
        /// Yes.
        Accepted = "accepted",
        /// No.
        Declined = "declined",
    }
}

coded! {
    /// What happened to a workshop that people must be told of.
    ChangeKind {
        /// Another time or place.
        Moved = "moved",
        /// Called off.
        Cancelled = "cancelled",
        /// Another link to take part; a matter of those with a seat alone.
        Link = "link",
    }
}

#[cfg(test)]
mod tests {
    use super::EstablishmentKind as Kind;

    #[test]
    fn a_household_has_no_name_in_public() {
        for (kind, name, expected) in [
            (Some(Kind::Household), "Tư Nắng", false),
            (Some(Kind::CraftHousehold), "Lò Cũ", false),
            (None, "Hộ kinh doanh Tư Nắng", false),
            (None, "HO KINH DOANH Tu Nang", false),
            (None, "Hộ Ba Phơi", false),
            (None, "HKD Bảy Gió", false),
            (None, "Hồ tiêu Cồn Sóng", true),
            (None, "CSSX Út Biển", true),
            (Some(Kind::Enterprise), "Hộ Vệ", true),
        ] {
            assert_eq!(Kind::is_named_in_public(kind, name), expected, "{name}");
        }
    }
}
