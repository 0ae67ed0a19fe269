//! Deeds: the only place that reads and writes.
//!
//! Six doors (page GET, form POST, server function, JSON, command line, job)
//! call the same method on [`Services`]. Inside a deed: authorise, then one
//! transaction that locks the parent, loads, lets a pure rule of the domain
//! decide, saves, audits and pushes mail to the outbox.

pub mod entity;

mod account;
mod actor;
mod annual_plan;
mod attendance;
mod attention;
mod audit;
mod calendar;
mod call;
mod campaign;
mod change;
mod checkin;
mod clock;
mod db;
mod delegate;
mod demo;
mod distribution;
mod door;
mod establishment;
mod failure;
mod files;
mod frame;
mod headcount;
mod idempotency;
mod import;
mod invitation;
mod letter;
mod likeness;
mod limits;
mod live;
mod log;
mod mail;
mod mailer;
mod mailing;
mod material;
mod minimum;
mod outbox;
mod party;
mod people;
mod person;
mod planning;
mod programme;
mod public_list;
mod question;
mod reachable;
mod register;
mod registration;
mod room;
mod room_use;
mod seats;
mod secret;
mod services;
mod sign_in;
mod stamp;
mod teaching;
mod template;
mod through;
mod ticket;
mod token;
mod trainer_register;
mod unsubscribe;
mod venue;
mod workshop;
mod workshop_filter;

pub use account::Account;
pub use actor::Actor;
pub use annual_plan::PlanYear;
pub use attendance::{
    AttendancePage, AttendanceRow, Correction, Entered, EntryLook, Figures, FiguresToSign,
    PhotoDownload, SeenAtDoor, SheetEntry, SheetGuest, SheetLine, SheetRow, SheetView,
    SignedOnPaper,
};
pub use attention::Unsettled;
pub use calendar::{FeedAddress, Notice};
pub use call::{CallList, CallRow, Callee, Tried};
pub use campaign::{
    Campaign, CampaignChoices, CampaignCount, CampaignPage, CampaignPlan, CampaignRecipient,
    Campaigns, Sample, campaign_form,
};
pub use change::{ChangeMessage, ChangePage, ChangePreview, Changed, Reach, SessionSnapshot};
pub use checkin::{CheckedBy, CheckedIn, DoorPerson, DoorView, ScanRequest, WalkingIn, WhoCame};
pub use clock::Clock;
pub use db::{Db, Tx};
pub use demo::{DemoSignIns, demo_sign_ins};
pub use distribution::{
    Distributed, DistributedBy, DistributionDocument, DistributionEntered, DistributionFilter,
    DistributionPage, DistributionRow,
};
pub use door::{
    DoorBatch, DoorConflictRow, DoorKeys, DoorLink, DoorList, OfflineScan, Scanned, SealedDoorList,
    Synced,
};
pub use establishment::{EstablishmentRow, Establishments};
pub use failure::{Conflict, Failure};
pub use files::{Files, Upload};
pub use frame::Frame;
pub use headcount::{Cockpit, Headcount};
pub use idempotency::RequestKey;
pub use import::{Fate, ImportPage, ImportUndone, PreviewRow};
pub use invitation::{
    Invitable, InvitableRow, InvitationCount, InvitationLetter, InvitationPage, InvitationRow,
    Invitations, InviteFilter, Invited, NominationPage, Nominee,
};
pub use likeness::{Comparable, LikePair, LikeSide, MergeChoice, MergeQueue};
pub use limits::Limits;
pub use live::{Board, BoardLine, News};
pub use log::{Change, LogActor, LogLine, LogValue};
pub use mail::Organizer;
pub use mailer::{MailLimits, Mailer};
pub use mailing::{MailingPlan, MailingProgress};
pub use material::{
    ExpectedMaterial, Fetched, FetchedBy, Library, LibraryFilter, LibraryWorkshop, MaterialLink,
    MaterialPage, MaterialView, MaterialsBoard, MaterialsPage, OpenShelf, Received, Shelf,
    TaughtWorkshop, material_form,
};
pub use outbox::{MailPage, MailTrouble, OutboxFilter, SendAgainPlan};
pub use party::{PartyMember, PartyPage};
pub use people::{
    DeclineCall, ExportFormat, Exported, OfferCall, PEOPLE_A_PAGE, People, PeopleQuery, PersonPage,
    PersonRow,
};
pub use planning::PlannedSession;
pub use programme::{ProgrammeView, Summary};
pub use public_list::{PublicFilter, PublicList};
pub use question::{AnswerSheet, QuestionView};
pub use registration::{
    Chosen, DecisionDone, DecisionForm, DecisionPreview, Registered, Registering, RegisteringParty,
};
pub use room::RoomRow;
pub use room_use::RoomUse;
pub use secret::{Secret, hash_token, random_token};
pub use services::{Options, Services};
pub use teaching::{AskedTeaching, SessionTeachings, Teachings, TrainerChoice};
pub use template::{PreviewForm, TemplateMail, TemplatePreview, TemplateRow, TemplateView};
pub use ticket::{ContactForm, Ticket};
pub use trainer_register::{TrainerRow, Trainers};
pub use unsubscribe::Subscription;
pub use venue::{VenueView, Venues};
pub use workshop::{AgendaItem, Clash, WorkshopView, session_form};
pub use workshop_filter::{FoundWorkshops, WorkshopFilter};
