//! Workshops of the demo still to come; they move with the day the demo is laid
//! out.

use super::workshops::{AFTERNOON, MORNING, NOON, time};
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Weekday};
use domain::WorkshopKind::{self, Awareness, Sharing, Skills};
use domain::{RegistrationMode, RegistrationState, TeachingState};

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
    /// Codes of the sectors it is for; empty: all.
    pub(super) sectors: &'static str,
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
    /// How many of the demo's people have a seat, or are offered or ask for one.
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
    /// Called off.
    Cancelled {
        /// Why, in Vietnamese.
        note_vi: &'static str,
        /// Why, in English.
        note_en: &'static str,
    },
    /// Only for establishments that are invited and name who comes.
    Invited,
    /// Open, and the moment has passed at which this many should have
    /// registered.
    UnderMinimum {
        /// The fewest people it is held for.
        minimum: i64,
    },
}

impl UpcomingWorkshop {
    /// Whether its agenda and trainers are settled.
    pub(super) fn has_agenda(&self) -> bool {
        !matches!(
            self.state,
            UpcomingState::Cancelled { .. }
                | UpcomingState::Invited
                | UpcomingState::UnderMinimum { .. }
        )
    }

    /// Where the registration of its guest with this number stands, from 0:
    /// the last seat of a full one is offered to who waited first, and one
    /// request waits for an organiser.
    pub(super) fn standing(&self, n: usize) -> RegistrationState {
        let last = n + 1 == self.booked;
        match self.state {
            UpcomingState::Full if last => RegistrationState::Offered,
            UpcomingState::UnderMinimum { .. } if last => RegistrationState::Requested,
            _ if n < self.booked => RegistrationState::Booked,
            _ => RegistrationState::Waitlisted,
        }
    }

    /// How people get a seat.
    pub(super) fn mode(&self) -> RegistrationMode {
        match self.state {
            UpcomingState::UnderMinimum { .. } => RegistrationMode::Approval,
            UpcomingState::Invited => RegistrationMode::Invitation,
            _ => RegistrationMode::Open,
        }
    }

    /// What the second trainer answered.
    pub(super) fn second_answer(&self) -> TeachingState {
        match self.state {
            UpcomingState::Draft => TeachingState::Asked,
            UpcomingState::Full => TeachingState::Declined,
            _ => TeachingState::Accepted,
        }
    }
}

/// The workshops to come, seen from `today`: one open, one full with a waiting
/// list, one just relocated, one still a draft, one called off, one that too few
/// have registered for, and one for invited establishments alone.
pub(super) fn upcoming(today: NaiveDate) -> Vec<UpcomingWorkshop> {
    vec![
        open(today),
        full(today),
        relocated(today),
        draft(today),
        cancelled(today),
        under_minimum(today),
        invited(today),
    ]
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
        sectors: "coconut",
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
        sectors: "",
        state: UpcomingState::Full,
        date,
        starts: MORNING,
        ends: AFTERNOON,
        venue: "KCN Giao Long",
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
        sectors: "seafood",
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
        sectors: "",
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

fn cancelled(today: NaiveDate) -> UpcomingWorkshop {
    let date = working_day(today, 17);
    UpcomingWorkshop {
        slug: "an-toan-hoa-chat-thuc-pham",
        title_vi: "Dùng ít hóa chất hơn trong chế biến thực phẩm",
        title_en: "Using fewer chemicals in food processing",
        summary_vi: "Chọn chất tẩy rửa, pha đúng liều và thu hồi nước rửa ở cơ sở thực phẩm nhỏ.",
        summary_en: "Choosing detergents, dosing them right and recovering rinsing water in small food establishments.",
        kind: Awareness,
        sectors: "food",
        state: UpcomingState::Cancelled {
            note_vi: "Đơn vị phối hợp hoãn chương trình. Trung tâm sẽ mời lại khi có lịch mới.",
            note_en: "The partner has put the programme off. The centre will invite again when there is a new date.",
        },
        date,
        starts: MORNING,
        ends: NOON,
        venue: "Nhà văn hóa xã Mỏ Cày",
        address: "Xã Mỏ Cày, tỉnh Vĩnh Long",
        capacity: 50,
        opens_at: opening(today - Days::new(12)),
        closes_at: closing(date - Days::new(2)),
        booked: 8,
        waiting: 0,
    }
}

fn under_minimum(today: NaiveDate) -> UpcomingWorkshop {
    let date = working_day(today, 5);
    UpcomingWorkshop {
        slug: "tiet-kiem-dien-lo-say",
        title_vi: "Tiết kiệm điện và củi ở lò sấy, bếp nấu",
        title_en: "Saving electricity and firewood in dryers and stoves",
        summary_vi: "Bịt chỗ thoát nhiệt, sấy đúng mẻ và dùng lại nhiệt thải; tính bằng tiền điện, tiền củi của từng cơ sở.",
        summary_en: "Close the leaks of heat, dry full batches and reuse waste heat; reckoned in each establishment's own bills.",
        kind: Skills,
        sectors: "food",
        state: UpcomingState::UnderMinimum { minimum: 20 },
        date,
        starts: MORNING,
        ends: NOON,
        venue: "Nhà văn hóa xã Mỏ Cày",
        address: "Xã Mỏ Cày, tỉnh Vĩnh Long",
        capacity: 40,
        opens_at: opening(today - Days::new(10)),
        closes_at: closing(date - Days::new(1)),
        booked: 9,
        waiting: 0,
    }
}

fn invited(today: NaiveDate) -> UpcomingWorkshop {
    let date = working_day(today, 28);
    UpcomingWorkshop {
        slug: "cam-ket-cua-lanh-dao",
        title_vi: "Lãnh đạo cơ sở với cam kết sản xuất sạch hơn",
        title_en: "Managers and their commitment to cleaner production",
        summary_vi: "Buổi làm việc hẹp với những cơ sở được mời: mục tiêu của năm, người phụ trách và cách theo dõi.",
        summary_en: "A small meeting with the establishments invited: the aims of the year, who is in charge and how to follow them.",
        kind: Sharing,
        sectors: "",
        state: UpcomingState::Invited,
        date,
        starts: MORNING,
        ends: NOON,
        venue: "Khách sạn Hùng Vương",
        address: "Đường Hùng Vương, phường An Hội, tỉnh Vĩnh Long",
        capacity: 30,
        opens_at: opening(today - Days::new(6)),
        closes_at: closing(date - Days::new(4)),
        booked: 2,
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
    use super::super::workshops::date;
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
