# Materials: bringing, sending, fetching.
materials-title = Materials
materials-file = File
materials-size = Size
materials-who = Uploaded by
materials-when = When
materials-act = Action
materials-empty = No materials yet. Upload slides and handouts below; those who attend get a link after the workshop.
materials-withdrawn = Withdrawn
materials-withdraw = Withdraw material
materials-withdrawn-title = This material is withdrawn
materials-withdrawn-text = Nobody can download it for now, nor a new version of it.
materials-version-withdraw = Withdraw this version
materials-version-restore = Use this version again
materials-restore = Hand out again
materials-withdraw-title = Withdraw { $file }
materials-withdraw-text =
    { $number ->
        [one] One person was written to.
       *[other] { $number } people were written to.
    } When you withdraw this file, it is gone from their page of materials. Nobody is told. You can hand it out again at any time.
materials-back = Back
materials-upload-label = Choose files
materials-upload-act = Upload
materials-choose = Choose at least one file.
materials-broken = The file did not arrive whole. Please upload it again.
materials-signed-out = You were signed out, so the file was not received. Sign in and upload it again.
materials-done-uploaded = Materials received
materials-done-uploaded-known = Materials received; files that were on the list already are not added again
materials-done-known = What you sent was on the list already, so nothing was added
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
materials-send-waits = The materials are handed out from { $at }. You can send them here from then on.
materials-send-all-done = Everybody who can be reached has been written to.
materials-send-none-to-reach = Nobody has both agreed and given an e-mail address.
materials-send-text =
    { $number ->
        [one] One person gets a mail
       *[other] { $number } people get a mail each
    } with a personal link, which works for 30 days, to these files:
materials-send-again = Everybody gets one mail only, however often you send. Files uploaded later show up behind the same link.
materials-mails-title = Sending
materials-mails-sent =
    { $number ->
        [one] { $number } mail sent
       *[other] { $number } mails sent
    }
materials-progress = { $sent } / { $total } sent, { $failed } failed
materials-progress-label = Progress of sending
materials-progress-again = Look again
materials-progress-failed = The server cannot be reached. This page keeps trying; the mails go out all the same.
materials-mail-to = Recipient
materials-mail-state = State
materials-mail-what = Sent at, or what went wrong
materials-gone-title = This material is no longer here
materials-gone = It was withdrawn, or is not for this link. Below is what you can download.
library-gone = It was withdrawn, or never was in the library.
materials-link-title = Workshop materials
materials-link-empty = There are no files to fetch now. Please come back later.
materials-link-until = This link is yours alone and works until { $day }.
materials-link-expired-title = This link has expired
materials-link-expired =
    Links to materials work for 30 days; this one has expired.
    You get a new one on your registration page, or from { $organizer }: { $ways }

materials-name = Material
materials-version = Version
materials-fetched = Downloads
materials-from = From { $at }
materials-empty-programme = No shared materials yet. Upload guides and forms for the whole programme below.
materials-programme-title = Materials of the programme
materials-programme-lead = Materials that belong to no single workshop. Those for everybody stand in the library; the others show up on the pages of those who registered or came.
materials-upload-title = Upload materials
materials-upload-hint = PDF, PPTX, DOCX, XLSX, JPG, PNG, WebP or ZIP. At most { $max } MB a file.
materials-upload-several = You can choose several files at once; each is titled by the name of its file, which can be changed later.
materials-uploading = Uploading
materials-upload-waiting = Waiting
materials-upload-kept = Received
materials-upload-known = On the list already
materials-upload-refused = Not taken
materials-upload-unsent = Not sent
materials-upload-some = { $taken } of { $all } files received
materials-upload-none = No file was received
materials-upload-none-of-one = The file was not received
materials-upload-stay = What was received need not be sent again.
materials-upload-look = Look at the list of materials
materials-kind-by-file = By the type of file
materials-whole-workshop = The whole workshop
materials-details = Details
materials-save = Save
materials-sectors-hint = Choose none for all sectors.
materials-rights-hint = Who holds the rights, and what may be done with it. Example: May be copied with its source.
materials-versions = Versions
materials-versions-hint = The newest version that was not withdrawn is handed out. All old links lead to it.
materials-version-standing = Handed out
materials-version-replaced = Replaced
materials-replace-label = Replace with a new version
materials-replace-act = Upload the new version
materials-done-saved = Saved
materials-done-version-brought = The new version is here
materials-done-same = The file is the same as the version in use, so no new version was added
materials-done-version-withdrawn = A version was withdrawn
materials-done-version-restored = A version is handed out again
materials-done-links = The links were withdrawn
materials-expected = What the organisers expect of you
materials-expected-by = (by { $at })
materials-fetched-title = Downloads by personal links
materials-fetched-numbers =
    { $times ->
        [one] { $times } download
       *[other] { $times } downloads
    } by { $people ->
        [one] { $people } person
       *[other] { $people } people
    }.
materials-fetched-hint = Only the number of downloads of each person is kept. Nothing else is tracked; downloads from the library are not counted.
materials-fetched-last = Last time
materials-links = Withdraw links
materials-links-text = The links to materials that were sent stop working. Whoever opens an old one is told how to get a new one from their own page. Nobody is told.
field-whose = Links of
materials-links-all = Every link of this workshop
materials-links-choose = Please choose
materials-links-act = Withdraw
materials-link-counted = The organisers only count how often you fetch each file; nothing else is tracked.
materials-link-withdrawn-title = This link was withdrawn
materials-link-withdrawn =
    The organisers have withdrawn this link to materials.
    You get a new one from the page of your registration, or ask { $organizer }: { $ways }

library-title = Materials library
library-link = Library of materials on cleaner production
library-lead = Slides, guides and forms for every establishment. No registration is needed to download.
library-description = Library of materials on cleaner production by { $organizer }: slides, technical guides, forms.
library-search = Search materials (accents do not matter)
library-any-kind = Any kind
library-found =
    { $number ->
        [one] One material
       *[other] { $number } materials
    }
library-not-found = No material matches. Take away some filters.
library-empty = There are no materials for everybody yet.
materials-of-others = Somebody else brought this material. Ask the organisers to change it.
