# Materials: bringing, sending, fetching.
materials-title = Materials
materials-file = File
materials-kind = Type
materials-size = Size
materials-who = Uploaded by
materials-when = When
materials-act = Action
materials-empty = No materials yet. Upload slides and handouts below; those who attend get a link after the workshop.
materials-withdrawn = Withdrawn
materials-withdraw = Withdraw
materials-restore = Hand out again
materials-withdraw-title = Withdraw { $file }
materials-withdraw-text =
    { $number ->
        [one] One person was written to.
       *[other] { $number } people were written to.
    } When you withdraw this file, it is gone from their page of materials. Nobody is told. You can hand it out again at any time.
materials-back = Back
materials-upload-label = Upload materials
materials-upload-hint = PDF, PPTX, DOCX, XLSX, JPG, PNG, WebP or ZIP. At most { $max } MB a file. You can choose several files at once.
materials-upload-act = Upload
materials-choose = Choose at least one file.
materials-broken = The file did not arrive whole. Please upload it again.
materials-done-uploaded = Materials received
materials-done-withdrawn = Material withdrawn
materials-done-restored = Material handed out again
materials-done-sent = The mails are on their way
materials-send-title = Send materials
materials-plan-attended = Attended
materials-plan-consented = Agreed to get materials
materials-plan-without-address = Without e-mail
materials-plan-before = Sent before
materials-plan-to-send = Will get a mail
materials-send-act =
    { $number ->
        [one] Send to one person
       *[other] Send to { $number } people
    }
materials-send-nobody-yet = Nobody has been checked in yet. Send the materials here after the workshop.
materials-send-no-files = Upload materials before sending.
materials-send-all-done = Everybody who can be reached has been written to.
materials-send-none-to-reach = Nobody has both agreed and given an e-mail address.
materials-send-text =
    { $number ->
        [one] One person gets a mail
       *[other] { $number } people get a mail each
    } with a personal link, which works for 30 days, to these files:
materials-send-again = Everybody gets one mail only, however often you send. Files uploaded later show up behind the same link.
materials-mails-title = Sending
materials-progress = { $sent } / { $total } sent, { $failed } failed
materials-progress-label = Progress of sending
materials-progress-again = Look again
materials-progress-failed = The server cannot be reached. This page keeps trying; the mails go out all the same.
materials-mail-to = Recipient
materials-mail-state = State
materials-mail-what = Sent at, or what went wrong
materials-link-title = Workshop materials
materials-link-empty = There are no files to fetch now. Please come back later.
materials-link-until = This link is yours alone and works until { $day }.
materials-link-expired-title = This link has expired
materials-link-expired =
    Links to materials work for 30 days; this one has expired.
    If you still need the materials, please contact { $organizer }: { $ways }
