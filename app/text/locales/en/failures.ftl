# When something cannot be done: why, and what to do.
failure-invalid = Something needs correcting. See the note at each field.
failure-not_found = There is nothing at this address. Check it, or begin at the first page.
failure-sign_in_needed = Please sign in first.
failure-forbidden = Your account may not do this. Ask the organisers if you need to.
failure-wrong_password = The e-mail address or the password is wrong. Check both and try again.
failure-throttled = There were too many wrong tries. Wait { $minutes ->
        [one] one minute
       *[other] { $minutes } minutes
    }, then try again.
failure-expired = This link has expired. Ask the organisers for a new one.
failure-internal = The server could not finish this. Try again in a few minutes; if it happens again, tell the organisers the reference { $reference }.

conflict-already_registered = This person is registered for this workshop already, so nothing was added. If they gave an e-mail address, open the link sent there; otherwise ask the organisers.
conflict-registration_not_open = Registration has not opened yet. Come back when it opens.
conflict-registration_closed = Registration has closed. If you still want to come, contact the organisers.
conflict-nomination_over = The deadline for naming delegates has passed. If need be, please call the organisers.
conflict-not_allowed_now = This cannot be done any more, because things have just changed. Open the page again to see how they stand.
conflict-invitation_only = This workshop is for delegates whom an invited establishment names. If yours has a letter, open the link or the QR code on it; if not, contact the organisers.
conflict-offer_over = The time to take this seat is over, so it was passed on to the next person. While registration is open, you can register again and wait.
conflict-key_reused = This request carries the key of another request. Open the form again, or use a new key.
conflict-nothing_to_send = There is nothing to send yet. Upload materials, and wait until somebody has attended and agreed to get them.
conflict-not_empty = The database holds data already, so the demo is not filled in. Use an empty database.
conflict-account_exists = There is an account with this e-mail address already. Use another address.
conflict-demo_not_here = Demo accounts work on the server's own computer only (127.0.0.1 or localhost). Ask the operator for an account of your own.
conflict-teaches_elsewhere = You teach elsewhere at that time by now. Please call the organisers to settle it.
conflict-outdated = Somebody has just changed this workshop, so your change was not saved. Open the page again to see what is new, then do it once more.
conflict-nothing_changed = Time and place are as they were, so nothing was changed and nobody was told. Go back if you want to change them.
conflict-in_use = Workshops are still to be held here, so it cannot retire yet. Move them elsewhere first.
refused-agenda = The workshop was called off or locked, so its agenda cannot be changed any more.
refused-sessions = Sessions are added, edited and removed only in a draft, and a workshop has 1 to 20 of them. Once it is published, move it instead.
refused-teachings = The session has begun or the workshop was called off, so nobody can be asked or withdrawn any more. See the list of trainers.
refused-move = Only a published workshop that is not over can be moved, and only sessions that have not begun. See how it stands on its page.
refused-edit = The workshop was called off or locked, so it cannot be edited. If it is locked, unlock it first.
refused-publish = This workshop is no longer a draft, so it is not published again.
refused-call-off = The workshop is over or was called off already, so there is nothing to call off.
refused-go-ahead = There is nothing left to decide: the minimum is reached or was decided on, or the workshop has begun or was called off.
refused-close = Only a workshop that is over and not locked yet can be locked. See how it stands on its page.
refused-reopen = This workshop is not locked, so there is nothing to unlock.
refused-cancel = This registration can no longer be cancelled here: the time for it is over, the workshop has begun, or somebody has checked in. If you cannot come, please tell the organisers.
refused-answer = This can no longer be answered: the session has begun or the workshop was called off. If anything has changed, please call the organisers.
refused-door = Nobody can be checked in for this workshop now: it is not published, was called off, or is locked. Check that it is the right one.
refused-mail = Only a mail that failed or came back can be sent again. See how this one stands.
back-workshops = To the list of workshops
back-workshop = Back to the workshop
back-sessions = Back to the sessions
back-teachings = Back to the workshop's trainers
back-materials = Back to the materials
back-venues = To the list of venues
back-venue = Back to the venue
back-trainers = To the list of trainers
back-my = Back to my registration
back-teaching = Back to the invitation
back-trainer = Back to my workshops
back-door = Back to the door
back-mail = Back to the mail
back-plan = Back to the annual plan
