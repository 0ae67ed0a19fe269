# Calendars: invitations to single sessions, feeds to subscribe to.
mail-session-subject = Session { $number }: { $title }
mail-session-body = This is the calendar invitation to session { $number } of the workshop you registered for. Add it to your calendar to be reminded.
mail-session-cancelled-subject = Off your calendar, session { $number }: { $title }
mail-session-cancelled-body = Session { $number } is no longer in your calendar. The cancellation that comes with this mail takes it out.

calendar-name-public = Workshops – { $office }
calendar-name-own = My workshops – { $office }
calendar-expected = To prepare: { $expected }
