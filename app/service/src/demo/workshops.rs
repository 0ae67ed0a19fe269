//! The workshops of the demo: the six that were held, and four still to come
//! that move with the day the demo is laid out.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Weekday};
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

/// A workshop still to come.
#[derive(Clone, Debug)]
pub(super) struct UpcomingWorkshop {
    /// Its name in addresses of pages.
    pub(super) slug: &'static str,
    /// Title, in Vietnamese.
    pub(super) title_vi: &'static str,
    /// Title, in English.
    pub(super) title_en: &'static str,
    /// What it is about, in Vietnamese.
    pub(super) summary_vi: &'static str,
    /// What it is about, in English.
    pub(super) summary_en: &'static str,
    /// What it is for.
    pub(super) kind: WorkshopKind,
    /// What is particular about it.
    pub(super) state: UpcomingState,
    /// The day, in Viet Nam; never on a weekend.
    pub(super) date: NaiveDate,
    /// When it begins, local time.
    pub(super) starts: NaiveTime,
    /// When it ends, local time.
    pub(super) ends: NaiveTime,
    /// The room or house; the new one where it was relocated.
    pub(super) venue: &'static str,
    /// Where that is.
    pub(super) address: &'static str,
    /// Seats.
    pub(super) capacity: u32,
    /// When registration opens, local time.
    pub(super) opens_at: NaiveDateTime,
    /// When registration closes, local time.
    pub(super) closes_at: NaiveDateTime,
    /// How many of the demo's people have a seat.
    pub(super) booked: usize,
    /// How many more wait for one.
    pub(super) waiting: usize,
}

/// What is particular about a workshop still to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UpcomingState {
    /// Open, with seats left.
    Open,
    /// Open and full: newcomers wait.
    Full,
    /// Moved to another place after people had registered.
    Relocated {
        /// The place printed on the first invitations.
        old_venue: &'static str,
        /// Where that was.
        old_address: &'static str,
        /// What everyone registered is told, in Vietnamese.
        notice_vi: &'static str,
        /// What everyone registered is told, in English.
        notice_en: &'static str,
    },
    /// Not yet published.
    Draft,
}

const MORNING: NaiveTime = time(7, 30);
const NOON: NaiveTime = time(11, 30);
const AFTERNOON: NaiveTime = time(16, 30);

const fn time(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).expect("a time of day, checked when compiled")
}

const fn date(year: i32, month: u32, day: u32) -> NaiveDate {
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

/// Four workshops to come, seen from `today`: one open, one full with a
/// waiting list, one just relocated, one still a draft.
pub(super) fn upcoming(today: NaiveDate) -> Vec<UpcomingWorkshop> {
    vec![open(today), full(today), relocated(today), draft(today)]
}

fn open(today: NaiveDate) -> UpcomingWorkshop {
    let date = working_day(today, 21);
    UpcomingWorkshop {
        slug: "tiet-kiem-nuoc-nganh-dua",
        title_vi: "Tiết kiệm nước và năng lượng trong chế biến dừa",
        title_en: "Saving water and energy in coconut processing",
        summary_vi: "Đo lượng nước và hơi thật sự cần, tìm chỗ rò rỉ, và tính thời gian hoàn vốn của từng giải pháp.",
        summary_en: "Measure how much water and steam is really needed, find the leaks, and work out how soon each measure pays for itself.",
        kind: Awareness,
        state: UpcomingState::Open,
        date,
        starts: MORNING,
        ends: NOON,
        venue: "Khách sạn Hùng Vương",
        address: "Đường Hùng Vương, phường An Hội, tỉnh Vĩnh Long",
        capacity: 80,
        opens_at: opening(today - Days::new(7)),
        closes_at: closing(date - Days::new(3)),
        booked: 31,
        waiting: 0,
    }
}

fn full(today: NaiveDate) -> UpcomingWorkshop {
    let date = working_day(today, 10);
    UpcomingWorkshop {
        slug: "can-bang-vat-lieu",
        title_vi: "Thực hành cân bằng vật liệu cho kỹ thuật, quản đốc",
        title_en: "Material balances in practice for technicians and foremen",
        summary_vi: "Lớp nhỏ, một ngày: mỗi nhóm mang số liệu của xưởng mình đến và mang bảng cân bằng vật liệu về.",
        summary_en: "A small class of one day: each group brings the figures of its own floor and takes home a material balance.",
        kind: Skills,
        state: UpcomingState::Full,
        date,
        starts: MORNING,
        ends: AFTERNOON,
        venue: "Phòng họp KCN Giao Long",
        address: "Xã Giao Long, tỉnh Vĩnh Long",
        capacity: 40,
        opens_at: opening(today - Days::new(18)),
        closes_at: closing(date - Days::new(2)),
        booked: 40,
        waiting: 7,
    }
}

fn relocated(today: NaiveDate) -> UpcomingWorkshop {
    let date = working_day(today, 14);
    UpcomingWorkshop {
        slug: "giam-nuoc-thai-thuy-san",
        title_vi: "Giảm nước thải và mùi trong chế biến thủy sản",
        title_en: "Less waste water and odour in seafood processing",
        summary_vi: "Thu gom khô trước khi rửa, tách mỡ và vảy tại chỗ, và dùng lại phụ phẩm thay vì thải bỏ.",
        summary_en: "Collect dry before rinsing, separate fat and scales where they arise, and reuse by-products instead of discarding them.",
        kind: Awareness,
        state: UpcomingState::Relocated {
            old_venue: "Hội trường UBND xã Bình Đại",
            old_address: "Xã Bình Đại, tỉnh Vĩnh Long",
            notice_vi: "Hội thảo chuyển từ Hội trường UBND xã Bình Đại sang Nhà văn hóa làng nghề Bình Thắng, vì hội trường đang sửa chữa. Ngày và giờ không đổi. Giấy mời đã in còn ghi địa điểm cũ, mong Anh/Chị theo thông báo này.",
            notice_en: "The workshop has moved from the hall of the Bình Đại commune office to the cultural house of the Bình Thắng craft village, as the hall is under repair. Day and time stay the same. Printed invitations still name the old place; please follow this notice.",
        },
        date,
        starts: MORNING,
        ends: NOON,
        venue: "Nhà văn hóa làng nghề Bình Thắng",
        address: "Xã Bình Đại, tỉnh Vĩnh Long",
        capacity: 60,
        opens_at: opening(today - Days::new(14)),
        closes_at: closing(date - Days::new(2)),
        booked: 22,
        waiting: 0,
    }
}

fn draft(today: NaiveDate) -> UpcomingWorkshop {
    let date = working_day(today, 42);
    UpcomingWorkshop {
        slug: "nhan-rong-lang-nghe",
        title_vi: "Nhân rộng mô hình SXSH ở làng nghề",
        title_en: "Replicating cleaner production in craft villages",
        summary_vi: "Các hộ đã áp dụng chỉ cho các hộ chưa áp dụng: bếp, nước rửa, phơi sấy và phụ phẩm.",
        summary_en: "Households that apply it show those that do not yet: stoves, rinsing water, drying and by-products.",
        kind: Sharing,
        state: UpcomingState::Draft,
        date,
        starts: MORNING,
        ends: NOON,
        venue: "Nhà văn hóa xã Mỏ Cày",
        address: "Xã Mỏ Cày, tỉnh Vĩnh Long",
        capacity: 70,
        opens_at: opening(today + Days::new(14)),
        closes_at: closing(date - Days::new(3)),
        booked: 0,
        waiting: 0,
    }
}

/// The day `after` days from `today`, or the Monday after it on a weekend.
fn working_day(today: NaiveDate, after: u64) -> NaiveDate {
    let day = today + Days::new(after);
    match day.weekday() {
        Weekday::Sat => day + Days::new(2),
        Weekday::Sun => day + Days::new(1),
        _ => day,
    }
}

/// Registration opens when offices do.
fn opening(day: NaiveDate) -> NaiveDateTime {
    day.and_time(const { time(8, 0) })
}

/// Registration closes when offices do.
fn closing(day: NaiveDate) -> NaiveDateTime {
    day.and_time(const { time(17, 0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_any_day_the_next_workshops_are_ahead_in_time_and_in_their_windows() {
        for today in (0..14).map(|n| date(2026, 2, 20) + Days::new(n)) {
            for next in upcoming(today) {
                let noon = today.and_time(NOON);
                let is_open = next.opens_at <= noon && noon < next.closes_at;
                assert_eq!(is_open, next.state != UpcomingState::Draft, "{}", next.slug);
                assert!(
                    next.opens_at < next.closes_at
                        && next.closes_at < next.date.and_time(next.starts)
                );
                assert!(!matches!(next.date.weekday(), Weekday::Sat | Weekday::Sun));
                let is_full = next.booked == next.capacity as usize;
                assert_eq!(
                    (is_full, next.waiting > 0),
                    (next.state == UpcomingState::Full, is_full)
                );
            }
        }
    }
}
