# Registering for a workshop.
register-title = Register for the workshop
register-phone-hint = So that the organisers can tell you about changes. Example: 0912 345 678.
register-establishment-hint = The enterprise, cooperative or household business where you work. Choose from the suggestions or write a new name.
register-locality-hint = Where it operates. If you are not sure of the new name, write the old commune or district.
register-email-hint = For the confirmation and the materials.
register-consents-legend = What may we use this for?
register-consents-hint = Tick what you agree to. Only the first is needed to register. To withdraw one later, call or write to the organisers; the notice below has their address.
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
register-cancelled-title = This workshop is cancelled
register-cancelled-text = It will not take place, so nobody can register any more.
register-again-title = This page has sent a registration already
register-again-text =
    To register somebody else, check the fields below and send them.
    To correct the registration that was sent, please call the organisers.
trap-label = Leave this empty
trap-title = Please send it once more
trap-text = The form came back faster than people type, so we want to be sure. What you typed is still here.
