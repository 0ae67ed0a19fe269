# The planning calendar.
planning-title = Calendar, { $month }
planning-caption = Sessions of { $month }, a week a row
planning-nav = Month and view
planning-previous = Previous month
planning-next = Next month
planning-today = Today
planning-as-agenda = Show as a list
planning-as-month = Show as a month
planning-weekend = weekend
planning-empty = No session begins in { $month } yet.
planning-room-clash = Clash: room
planning-trainer-clash = Clash: trainer { $names }
planning-to-list = To the list of workshops
planning-link = See the calendar
