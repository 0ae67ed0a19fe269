# The list of a workshop's people, one person, and what is decided over several.
people-any = All
people-source = Came in by
people-contact = How to reach them
people-consent-pending = Not yet asked for consent
people-mail-fails = Mail to it came back
people-phone-shared = { $number } people on file have this phone
people-tick = Select
people-tick-one = Select { $name }
people-chosen = With those selected
people-all-found = Select all { $number } found, on every page
people-pages = Pages
people-export-hint = The file has exactly the { $number } people you see, from every page. Downloads are noted in the log.
people-export-xlsx = Download for Excel
people-export-csv = Download as CSV
people-add-link = Add a person
people-add-title = Add a person
people-add-lead = For somebody who calls or comes to the office. It works after registration has closed, too.
people-add-act = Add the person
people-added = The person was added
people-saved = The contact was saved
people-save = Save the contact
people-answered = The answer was noted
people-email-hint = Leave it empty if there is none; the organisers will call.
people-consents = Agreed to
people-consents-none = Nothing yet
people-own-page = The person’s own page, to print or send by Zalo
people-offer-stands = A seat is offered until { $until }.
people-offer-take = Took the seat by phone
people-offer-leave = Gave it up
people-offer-via = Registered by { $name },
people-offer-gone-title = The answer was not noted
people-offer-gone = The offer does not stand any more. Where this person stands now: { $state }. Nothing was changed; if need be, change it below.
people-offer-workshop = Workshop
people-offer-answer = Answer
people-declined-tell = Tell
people-offers-title = To be called about an offered seat: { $number }
people-offers-lead = No mail reaches these people. Please call before the deadline, then note the answer.
people-declined-calls = { $number ->
        [one] To be told that the request was not granted: one person
       *[other] To be told that the request was not granted: { $number } people
    }
people-declined-lead = Nobody decided these requests before registration closed, so they were turned down automatically, and no mail reaches the people. Please call or write by Zalo, so that nobody comes in vain.
people-declined-told = Has been told
people-declined-zalo = Dear { $name }, we are sorry: the organisers could not grant your request for the workshop “{ $title }”, so no seat is kept for you. We hope to see you at another one.
people-becomes = Afterwards
people-stays = Stays
people-become = { $number ->
        [one] 1 becomes: { $state }
       *[other] { $number } become: { $state }
    }
people-stay = { $number ->
        [one] 1 stays as it is, since this does not fit where that person stands
       *[other] { $number } stay as they are, since this does not fit where they stand
    }
people-mailed = { $number ->
        [0] Nobody is told by e-mail
        [one] 1 is told by e-mail
       *[other] { $number } are told by e-mail
    }
people-to-call = { $number ->
        [one] 1 has no e-mail that works and is to be called.
       *[other] { $number } have no e-mail that works: they are to be called.
    }
people-fits-nobody = This fits where none of those selected stands.
people-decide-back = Back to the list
people-decide-who = Those selected
people-over = { $over } more than there are seats ({ $capacity }).
people-over-allow = Let them in all the same. This is noted in the log.
people-over-tick = Tick this to let them in all the same, or go back and select fewer.
people-message-hint = The mail has a greeting, the workshop, its time and place, and a link to each person’s own page.
people-approve-title = Approve?
people-approve-act = Approve { $number }
people-approve-done = Approved: { $number }
people-decline-title = Turn down?
people-decline-act = Turn { $number } down
people-decline-done = Turned down: { $number }
people-seat-title = Give a seat?
people-seat-act = Give { $number } a seat
people-seat-done = Given a seat: { $number }
people-cancel-title = Cancel registrations?
people-cancel-act = Cancel { $number }
people-cancel-done = Cancelled: { $number }
people-message-title = Write to people
people-message-act = Send to { $number }
people-message-done = On the way to { $number }
people-skipped-title = Some were left alone
people-skipped = Where these people stand has changed since you looked, so they were left as they are:
export-name = people
export-registered-at = Registered at
export-offer-until = Held until
ContactFilter-to_call = No mail reaches them: to be called
ContactFilter-none = No contact that works
PeopleAct-approve = Approve
PeopleAct-decline = Turn down
PeopleAct-seat = Give a seat
PeopleAct-cancel = Cancel
PeopleAct-message = Write
WhenFull-wait = Put on the waiting list
WhenFull-over = Give a seat beyond those there are; it is noted in the log
people-to-acts = Act on those ticked
people-to-files = Download the list
people-via = Through { $name }:
people-message-nobody = E-mail reaches none of them. Please call them or write by Zalo; the contact is in the list.
people-name-title = Correct a misspelt name
people-name-hint = The name is corrected in all workshops of this person; code, page and signed lists stay. If somebody else comes instead, name a substitute; do not change the name.
people-name-save = Save the name
people-name-saved = The name was saved
