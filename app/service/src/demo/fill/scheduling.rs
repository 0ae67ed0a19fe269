//! Venues, trainers, agendas, plans, and what was changed: what makes the
//! demo's workshops a programme.

use super::super::upcoming::{UpcomingState, UpcomingWorkshop};
use super::Fill;
use crate::Failure;
use crate::SessionSnapshot;
use crate::entity::{
    Code, agenda_item, annual_plan, room, session, teaching, trainer, venue, workshop,
    workshop_change,
};
use chrono::{Datelike, Duration};
use domain::{ChangeKind, TeachingState, fold, to_local};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Set,
};

/// Name, address, how to get there, and rooms with their seats.
type Venue = (
    &'static str,
    &'static str,
    &'static str,
    &'static [(&'static str, i64)],
);

const VENUES: [Venue; 5] = [
    (
        "Khách sạn Hùng Vương",
        "Đường Hùng Vương, phường An Hội, tỉnh Vĩnh Long",
        "Cổng chính bên bờ sông; gửi xe ở sân sau.",
        &[("Hội trường lớn", 120), ("Phòng họp tầng 2", 40)],
    ),
    (
        "KCN Giao Long",
        "Xã Giao Long, tỉnh Vĩnh Long",
        "Nhà điều hành, bên phải cổng số 1.",
        &[("Phòng họp", 50)],
    ),
    (
        "Hội trường UBND xã Bình Đại",
        "Xã Bình Đại, tỉnh Vĩnh Long",
        "Đang sửa chữa.",
        &[("Hội trường", 100)],
    ),
    (
        "Nhà văn hóa làng nghề Bình Thắng",
        "Xã Bình Đại, tỉnh Vĩnh Long",
        "Qua cầu Bình Thắng 200 m, bên trái.",
        &[("Hội trường", 80)],
    ),
    (
        "Nhà văn hóa xã Mỏ Cày",
        "Xã Mỏ Cày, tỉnh Vĩnh Long",
        "Cạnh chợ Mỏ Cày.",
        &[("Hội trường", 90)],
    ),
];

/// Name, affiliation, fields, phone, e-mail.
const TRAINERS: [(&str, &str, &str, &str, &str); 4] = [
    (
        "Trần Hữu Phước",
        "Trung tâm Sản xuất sạch hơn",
        "Đánh giá SXSH, chế biến dừa",
        "+84950000201",
        "trainer@example.com",
    ),
    (
        "Nguyễn Đình Khoa",
        "Viện Môi trường và Tài nguyên",
        "Nước thải thủy sản",
        "+84950000202",
        "khoa@example.com",
    ),
    (
        "Lê Thị Ngọc Ánh",
        "Chuyên gia tư vấn độc lập",
        "Năng lượng, hơi, lò hơi",
        "+84950000203",
        "anh@example.com",
    ),
    (
        "Trần Quốc Bảo",
        "Làng nghề Bình Thắng",
        "Kinh nghiệm của cơ sở đã áp dụng",
        "+84950000204",
        "",
    ),
];

/// Minutes from the start, minutes long, titles, trainer.
type Item = (i64, i64, &'static str, &'static str, Option<usize>);

const MORNING_ITEMS: [Item; 5] = [
    (0, 30, "Đón đại biểu, khai mạc", "Welcome and opening", None),
    (
        30,
        60,
        "Sản xuất sạch hơn: lợi ích và cách làm",
        "Cleaner production: what it brings and how",
        Some(0),
    ),
    (90, 15, "Nghỉ giải lao", "Break", None),
    (
        105,
        75,
        "Đo đạc và tìm thất thoát tại xưởng",
        "Measuring and finding losses on the floor",
        Some(1),
    ),
    (
        180,
        60,
        "Thảo luận, kế hoạch của từng cơ sở",
        "Discussion, a plan for each establishment",
        None,
    ),
];

impl Fill<'_> {
    /// Adds rooms and trainers.
    pub(in super::super) async fn registers(&self) -> Result<(), Failure> {
        for (name, address, directions, rooms) in VENUES {
            let venue = venue::ActiveModel {
                name: Set(name.to_owned()),
                folded: Set(fold(name)),
                address: Set(address.to_owned()),
                directions: Set(directions.to_owned()),
                is_demo: Set(true),
                created_at: Set(self.now),
                retired_at: Set(None),
                ..Default::default()
            };
            let venue = venue.insert(&**self.tx).await?;
            for (name, seats) in rooms {
                room::ActiveModel {
                    venue_id: Set(venue.id),
                    name: Set((*name).to_owned()),
                    capacity: Set(*seats),
                    retired_at: Set(None),
                    ..Default::default()
                }
                .insert(&**self.tx)
                .await?;
            }
        }
        for (at, (name, affiliation, fields, phone, email)) in TRAINERS.into_iter().enumerate() {
            trainer::ActiveModel {
                full_name: Set(name.to_owned()),
                folded: Set(fold(name)),
                affiliation: Set(affiliation.to_owned()),
                fields: Set(fields.to_owned()),
                phone: Set(Some(phone.to_owned())),
                email: Set((!email.is_empty()).then(|| email.to_owned())),
                account_id: Set((at == 0).then_some(self.staff.trainer)),
                is_demo: Set(true),
                created_at: Set(self.now),
                retired_at: Set(None),
                ..Default::default()
            }
            .insert(&**self.tx)
            .await?;
        }
        self.plans().await
    }

    async fn plans(&self) -> Result<(), Failure> {
        let this_year = i64::from(to_local(self.now).year());
        let plans = [
            (2008, 2, 200, "Hợp phần sản xuất sạch hơn"),
            (2009, 2, 220, "Hợp phần sản xuất sạch hơn"),
            (2010, 2, 180, "Hợp phần sản xuất sạch hơn; khuyến công tỉnh"),
            (this_year, 6, 360, "Khuyến công tỉnh"),
        ];
        for (year, workshops, delegates, funding) in plans {
            annual_plan::ActiveModel {
                programme_id: Set(self.programme_id),
                year: Set(year),
                workshops: Set(workshops),
                delegates: Set(delegates),
                funding: Set(funding.to_owned()),
                note: Set(String::new()),
                ..Default::default()
            }
            .insert(&**self.tx)
            .await?;
        }
        Ok(())
    }

    /// Gives a workshop to come its room, agenda, trainers and history.
    pub(super) async fn schedule(
        &self,
        planned: &UpcomingWorkshop,
        workshop: &workshop::Model,
    ) -> Result<(), Failure> {
        let found = session::Entity::find()
            .filter(session::Column::WorkshopId.eq(workshop.id))
            .one(&**self.tx)
            .await?;
        let session = self
            .put_into_room(planned, found.ok_or(Failure::NotFound)?)
            .await?;
        let trainers = trainer::Entity::find()
            .order_by_asc(trainer::Column::Id)
            .all(&**self.tx)
            .await?;
        if planned.has_agenda() {
            for ((from, long, title_vi, title_en, speaker), position) in
                MORNING_ITEMS.into_iter().zip(1..)
            {
                let starts_at = session.starts_at + Duration::minutes(from);
                agenda_item::ActiveModel {
                    session_id: Set(session.id),
                    position: Set(position),
                    starts_at: Set(starts_at),
                    ends_at: Set(starts_at + Duration::minutes(long)),
                    title_vi: Set(title_vi.to_owned()),
                    title_en: Set(title_en.to_owned()),
                    trainer_id: Set(speaker.map(|at| trainers[at].id)),
                    ..Default::default()
                }
                .insert(&**self.tx)
                .await?;
            }
            let answers = [TeachingState::Accepted, planned.second_answer()];
            for (trainer, state) in trainers.iter().zip(answers) {
                teaching::ActiveModel {
                    session_id: Set(session.id),
                    trainer_id: Set(trainer.id),
                    state: Set(Code(state)),
                    expected: Set("Bài giảng (PDF hoặc PPTX), một bài tập thực hành".to_owned()),
                    expected_by: Set(Some(session.starts_at - Duration::days(5))),
                    asked_at: Set(workshop.created_at),
                    answered_at: Set((state != TeachingState::Asked).then_some(self.now)),
                    ..Default::default()
                }
                .insert(&**self.tx)
                .await?;
            }
        }
        self.history(planned, workshop, session).await
    }

    async fn put_into_room(
        &self,
        planned: &UpcomingWorkshop,
        session: session::Model,
    ) -> Result<session::Model, Failure> {
        let Some(venue) = venue::Entity::find()
            .filter(venue::Column::Folded.eq(fold(planned.venue)))
            .one(&**self.tx)
            .await?
        else {
            return Ok(session);
        };
        let room = room::Entity::find()
            .filter(room::Column::VenueId.eq(venue.id))
            .order_by_asc(room::Column::Id)
            .one(&**self.tx)
            .await?
            .ok_or(Failure::NotFound)?;
        let mut row = session.into_active_model();
        row.room_id = Set(Some(room.id));
        row.room = Set(format!("{}, {}", room.name, venue.name));
        row.address = Set(venue.address);
        Ok(row.update(&**self.tx).await?)
    }

    /// The change that people were told of, if there was one.
    async fn history(
        &self,
        planned: &UpcomingWorkshop,
        workshop: &workshop::Model,
        session: session::Model,
    ) -> Result<(), Failure> {
        let (kind, note_vi, note_en, moved) = match planned.state {
            UpcomingState::Relocated {
                old_venue,
                old_address,
                notice_vi,
                notice_en,
            } => {
                let is = SessionSnapshot::of(&session, *workshop.format);
                let was = SessionSnapshot {
                    room: old_venue.to_owned(),
                    address: old_address.to_owned(),
                    ..is.clone()
                };
                (ChangeKind::Moved, notice_vi, notice_en, Some((was, is)))
            }
            UpcomingState::Cancelled { note_vi, note_en } => {
                (ChangeKind::Cancelled, note_vi, note_en, None)
            }
            _ => return Ok(()),
        };
        let json = |snapshot: Option<&SessionSnapshot>| {
            serde_json::to_string(&snapshot.into_iter().collect::<Vec<_>>())
                .map_err(Failure::internal)
        };
        let change = workshop_change::ActiveModel {
            workshop_id: Set(workshop.id),
            version: Set(2),
            kind: Set(Code(kind)),
            at: Set(self.now - Duration::hours(20)),
            actor: Set(super::account(self.staff.organizer)),
            note_vi: Set(note_vi.to_owned()),
            note_en: Set(note_en.to_owned()),
            before: Set(json(moved.as_ref().map(|(was, _)| was))?),
            after: Set(json(moved.as_ref().map(|(_, is)| is))?),
            told: Set(i64::try_from(planned.booked).unwrap_or(0)),
            ..Default::default()
        }
        .insert(&**self.tx)
        .await?;
        self.to_call(&change).await?;
        let mut row = workshop.clone().into_active_model();
        row.version = Set(2);
        row.update(&**self.tx).await?;
        if moved.is_some() {
            let mut row = session.into_active_model();
            row.sequence = Set(1);
            row.update(&**self.tx).await?;
        }
        Ok(())
    }
}
