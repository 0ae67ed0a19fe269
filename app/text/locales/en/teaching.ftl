# Trainers: asked to teach, and their answers.
teach-expected = To prepare
teach-expected-by = By
mail-teaching-asked-subject = Asked to teach: { $title }
mail-teaching-asked-body =
    The organisers ask you to teach a session of this workshop.
    Please open the link below to accept or decline. You can change your mind until the session begins.
mail-teaching-asked-link = Answer the organisers
mail-teaching-withdrawn-subject = No longer asked to teach: { $title }
mail-teaching-withdrawn-body = The organisers no longer ask you to teach this session. The cancellation that comes with this mail takes it out of your calendar.
deed-ask_to_teach = Ask a trainer
deed-withdraw_teaching = Take back the question to a trainer
deed-answer_teaching = Trainer's answer
teach-title = Asked to teach
teach-lead = Dear { $name }, the organisers ask you to teach the session below.
teach-online = Online link
teach-workshop = See the workshop's page
teach-call = Questions? Please call the organisers:
teach-accept = Accept
teach-decline = Decline
teach-asked-title = Not answered yet
teach-asked = Please accept or decline at the end of this page.
teach-accepted-title = You have accepted
teach-accepted = Thank you. You can change your mind until the session begins.
teach-declined-title = You have declined
teach-declined = Your answer is on the organisers' page. You can still accept until the session begins, unless you are needed elsewhere.
teach-closed-title = The workshop is cancelled
teach-closed = You need not answer any more.
teach-page = Trainers: { $title }
teach-nobody = Nobody has been asked to teach this session.
teach-no-email = No e-mail address: please ask by phone.
teach-answered-at = Answered { $at }
teach-withdraw = Take back
teach-withdraw-title = Take this question back?
teach-withdraw-told = The trainer gets a mail, and the session is taken out of their calendar.
teach-withdraw-untold = The trainer has no e-mail address and is not told automatically. Please phone them.
teach-keep = Keep it
teach-by = By { $at }
teach-too-late = No session is left to ask trainers for.
teach-no-trainers = The register has no trainers yet. Add one, then ask here.
teach-choose = Choose a trainer
teach-expected-hint = For example slides, exercise sheets.
teach-ask-title = Ask a trainer
teach-ask-hint = Trainers with an e-mail address get a mail with a link to answer and a calendar invitation. Asking somebody again replaces what is expected and wants a new answer.
teach-ask = Send the question
teach-done-asked-title = Asked
teach-done-asked = The trainer's answer will show up here.
teach-done-withdrawn-title = Taken back
teach-done-withdrawn = The trainer is no longer asked to teach this session.
teach-late = Late
teach-answer = Trainer's answer
mail-teaching-moved-subject = New time or place for your session: { $title }
mail-teaching-moved-body =
    The session you were asked to teach at “{ $title }” now has another time or place.
    Please look again and say whether you can come.
teach-named-title = Named in the agenda
teach-named = The organisers have named you in the agenda of this session.
mail-teaching-declined-subject = You declined to teach: { $title }
mail-teaching-declined-body =
    The organisers have your answer. The cancellation that comes with this mail takes the session out of your calendar.
    You can still accept until the session begins, unless you are needed elsewhere.
mail-teaching-accepted-subject = You accepted to teach: { $title }
mail-teaching-accepted-body = Thank you for accepting. The invitation that comes with this mail puts the session back into your calendar.
teach-feed = A calendar of all that you teach
teach-feed-secret = Whoever has this address can read your calendar. Please keep it to yourself.
teach-decline-title = Decline to teach?
teach-decline-what = The organisers see it at once among what waits for them and will look for somebody else. You can still accept until the session starts, unless you are needed elsewhere.
teach-decline-back = Not yet, go back
teach-in-agenda = Named in the agenda of this session, but not asked yet.
teach-unasked = Not asked
teach-ask-named = Ask
teach-not-in-agenda = Not in the agenda of this session yet.
teach-to-agenda = Edit the agenda
