//! The six workshops of the demo that were held.

use chrono::{NaiveDate, NaiveTime};
use domain::WorkshopKind::{self, Awareness, Sharing, Skills};

/// A workshop that was held.
#[derive(Clone, Debug)]
pub(super) struct PlannedWorkshop {
    /// Its name in addresses of pages.
    pub(super) slug: &'static str,
    /// Title, in Vietnamese.
    pub(super) title_vi: &'static str,
    /// Title, in English.
    pub(super) title_en: &'static str,
    /// What it was about, in Vietnamese.
    pub(super) summary_vi: &'static str,
    /// What it was about, in English.
    pub(super) summary_en: &'static str,
    /// What it was for.
    pub(super) kind: WorkshopKind,
    /// The day, in Viet Nam.
    pub(super) date: NaiveDate,
    /// When it began, local time.
    pub(super) starts: NaiveTime,
    /// When it ended, local time.
    pub(super) ends: NaiveTime,
    /// The room or house.
    pub(super) venue: &'static str,
    /// Where that is, by the names of the time.
    pub(super) address: &'static str,
    /// Seats: everyone who registered ahead or walked in had one.
    pub(super) capacity: u32,
    /// Verified attendances.
    pub(super) attendances: u32,
}

pub(super) const MORNING: NaiveTime = time(7, 30);
pub(super) const NOON: NaiveTime = time(11, 30);
pub(super) const AFTERNOON: NaiveTime = time(16, 30);

pub(super) const fn time(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).expect("a time of day, checked when compiled")
}

pub(super) const fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar, checked when compiled")
}

/// The six workshops that were held, in order of date.
pub(super) static HELD: [PlannedWorkshop; 6] = [
    PlannedWorkshop {
        slug: "gioi-thieu-sxsh-2008",
        title_vi: "Hội thảo giới thiệu SXSH trong công nghiệp",
        title_en: "Introducing cleaner production in industry",
        summary_vi: "Sản xuất sạch hơn là gì, doanh nghiệp được gì, và chương trình hỗ trợ những gì trong các năm tới.",
        summary_en: "What cleaner production is, what an enterprise gains by it, and what the programme will support in the coming years.",
        kind: Awareness,
        date: const { date(2008, 8, 21) },
        starts: MORNING,
        ends: NOON,
        venue: "Hội trường Sở Công Thương",
        address: "Thị xã Bến Tre, tỉnh Bến Tre",
        capacity: 120,
        attendances: 96,
    },
    PlannedWorkshop {
        slug: "nganh-dua-2008",
        title_vi: "Nâng cao nhận thức SXSH ngành chế biến dừa",
        title_en: "Cleaner production in coconut processing",
        summary_vi: "Nước, nhiệt và xơ dừa bị thất thoát ở đâu trong chế biến dừa, và những việc ít tốn kém có thể làm ngay.",
        summary_en: "Where coconut processing loses water, heat and fibre, and the low-cost steps that can be taken at once.",
        kind: Awareness,
        date: const { date(2008, 11, 14) },
        starts: MORNING,
        ends: NOON,
        venue: "UBND huyện Mỏ Cày",
        address: "Thị trấn Mỏ Cày, huyện Mỏ Cày, tỉnh Bến Tre",
        capacity: 130,
        attendances: 104,
    },
    PlannedWorkshop {
        slug: "ky-nang-danh-gia-2009",
        title_vi: "Kỹ năng đánh giá SXSH cho kỹ thuật, quản đốc",
        title_en: "Cleaner-production assessment skills for technicians and foremen",
        summary_vi: "Một ngày thực hành: vẽ sơ đồ dòng, cân bằng vật liệu, tìm nguyên nhân và chọn giải pháp cho xưởng của mình.",
        summary_en: "A day of practice: draw the flow chart, balance the materials, find the causes and choose solutions for one's own workshop floor.",
        kind: Skills,
        date: const { date(2009, 4, 16) },
        starts: MORNING,
        ends: AFTERNOON,
        venue: "Khách sạn Hùng Vương",
        address: "Đường Hùng Vương, thị xã Bến Tre, tỉnh Bến Tre",
        capacity: 140,
        attendances: 110,
    },
    PlannedWorkshop {
        slug: "thuy-san-lang-nghe-2009",
        title_vi: "SXSH ngành thủy sản và làng nghề",
        title_en: "Cleaner production in seafood and craft villages",
        summary_vi: "Giảm nước thải và mùi, dùng ít đá và muối hơn mà vẫn giữ chất lượng, ở nhà máy cũng như ở hộ làng nghề.",
        summary_en: "Less waste water and odour, less ice and salt at the same quality, in factories and in craft-village households alike.",
        kind: Awareness,
        date: const { date(2009, 9, 23) },
        starts: MORNING,
        ends: NOON,
        venue: "UBND huyện Bình Đại",
        address: "Thị trấn Bình Đại, huyện Bình Đại, tỉnh Bến Tre",
        capacity: 120,
        attendances: 92,
    },
    PlannedWorkshop {
        slug: "khu-cum-cong-nghiep-2010",
        title_vi: "SXSH trong khu, cụm công nghiệp",
        title_en: "Cleaner production in industrial parks and clusters",
        summary_vi: "Dùng chung hơi, nước và xử lý chất thải giữa các nhà máy trong khu, cụm công nghiệp; kinh nghiệm từ KCN Giao Long.",
        summary_en: "Sharing steam, water and waste treatment between factories of a park or cluster; lessons from the Giao Long industrial park.",
        kind: Awareness,
        date: const { date(2010, 3, 18) },
        starts: MORNING,
        ends: NOON,
        venue: "KCN Giao Long",
        address: "Xã Giao Long, huyện Châu Thành, tỉnh Bến Tre",
        capacity: 110,
        attendances: 88,
    },
    PlannedWorkshop {
        slug: "chia-se-nhan-rong-2010",
        title_vi: "Chia sẻ kết quả trình diễn, nhân rộng mô hình",
        title_en: "Sharing the demonstration results, replicating the models",
        summary_vi: "Các cơ sở trình diễn kể lại đã làm gì, tốn bao nhiêu, được bao nhiêu, và cơ sở khác bắt đầu từ đâu.",
        summary_en: "The demonstration establishments tell what they did, what it cost and what it brought, and where others can begin.",
        kind: Sharing,
        date: const { date(2010, 6, 24) },
        starts: MORNING,
        ends: NOON,
        venue: "Khách sạn Hùng Vương",
        address: "Đường Hùng Vương, thành phố Bến Tre, tỉnh Bến Tre",
        capacity: 140,
        attendances: 110,
    },
];
