# People and establishments that may be one.
LikenessNoun-person = Delegate
LikenessNoun-establishment = Establishment
LikenessReason-name_and_place = The same name at the same establishment.
LikenessReason-contact_and_name = The same phone or e-mail, a name nearly the same.
LikenessReason-tax_code = The same tax code.
LikenessReason-name = Names nearly the same.
LikenessReason-organizer = An organiser thinks so.
LikenessState-open = To be judged
LikenessState-merged = Merged
LikenessState-apart = Kept apart
merge-title = Merge duplicates
merge-lead = These delegates or establishments may be one. When merged, the registrations of both go to the older record; this can be undone.
merge-parts = Filter by state
merge-empty = No pair is in this part.
merge-find = Look through everything
merge-first = Older record
merge-second = Newer record
merge-workshops = Workshops
merge-came = attended
merge-tax-code = Tax code
merge-act = Merge into one
merge-apart = Keep apart
merge-undo = Undo
merge-decided = Judged { $at }
merge-done-title = Done
merge-done-merged = The two records are one now. Where both were registered for one workshop, one registration stays; nobody is told.
merge-done-apart = The two records stay apart and are not asked about again.
merge-done-undone = Undone. The pair waits to be judged again.
merge-done-firms = The two establishments are one now, with the people, registrations and invitations of both. Where both were invited to one workshop, the second invitation is marked in the list of invitations.
merge-done-found = The whole list was looked through. { $number ->
        [0] No pair is new.
        [one] 1 new pair is below.
       *[other] { $number } new pairs are below.
    }
merge-over-title = More seats are given than there are
merge-over = { $title }: { $all ->
        [one] 1 seat
       *[other] { $all } seats
    }, { $given } taken or offered
merge-link = Merge duplicates
back-merge = Back to the duplicates
refused-merge = This pair was judged already, or one of the two was merged again. Undo the later merge first.
field-act = What to do
merge-by-hand = Choose two records that are one
merge-by-hand-lead = Search by name, tick two records that are one person or one establishment, and compare them. Those ticked stay while you search on.
merge-noun = Search in
merge-search = Name
merge-not-found = No such name was found.
merge-choose = Two records that are one
merge-compare = Compare the two
merge-waiting =
    { $number ->
        [one] One pair of records may be the same
       *[other] { $number } pairs of records may be the same
    }
merge-waiting-why = Merge them or keep them apart, so that each person and establishment has one record.
merge-waiting-act = See the pairs
merge-two-people = The two ticked are one person
