# Registering for a workshop.
register-title = Register for the workshop
register-phone-hint = So that the organisers can tell you about changes. Example: 0912 345 678.
register-establishment-hint = The enterprise, cooperative or household business where you work. Choose from the suggestions or write a new name.
register-locality-hint = Where it operates. If you are not sure of the new name, write the old commune or district.
register-email-hint = For the confirmation and the materials.
register-consents-legend = What may we use this for?
register-consents-hint = Tick what you agree to. Only the first is needed to register. To withdraw one later, untick it on the page of your registration.
register-consents-link = Read the notice on personal data (opens a new page)
register-consent-reporting = Keep a seat for me, check me in, and report on the programme.
register-consent-materials = Send me the materials of this workshop by e-mail.
register-consent-invitations = Invite me to later workshops.
register-full-title = This workshop is full
register-full-text = If you register now, you join the waiting list. { $count ->
        [0] Nobody is waiting yet.
        [one] 1 person is waiting before you.
       *[other] { $count } people are waiting before you.
    } When somebody cancels, whoever has waited longest gets the seat.
register-already-title = You are registered already
register-already-text =
    This name and phone number are on the list of the workshop already, so nothing has changed.
    If an e-mail address was given then, the link to the registration page has just been sent there.
register-call = If you need help, please call the organisers:
register-back = Back to the workshop
register-early-title = Registration is not open yet
register-early-text = Registration opens { $at }. Please come back then.
register-late-title = Registration has closed
register-late-text = Registration closed { $at }.
register-unsent = So this was not sent. What you typed is still below.
register-cancelled-title = This workshop is cancelled
register-cancelled-text = It will not take place, so nobody can register any more.
register-again-title = This page has sent a registration already
register-again-text =
    To register somebody else, check the fields below and send them.
    To correct the registration that was sent, open the page of your registration.
trap-label = Leave this empty
trap-title = Please send it once more
trap-text = The form came back faster than people type, so we want to be sure. What you typed is still here.
register-together = Registering several of one establishment?
register-together-link = Fill in one form for the group
register-act-group = Register several people
register-act-request = Send the registration
register-approval-title = The organisers decide on each registration
register-approval-text = You are told by { $at } at the latest what they decide.
register-invited-title = For invited delegates only
home-invited-only = For invited delegates only
delegates-number = Delegate { $number }
delegates-role-choose = Choose a position
delegates-more = Add people
delegates-hint = Empty rows are left out. Leave phone and e-mail empty where people have none of their own.
group-title = Register several people
group-contact = Who registers
group-contact-hint = You are the contact and not counted as a delegate. If you come too, add yourself to the delegates.
group-email-hint = For the link to manage the group.
group-place = Establishment
group-delegates = Delegates
group-seats-title = There are few seats
group-seats-text = { $count ->
        [0] There is no seat left. The whole group joins the waiting list and is seated together.
        [one] There is one seat. A larger group waits until there are seats for all.
       *[other] There are { $count } seats. A larger group waits until there are seats for all.
    }
group-approval-text = The whole group is told by { $at } at the latest what they decide.
group-act-request = Send the registration of the group
group-told = The delegates know of this and agree that I register them.
group-told-problem = Ask the delegates, then tick this box.
group-act = Register the group
group-already-title = Everybody is registered already
group-already-text =
    These people are on the list of the workshop already, so nothing was changed.
    Whoever gave an e-mail at registration has just been sent the link.
group-page-title = The group
group-page-lead = The people you registered.
group-call = If you need help, call the organisers:
group-done-made = The group is registered
group-done-made-text =
    Please keep the address of this page and send each person their own page: the code for the door is there.
    Whoever was registered before is not listed here; whoever was entered twice is listed once.
group-done-waiting = The group is on the waiting list
group-done-waiting-text =
    Nobody has a seat or a code yet. Please keep the address of this page: it says when there are seats for all of you.
    Whoever was registered before is not listed here; whoever was entered twice is listed once.
group-phone-title = { $count ->
    [one] One delegate has a phone number that is somebody else's, too
   *[other] { $count } delegates have a phone number that is somebody else's, too
}
group-phone-text = The organisers will call that number. Where somebody has a phone of their own, please put it down on that person's own page.
group-done-requested = The registration of the group was sent
group-done-requested-text =
    It waits for the organisers to decide. Please keep the address of this page to see the outcome.
    Who was registered before is not here; who was entered twice is here once.
group-requested-title = The registration waits for the organisers
group-requested-text = Nobody has a seat yet. You are told by { $at } at the latest what they decide.
group-done-accepted-text = Please send each person their own page: the code for the door is there.
group-accept = Take the seats for the group
group-waiting-title = The group is on the waiting list, place { $position }
group-waiting-text = Who waits longest is seated first. A group at the head waits until there are seats for all of it; nobody behind overtakes.
group-too-large-title = The group is larger than the workshop
group-too-large-text = { $size } people wait together, and there are only { $all } seats. Please cancel for some of them, or call the organisers.
group-member-page = Own page and code
group-cancel-offer = This person does not come
group-cancel-booked = The seat goes to somebody else. To change the person, open their own page and name a substitute.
group-cancel-waiting = This person leaves the waiting list.
