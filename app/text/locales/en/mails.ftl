# What stands in mails. One paragraph a line.
mail-greeting = Dear { $name },
mail-fact-workshop = Workshop
mail-fact-when = When
mail-fact-where = Where
mail-fact-code = Check-in code
mail-sign-off = Kind regards,
mail-footer = This message was sent automatically. Contact the organisers: { $contact }
mail-footer-alone = This message was sent automatically.
mail-confirmation-subject = Seat booked: { $title }
mail-confirmation-body =
    A seat is booked for you.
    When you arrive, show your check-in code or the QR code on your registration page. If you cannot come, please cancel there so that somebody else can have the seat.
mail-confirmation-link = Open my registration
mail-waitlisted-subject = Waiting list: { $title }
mail-waitlisted-body =
    The workshop is full. You are on the waiting list, in the order of registration.
    The organisers will tell you when a seat is free.
mail-waitlisted-link = See my place on the list
mail-promoted-subject = You have a seat: { $title }
mail-promoted-body =
    A seat has become free and is booked for you.
    If you cannot come, please cancel on your registration page so that somebody else can have the seat.
mail-promoted-link = Open my registration
mail-cancelled-subject = Registration cancelled: { $title }
mail-cancelled-body =
    Your registration was cancelled as you asked.
    If you change your mind, you can register again while registration is open.
mail-cancelled-link = See the cancelled registration
mail-link-again-subject = Your registration: { $title }
mail-link-again-body =
    Somebody has just registered with your name and phone number. You were registered for this workshop already, so nothing has changed.
mail-link-again-link = Open my registration
mail-materials-subject = Workshop materials: { $title }
mail-materials-body =
    Thank you for attending. The materials are behind the personal link below, which works for 30 days.
    Please do not pass this link on.
mail-materials-link = Get the materials
