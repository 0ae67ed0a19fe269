//! What is wrong with an input: a field and a reason.

use serde::Serialize;
use std::borrow::Cow;

/// Why a value was not taken. The words for each reason, in both languages,
/// are in the text package under `problem-{code}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The field is empty.
    Required,
    /// Longer than this many characters.
    TooLong(u32),
    /// Not a Vietnamese phone number.
    NotAPhone,
    /// Not an e-mail address.
    NotAnEmail,
    /// Not one of the offered choices.
    NotAChoice,
    /// Nothing of what is offered was chosen.
    NotChosen,
    /// None of several that can all be chosen was.
    NoneChosen,
    /// Not a date and time.
    NotATime,
    /// Not a whole number between the two bounds, both allowed.
    NotInRange(i64, i64),
    /// The end is not after the start.
    EndNotAfterStart,
    /// Registration would close after the last session has begun.
    ClosesAfterStart,
    /// Only small letters, digits and hyphens.
    NotASlug,
    /// Another workshop has this address.
    SlugTaken,
    /// The consent that registration needs was not given.
    ConsentNeeded,
    /// The file is of a type that is not taken.
    FileType,
    /// The file is no picture or scan of a sheet of paper.
    PaperType,
    /// The content of the file is not what its name says.
    FileMismatch,
    /// The file is larger than this many megabytes.
    FileTooLarge(u32),
    /// The file has no content.
    FileEmpty,
    /// The file carries macros.
    HasMacros,
    /// Inside of the file is this one, which runs on a computer.
    HasProgram(String),
    /// The archive has more files than are looked at.
    ArchiveTooFull,
    /// The code belongs to nobody in this workshop.
    UnknownCode,
    /// Names have letters; this has none.
    NotAName,
    /// An establishment of which no more than a legal form is said.
    NotAnEstablishment,
    /// Not a number.
    NotANumber,
    /// The session does not belong to the workshop.
    UnknownSession,
    /// Lasts longer than this many hours.
    LongerThan(i64),
    /// Not an hour and minute.
    NotAnHour,
    /// Not inside the session.
    OutsideSession,
    /// At the same time as a line above.
    Overlaps,
    /// After the workshop has begun.
    AfterStart,
    /// Not the address of a page.
    NotALink,
    /// Fewer seats than this many people who have one.
    FewerThanBooked(i64),
    /// More than there are seats.
    MoreThanSeats,
    /// Another workshop is in the room at that time.
    RoomTaken,
    /// A trainer speaks elsewhere at that time.
    TrainerTaken,
    /// People know of it: it is changed by a move, which they are told of.
    ChangedByMove,
    /// Sessions of one workshop at the same time.
    SessionsOverlap,
    /// The register has an entry of this name.
    NameTaken,
    /// Another trainer of the register has this account.
    AccountTaken,
    /// The year has a plan already.
    YearTaken,
    /// A room was chosen and a place was typed too.
    RoomOrPlace,
    /// A time that has passed.
    InThePast,
    /// A day that is not here yet.
    InTheFuture,
    /// The person is registered for the workshop already.
    RegisteredAlready,
    /// It was answered already, so this of a question stays.
    Answered,
    /// Somebody made this choice, so it stays where it is with its words.
    ChoiceMade(String),
    /// A question with choices has too few or too many of them.
    FewChoices,
    /// There are not as many choices in the other language.
    ChoicesDiffer,
    /// A workshop asks no more than so many questions.
    TooManyQuestions,
    /// Not a day.
    NotADay,
    /// No seat is left, and nobody said what to do about that.
    NoSeats,
    /// Nobody was chosen.
    Nobody,
    /// More people were chosen than are decided at once.
    TooMany(i64),
    /// An establishment may name this many more people.
    MoreThanQuota(u32),
    /// There are only so many seats in all, fewer than the group needs.
    LargerThanRoom(u32),
    /// Neither ten digits nor thirteen.
    NotATaxCode,
    /// A tax code whose check digit is another.
    CheckDigit,
    /// Neither a workbook nor comma-separated text.
    NotATable,
    /// A file of rows that are no list of people.
    NotAList,
    /// More rows than a file may have.
    TooManyRows(i64),
    /// No column has the name, or the establishment.
    ColumnsNeeded,
    /// Two columns have the same.
    ColumnTwice,
    /// Nobody could reach the person any more, and nobody said that this is
    /// meant.
    Unreachable,
    /// Not two different ones were chosen.
    TwoNeeded,
    /// Letters that cannot be read, of a file that is damaged.
    Unreadable,
    /// Letters of a name were lost when a file was saved.
    DamagedName,
    /// Some of those chosen are not on the list, or no longer.
    NotListed,
    /// These are no rows of a sheet.
    NotRows(String),
    /// These codes are of another sheet.
    OtherSheet(String),
    /// The sheet has no such rows.
    NoSuchRow(String),
    /// Nobody stands in these rows yet.
    BlankRow(String),
    /// Somebody stands in this row already.
    RowTaken,
    /// Somebody of this name and establishment has signed already.
    SignedAlready,
    /// A place to be filled in that there is not, or not in this text.
    NotAPlaceholder {
        /// As it was typed.
        what: String,
        /// Those that this text may have.
        allowed: String,
    },
    /// A brace that has no partner.
    LooseBrace,
    /// What can be stopped by one click goes to each person alone.
    OneEach,
    /// Other people fit than those who were looked at.
    AudienceChanged,
    /// Nobody fits what was asked for.
    NobodyThere,
    /// Of a workshop that was called off people are told at once.
    OnlyNow,
}

impl Reason {
    /// The stable code, spoken by the JSON doors.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::TooLong(_) => "too_long",
            Self::NotAPhone => "not_a_phone",
            Self::NotAnEmail => "not_an_email",
            Self::NotAChoice => "not_a_choice",
            Self::NotChosen => "not_chosen",
            Self::NoneChosen => "none_chosen",
            Self::NotATime => "not_a_time",
            Self::NotInRange(..) => "not_in_range",
            Self::EndNotAfterStart => "end_not_after_start",
            Self::ClosesAfterStart => "closes_after_start",
            Self::NotASlug => "not_a_slug",
            Self::SlugTaken => "slug_taken",
            Self::ConsentNeeded => "consent_needed",
            Self::FileType => "file_type",
            Self::PaperType => "paper_type",
            Self::FileMismatch => "file_mismatch",
            Self::FileTooLarge(_) => "file_too_large",
            Self::FileEmpty => "file_empty",
            Self::HasMacros => "has_macros",
            Self::HasProgram(_) => "has_program",
            Self::ArchiveTooFull => "archive_too_full",
            Self::UnknownCode => "unknown_code",
            Self::NotAName => "not_a_name",
            Self::NotAnEstablishment => "not_an_establishment",
            Self::NotANumber => "not_a_number",
            Self::UnknownSession => "unknown_session",
            Self::LongerThan(_) => "longer_than",
            Self::NotAnHour => "not_an_hour",
            Self::OutsideSession => "outside_session",
            Self::Overlaps => "overlaps",
            Self::AfterStart => "after_start",
            Self::NotALink => "not_a_link",
            Self::FewerThanBooked(_) => "fewer_than_booked",
            Self::MoreThanSeats => "more_than_seats",
            Self::RoomTaken => "room_taken",
            Self::TrainerTaken => "trainer_taken",
            Self::ChangedByMove => "changed_by_move",
            Self::SessionsOverlap => "sessions_overlap",
            Self::NameTaken => "name_taken",
            Self::AccountTaken => "account_taken",
            Self::YearTaken => "year_taken",
            Self::RoomOrPlace => "room_or_place",
            Self::InThePast => "in_the_past",
            Self::InTheFuture => "in_the_future",
            Self::RegisteredAlready => "registered_already",
            Self::Answered => "answered",
            Self::ChoiceMade(_) => "choice_made",
            Self::FewChoices => "few_choices",
            Self::ChoicesDiffer => "choices_differ",
            Self::TooManyQuestions => "too_many_questions",
            Self::NotADay => "not_a_day",
            Self::NoSeats => "no_seats",
            Self::Nobody => "nobody",
            Self::TooMany(_) => "too_many",
            Self::MoreThanQuota(_) => "more_than_quota",
            Self::LargerThanRoom(_) => "larger_than_room",
            Self::NotATaxCode => "not_a_tax_code",
            Self::CheckDigit => "check_digit",
            Self::NotATable => "not_a_table",
            Self::NotAList => "not_a_list",
            Self::TooManyRows(_) => "too_many_rows",
            Self::ColumnsNeeded => "columns_needed",
            Self::ColumnTwice => "column_twice",
            Self::Unreachable => "unreachable",
            Self::TwoNeeded => "two_needed",
            Self::Unreadable => "unreadable",
            Self::DamagedName => "damaged_name",
            Self::NotListed => "not_listed",
            Self::NotRows(_) => "not_rows",
            Self::OtherSheet(_) => "other_sheet",
            Self::NoSuchRow(_) => "no_such_row",
            Self::BlankRow(_) => "blank_row",
            Self::RowTaken => "row_taken",
            Self::SignedAlready => "signed_already",
            Self::NotAPlaceholder { .. } => "not_a_placeholder",
            Self::LooseBrace => "loose_brace",
            Self::OneEach => "one_each",
            Self::AudienceChanged => "audience_changed",
            Self::NobodyThere => "nobody_there",
            Self::OnlyNow => "only_now",
        }
    }

    /// The numbers that the words for this reason mention.
    #[must_use]
    pub fn numbers(&self) -> Vec<(&'static str, i64)> {
        match self {
            Self::MoreThanQuota(max) | Self::LargerThanRoom(max) | Self::TooLong(max) => {
                vec![("max", i64::from(*max))]
            }
            Self::LongerThan(hours) => vec![("max", *hours)],
            Self::TooMany(max) | Self::TooManyRows(max) => vec![("max", *max)],
            Self::FewerThanBooked(booked) => vec![("min", *booked)],
            Self::FileTooLarge(megabytes) => vec![("max", i64::from(*megabytes))],
            Self::NotInRange(min, max) => vec![("min", *min), ("max", *max)],
            _ => Vec::new(),
        }
    }

    /// What the words for this reason name: of the input, as it was typed, and
    /// what could stand there.
    #[must_use]
    pub fn named(&self) -> Vec<(&'static str, &str)> {
        match self {
            Self::NotRows(what)
            | Self::OtherSheet(what)
            | Self::NoSuchRow(what)
            | Self::BlankRow(what)
            | Self::ChoiceMade(what)
            | Self::HasProgram(what) => vec![("what", what)],
            Self::NotAPlaceholder { what, allowed } => {
                vec![("what", what), ("allowed", allowed)]
            }
            _ => Vec::new(),
        }
    }

    /// One of each, for tests that every reason has words.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        vec![
            Self::Required,
            Self::TooLong(9),
            Self::NotAPhone,
            Self::NotAnEmail,
            Self::NotAChoice,
            Self::NotChosen,
            Self::NoneChosen,
            Self::NotATime,
            Self::NotInRange(1, 9),
            Self::EndNotAfterStart,
            Self::ClosesAfterStart,
            Self::NotASlug,
            Self::SlugTaken,
            Self::ConsentNeeded,
            Self::FileType,
            Self::PaperType,
            Self::FileMismatch,
            Self::FileTooLarge(9),
            Self::FileEmpty,
            Self::HasMacros,
            Self::HasProgram("x".to_owned()),
            Self::ArchiveTooFull,
            Self::UnknownCode,
            Self::NotAName,
            Self::NotAnEstablishment,
            Self::NotANumber,
            Self::UnknownSession,
            Self::LongerThan(9),
            Self::NotAnHour,
            Self::OutsideSession,
            Self::Overlaps,
            Self::AfterStart,
            Self::NotALink,
            Self::FewerThanBooked(9),
            Self::MoreThanSeats,
            Self::RoomTaken,
            Self::TrainerTaken,
            Self::ChangedByMove,
            Self::SessionsOverlap,
            Self::NameTaken,
            Self::AccountTaken,
            Self::YearTaken,
            Self::RoomOrPlace,
            Self::InThePast,
            Self::InTheFuture,
            Self::RegisteredAlready,
            Self::Answered,
            Self::ChoiceMade("x".to_owned()),
            Self::FewChoices,
            Self::ChoicesDiffer,
            Self::TooManyQuestions,
            Self::NotADay,
            Self::NoSeats,
            Self::Nobody,
            Self::TooMany(9),
            Self::MoreThanQuota(9),
            Self::LargerThanRoom(9),
            Self::NotATaxCode,
            Self::CheckDigit,
            Self::NotATable,
            Self::NotAList,
            Self::TooManyRows(9),
            Self::ColumnsNeeded,
            Self::ColumnTwice,
            Self::Unreachable,
            Self::TwoNeeded,
            Self::Unreadable,
            Self::DamagedName,
            Self::NotListed,
            Self::NotRows("x".to_owned()),
            Self::OtherSheet("x".to_owned()),
            Self::NoSuchRow("x".to_owned()),
            Self::BlankRow("x".to_owned()),
            Self::RowTaken,
            Self::SignedAlready,
            Self::NotAPlaceholder {
                what: "x".to_owned(),
                allowed: "y".to_owned(),
            },
            Self::LooseBrace,
            Self::OneEach,
            Self::AudienceChanged,
            Self::NobodyThere,
            Self::OnlyNow,
        ]
    }
}

/// One thing wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The name of the form field or the JSON path, for example `full_name`.
    pub field: Cow<'static, str>,
    /// Why the value was not taken.
    pub reason: Reason,
}

/// All that is wrong with an input, in the order of its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// One problem alone.
    #[must_use]
    pub fn one(field: impl Into<Cow<'static, str>>, reason: Reason) -> Self {
        Self(vec![Problem {
            field: field.into(),
            reason,
        }])
    }

    /// Notes a problem.
    pub fn add(&mut self, field: impl Into<Cow<'static, str>>, reason: Reason) {
        self.0.push(Problem {
            field: field.into(),
            reason,
        });
    }

    /// Keeps a good value; notes the reason of a bad one.
    pub fn take<T>(
        &mut self,
        field: impl Into<Cow<'static, str>>,
        result: Result<T, Reason>,
    ) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(reason) => {
                self.add(field, reason);
                None
            }
        }
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The reason noted for a field, if any.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<&Reason> {
        self.0
            .iter()
            .find(|problem| problem.field == field)
            .map(|problem| &problem.reason)
    }
}
