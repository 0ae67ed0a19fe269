# The registrant's own page.
my-title = My registration
my-state-booked = You have a seat.
my-state-running = The workshop is under way and you have a seat.
my-state-waiting = You are number { $position } on the waiting list.
my-state-requested = The organisers are looking at your request.
my-state-offered = A seat is held for you until { $until }.
my-state-declined = The organisers could not grant this request.
my-state-lapsed = The time to take the seat is over.
my-state-too-late = The workshop has begun and the waiting list is closed.
my-state-held = The workshop is over.
my-state-called-off = The workshop is cancelled. We are sorry.
my-state-cancelled = This registration is cancelled.
my-state-substituted = Somebody else came in your place.
my-qr = QR code for check-in
my-code = Check-in code
my-next-booked =
    When you arrive, show this code at the check-in desk. Reading it out works too.
    Please keep this page or take a picture of it. It is yours alone, so please do not pass it on.
my-next-waiting =
    When somebody cancels, whoever has waited longest gets the seat. Once you have one, this page says so and shows a QR code.
    Please keep the address of this page and look again before the day. Without a seat, please do not come.
my-next-held = Thank you for registering.
my-next-requested =
    This page says so as soon as the organisers decide. Whoever is undecided when registration closes gets no seat, and is told.
    Please keep the address of this page.
my-next-offered = Please take the seat before the time is over. After that it is passed on to the next person.
my-again = Register again
my-others = See the upcoming workshops
my-details = Registration details
my-name = Delegate
my-calendar = Add to calendar
my-call = To correct something or to withdraw a consent, please call or write to the organisers:
my-cancel-offer = I cannot come
my-cancel-title = Cancel the registration
my-cancel-booked = Your seat will go to somebody else. The check-in code stops working. You can register again while registration is open, but may have to wait.
my-cancel-waiting = You leave the waiting list. If you register again, you start at its end.
my-cancel-act = Cancel the registration
my-cancel-back = Keep the registration
my-cancelled-title = Cancelled, as you asked
my-cancelled-text = Thank you for telling us in time.
my-online = Take part online
