# Bringing a file of delegates.
import-title = Import a list from a file
import-lead = For lists that establishments send as Excel or CSV. You see every row before anything is written.
import-file = File with the list
import-file-hint = An Excel (.xlsx) or CSV file, at most { $max } MB and { $rows } rows, with a column for the name and one for the establishment.
import-upload = Upload and look
import-before = Files brought before
import-at = Uploaded at
import-made = People added
import-look = Nothing is written yet. This is what happens when you confirm:
import-new = { $number ->
    [one] One new person is registered
   *[other] { $number } new people are registered
}
import-seated = { $number ->
    [one] One gets a seat
   *[other] { $number } get a seat
}
import-waits = { $number ->
    [one] One waits
   *[other] { $number } wait
}
import-tax-codes = { $number ->
    [one] One row has a tax code that is wrong: the person is imported, the code is not
   *[other] { $number } rows have tax codes that are wrong: the people are imported, the codes are not
}
import-other-roles = { $number ->
    [one] One row has a position that is not recognised: written down as “Other”, and can be changed later
   *[other] { $number } rows have positions that are not recognised: written down as “Other”, and can be changed later
}
import-new-numbers = { $number ->
    [one] One phone number of 11 digits becomes its new number
   *[other] { $number } phone numbers of 11 digits become their new numbers
}
import-same = { $number ->
    [one] One row is on the list of delegates already, and skipped
   *[other] { $number } rows are on the list of delegates already, and skipped
}
import-again = { $number ->
    [one] One row is the same person as a row above, and skipped
   *[other] { $number } rows are the same people as rows above, and skipped
}
import-wrong = { $number ->
    [one] One row has problems and is left out
   *[other] { $number } rows have problems and are left out
}
import-mails = Write an e-mail to those imported
import-mails-hint = It tells of the seat and asks for consent. Without this they are written to only when something changes, such as a seat offered to somebody on the waiting list or a new time or place, or when you send a message; that first mail then asks for consent.
import-act = { $number ->
    [one] Import one person
   *[other] Import { $number } people
}
import-rejected = Download the rows left out
import-rejected-name = rows-left-out
import-why = Why
import-columns = Change what the columns hold
import-columns-first = No usual heading was found, so nobody was recognised yet. If this is a list, choose the column with the name and the one with the establishment below; if not, upload another file.
import-no-people = The file has headings but no people below them.
import-columns-legend = What each column of the file holds
import-columns-hint = It is remembered for the next file with the same headings.
import-columns-save = Apply and look again
import-column = Column { $number }
import-column-sample = For example: { $value }
import-column-none = Not used
import-column-question = Question: { $label }
import-rows-wrong = Rows with problems
import-rows-noted = Rows to look at
import-rows = The other rows
import-row = Row
import-fate = Outcome
import-left-out = Not taken: { $why }
import-fate-new = New
import-other-role = Position not recognised, written down as “Other”
import-new-number = Becomes { $phone }
import-fate-same = There already
import-fate-again = Same as row { $row }
import-fate-wrong = Problem
import-more = { $number ->
    [one] One more row is not shown here.
   *[other] { $number } more rows are not shown here.
}
import-running-title = Importing
import-running = { $done } of { $total } rows are done. The page looks again by itself; you can leave it.
import-failed-title = Not imported
import-failed = Something went wrong and nothing was written. Look again, then confirm once more.
import-done-title = { $made ->
    [one] Imported one person
   *[other] Imported { $made } people
}
import-done = There already or twice in the file: { $same }. With problems: { $rejected }.
import-see-people = See those who came from files
import-undo-link = Take this import back
import-undo-title = Take this import back?
import-undo-what = Registrations that this file added: { $number }. Those that nobody has touched since are cancelled; who has come stays. Establishments and people that only this file named are shown nowhere any more.
import-undo-act = Take it back
import-undo-keep = Keep it
import-undone-title = The import was taken back
import-undone-what = Registrations that nobody had touched are cancelled. Establishments and people that only this file named are shown nowhere any more.
import-undone = Cancelled: { $number }.
import-stay-title = Some stay
import-stay = These have come, or something happened with their registration since the import:
ImportState-uploaded = To be confirmed
ImportState-running = Running
ImportState-done = Imported
ImportState-failed = Not imported
ImportState-undone = Taken back
