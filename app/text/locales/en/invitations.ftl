# Invitations to establishments, and the delegates they name.
InvitationState-unsent = Not sent
InvitationState-sent = Sent, no answer yet
InvitationState-answered = Delegates named
InvitationState-declined = Nobody comes
InvitationState-withdrawn = Withdrawn

mail-invited-subject = Please name your delegates: { $title }
mail-invited-body =
    The organisers invite { $establishment } to send delegates to the workshop “{ $title }”. Places for you: { $quota }.
    Please send the names before { $by } on your own page, by the link below. No account is needed. There you can also change names until the deadline, and say if nobody comes.
    The link is yours alone; please do not pass it on.
mail-lost-invitation-body =
    As somebody asked for the link again: this is the page on which { $establishment } names { $quota } { $quota ->
        [one] delegate
       *[other] delegates
    } for the workshop “{ $title }”, until { $by }. What you have sent stays as it is.
    The link is yours alone; please do not pass it on. If you did not ask, please ignore this mail.
mail-lost-invitation-late-subject = Your establishment's page: { $title }
mail-lost-invitation-late-body =
    As somebody asked for the link again: this is the page of { $establishment } for the workshop “{ $title }”, with those whom it has named. The deadline for names has passed; somebody with a seat who cannot come can still be replaced there.
    The link is yours alone; please do not pass it on. If you did not ask, please ignore this mail.
mail-lost-invitation-link = Open the establishment's page
invite-letter-body =
    The organisers invite { $establishment } to send { $quota } { $quota ->
        [one] delegate
       *[other] delegates
    } to the workshop “{ $title }”.
    Please send the names before { $by } on your own page, by the link or the QR code that comes with this letter. No account is needed. There you can also change names until the deadline, and say if nobody comes.
    The link is yours alone; please do not pass it on.
mail-invited-link = Name delegates
mail-fact-quota = Delegates
mail-fact-quota-value = { $quota }
mail-fact-answer-by = Answer before
mail-uninvited-subject = Invitation withdrawn: { $title }
mail-uninvited-body =
    The organisers withdraw their invitation to { $establishment } for the workshop “{ $title }”. You need not answer any more.
    Delegates you have named keep their registrations. We apologise.
invite-zalo =
    Dear { $name },
    The organisers invite you to send delegates to a workshop.
    { $facts }
    Name your delegates here: { $link }

invite-title = Invitations
invite-page = Invitations: { $title }
invite-empty-title = No establishment is invited yet
invite-empty = Choose establishments and how many delegates each may name. Each gets a link of its own to send the names, by e-mail, on paper or by Zalo.
invite-act = Invite establishments
invite-parts = Filter invitations by state
invite-none = No invitation is in this part.
invite-show-all = Show all invitations
invite-col-named = Named
invite-named = { $named } / { $quota }
invite-named-sum = Invited establishments may still name { $open }; { $booked } people have a seat.
invite-short-title = More are invited than there are seats
invite-short = If every establishment sends all it may, { $short } people will have no seat. Those who come after the last seat join the waiting list.
invite-mail-all = Send e-mail to { $count } { $count ->
        [one] establishment
       *[other] establishments
    }
invite-print-all = Print letters not sent
invite-draft-title = The workshop is not published
invite-draft = You can prepare invitations now, and send them once the workshop is published.
invite-done-title = Done
invite-done-made =
    { $count ->
        [one] One invitation is written and not sent yet.
       *[other] { $count } invitations are written and not sent yet.
    } Send by e-mail, on paper or by Zalo.
invite-done-known =
    { $count ->
        [one] One establishment was invited already; its invitation stays as it is.
       *[other] { $count } establishments were invited already; their invitations stay as they are.
    }
invite-done-contacts =
    { $count ->
        [one] The contact was added to one invitation that had none.
       *[other] Contacts were added to { $count } invitations that had none.
    }
invite-done-kept =
    { $count ->
        [one] One invitation keeps the contact it had; open it to change that.
       *[other] { $count } invitations keep the contact they had; open them to change that.
    }
invite-to-quota = To the number of delegates
invite-done-mailed = The e-mails are on their way. The Mail page shows those that do not arrive.
invite-done-sent = Noted as sent.
invite-done-revised = Saved. The establishment sees the new number and deadline on its page; it is not told automatically.
invite-done-withdrawn = The invitation is withdrawn. No names can be sent by its link any more.
invite-none-mailed = No mail was sent: the others have no e-mail address, or were sent one before.

invite-new-title = Choose establishments
invite-search = Name of the establishment
invite-any = All
invite-locality = Locality
invite-unreached = Only those of whom nobody has attended
invite-find = Find
invite-found = { $count } { $count ->
        [one] establishment is
       *[other] establishments are
    } not invited yet.
invite-found-more = Only the first { $shown } are shown. Please narrow the search.
invite-not-found = There is no such establishment, or it is invited already.
invite-chosen = Chosen before
invite-all-found = Choose all that are shown
invite-reached = Attended before
invite-reached-yes = Somebody has
invite-reached-no = Nobody yet
invite-quota-each = Delegates for each establishment
invite-quota-each-hint = For all of them; the next step lets you change each.
invite-next = Continue
invite-details-title = Numbers and contacts
invite-second = A second invitation of the same establishment: both links work.
invite-details-lead = The contact is not a delegate. Leave empty what you do not know.
invite-lang-hint = The language of the letter.
invite-answer-by-hint = Until then names can be given and changed; after that only a seat can pass on.
invite-make = Write { $count } { $count ->
        [one] invitation
       *[other] invitations
    }
invite-back = Choose again

invite-one-back = All invitations
invite-state = State
invite-sent-at = Sent
invite-not-sent = Not sent
invite-contact = Contact
invite-no-contact = None yet
invite-nominees = Delegates named
invite-nominees-none = Nobody is named yet.
invite-send-title = Send the invitation
invite-mail-one = Send e-mail to { $address }
invite-no-email = The contact has no e-mail address: print the letter or send it by Zalo.
invite-print-one = Print the letter
invite-zalo-label = Zalo message
invite-zalo-hint = Copy all of it, with the establishment's own link.
invite-mark-sent = I have sent this one
invite-edit-title = Change the invitation
invite-save = Save changes
invite-withdraw-link = Withdraw the invitation
invite-withdraw-title = Withdraw this invitation?
invite-withdraw-text = { $name } cannot send names any more, and a mail that has not left is not sent.
invite-withdraw-named = { $count } { $count ->
        [one] delegate named keeps the registration
       *[other] delegates named keep their registrations
    }. If need be, cancel each in the list of people.
invite-withdraw-told = The contact gets an e-mail.
invite-withdraw-untold = The contact is not told automatically: please call.
invite-withdraw-act = Withdraw
invite-withdraw-keep = Keep the invitation

invite-print-title = Print invitations
invite-print-hint = Print this page from your browser, one sheet a letter. Once the letters have left, press the button below.
invite-print-none = No letter is left to be sent.
invite-print-done = I have sent { $count } { $count ->
        [one] letter
       *[other] letters
    }
invite-print-to = To: { $name }
invite-print-attention = Attention: { $name }
invite-print-qr = QR code that leads to the page for naming delegates
invite-print-link = The establishment's page for naming delegates:
invite-print-kind = INVITATION
invite-print-state = SOCIALIST REPUBLIC OF VIET NAM
invite-print-motto = Independence - Freedom - Happiness
invite-print-number = No.:          /GM
invite-print-recipients = Copies:
invite-print-above = - as above;
invite-print-filed = - on file.
invite-print-signature = HEAD OF THE OFFICE

invite-cockpit = Invitations
invite-cockpit-count = { $all } { $all ->
        [one] establishment
       *[other] establishments
    } invited, { $answered } answered
invite-cockpit-none = No establishment is invited yet

nominate-title = Name delegates
nominate-lead = To { $name }: the organisers invite you to send { $quota } { $quota ->
        [one] delegate
       *[other] delegates
    } to this workshop.
nominate-quota = Delegates
nominate-quota-left = { $named } of { $quota } named, { $left } more can be named
nominate-quota-full = { $named } of { $quota } named, which is all
nominate-quota-named = { $named } of { $quota } named
nominate-unsent-title = The names were not sent
nominate-unsent = What you typed is still below. If it is urgent, please call the organisers; once they move the deadline you can send it as it is.
nominate-unsent-over = Nobody can be named any more. What you typed is still at the end of this page, to be read or copied.
nominate-typed-title = What you typed
nominate-deadline = Name them before
nominate-call = Questions? Please call the organisers:
nominate-withdrawn-title = The invitation was withdrawn
nominate-withdrawn = You need not answer any more. Delegates you have named keep their registrations.
nominate-called-off-title = The workshop is cancelled
nominate-called-off = We apologise.
nominate-held-title = The workshop is over
nominate-held = Thank you.
nominate-late-title = The deadline has passed
nominate-late = No new names can be added. Somebody with a seat who cannot come can still be replaced, until the door checks them in.
nominate-declined-title = You have said that nobody comes
nominate-declined = Reason: { $reason }
nominate-declined-again = If you change your mind, please name delegates below before the deadline.
nominate-done-title = Noted
nominate-done-named = The list below has the state and the check-in code of each. Please pass their own page on to each of them.
nominate-done-changed = Changed. Please tell those concerned.
nominate-done-removed = The delegate is no longer on your list.
nominate-done-declined = The organisers know. Thank you for telling them.
nominate-named = Delegates named
nominate-code = Check-in code: { $code }
nominate-ticket = The delegate's own page
nominate-waiting = Place on the waiting list: { $position }
nominate-waiting-rule-title = Some delegates are on the waiting list
nominate-waiting-rule = Each delegate waits alone; whoever has waited longest is offered a seat first. People whom somebody registered as a group wait until there are seats for all of them; while such a group is at the head, nobody behind overtakes, even if a seat is free. Those without a seat should please not come.
nominate-offered = A seat is held until { $until }. The delegate takes it on their own page.
nominate-phone-title = { $count ->
    [one] One delegate has a phone number that is somebody else's, too
   *[other] { $count } delegates have a phone number that is somebody else's, too
}
nominate-phone-text = The organisers will call that number. Where somebody has a phone of their own, please put it down by “Change”.
nominate-change = Change
nominate-remove = Remove
nominate-form-title = Name delegates
nominate-consent = The delegates' details are used only to organise this workshop. The organisers will ask each of them about other purposes.
nominate-contact-title = Who sends the names
nominate-contact-hint = Not a delegate, unless named below.
nominate-own-phone = A phone is the delegate's own; please do not put yours in every row.
nominate-rows-title = Delegates
nominate-rows-hint = Rows left empty are skipped.
nominate-send = Send the names
nominate-enough = You can name { $left } more, so there are no more rows. To name more people, please call the organisers.
nominate-more = Add a row
nominate-decline-link = Nobody comes
nominate-decline-title = Nobody comes
nominate-decline-text = If you change your mind, you can still name delegates until the deadline.
nominate-decline-hint = For example: high season. The reason helps the organisers choose another date.
nominate-decline-act = Say that nobody comes
nominate-back = Back
nominate-change-title = Change a delegate
nominate-change-lead = Enter another name to send somebody else. Keep the name to put only role, phone or e-mail right.
nominate-change-seat = The seat of { $name } passes on at once; the old check-in code no longer works.
nominate-change-queue = { $name } has no seat: somebody else is registered as the last to come.
nominate-change-act = Save
nominate-remove-title = Remove this delegate?
nominate-remove-text = The registration of { $name } will be cancelled. The seat, if any, goes to somebody who waits.
nominate-remove-act = Remove the delegate
nominate-remove-keep = Keep
back-invitation = Back to your page
back-invitations = Back to the invitations
refused-invitations = Invitations can be sent once the workshop is published and before it begins, unless they were withdrawn.
refused-nomination = The invitation was withdrawn, the delegate has come or left the list, or the workshop is over. Please look at your page again.
