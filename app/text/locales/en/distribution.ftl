# The register of what was handed to establishments.
distribution-title = Register of handed-out materials
distribution-lead = Which material reached which establishment, how and when. Mails with materials after a workshop enter themselves.
distribution-enter = Enter a distribution
distribution-empty = Nothing is entered yet. Enter what was handed out on visits, by Zalo or in print.
distribution-empty-reader = Nothing is entered yet.
distribution-not-found = No entry matches. Take away some filters.
distribution-found = { $entries } entries, { $establishments } establishments
distribution-first = The latest { $number } entries are shown. Download the file to see all.
distribution-any-material = Any material
distribution-any-channel = Any way
distribution-by = Recorded by
distribution-by-mails =
    { $number ->
        [one] Mail to one person
       *[other] Mails to { $number } people
    }
distribution-undo = Take back
distribution-undo-all = Take these entries back
distribution-entered =
    { $new ->
        [one] One establishment entered
       *[other] { $new } establishments entered
    }
distribution-entered-some =
    { $new ->
        [one] One establishment entered; { $stood } stood in the register already
       *[other] { $new } establishments entered; { $stood } stood in the register already
    }
distribution-stood =
    { $stood ->
        [one] The establishment stood in the register already, so nothing was added
       *[other] All { $stood } establishments stood in the register already, so nothing was added
    }
distribution-undone = Taken back
distribution-establishment = Establishment
distribution-shared = Of the whole programme
distribution-withdrawn = { $document } (withdrawn)
distribution-export = Download (CSV)
distribution-choose = Choose a material
distribution-find = Search establishments (accents do not matter)
distribution-to = Establishments that got it
distribution-unseen = { $number } more are chosen outside of what was searched for.
distribution-nobody = No establishment matches.
distribution-save = Enter
