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

conflict-already_registered = This person is registered for this workshop already. If they gave an e-mail address, their link has been sent there.
conflict-registration_not_open = Registration has not opened yet. Come back when it opens.
conflict-registration_closed = Registration has closed. If you still want to come, contact the organisers.
conflict-invitation_only = This workshop is for delegates whom an invited establishment names. If yours has a letter, open the link or the QR code on it; if not, contact the organisers.
conflict-offer_over = The time to take this seat is over, so it was passed on to the next person. While registration is open, you can register again and wait.
conflict-not_allowed_now = This cannot be done any more, because things have changed. Reload the page to see how they stand.
conflict-key_reused = This request carries the key of another request. Open the form again, or use a new key.
conflict-nothing_to_send = There is nothing to send yet. Upload materials, and wait until somebody has attended and agreed to get them.
conflict-not_empty = The database holds data already, so the demo is not filled in. Use an empty database.
conflict-account_exists = There is an account with this e-mail address already. Use another address.
conflict-demo_not_here = Demo accounts work on the server's own computer only (127.0.0.1 or localhost). Ask the operator for an account of your own.
conflict-outdated = Somebody has just changed this workshop. Open the page again to see what is new, then do it once more.
conflict-nothing_changed = Time and place are as they were, so there is nothing to change.
conflict-teaches_elsewhere = You teach elsewhere at that time by now. Please call the organisers to settle it.
