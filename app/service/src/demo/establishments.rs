//! The establishments of the demo: 40 fictional ones and the seven real
//! beneficiaries of the demonstration projects.
//!
//! Sector, site and locality belong to the establishment, so the three
//! breakdowns of the programme only come out right together. The attendances
//! in the tables were solved offline to meet all of them; nothing here states
//! a total, the tests of the plan count them.

use domain::{EstablishmentKind, Sector, SiteType};

/// An establishment of the demo.
#[derive(Clone, Debug)]
pub(super) struct PlannedEstablishment {
    /// The full legal name.
    pub(super) name: String,
    /// The legal kind.
    pub(super) kind: EstablishmentKind,
    /// The industry.
    pub(super) sector: Sector,
    /// Where it works: industrial park, cluster, craft village or elsewhere.
    pub(super) site: SiteType,
    /// The legacy district or city, by the name it had in 2010.
    pub(super) locality: &'static str,
    /// A tax code with a right check digit. None for the seven beneficiaries
    /// named in the article: their numbers are not ours to invent. Their
    /// sector, site and locality are assumptions of the demo all the same.
    pub(super) tax_code: Option<String>,
    /// How often its managers, technicians, foremen and owners attended, in
    /// this order. All zero: registered at most, never reached.
    pub(super) attendances: [u32; 4],
}

/// One line of the tables below.
struct Row {
    name: &'static str,
    kind: EstablishmentKind,
    sector: Sector,
    site: SiteType,
    locality: &'static str,
    attendances: [u32; 4],
}

/// The base of the first tax code: nine digits, the tenth being the check digit.
const FIRST_BASE: u32 = 139_900_001;

/// Every establishment: the fictional ones first, then the seven real ones.
pub(super) fn establishments() -> Vec<PlannedEstablishment> {
    let fictional = [&COCONUT[..], &SEAFOOD, &FOOD, &OTHER]
        .into_iter()
        .flatten();
    let mut codes = (FIRST_BASE..).filter_map(tax_code);
    let fictional = fictional.map(|row| plan(row, codes.next()));
    let mut all: Vec<_> = fictional.collect();
    all.extend(DEMONSTRATION.iter().map(|row| plan(row, None)));
    all
}

fn plan(row: &Row, tax_code: Option<String>) -> PlannedEstablishment {
    PlannedEstablishment {
        name: row.name.to_owned(),
        kind: row.kind,
        sector: row.sector,
        site: row.site,
        locality: row.locality,
        tax_code,
        attendances: row.attendances,
    }
}

/// The tax code of a base of nine digits. One base in eleven has none, because
/// its check digit would be 10.
fn tax_code(base: u32) -> Option<String> {
    const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];
    let digits = format!("{base:09}");
    let sum: u32 = digits
        .bytes()
        .zip(WEIGHTS)
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    let check = 10 - sum % 11;
    (check < 10).then(|| format!("{digits}{check}"))
}

const fn row(
    kind: EstablishmentKind,
    name: &'static str,
    sector: Sector,
    site: SiteType,
    locality: &'static str,
    attendances: [u32; 4],
) -> Row {
    Row {
        name,
        kind,
        sector,
        site,
        locality,
        attendances,
    }
}

use EstablishmentKind::{
    Cooperative as Coop, CraftHousehold as Craft, Enterprise as Firm, Household as House,
};
use Sector::{Coconut, Food, Other, Seafood, Sugar, Tobacco};
use SiteType::{
    CraftVillage as Village, Elsewhere, IndustrialCluster as Cluster, IndustrialPark as Park,
};

const BEN_TRE: &str = "TP Bến Tre";
const CHAU_THANH: &str = "Châu Thành";
const BINH_DAI: &str = "Bình Đại";
const MO_CAY_NAM: &str = "Mỏ Cày Nam";
const GIONG_TROM: &str = "Giồng Trôm";
const BA_TRI: &str = "Ba Tri";
const MO_CAY_BAC: &str = "Mỏ Cày Bắc";
const THANH_PHU: &str = "Thạnh Phú";
const CHO_LACH: &str = "Chợ Lách";

#[rustfmt::skip]
const COCONUT: [Row; 14] = [
    row(Firm,  "Công ty TNHH Rạng Đông Xanh",       Coconut, Park,      CHAU_THANH, [5, 4, 3, 1]),
    row(Firm,  "Công ty TNHH Giọt Nắng",            Coconut, Cluster,   MO_CAY_NAM, [6, 6, 4, 2]),
    row(Firm,  "Công ty TNHH Bến Mát",              Coconut, Elsewhere, BEN_TRE,    [6, 6, 4, 2]),
    row(Firm,  "Công ty TNHH Trắng Ngần",           Coconut, Cluster,   GIONG_TROM, [7, 7, 5, 2]),
    row(Firm,  "Công ty TNHH Lửa Xanh",             Coconut, Park,      CHAU_THANH, [3, 3, 2, 1]),
    row(Firm,  "Công ty cổ phần Hàm Luông Mới",     Coconut, Elsewhere, BEN_TRE,    [7, 8, 6, 0]),
    row(Firm,  "Doanh nghiệp tư nhân Sông Gió",     Coconut, Elsewhere, MO_CAY_BAC, [2, 3, 3, 5]),
    row(Firm,  "Doanh nghiệp tư nhân Cồn Mây",      Coconut, Elsewhere, CHO_LACH,   [2, 2, 2, 3]),
    row(Firm,  "Doanh nghiệp tư nhân Hai Cồn",      Coconut, Elsewhere, GIONG_TROM, [2, 4, 3, 5]),
    row(Craft, "Cơ sở sản xuất Ba Rạng",            Coconut, Village,   MO_CAY_NAM, [0, 3, 2, 9]),
    row(Craft, "Cơ sở sản xuất Út Mười Hai",        Coconut, Village,   MO_CAY_NAM, [0, 2, 2, 7]),
    row(Craft, "Cơ sở sản xuất Năm Lúa",            Coconut, Village,   MO_CAY_BAC, [0, 1, 1, 4]),
    row(House, "Cơ sở sản xuất Bảy Hạt",            Coconut, Elsewhere, CHO_LACH,   [0, 0, 0, 0]),
    row(Coop,  "Hợp tác xã Lá Biếc",                Coconut, Elsewhere, MO_CAY_BAC, [5, 4, 2, 0]),
];

#[rustfmt::skip]
const SEAFOOD: [Row; 10] = [
    row(Firm,  "Công ty cổ phần Cửa Biển Mới",      Seafood, Cluster,   BINH_DAI,   [8, 8, 6, 0]),
    row(Firm,  "Công ty TNHH Cồn Sóng",             Seafood, Park,      CHAU_THANH, [6, 7, 5, 2]),
    row(Firm,  "Công ty TNHH Sao Khơi",             Seafood, Elsewhere, BA_TRI,     [8, 9, 7, 3]),
    row(Firm,  "Doanh nghiệp tư nhân Sáu Sóng",     Seafood, Elsewhere, BINH_DAI,   [3, 5, 5, 7]),
    row(Craft, "Cơ sở sản xuất Chín Chum",          Seafood, Village,   BINH_DAI,   [0, 3, 3, 10]),
    row(Craft, "Cơ sở sản xuất Út Biển",            Seafood, Village,   THANH_PHU,  [0, 2, 1, 7]),
    row(Craft, "Hộ kinh doanh Tư Nắng",             Seafood, Village,   BINH_DAI,   [0, 0, 0, 9]),
    row(Craft, "Hộ kinh doanh Bảy Gió",             Seafood, Village,   BA_TRI,     [0, 0, 0, 8]),
    row(Craft, "Hộ kinh doanh Ba Phơi",             Seafood, Village,   THANH_PHU,  [0, 0, 0, 7]),
    row(House, "Hộ kinh doanh Hai Lưới",            Seafood, Elsewhere, THANH_PHU,  [0, 0, 0, 0]),
];

#[rustfmt::skip]
const FOOD: [Row; 6] = [
    row(House, "Cơ sở sản xuất Mười Đước",          Food,    Elsewhere, THANH_PHU,  [0, 1, 1, 5]),
    row(Craft, "Cơ sở sản xuất Lò Cũ",              Food,    Village,   GIONG_TROM, [0, 2, 2, 9]),
    row(Craft, "Cơ sở sản xuất Sáu Gạo",            Food,    Village,   GIONG_TROM, [0, 2, 2, 8]),
    row(Firm,  "Công ty TNHH Vườn Khế",             Food,    Elsewhere, CHO_LACH,   [3, 3, 2, 1]),
    row(Firm,  "Công ty TNHH Hạt Cườm",             Food,    Cluster,   BEN_TRE,    [5, 5, 3, 1]),
    row(House, "Hộ kinh doanh Mía Vàng",            Food,    Elsewhere, BA_TRI,     [0, 0, 0, 5]),
];

#[rustfmt::skip]
const OTHER: [Row; 10] = [
    row(Firm,  "Công ty TNHH Búa Nhỏ",              Other,   Cluster,   BEN_TRE,    [3, 2, 1, 1]),
    row(Firm,  "Công ty TNHH Giấy Lụa",             Other,   Park,      CHAU_THANH, [2, 2, 1, 1]),
    row(Firm,  "Công ty TNHH Chỉ Ngang",            Other,   Elsewhere, BEN_TRE,    [4, 5, 3, 2]),
    row(Firm,  "Công ty TNHH Hạt Trong",            Other,   Elsewhere, BA_TRI,     [1, 1, 1, 1]),
    row(Firm,  "Công ty TNHH Ván Thơm",             Other,   Elsewhere, BEN_TRE,    [3, 4, 3, 1]),
    row(Firm,  "Doanh nghiệp tư nhân Ván Xuồng",    Other,   Elsewhere, BA_TRI,     [1, 1, 1, 1]),
    row(Firm,  "Doanh nghiệp tư nhân Lò Đỏ",        Other,   Elsewhere, MO_CAY_BAC, [1, 2, 1, 2]),
    row(Firm,  "Doanh nghiệp tư nhân Lúa Chín",     Other,   Elsewhere, THANH_PHU,  [0, 0, 0, 0]),
    row(Firm,  "Công ty cổ phần Hạt Nổi",           Other,   Cluster,   BEN_TRE,    [3, 3, 2, 0]),
    row(Coop,  "Hợp tác xã Cọng Lá",                Other,   Village,   MO_CAY_NAM, [5, 3, 1, 0]),
];

/// The beneficiaries of the demonstration projects, named as in the article:
/// the first three projects were done in 2010, the other four under way.
#[rustfmt::skip]
const DEMONSTRATION: [Row; 7] = [
    row(Firm,  "Nhà máy chế biến dừa Thành Vinh",   Coconut, Elsewhere, CHAU_THANH, [5, 4, 3, 0]),
    row(Firm,  "Công ty Thuốc lá",                  Tobacco, Elsewhere, BEN_TRE,    [11, 11, 8, 0]),
    row(Firm,  "DNTT Lâm Đồng",                     Other,   Elsewhere, BEN_TRE,    [2, 2, 2, 3]),
    row(Firm,  "Công ty TNHH Vĩnh Tiến",            Coconut, Elsewhere, BEN_TRE,    [6, 6, 4, 2]),
    row(Firm,  "Công ty TNHH Thanh Bình",           Coconut, Elsewhere, MO_CAY_NAM, [6, 7, 5, 2]),
    row(Firm,  "Công ty Mía đường",                 Sugar,   Park,      CHAU_THANH, [17, 19, 12, 0]),
    row(Craft, "Làng nghề Chế biến thủy sản Bình Thắng", Seafood, Village, BINH_DAI, [2, 2, 2, 11]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn forty_are_fictional_and_seven_are_real() {
        let all = establishments();
        assert_eq!(all.iter().filter(|e| e.tax_code.is_some()).count(), 40);
        assert_eq!(all.iter().filter(|e| e.tax_code.is_none()).count(), 7);
        let names: BTreeSet<_> = all
            .iter()
            .map(|e| domain::fold_establishment(&e.name))
            .collect();
        assert_eq!(names.len(), 47, "no two may be taken for one firm");
        let unreached = all.iter().filter(|e| e.attendances == [0; 4]);
        assert_eq!(unreached.count(), 3);
    }

    #[test]
    fn tax_codes_start_where_the_demo_range_starts_and_skip_bases_without_one() {
        let codes: BTreeSet<_> = establishments()
            .into_iter()
            .filter_map(|e| e.tax_code)
            .collect();
        assert_eq!(codes.len(), 40);
        assert_eq!(codes.first().map(String::as_str), Some("1399000016"));
        for base in [139_900_007, 139_900_019, 139_900_020, 139_900_032] {
            assert_eq!(tax_code(base), None);
        }
        assert_eq!(
            tax_code(10_004_751).as_deref(),
            Some("0100047516"),
            "a real code as a check"
        );
    }
}
