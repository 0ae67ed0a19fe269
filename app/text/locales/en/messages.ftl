# Messages to a part of a workshop's people, and lists of calls.
messages-title = Messages
messages-page = Messages: { $title }
messages-new = Write a message
messages-empty-title = No messages yet
messages-empty = A message goes to a part of the people: a reminder three days before, a word on parking, thanks afterwards. Each says whom it has reached, whom not, and who must be called.
messages-draft = The workshop is a draft that nobody knows of. Publish it, then write.
messages-subject = Subject
messages-when = When
messages-state = State
messages-numbers = Recipients
messages-numbers-none = Counted when it leaves
messages-numbers-cancelled = Cancelled before it left
messages-count = { $sent } of { $all } people sent
messages-count-waiting = { $number ->
    [one] 1 person waiting
   *[other] { $number } people waiting
}
messages-count-retry = { $number ->
    [one] 1 person will be tried again
   *[other] { $number } people will be tried again
}
messages-count-failed = { $number ->
    [one] 1 person failed
   *[other] { $number } people failed
}
messages-count-withheld = { $number ->
    [one] 1 person not sent any more
   *[other] { $number } people not sent any more
}
messages-count-unwritten = { $number ->
    [one] 1 person without a working e-mail
   *[other] { $number } people without a working e-mail
}
messages-when-now = At once
messages-when-at = { $at }
messages-when-before = { $length } before the start: { $at }
messages-when-after = { $length } after the end: { $at }
messages-length-minutes = { $number ->
    [one] 1 minute
   *[other] { $number } minutes
}
messages-length-hours = { $number ->
    [one] 1 hour
   *[other] { $number } hours
}
messages-length-days = { $number ->
    [one] 1 day
   *[other] { $number } days
}
messages-form-title = Write a message
messages-edit-title = Change the message
messages-begin = Begin from a template
messages-begin-hint = A template fills in the words, the recipients and the time, all of which can be changed. Or write your own below.
messages-places = Write them exactly like this, in the subject or the text; each mail has what is right for its recipient.
messages-to = To whom
messages-narrow = Narrow it down: role, establishment, locality, consent, language
messages-to-hint = Only those who fit everything below. Who fits is found again when the message leaves, so whoever registers later gets it, too.
messages-what = The message
messages-what-hint = It comes with a greeting, the name, time and place of the workshop, and a link to each person's own page.
messages-time = When it leaves
messages-time-hint = What is counted from the workshop follows it when it is moved.
messages-any = Whatever
messages-came-some = Came, to any session
messages-came-none = Came to no session
messages-came-session = Came: { $session }
messages-came-not-session = Did not come: { $session }
messages-look = Look at the recipients
messages-look-title = A look before it leaves
messages-look-mailed = { $number ->
    [one] 1 person gets an e-mail
   *[other] { $number } people get an e-mail
}
messages-look-mails = { $number ->
    [one] 1 e-mail, since people share a mailbox
   *[other] { $number } e-mails, since people share a mailbox
}
messages-look-calls = { $number ->
    [one] 1 person has no working e-mail: to be called or told by Zalo
   *[other] { $number } people have no working e-mail: to be called or told by Zalo
}
messages-look-left-out = { $number ->
    [one] 1 person is left out
   *[other] { $number } people are left out
}
messages-look-now = This is the list as of now; it is made again when the message leaves.
messages-look-nobody = Nobody fits what was chosen.
messages-look-sample = The mail to { $name } ({ $lang })
messages-look-who = These people
messages-how = How
messages-how-call = Phone or Zalo
messages-send-act = Send to { $number ->
    [one] 1 person
   *[other] { $number } people
}
messages-call-act = List { $number ->
    [one] 1 person
   *[other] { $number } people
} to be called
messages-schedule-act = Schedule it
messages-hold-act = Save, still paused
messages-back = Change it
messages-leave = Do not send
messages-one-page = One message
messages-list = Messages of the workshop
messages-done-made = The message is saved
messages-done-now = The mails are leaving. Reload the page to see how far they are.
messages-done-later = It leaves at the time below.
messages-done-held = It is still paused. Press Go on to let it leave at the time below.
messages-outdated = Somebody has just changed this message
messages-outdated-text = What you typed is still below and is not saved yet. Further down is the message as it is now; go on to put yours in its place.
messages-now = The message as it is now
messages-cancelled-organizer = Cancelled by the organisers. What had not left does not leave any more.
messages-cancelled-called_off = The workshop was called off, so what had not left does not leave any more.
messages-cancelled-too_late = The workshop had begun before this could leave, so it does not leave any more.
messages-paused = Paused: no mail of this message leaves.
messages-progress = How far it is
messages-reload = Reload the page to see the latest.
messages-recipients = Recipients
messages-recipients-all = All
messages-recipients-filter = Recipients by state
messages-recipients-none = Nobody yet: the list is made when the message leaves.
messages-recipients-cancelled = Nobody: it was cancelled before it left.
messages-mail = See the mail
messages-said = What it says
messages-edit = Change
messages-pause-act = Pause
messages-pause-title = Pause the message?
messages-pause-what = { $number ->
    [0] It does not leave at its time until you let it go on.
    [one] 1 person has not been sent it; their mail is held until you let it go on. What has left cannot be taken back.
   *[other] { $number } people have not been sent it; their mails are held until you let it go on. What has left cannot be taken back.
}
messages-resume-act = Go on
messages-resume-title = Let the message go on?
messages-resume-what = { $number ->
    [0] It leaves at its time, or at once if that has passed.
    [one] The mail to 1 person is written anew with the time and place as they are now, and leaves; not if they no longer belong to this group.
   *[other] The mails to { $number } people are written anew with the time and place as they are now, and leave. Whoever no longer belongs to this group gets none.
}
messages-cancel-act = Cancel the message
messages-cancel-title = Cancel the message?
messages-cancel-what = { $number ->
    [0] It is sent to nobody. This cannot be undone.
    [one] { $sent } have been sent it. 1 more will not be. This cannot be undone.
   *[other] { $sent } have been sent it. { $number } more will not be. This cannot be undone.
}
messages-keep = Leave it as it is
messages-calls = To be called
messages-zalo-hint = Open a name to copy the Zalo text with their own link.
messages-zalo = Zalo text for { $name }
messages-cockpit = Messages
messages-cockpit-open = See and write messages to people
calls-no-contact = No working contact
calls-no-contact-lead = The number is wrong, or there is none. Ask the establishment, then put the right one on the person's page.
calls-told = Told
calls-wrong = wrong number
calls-marked = { $outcome }, { $at }
calls-undo = A mistake, take it back
calls-mark = Note it
deed-make_campaign = Wrote a message
deed-revise_campaign = Changed a message
deed-start_campaign = Sent a message
deed-pause_campaign = Paused a message
deed-resume_campaign = Let a message go on
deed-cancel_campaign = Cancelled a message
deed-try_campaign = Sent themselves a trial of a message
CampaignPurpose-organising = About this workshop
CampaignPurpose-invitations = Invites to other workshops; only who agreed to invitations gets it
SharedMailbox-each = One mail each
SharedMailbox-one = One mail that names them
CampaignTiming-now = Now
CampaignTiming-at = At a time
CampaignTiming-before_start = Before the workshop begins
CampaignTiming-after_end = After the workshop ends
TimeUnit-minutes = Minutes
TimeUnit-hours = Hours
TimeUnit-days = Days
CampaignState-scheduled = Scheduled
CampaignState-held = Paused, not sent yet
CampaignState-paused = Paused
CampaignState-sending = Being sent
CampaignState-done = Done
CampaignState-cancelled = Cancelled
LeftOut-no_consent = Did not agree to invitations
LeftOut-twice = Told by another registration of the same person
CallOutcome-called = Called
CallOutcome-zalo = Told by Zalo
CallOutcome-no_answer = No answer
CallOutcome-wrong_number = Wrong number
