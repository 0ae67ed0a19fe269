# The trainer's home.
trainer-title = My workshops
trainer-coming = Coming up
trainer-held = Past
trainer-empty = No workshop has been assigned to you. Workshops show up here once the organisers assign you.
trainer-numbers-coming = { $booked } of { $capacity } seats booked
trainer-numbers-held = { $registered } registered, { $attended } attended
trainer-expected = Please upload the materials before { $at }.
trainer-expected-late = Those who attended are waiting for materials. Please upload them soon.
trainer-no-files = No materials yet
trainer-files =
    { $number ->
        [one] One file
       *[other] { $number } files
    }
trainer-materials = Materials
