# Attendance of a session: side by side, paper, figures, conflicts, keys to the door.
attend-title = Attendance
attend-sessions = Sessions of the workshop
attend-back = Back
attend-people = Person by person
attend-nobody = Nobody to check in yet. Delegates with a seat, walk-ins and people who signed on paper appear here.
attend-show-all = Show everybody
attend-scanned = Scanned at the door
attend-signed = Signed on paper
attend-result = Result
attend-offline = offline
attend-on-sheet = Sheet { $sheet }
attend-sheet = Sign-in sheet
attend-mark = Corrected: { $reason } ({ $who })
attend-maybe-one = May be one person: { $names }
attend-rules = More than { $minutes } minutes after the start is late. { $share } % of the sessions make an attendance of the workshop.
attend-rules-edit = Change the rules
attend-to-look-at = To look at before the figures are final
attend-unsettled = { $number ->
    [one] 1 offline scan is not settled
   *[other] { $number } offline scans are not settled
}
attend-differing = { $number ->
    [one] 1 person was only scanned or only signed
   *[other] { $number } people were only scanned or only signed
}
attend-alike = { $number } people may be entered twice

attend-proposed-by = Put forward by { $who } on { $at }.
attend-signed-by = Signed off by { $who } on { $at }.
attend-open-reader = The organisers have not put forward the figures of this session yet.
attend-open-early = Figures can be put forward when the session is over.
attend-open-unsettled = Settle the offline scans first, then put the figures forward.
attend-proposed-own = You put them forward, so somebody else signs.
attend-propose = Put forward
attend-propose-title = Put the figures forward?
attend-propose-what = From now on nobody can change attendance of this session. Somebody else looks at it and signs; then the figures count as verified.
attend-sign = Sign off
attend-sign-title = Sign off the figures?
attend-sign-what = The figures of the session count as verified and are locked. To change them, somebody must reopen them with a reason, which is logged.
attend-reopen = Reopen
attend-reopen-title = Reopen the figures?
attend-reopen-what-locked = The figures of the session become provisional again and can be changed. They must then be put forward and signed again.
attend-reopen-what-proposed = The figures are taken back and attendance can be changed.
attend-numbers = { $there } present (of them { $late } late), { $absent } absent, { $excused } excused.
attend-reason-hint = A short sentence, such as: forgot to sign, wrong person scanned.
attend-done-proposed = The figures were put forward. They are verified when a second person signs.
attend-done-signed = The figures were signed off.
attend-done-reopened = The figures are open again.
attend-done-corrected = Attendance was corrected.
attend-done-undone = The correction was taken back.

attend-correct = Correct
attend-correct-title = Correct attendance
attend-correct-act = Save the correction
attend-undo-mark = Take this correction back

attend-waiting-title = Figures to sign
attend-waiting-lead = The figures of each session are put forward by one person and signed by another.
attend-waiting-none = No session waits for a signature. Sessions appear here when the organisers put them forward.
attend-waiting-open = Look and sign
attend-waiting-own = Look

attend-paper = Paper and door
attend-print = Make a new sheet to print
attend-enter = Enter the signed sheet
attend-open-sheet = Open to print
attend-sheet-line = Sheet { $sheet }, made { $at }: { $signed ->
    [one] 1 signature
   *[other] { $signed } signatures
} entered
attend-photos-link = Photos of signed sheets ({ $number })

sheet-title = Sign-in sheet { $sheet }
sheet-hint = Print this page on A4. The list stays as it was when the sheet was made; 20 blank rows are for walk-ins.
sheet-row = No.
sheet-sign = Signature
sheet-note = Note
sheet-code = Row code

entry-title = Enter sign-in sheet { $sheet }
entry-rows-hint = Type the numbers of the signed rows, such as 1-14 16 18-40. Or scan the codes beside the rows ({ $sheet }-12), one a line.
entry-progress = { $signed } of { $people } people on the sheet have signed.
entry-look = Look first
entry-look-title = Note these people as signed?
entry-already = { $number ->
    [one] 1 person was noted before and stays so.
   *[other] { $number } people were noted before and stay so.
}
entry-seated = { $number ->
    [one] 1 person has no seat any more but signed, and is put back on the list.
   *[other] { $number } people have no seat any more but signed, and are put back on the list.
}
entry-confirm = Note { $number ->
    [one] 1 person
   *[other] { $number } people
} as signed
entry-nothing = Everybody in these rows was noted before.
entry-state-new = To be noted
entry-state-already = Noted before
entry-done = { $signed } newly noted; { $already } were noted before.
entry-undone = The entry was taken back.
entry-before = What was entered
entry-line = { $at }, { $who }: { $number ->
    [one] 1 signature
   *[other] { $number } signatures
}
entry-line-undone = { $at }, { $who }: taken back
entry-undo = Take back
entry-guest = Add somebody who wrote in a blank row
entry-guest-act = Add and note as signed

photos-title = Photos of signed sheets
photos-empty = No photo yet. Photograph or scan the signed sheets and upload them, to keep them with the session.
photos-file = Photos or scans
photos-hint = JPEG, PNG, WebP or PDF, up to { $max } MB each. Only the organisers see them.
photos-restore = Restore photo
photos-withdraw = Withdraw photo
photos-upload = Upload
photos-done-uploaded = The photos were kept.
photos-done-withdrawn = The photo was withdrawn.
photos-done-restored = The photo is back.

conflicts-title = Offline scans
conflicts-lead = Without a network a device lets people in by itself. These scans do not fit the list; you decide whether they count. Nobody is counted twice.
conflicts-change = Change to: { $what }
conflicts-none = Nothing to look at. Offline scans that do not fit the list appear here.
conflicts-already = Checked in on another device already
conflicts-nobody = This code belongs to nobody, so it cannot count.
conflicts-done = One scan was settled.

keys-title = Door access
keys-lead = Helpers at the door need no account: they scan the code or open the link and stand at the door of this workshop alone. The links stop working when the workshop is over.
keys-none = No link yet. Make one for each door or each helper.
keys-label-hint = Such as: main door, Lan.
keys-make = Make a link
keys-unnamed = Link made { $at }
keys-used = { $number ->
    [one] 1 device came by this link.
   *[other] { $number } devices came by this link.
}
keys-qr = QR code of { $name }
keys-address = Address of { $name }
keys-revoke = Revoke
keys-revoke-title = Revoke?
keys-revoke-link-what = This link will not open any more, and { $number ->
    [one] 1 device
   *[other] { $number } devices
} that came by it cannot check in any more. What was sent stays.
keys-revoke-device-what = This device cannot check in any more. What it sent stays; { $number ->
    [one] 1 scan that waits on it is
   *[other] { $number } scans that wait on it are
} still heard once it has a network, but not counted: you look at each.
keys-done-made = The link was made.
keys-done-revoked = It was revoked.
keys-devices = Devices
keys-device = Device { $name }
keys-device-name = Device
keys-seen = Last heard of
keys-waiting = Scans waiting
attend-workshop-closed = The workshop is closed. To put forward, sign or reopen the figures of a session, reopen the workshop first.
conflicts-by = Let in by { $name }
conflicts-first = The scan that counts: { $at }, { $name }
conflicts-settlement = Settlement
conflicts-dismiss-device = Dismiss all { $number } unsettled entries of { $name }
conflicts-done-device = The entries of the device do not count. Each can still be changed below.
