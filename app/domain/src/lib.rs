//! The rules of Tập Huấn: newtypes, states and their legal moves, decisions.
//!
//! No IO, no async and no clock: time and randomness are passed in, so every
//! rule here has a fast test without a database.

mod access;
mod agenda;
mod annual_plan;
mod attendance;
mod attention;
mod call;
mod campaign;
mod cancelling;
mod cell;
mod change;
mod checkin;
mod code;
mod coded;
mod consent;
mod contact;
mod contact_change;
mod decision;
mod delivery;
mod distribution;
mod door;
mod ical;
mod import;
mod invitation;
mod kinds;
mod legal_form;
mod likeness;
mod likeness_keys;
mod material;
mod minimum;
mod month;
mod number;
mod party;
mod people;
mod person_form;
mod problem;
mod question;
mod registration;
mod registration_form;
mod sealed;
mod search;
mod seats;
mod session;
mod sheet;
mod signin;
mod tally;
mod tax_code;
mod teaching;
pub mod template;
mod time;
mod trainer;
mod typed;
mod venue;
mod vietnamese;
mod workshop;
mod workshop_form;

pub use access::{AccountRole, Act, may};
pub use agenda::{AgendaRow, NewAgendaItem, check_agenda};
pub use annual_plan::{NewPlan, PlanForm};
pub use attendance::{
    ATTENDED_SHARE, AttendanceState, Difference, Evidence, FiguresState, LATE_AFTER,
    attended_workshop, may_sign,
};
pub use attention::{Need, need, refusal_waits, wanted_twice};
pub use call::{CallOutcome, CallStanding, call_standing};
pub use campaign::{
    Audience, AudienceForm, BEGINNINGS, CameTo, CampaignEnd, CampaignForm, CampaignMoments,
    CampaignMove, CampaignPurpose, CampaignState, CampaignTiming, Fitting, LeftOut, NewCampaign,
    SharedMailbox, Telling, TimeUnit, Timing, TimingForm, tell_each,
};
pub use cell::{harmless, list_separator};
pub use change::{Deadlines, MoveForm, Tell, TellForm};
pub use checkin::{CheckedBy, CheckinOutcome, Refusal, arrival, decide_checkin, decide_replay};
pub use code::{Slug, TicketCode};
pub use coded::{Coded, join_codes, split_codes};
pub use consent::{CONSENT_TEXT_VERSION, Consents, Purpose};
pub use contact::{Email, Phone};
pub use contact_change::{
    ContactBy, becomes_unreachable, contact_after, fills_contact, is_given, may_see_contact,
    reached_at, telling_phone,
};
pub use decision::{
    Decided, MOST_DECIDED, MessageForm, PeopleAct, Step, Undecided, decide, read_seen, write_seen,
};
pub use delivery::{
    DeliveryState, MAX_ATTEMPTS, MailFailure, Outdated, SmtpFailure, next_attempt, server_trouble,
};
pub use distribution::{Channel, DistributionForm, MOST_ENTERED, NewDistribution};
pub use door::{
    ChosenSession, DOOR_GRACE, DOOR_OPENS, MOST_SCANS, SYNC_GRACE, Settlement, by_our_clock,
    is_conflict, is_door_open, scanned_at, session_at, session_chosen,
};
pub use ical::{
    Answer, CalendarEvent, CalendarMethod, EventStatus, Party, escape_text, fold_line,
    write_calendar,
};
pub use import::{
    ImportColumn, ImportField, ImportNote, ImportQuestion, ImportRow, ImportState, ImportTrace,
    ImportedPerson, MAX_IMPORT_BYTES, MAX_IMPORT_ROWS, find_headings, fold_heading, fullest_row,
    guess_columns, is_list, read_row,
};
pub use invitation::{
    InvitationMoments, InvitationState, InviteForm, InviteRow, MAX_INVITED, MAX_QUOTA, Naming,
    NewInvitation, NewInvitations, NewNomination, NominationForm, check_number_invited,
    decline_reason, default_answer_by, invitation_state, may_change_nominee, naming,
    naming_by_form, seats_short,
};
pub use kinds::{
    CancelRule, CertificateRule, ChangeKind, DelegateRole, EstablishmentKind, Lang, LocalityKind,
    Sector, SiteType, TeachingState, WorkshopFormat, WorkshopKind,
};
pub use legal_form::{establishment_name, fold_establishment, refold_establishment};
pub use likeness::{
    EstablishmentTraits, Likeness, LikenessNoun, LikenessReason, LikenessState, PersonTraits,
    establishment_likeness, first_stays, person_likeness,
};
pub use likeness_keys::{establishment_keys, pairs_to_compare, person_keys};
pub use material::{
    MATERIAL_MB, MaterialForm, MaterialKind, MaterialTiming, MaterialType, MaterialVersion,
    MaterialVisibility, NewMaterial, Viewer, clean_file_name, guessed_kind, sees, standing,
    title_of_file,
};
pub use minimum::Minimum;
pub use month::{Month, midnight, overlapping};
pub use party::{DelegateRow, MAX_PARTY, NewParty, PartyForm, sharing_phone};
pub use people::{ContactFilter, PeopleFilter};
pub use person_form::{PersonForm, WhenFull};
pub use problem::{Problem, Problems, Reason};
pub use question::{
    Answered, Answers, Asked, MAX_CHOICES, MAX_QUESTIONS, NewQuestion, QuestionForm, QuestionKind,
    check_answers,
};
pub use registration::{
    CLOSING_GRACE, LATE_DECISION, RegistrationMode, RegistrationMove, RegistrationSource,
    RegistrationState, advance, is_in_time, may_give_up, may_substitute, offer_until,
    undecided_until, undo_cancels,
};
pub use registration_form::{
    NewRegistration, RegistrationForm, SHORTEST_FILLING, WalkInForm, clean_line, is_too_quick,
    person_name,
};
pub use sealed::{Came, ListedPerson, SealKey, SealNonce, SealedPerson};
pub use search::{Fit, Sought};
pub use seats::{Seats, fewest_seats, groups_to_offer, place_granted, place_newcomers};
pub use session::{
    Allowing, LONGEST_SESSION, MOST_SESSIONS, NewPlace, NewSession, SessionForm, SessionWarning,
    Span, overlap, require_ahead, session_warnings,
};
pub use sheet::{BLANK_ROWS, MAX_PHOTO_BYTES, SheetNumber, read_rows};
pub use signin::{SIGN_IN_ATTEMPTS, SIGN_IN_WINDOW, throttled_for};
pub use tally::{Attendance, Cell, Funnel, Tally, UNCLASSIFIED};
pub use tax_code::TaxCode;
pub use teaching::{NewTeaching, TeachForm, is_missing};
pub use template::{Placeholder, TemplateForm, TemplateOccasion, TemplateText};
pub use time::{VIETNAM, days_between, moved_along, parse_local, to_local};
pub use trainer::{NewTrainer, TrainerForm};
pub use typed::optional_line;
pub use venue::{NewRoom, NewVenue, RoomForm, VenueForm};
pub use vietnamese::{fold, name_sort_key, normalise, same_name};
pub use workshop::{
    Phase, RegistrationWindow, WorkshopMove, WorkshopState, missing_to_publish, move_workshop,
    registration_window,
};
pub use workshop_form::{
    Known, MAX_CAPACITY, MAX_LATE_AFTER, MAX_OFFER_HOURS, NewWorkshop, OFFER_HOURS, WorkshopForm,
};
