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
home-waiting-rule = You can still register and join the waiting list. When somebody cancels, whoever has waited longest gets the seat.
home-registration = Registration
home-window = From { $from } to { $to }
home-window-open = Open until { $to }
home-window-closed = Closed { $to }
home-cancelled-title = This workshop is cancelled
home-cancelled-text = It will not take place. We are sorry.
home-changed-title = Something has changed
register-act = Register
register-act-waiting = Join the waiting list
