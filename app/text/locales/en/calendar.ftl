# Calendars: invitations to single sessions, feeds to subscribe to.
mail-session-subject = Session { $number }: { $title }
mail-session-body = This is the calendar invitation to session { $number } of the workshop you registered for. Add it to your calendar to be reminded.
mail-session-cancelled-subject = Off your calendar, session { $number }: { $title }
mail-session-cancelled-body = Session { $number } is no longer in your calendar. The cancellation that comes with this mail takes it out.

calendar-name-public = Workshops – { $office }
calendar-name-own = My workshops – { $office }
calendar-expected = To prepare: { $expected }
calendar-public = Subscribe to the workshops (an .ics file)
calendar-title = My calendar
calendar-what-organizer = Put all workshops, drafts too, into the calendar of your phone or computer.
calendar-what-trainer = Put the sessions you are asked to teach and the workshops you are assigned to into the calendar of your phone or computer.
calendar-address = Address to subscribe to
calendar-subscribe = Open in a calendar app
calendar-how = Or copy the address and paste it where Google Calendar, Outlook or your phone adds a calendar by address. It keeps itself up to date, usually within a few hours.
calendar-secret-title = This address is private
calendar-secret = Everybody who has this address sees your calendar. If you gave it away by mistake, make a new one.
calendar-renew = Make a new address
calendar-renew-title = Make a new calendar address?
calendar-renew-what = The present address will stop working. You will have to add the new one on every device that subscribes.
calendar-keep = Keep the present address
calendar-renewed-title = There is a new address
calendar-renewed = The address before no longer works. Add the one below to your calendar.
