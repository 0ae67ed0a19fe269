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
my-state-has-another = You have another registration for this workshop.
my-has-another-link = Have the link of that one sent to you
my-state-substituted = Your place has passed to somebody else.
my-substituted-call = If this is a mistake, please call the organisers:
my-qr = QR code for check-in
my-code = Check-in code
my-next-booked =
    When you arrive, show this code at the check-in desk. Reading it out works too.
    Please keep this page or take a picture of it. It is yours alone, so please do not pass it on.
my-next-online =
    You take part by the link on this page; the code above is for the organisers to check you in.
    Please keep this page. It is yours alone, so please do not pass it on.
my-next-waiting =
    Whoever has waited longest is offered a seat first. People who registered as a group wait until there are seats for all of them; while such a group is at the head, nobody behind overtakes, even if a seat is free.
    When it is your turn, the seat is held for you for { $hours } hours, less when the day is near; after that it goes to the next person. The organisers write or call, and this page says so at once: please keep its address and look every day. Without a seat, please do not come.
my-next-held = Thank you for registering.
my-next-requested =
    This page says so as soon as the organisers decide. Whoever is undecided by { $by } gets no seat, and is told.
    Please keep the address of this page.
my-next-offered = Please take the seat before the time is over. After that it is passed on to the next person.
my-again = Register again
my-others = See the upcoming workshops
my-details = Registration details
my-name = Delegate
my-calendar = Add to calendar
my-workshop = See the agenda and materials of the workshop
my-call = If you need help, please call or write to the organisers:
my-cancel-offer = I cannot come
my-cancel-title = Cancel the registration
my-cancel-booked = Your seat will go to somebody else. The check-in code stops working. You can register again while registration is open, but may have to wait.
my-cancel-waiting = You leave the waiting list. If you register again, you start at its end.
my-cancel-act = Cancel the registration
my-cancel-back = Keep the registration
my-cancelled-title = Cancelled, as you asked
my-cancelled-text = Thank you for telling us in time.
my-online = Take part online
my-save = Save the QR code as a picture
my-contact = Contact
my-contact-ending = A phone ending in { $end }
my-contact-kept = It was given with another registration, so it is not shown and not changed here. To change it, open the page of that registration, or call the organisers:
my-contact-none = No phone and no e-mail yet
my-contact-change = Change phone or e-mail
my-contact-title = Change phone or e-mail
my-contact-phone-hint = For news of changes. Left empty, the old number is deleted, unless you have other registrations.
my-contact-email-hint = Mail about this registration goes here. Left empty, no more mail is sent.
my-contact-act = Save
my-contact-done = The new contact is saved
my-contact-done-text = From now on the organisers reach you there.
my-back = Back
my-accept = Take this seat
my-accepted-title = The seat is yours
my-accepted-text = See you at the workshop.
my-consents-title = Your consent
my-consents-yes = Agreed.
my-consents-no = Not agreed.
my-consents-change = Agree to more, or withdraw
my-consents-hint = Unticking withdraws it and changes nothing else.
my-consents-act = Save my choice
my-consents-pending = Do you agree?
my-consents-pending-text = Somebody else registered you. Until you agree, this data is used to keep your seat and for nothing more.
my-consents-done = Your choice is saved
my-consents-done-text = It holds from now on.
my-substitute-link = Send somebody else instead
my-substitute-title = Name a substitute
my-substitute-text = The seat of { $name } passes at once to the person below, of the same establishment. The old code is of no use then; the substitute gets another.
my-substitute-act = Pass the seat on
my-substitute-done = The seat was passed on
my-substitute-done-text = Please send the address below to { $name }: it is their own page, with the code for the door.
my-substitute-address = The page of { $name }
my-lost-link = Registered, but lost the link?
my-lost-title = Send the link again
my-lost-text = Type the e-mail given at registration, or to which an invitation came. Links of registrations and invitations that still stand are sent there.
my-lost-hint = Each link is sent once a day at most.
my-lost-act = Send the link again
my-lost-sent = We have your request
my-lost-sent-text = If there is a registration with this e-mail, a mail arrives within minutes. If not, look among the spam.
my-lost-call = No e-mail? Call the organisers:
my-answers-title = Questions of the organisers
my-answers-act = Save the answers
my-answers-change = See and change my answers
my-answers-missing = The organisers ask you something
my-answers-link = Answer
my-answers-done = The answers are saved
my-answers-done-text = Thank you.
my-materials = Materials for you
