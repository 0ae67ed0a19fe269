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
