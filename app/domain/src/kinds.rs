//! The field's closed lists: who comes, from where, to what.

use crate::coded::coded;

coded! {
    /// The language of a page, a mail or a document. Vietnamese is the default.
    Lang {
        /// Vietnamese.
        Vi = "vi",
        /// English.
        En = "en",
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
