# Stopping mails of one kind by the link in them.
unsubscribe-title = Stop mails
unsubscribe-given = You have agreed to get:
unsubscribe-others = This is about you alone: colleagues who share the mailbox still get theirs. Mails about a seat you hold (a move, a cancellation) still come.
unsubscribe-act = Stop mails of this kind
unsubscribe-stopped = You will get no more mails of this kind
unsubscribe-again-act = That was a mistake, keep them coming
unsubscribe-again-done = Mails come as before
