# What stands in mails. One paragraph a line.
mail-greeting = Dear { $name },
mail-greeting-house = Dear { $name },
mail-fact-workshop = Workshop
mail-fact-when = When
mail-fact-where = Where
mail-fact-code = Check-in code
mail-fact-online = Take part online
mail-fact-online-value = The link is on your registration page
mail-sign-off = Kind regards,
mail-footer = This message was sent automatically. Contact the organisers:
mail-footer-alone = This message was sent automatically.
mail-confirmation-subject = Seat booked: { $title }
mail-confirmation-body =
    A seat is booked for you.
    { $joining } If you cannot take part, please cancel there so that somebody else can have the seat.
mail-joining-in_person = When you arrive, show your check-in code or the QR code on your registration page.
mail-joining-online = This workshop is held online. When it starts, open your registration page and follow the link there.
mail-joining-hybrid = If you come, show your check-in code or the QR code on your registration page. If you take part online, open your registration page when it starts and follow the link there.
mail-confirmation-link = Open my registration
mail-waitlisted-subject = Waiting list: { $title }
mail-waitlisted-body =
    The workshop is full. You are on the waiting list, in the order of registration.
    The organisers will tell you when a seat is free.
mail-waitlisted-link = See my place on the list
mail-cancelled-subject = Registration cancelled: { $title }
mail-cancelled-body =
    Your registration was cancelled as you asked.
    If you change your mind, you can register again while registration is open.
mail-cancelled-link = See the cancelled registration
mail-link-again-subject = Your registration: { $title }
mail-link-again-body =
    Somebody has just registered with your name and phone number. You were registered for this workshop already, so nothing has changed.
mail-link-again-link = Open my registration
mail-lost-link-subject = Your registration: { $title }
mail-lost-link-body =
    This is the link to your registration, sent again because somebody asked for it, or because the registration was restored. The page has its state, time and place as they are now.
    If you did not ask, please ignore this mail: your registration has not changed.
mail-lost-link-link = Open my registration
mail-materials-subject = Workshop materials: { $title }
mail-materials-body =
    Thank you for attending. The materials are behind the personal link below, which works for 30 days.
    Please do not pass this link on.
mail-materials-link = Get the materials
mail-fact-until = Held until
mail-nominated-subject = You were named for: { $title }
mail-nominated-body =
    Your establishment has named you for this workshop, and a seat is booked for you.
    Somebody else sent your details, so for now they are used only to organise this workshop. Please open your registration page, look them over, and say whether you agree.
mail-nominated-colleague-body =
    A colleague has registered you for this workshop, and a seat is booked for you.
    Somebody else sent your details, so for now they are used only to organise this workshop. Please open your registration page, look them over, and say whether you agree.
mail-named-organizer = The organisers wrote you down for this workshop. Somebody else gave your details, so for now they are used only to organise this workshop.
mail-named-establishment = Your establishment has named you for this workshop. Somebody else sent your details, so for now they are used only to organise this workshop.
mail-named-colleague = A colleague has registered you for this workshop. Somebody else sent your details, so for now they are used only to organise this workshop.
mail-named-ask = Please open your registration page, look them over, and say whether you agree.
mail-nominated-link = Open my registration
mail-requested-subject = Request received: { $title }
mail-requested-body =
    The organisers have your request and will look at it. This is not a seat yet.
    They will tell you when they have decided.
mail-requested-link = See my request
mail-declined-subject = Request not granted: { $title }
mail-declined-body =
    We are sorry: the organisers could not grant your request for this workshop.
    We hope to see you at another one.
mail-declined-link = See the request
mail-offered-subject = A seat for you, please take it in time: { $title }
mail-offered-body =
    A seat has become free and you are next on the waiting list.
    Please open your registration page and take the seat before the time below. After that it is passed on to the next person.
mail-offered-link = Open the page to take the seat
mail-lapsed-subject = The time to take your seat is over: { $title }
mail-lapsed-body =
    You did not take the seat in time, so it was passed on to the next person.
    If you still want to come and registration is open, you can register again.
mail-lapsed-link = See the registration
mail-substituted-subject = Somebody goes in your place: { $title }
mail-substituted-body =
    Your seat was passed on to a substitute. Your check-in code no longer works.
    If this is a mistake, please call the organisers.
mail-substituted-link = See the registration
mail-party-subject = { $count } delegates registered: { $title }
mail-party-body =
    { $state ->
        [booked] Seats are booked for the { $count } delegates you registered.
        [requested] The organisers have your request for { $count } delegates and will look at it.
       *[waitlisted] There are not enough seats for the whole group. The { $count } delegates are on the waiting list and will be offered seats together.
    }
    { $state ->
        [booked] The page below has the state and the check-in code of each of them; you can print it or pass it on.
       *[waitlisted] The page below has the state of each of them; check-in codes stand there once there are seats.
    }
mail-party-link = Open the group's page
mail-added-subject = The organisers wrote you down: { $title }
mail-added-body =
    The organisers wrote you down and keep a seat for you.
    What is known about you is used for this workshop alone. Please open your registration to check it, and say whether you agree.
mail-added-link = Open my registration
mail-dropped-subject = The organisers cancelled your registration: { $title }
mail-dropped-body =
    The organisers cancelled your registration for this workshop. The old code no longer works.
    If this is a mistake, please call the organisers.
mail-dropped-link = See the cancelled registration
mail-message-link = Open my registration
mail-fact-delegates = Delegates
mail-through-link = Open the page of the delegates you registered
mail-through-offered-subject = Seats for { $count } of your delegates, please take them in time: { $title }
mail-through-offered-body =
    Seats have become free for delegates whom you registered ({ $count }).
    No mail reaches some of them. Please tell them, or open the page below to take the seats before the time below. After that they are passed on to the next in line.
mail-through-lapsed-subject = The time to take seats for { $count } of your delegates is over: { $title }
mail-through-lapsed-body =
    The seats held for delegates whom you registered ({ $count }) were not taken in time and were passed on.
    No mail reaches some of them, so please tell them. If they still want to come and registration is open, you can register them again.
mail-through-booked-subject = Seats booked for { $count } of your delegates: { $title }
mail-through-booked-body =
    Seats are booked for delegates whom you registered ({ $count }).
    No mail reaches some of them. Please open the page below and send them their own pages: the codes for the door are there.
mail-through-waitlisted-subject = { $count } of your delegates are on the waiting list: { $title }
mail-through-waitlisted-body =
    The workshop is full. Delegates whom you registered ({ $count }) are on the waiting list.
    No mail reaches some of them, so please tell them. When there are seats, the organisers will tell you.
mail-through-declined-subject = Request for { $count } of your delegates not granted: { $title }
mail-through-declined-body =
    We are sorry: the organisers could not grant the request for delegates whom you registered ({ $count }).
    No mail reaches some of them, so please tell them.
mail-through-dropped-subject = The organisers cancelled { $count } of your delegates: { $title }
mail-through-dropped-body =
    The organisers cancelled registrations that you made ({ $count }). The old codes no longer work.
    No mail reaches some of the delegates, so please tell them. If this is a mistake, please call the organisers.
mail-through-link-again-subject = Your delegate is registered already: { $title }
mail-through-link-again-body =
    Somebody has just registered a delegate whom you had registered before, so nothing has changed.
    No mail reaches the delegate. The page below leads to their own page; please pass it on.
mail-unsubscribe = Stop mails of this kind
mail-reminder-subject = Reminder: { $title }
mail-reminder-body =
    You are registered for the workshop { $title }, which takes place { $when }.
    { $joining } If you cannot take part, please cancel on your registration page so that somebody else can have the seat.
mail-evaluation-subject = What did you think of it: { $title }
mail-evaluation-body =
    Thank you for attending the workshop.
    Please take a few minutes to tell us what you think, so that the next ones are better.
mail-certificate-subject = Your certificate: { $title }
mail-certificate-body =
    Your certificate for the workshop { $title } is ready.
    Please open your registration page to get it.
mail-trial-subject = [Trial] { $subject }
mail-campaign-link = See the workshops to come
mail-campaign-person = The page of { $name }, code { $code }
mail-campaign-page = The page of { $name }
