# Establishments: what each is, for the programme's breakdowns.
establishments-title = Classify establishments
establishments-lead = { $unclassified ->
    [0] All { $number } establishments are classified.
   *[other] Of { $number } establishments, { $unclassified } lack a legal form, a sector or a kind of site; they stand first. The programme's figures follow from this.
}
establishments-empty = There is no establishment yet. They appear here once somebody registers for a workshop.
establishments-search = Find by name
establishments-find = Find
establishments-not-found = No establishment has “{ $typed }” in its name.
establishments-show-all = Show all
establishments-more = There are { $number } more. Find them by name.
establishments-name = Establishment
establishments-registrations = Registrations
establishments-act = Act
establishments-save = Save
establishments-save-name = Save what { $name } is
establishments-saved-title = Saved
establishments-saved = What { $name } is has been updated.
establishments-to-programme = See the programme's figures
establishments-link = Classify establishments
establishments-unclassified-link = Classify what is not classified
establishments-doubtful-title = Please look at the tax code again
establishments-doubtful = It is saved, but its check digit does not fit: a digit may be mistyped.
