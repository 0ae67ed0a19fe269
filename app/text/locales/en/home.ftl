home-title = Upcoming workshops
home-lead = Workshops on cleaner production for enterprises, cooperatives and household producers. Attendance is free.
home-empty = No workshop is open for registration now. Please come back later.
home-opens = Registration opens { $at }
home-closed = Registration has closed
register-act = Register
