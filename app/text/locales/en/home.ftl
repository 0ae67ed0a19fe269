# The public calendar and a workshop's page.
home-title = Upcoming workshops
home-lead = Choose a workshop to read about it and register.
home-empty = No workshop is open for registration now. Please come back later.
home-opens = Registration opens { $at }
home-closed = Registration has closed
home-seats-left = { $count ->
        [one] 1 seat left
       *[other] { $count } seats left
    }
home-full = Full, waiting list open
home-when = When
home-where = Where
home-map = See the map
home-seats = Seats
home-seats-all = { $all ->
        [one] 1 seat
       *[other] { $all } seats
    }
home-seats-free = { $count } of { $all } left
home-seats-none = All { $all } are taken. { $count ->
        [0] Nobody is waiting yet.
        [one] 1 person is waiting.
       *[other] { $count } people are waiting.
    }
home-seats-kept = { $kept } of { $all } { $kept ->
        [one] is
       *[other] are
    } kept for those who registered before. { $count ->
        [0] Nobody is waiting yet.
        [one] 1 person is waiting.
       *[other] { $count } people are waiting.
    }
home-waiting-rule = You can still register and join the waiting list. When somebody cancels, whoever has waited longest gets the seat.
home-registration = Registration
home-window = From { $from } to { $to }
home-window-open = Open until { $to }
home-window-approval = Open until { $to }. The organisers decide on each registration.
home-window-closed = Closed { $to }
home-cancelled-title = This workshop is cancelled
home-cancelled-text = It will not take place. We are sorry.
home-changed-title = Something has changed
register-act = Register
register-act-waiting = Join the waiting list
home-description = Workshops and trainings of { $organizer }: when, where, seats left, and registration.

list-title = All workshops
list-link = Search all workshops, past ones too
list-tabs = When
list-upcoming = Upcoming
list-past = Past
list-search = Search workshops (accents not needed)
list-month = Month
list-any-month = Any month
list-any-sector = Any sector
list-place = Locality or place
list-find = Search
list-clear = Clear filters
list-found = { $number ->
        [one] 1 workshop
       *[other] { $number } workshops
    }
list-not-found = No workshop matches. Use fewer filters, or look at the other tab.
list-none-past = There is no past workshop yet.
list-pages = Pages
list-page = Page { $number }
home-agenda = Agenda
home-for-whom = For whom
home-online-hint = The address for taking part online is on the page of those who have a seat.
home-contact = Contact
home-giving-up = Cancelling
home-cancel-never = Not on this site. If you cannot come, please tell the organisers.
home-cancel-until = Until { $at }.
home-cancel-was = Possible until { $at }. If you cannot come, please tell the organisers.
home-cancel-any = Any time until the workshop begins, { $at }.
