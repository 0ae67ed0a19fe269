# Workshops as the organisers see them.
manage-tabs-label = Pages of this workshop
manage-tab-overview = Overview
manage-tab-people = People
manage-tab-materials = Materials
manage-tab-log = Log

manage-list-title = Workshops
manage-list-empty-title = No workshop yet
manage-list-empty = A new workshop is a draft that only organisers see, until it is published.
manage-list-filter = Filter workshops by state
manage-list-none = There is no workshop in this part.
manage-all = All
manage-workshop = Workshop
manage-starts = Date and time
manage-room = Place
manage-seats-taken = Seats taken
manage-waiting = Waiting
manage-attended = Attended
manage-schedule-act = Schedule a workshop

manage-schedule-title = Schedule a workshop
manage-schedule-save = Save as a draft
manage-edit-title = Change the workshop
manage-edit-save = Save changes
manage-form-what = What it is
manage-form-where = Where and when
manage-form-registration = Registration
manage-form-back = Go back without saving
manage-form-title-en-hint = Can wait; it is needed before publishing.
manage-form-summary-hint = One or two sentences for newcomers: whom it is for and what they gain.
manage-form-address-hint = So that people find the way.
manage-form-time-hint = The time in Viet Nam.
manage-form-capacity-hint = When the seats are taken, people go on the waiting list.
manage-form-opens-hint = Leave it empty to open as soon as it is published.
manage-form-closes-hint = Leave it empty to close when the workshop starts.

manage-done-scheduled-title = Scheduled
manage-done-scheduled = This is a draft that only organisers see. Publish it when everything is filled in.
manage-done-revised-title = Changes saved
manage-done-revised = The public page, if there is one, shows what is new. If seats were added, people waiting move up in order and are told. A new link to take part is told to those with a seat; nobody is told of other changes.
manage-done-published-title = Published
manage-done-published = Everybody can see the page of the workshop. People register in the way and at the time that you set.
manage-done-assigned-title = Assigned
manage-done-assigned = The people in charge see this workshop when they sign in.

manage-notice-title = Shown on the public page
manage-missing-title = Still missing
manage-missing = This draft cannot be published yet. Please fill in:
manage-ready-title = This draft is complete
manage-ready = Only organisers see this workshop. Publish it so that people can see it and register.
manage-publish-act = Publish
manage-door-act = Open check-in
manage-edit-act = Change
manage-assign-act = Assign people
manage-call-off-link = Call this workshop off

manage-numbers-title = People
manage-of-seats = / { $capacity } seats
manage-sum = { $attended } came themselves + { $substitutes } substitutes + { $walkins } walk-ins = { $came } attendances.
manage-not-here-yet = Not here yet
manage-facts-title = Facts
manage-when = When
manage-where = Where
manage-registration = Registration period
manage-window = From { $opens } to { $closes }
manage-window-draft = Not published, so nobody can register yet.
manage-window-open = Open now.
manage-window-not-yet = Not open yet.
manage-window-closed = Closed.
manage-summary = Summary
manage-not-yet = Not yet
manage-nobody-assigned = Nobody is assigned yet.
manage-public = Public page
manage-public-open = Open the public page
manage-public-copy = Address to copy into Zalo or invitations:

manage-call-off-title = Call this workshop off?
manage-call-off-what = { $title }, { $at }.
manage-call-off-lost = { $came ->
    [one] 1 attendance will no longer count in the programme.
   *[other] { $came } attendances will no longer count in the programme.
}
manage-call-off-final = Registration closes and the public page says it is cancelled. This cannot be undone.
manage-call-off-act = Call it off
manage-call-off-keep = Keep it and go back

manage-assign-title = Assign people
manage-assign-hint = Trainers upload materials; door staff open the check-in. Only those you choose see this workshop.
manage-assign-save = Save
manage-assign-empty = There are no accounts of trainers or door staff yet. The operator of the server adds one with:

manage-people-page = People: { $title }
manage-people-search = Find a name or establishment (accents do not matter), a code or a phone
manage-people-find = Find
manage-people-parts = Filter people
manage-people-empty-title = Nobody has registered yet
manage-people-empty = Send the address of the public page to the establishments.
manage-people-empty-draft = The workshop is still a draft. Publish it so that people can register.
manage-people-to-overview = To the overview
manage-people-none = There is nobody in this part.
manage-people-not-found = Nobody matches “{ $typed }”.
manage-people-show-all = Show all
manage-person = Name and code
manage-contact = Contact
manage-no-contact = None
manage-state = State
manage-attended-at = Checked in at
PeopleFilter-registered = Registered
PeopleFilter-booked = Booked
PeopleFilter-requested = Waiting for approval
PeopleFilter-waitlisted = Waiting list
PeopleFilter-offered = Offered a seat
PeopleFilter-declined = Got no seat
PeopleFilter-cancelled = Cancelled
PeopleFilter-attended = Attended
PeopleFilter-absent = Did not come
PeopleFilter-substituted = Replaced by somebody else
PeopleFilter-substitute = Substitute
PeopleFilter-walk_in = Walk-in

manage-log-page = Log: { $title }
manage-log-empty = Nothing has been noted yet.
manage-log-system = System
manage-log-public = A registered person
manage-log-token = Another system (API)
manage-log-changed = { $field }: { $from } → { $to }
manage-log-set = { $field }: { $to }
manage-log-removed = { $field }: { $from } removed
manage-log-size = Size
manage-log-recipients = Recipients
manage-log-materials = Materials
deed-schedule = Scheduled the workshop
deed-revise = Changed the facts
deed-publish = Published
deed-call_off = Called it off
deed-assign = Assigned people
deed-upload_material = Uploaded a material
deed-withdraw_material = Withdrew a material
deed-restore_material = Restored a material
deed-send_materials = Sent the materials
deed-replace_material = Replaced a material with a new version
deed-revise_material = Changed what is said of a material
deed-withdraw_version = Withdrew a version of a material
deed-restore_version = Handed out a version of a material again
deed-withdraw_link = Withdrew one person's link to the materials
deed-withdraw_links = Withdrew all links to the materials
deed-add_session = Added a session
deed-revise_session = Changed a session
deed-remove_session = Removed a session
deed-save_agenda = Saved an agenda
deed-move = Changed time or place
deed-close = Locked the figures
deed-reopen = Unlocked the figures
deed-copy = Copied the workshop
deed-override_clash = Kept it although something clashes
deed-alert_minimum = Told that the minimum is missed
deed-decide_people = Decided over registrations
deed-over_capacity = Gave seats beyond those there are
deed-parted_over_capacity = Undoing a merge left more people than seats
deed-message_people = Wrote to people
deed-export_people = Downloaded the list of people
manage-log-people = People
manage-log-over = More than seats
manage-log-act = Act
deed-confirm_import = Confirmed an import
deed-import_people = Imported a list
deed-undo_import = Took an import back
deed-go_ahead = Decided to go ahead with few people
manage-log-booked = Registered
manage-log-clashes = Clashes with
manage-log-copy_of = Copied from
manage-log-agenda_items = Agenda items

manage-tab-sessions = Sessions, agenda
manage-form-roles-hint = None ticked means everybody.
manage-form-sectors-hint = None ticked means all sectors.
manage-form-online-hint = Only people with a seat see this address. When it changes after publication, people with a seat are told by mail.
manage-form-other-place = Another place, typed below
manage-form-typed-place-hint = Needed when “Another place” is chosen above; otherwise leave it empty.
manage-form-times-elsewhere = See and change times and places on the page of sessions
manage-form-minimum-hint = If it is missed, the organisers are told and decide; nothing is cancelled by itself.
manage-form-mode-hint = Invited establishments can always name delegates, whichever is chosen.
manage-form-offer-hours-hint = When a seat is freed, the first on the waiting list has that long to take it; less near the start. Left empty: 24 hours.
manage-form-minimum-by-hint = Left empty: three days before the start.
manage-form-more = Contact, cancelling, certificate
manage-form-contact-hint = Left empty: the organisers' own.
manage-form-cancel-until-hint = Only with “Until a deadline”.
manage-form-code-hint = Your own number for it, if there is one.
manage-clash = Clashes with:
manage-clash-allow = I have seen this and keep it all the same. It is noted in the log.

manage-move-act = Change time or place
manage-move-title = Change time or place
manage-move-lead = Edit what changes. The next step shows who will be told and what they will read, before you confirm.
manage-move-next = Preview
manage-move-confirm-title = Confirm the change?
manage-move-act-tell = Change it and tell { $count ->
        [one] 1 person
       *[other] { $count } people
    }
manage-move-act-silent = Change it and tell nobody
manage-move-back = Edit again
manage-move-deadlines = Deadlines that move along
manage-move-unchanged-title = Nothing has changed yet
manage-move-unchanged = Time, place and the way to take part are as they were. Edit what is to change, then look at the preview.
manage-note-hint = The people concerned read this reason.
manage-note-en-hint = Left empty, readers of English see the Vietnamese reason.
manage-tell-legend = Whom to tell
manage-tell-booked = People with a seat
manage-tell-waiting = People on the waiting list
manage-tell-invited = Contacts of invited establishments that have named nobody yet
manage-tell-trainers = Trainers
manage-tell-who = Who is told
manage-tell-nobody = Nobody is told.
manage-tell-by-mail = { $mail ->
        [one] 1 person gets
       *[other] { $mail } people get
    } an e-mail, with a calendar file where they have a seat.
manage-tell-by-call = { $call ->
        [one] 1 person has
       *[other] { $call } people have
    } no working e-mail and go on the list of calls.
manage-tell-by-invited = Invited establishments without names: { $mail } by e-mail, { $call } to be called.
manage-tell-by-trainers = Trainers: { $trainers } by e-mail, { $silent } to be called.
manage-tell-what = What they read
manage-tell-in-vi = In Vietnamese
manage-tell-in-en = In English
manage-call-off-act-tell = Cancel it and tell { $count ->
        [one] 1 person
       *[other] { $count } people
    }

manage-copy-link = Copy
manage-copy-title = Copy to another date
manage-copy-what = The copy is a draft with the same settings, sessions and agendas. People, materials and messages are not copied; trainers must be asked again.
manage-copy-hint = The first session begins then; the other sessions and deadlines keep their distance.
manage-copy-act = Make the draft

manage-close-link = Lock the figures
manage-close-title = Lock the figures of this workshop?
manage-close-what = After that nobody can be checked in or taken out. It can be unlocked again; that is noted in the log.
manage-close-act = Lock the figures
manage-reopen-link = Unlock the figures
manage-reopen-title = Unlock the figures?
manage-reopen-what = Check-ins can be changed again. Unlocking is noted in the log.
manage-reopen-act = Unlock
manage-done-closed-title = The figures are locked
manage-done-closed = The figures of this workshop do not change any more.
manage-done-reopened-title = The figures are unlocked
manage-done-reopened = Check-ins can be changed. Lock them again when you are done.

manage-minimum-title = Fewer people than the minimum
manage-minimum-missed = By { $at } { $booked } people had registered; at least { $minimum } are needed. Nothing is cancelled by itself: you decide.
manage-minimum-go-ahead = Go ahead
manage-minimum-postpone = Postpone
manage-minimum-cancel = Cancel the workshop
manage-done-go-ahead-title = It goes ahead
manage-done-go-ahead = The workshop takes place as planned.

manage-filter-search = Search titles and summaries (accents not needed)
manage-filter-year = Year
manage-filter-trainer = Trainer
manage-filter-any = All
manage-filter-find = Filter
manage-filter-found = { $number } of { $all } workshops match.
manage-filter-clear = Clear filters
manage-filter-nothing = No workshop matches. Use fewer filters.
manage-minimum-fact = { $minimum } people, judged { $at }
manage-already-held = This has taken place already; I am writing it down for the record.
questions-title = Questions
questions-lead = Ask registrants what only this workshop needs, such as diet or a shared ride. The less is asked, the more people register.
questions-empty = Nothing is asked beside the usual fields.
questions-add-title = One more question
questions-add = Add the question
questions-edit-title = Change the question
questions-save = Save the question
questions-remove = Ask this no longer
questions-remove-text = { $count ->
        [0] Nobody has answered, so the question is deleted.
        [one] One person has answered. It is asked no longer; the answer is kept.
       *[other] { $count } people have answered. It is asked no longer; the answers are kept.
    }
questions-answered = Answered
questions-required = Required
questions-internal = Internal
questions-required-box = Required of those who register themselves; whoever is registered by others answers later on their own page
questions-internal-box = Answered and seen by organisers alone; delegates never see it
questions-choices-hint = For one choice and several choices. One a line.
questions-choices-en-hint = In the same order as above, or empty.
questions-done-added = The question was added
questions-done-saved = The question was saved
questions-done-removed = The question is asked no longer
questions-done-text = It holds on the registration page at once.
questions-answers-title = Answers of the delegate
deed-add_question = Added a question
deed-revise_question = Changed a question
deed-remove_question = Removed a question
deed-make_door_link = Link to the door made
deed-revoke_door_link = Link to the door revoked
deed-add_device = Added a door device
deed-revoke_device = Device at the door revoked
deed-door_conflict = Offline scan kept to be settled
deed-settle_conflict = Offline scan settled
manage-form-late-hint = 0 to 240 minutes; { $minutes } when left empty. Who comes later is late, and still counts.
manage-form-share-hint = 1 to 100; { $share } when left empty.
deed-print_sheet = Made a sign-in sheet
deed-enter_sheet = Entered a signed sheet
deed-undo_sheet = Took back an entry of a sheet
deed-upload_photo = Uploaded a photo of a sheet
deed-withdraw_photo = Withdrew a photo of a sheet
deed-restore_photo = Restored a photo of a sheet
deed-propose_figures = Put the figures of a session forward
deed-sign_figures = Signed the figures of a session
deed-reopen_figures = Reopened the figures of a session
deed-merge_signed = Merged two people within signed figures: attendances stay, the number of people may change
deed-part_signed = Parted two people within signed figures: attendances stay, the number of people may change
manage-close-unsigned = { $number ->
    [one] 1 session is not signed by a second person: its figures stay provisional. Better have it signed before closing.
   *[other] { $number } sessions are not signed by a second person: their figures stay provisional. Better have them signed before closing.
    }
manage-close-unsigned-act = See attendance
manage-done-copied-typed-title = Copied; please look at the place
manage-done-copied-typed = A room of the original is no longer in use, so the draft has the place as words only. Choose another room if needed.
manage-form-format-elsewhere = Change how people take part on the page that changes time and place, so that they are told
manage-move-online-hint = Needed when people can take part online from now on. Only people with a seat see this address.
manage-tell-contacts-in-vi = What invited establishments read, in Vietnamese
manage-tell-contacts-in-en = What invited establishments read, in English
manage-tell-trainers-read = What trainers read, in Vietnamese
manage-form-booked-list = See the people who have a seat
manage-log-refusal = Reason
manage-log-scanned_at = Scanned
manage-log-volunteer = Door staff
deed-correct_attendance = Correct the attendance
deed-undo_correction = Undo a correction of the attendance
