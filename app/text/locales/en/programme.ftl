# The programme: figures, what waits for the organiser, settings.
programme-saved-title = Saved
programme-saved = The programme's names, its target and the organiser are up to date.
programme-as-of = As of { $at }, counted from every single check-in.
programme-settings-link = Change the programme's name, target and organiser
programme-empty-title = No workshop yet
programme-empty = This page will show attendances toward the target. The first thing to do is to schedule a workshop.
programme-empty-reader = This page will show attendances toward the target once the organisers have scheduled a workshop.
programme-empty-act = Schedule a workshop
programme-nobody-yet = Nobody has been checked in yet, so there are no tables by role, sector, site and locality.
programme-attendances-of = attendances, target { $target }
programme-attendances-hint = One attendance is one person checked in at one workshop.
programme-meter = { $came } attendances toward a target of { $target }, of which { $verified } are verified
programme-persons-of = persons
programme-persons-hint = Each person is counted once, however many workshops they attended.
programme-funnel = From registration to attendance
programme-funnel-hint = A registration is not an attendance, so none of these are added above. The last five add up to those registered.
programme-registered = Registered
programme-attended = Came themselves
programme-substituted = Sent somebody else
programme-cancelled = Cancelled
programme-no-shows = Did not come
programme-not-seated = Got no seat
programme-sum = { $attended } came themselves + { $substitutes } substitutes + { $walkins } walk-ins = { $came } attendances.
programme-sum-officials = { $attended } came themselves + { $substitutes } substitutes + { $walkins } walk-ins = { $came }; less { $officials } public officials = { $counted } attendances.
programme-upcoming = { $number ->
    [one] Workshops to come or under way have 1 registration not counted here yet.
   *[other] Workshops to come or under way have { $number } registrations not counted here yet.
}
programme-who = Who attended
programme-by-role = By role
programme-by-sector = By sector
programme-by-site = By site
programme-by-locality = By locality
programme-attendances = Attendances
programme-persons = Persons
programme-share = Share
programme-total = Total
programme-officials = { $number ->
    [one] Besides, 1 attendance of a public official does not count toward the target.
   *[other] Besides, { $number } attendances of public officials do not count toward the target.
}
programme-workshops = Workshops
programme-workshop = Workshop
programme-date = Date and time
programme-state = State
programme-total-begun = Total of the workshops held or under way
programme-earlier = { $number ->
    [one] 1 earlier workshop
   *[other] { $number } earlier workshops
}
programme-others = { $number ->
    [one] 1 other
   *[other] { $number } others
}
programme-all-workshops = All workshops
programme-unreached = Establishments not reached yet: { $number }
programme-unreached-none = Somebody from every known establishment has attended.
programme-unreached-more = And { $number } more.
programme-figures = Results so far
programme-attention = Needs your attention
programme-attention-none = Nothing is waiting for you.
programme-need-mail = { $number ->
    [one] 1 mail could not be sent
   *[other] { $number } mails could not be sent
}
programme-need-mail-act = See failed mails
programme-need-publish-act = Complete and publish
programme-need-full-act = See the waiting list
programme-need-few-act = Open the workshop
programme-need-checkin-act = Check people in
programme-need-mail-why = See why, then reach the people by phone or Zalo.
programme-need-publish = A draft, planned for { $at }. Nobody can see it or register yet.
programme-need-full = All { $capacity } seats are taken, { $waiting ->
    [0] nobody is waiting yet
    [one] 1 person is waiting
   *[other] { $waiting } people are waiting
}. You can add seats or hold it twice.
programme-need-kept = { $kept } of { $capacity } seats kept for those who wait: { $waiting ->
    [0] nobody is waiting yet
    [one] 1 person is waiting
   *[other] { $waiting } people are waiting
}. You can add seats or hold it twice.
programme-need-few = Only { $booked } / { $capacity } seats are taken, { $days ->
    [0] and it begins today
    [one] with 1 day to go
   *[other] with { $days } days to go
}. Invite more people.
programme-need-checkin = Held { $at }: { $booked } people had seats and nobody was checked in.
programme-next = Next workshops
programme-next-seats = { $booked } / { $capacity } seats taken
programme-next-door = Open check-in
programme-settings-title = Programme and organiser
programme-settings-programme = Programme
programme-settings-target-hint = Attendances to reach, for example 600.
programme-settings-organizer = Organiser
programme-settings-organizer-hint = The name stands on top of every page and signs every mail.
programme-settings-email-hint = Delegates' answers go to this address.
programme-settings-save = Save
programme-settings-back = Back to the programme
programme-need-minimum = { $booked } people have registered, at least { $minimum } are needed. Begins { $at }.
programme-need-minimum-act = Decide
programme-need-declined = { $names } declined to teach. Begins { $at }.
programme-need-materials = Overdue: the materials of { $names }. The first was due { $by }.
programme-need-materials-act = See the trainers
programme-need-declined-act = Ask somebody else
programme-need-clash = Another workshop needs at the same time: { $names }. Begins { $at }.
programme-need-clash-act = See the calendar
programme-need-group = A group of { $size } waits, and there are { $capacity } seats in all: neither the group nor anybody behind it is ever offered one. Add seats, or call the group.
programme-need-requests = { $number ->
        [one] One person waits
       *[other] { $number } people wait
    } for approval. Whoever is not approved by { $by } is turned down automatically.
programme-need-requests-act = See and decide
programme-verified = { $number } verified
programme-provisional = { $number } provisional
programme-provisional-more = + { $number } provisional
programme-of-all = The tables below count provisional attendances too: those that no second person has signed off yet.
programme-to-sign = { $number ->
    [one] 1 session to sign
   *[other] { $number } sessions to sign
}
programme-need-conflicts = { $number ->
    [one] 1 offline door entry is not settled
   *[other] { $number } offline door entries are not settled
    }
programme-need-conflicts-act = Look and settle
