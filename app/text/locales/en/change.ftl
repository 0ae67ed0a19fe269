# Moving and calling off, as people are told.
change-was = Before
change-is = Now
change-moved-subject = New time or place: { $title }
change-moved-body = The workshop “{ $title }” now takes place { $when }. Please check the time and the place.
change-moved-valid = Your registration and your code stay valid, also one that is printed.
change-invited-moved = The invitation stays valid. Please name who comes, or say that nobody can.
change-invited-cancelled = The invitation needs no answer any more.
change-invited-link = See and answer the invitation
change-cancelled-subject = Cancelled: { $title }
change-cancelled-body = The workshop “{ $title }”, planned for { $when }, does not take place. We ask for your understanding.
change-link = Open your registration
change-link-subject = New link to take part: { $title }
change-link-body = The link to take part online is another; the old one, also in your calendar, no longer works. The new one stands on the page of your registration.
change-zalo-contact = Questions: { $contact }
change-page-moved = Time or place changed
change-page-cancelled = Workshop cancelled
change-page-told = { $count ->
        [one] 1 person is
       *[other] { $count } people are
    } concerned. Changed { $at }.
change-zalo-title = Tell people on Zalo
change-zalo-hint = Copy this text into a Zalo group or message.
change-zalo-vi = In Vietnamese
change-zalo-en = In English
change-calls-title = To be called
change-calls-none = Nobody has to be called: everybody who was told has a working e-mail.
change-calls-lead = { $left ->
    [0] All { $all } people have been told.
   *[other] { $left } of { $all } people are still to be told.
}
change-call-name = Name
change-call-phone = Phone
change-call-no-phone = No number
change-call-from = Establishment
change-contacts-title = Invited establishments to be called
change-contacts-lead = These were invited, have named nobody yet, and no mail reaches them.
change-news-moved = Time or place has changed
change-news-cancelled = The workshop was cancelled
change-news-older = Earlier changes
change-news-at = As of { $at }
minimum-subject = Too few people: { $title }
minimum-body = The workshop “{ $title }”, which begins { $at }, has { $booked } people registered; at least { $minimum } are needed.
minimum-choices = You decide: go ahead, postpone or cancel. Nothing is cancelled by itself.
minimum-link = Open the workshop to decide
change-teach-link = Look again and answer
change-list-title = Changes people were told of
change-list-open = Text for Zalo, list of calls
change-page-link = The link to take part is another
change-call-via = (through { $name })
change-trainers-title = Trainers to be called
minimum-note = Too few people had registered to hold the workshop as planned.
