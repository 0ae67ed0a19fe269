# The outbox as the organisers see it.
outbox-title = Mail
outbox-mail-page = One mail
outbox-stays-title = Mail has not left this server
outbox-stays = No mail server is set (SMTP_URL), so mails are only written as .eml files into the data folder. Recipients have received nothing; you can read each mail here.
outbox-filter = Filter mails by state
outbox-all = All
outbox-subject = Subject
outbox-to = Recipient
outbox-state = State
outbox-written = Written
outbox-attempts = Attempts
outbox-empty-title = No mail yet
outbox-empty = Confirmations, notes about the waiting list and mails with materials will be listed here. The first is written when somebody registers and leaves an e-mail address.
outbox-empty-act = To the workshops
outbox-none = No mail is in this state.
outbox-show-all = Show all
outbox-pages = Pages
outbox-older = Older mails
outbox-newest = Newest mails
outbox-back = Back to all mail
outbox-text = Text
outbox-again-act = Send again
outbox-again-title = The mail is to be sent again
outbox-again = The state below says whether it has left. Reload the page to see the latest state.
outbox-again-before = This mail has been sent again already
outbox-again-not = This mail cannot be sent again
outbox-held-title = This mail is held with its message
outbox-held = It leaves when the message goes on.
outbox-held-link = Open the message
outbox-held-short = Held with its message
outbox-next = again on { $at }
outbox-trouble-connection = The mail server cannot be reached
outbox-trouble-server = The mail server refuses mail from this system
outbox-trouble-at = Last attempt: { $at }.
outbox-trouble-next = Next attempt: { $at }. Mails that wait leave by themselves. If this lasts, tell whoever runs the mail server.
outbox-trouble-final = Mails that were refused are not sent again by themselves. Tell whoever runs the mail server; once it takes mail again, send the failed mails again.
outbox-trouble-words = In its own words:
outbox-error = What the mail server said
outbox-state-kept = Written to a file in the data folder; it has not reached the recipient.
outbox-state-queued = Waiting for its turn.
outbox-state-sending = On its way.
outbox-state-sent = The mail server has taken it.
outbox-state-retry = The last attempt failed; it will be sent again at this time.
outbox-state-failed = It will not be sent again by itself. You can send it again, or reach the recipient by phone or Zalo.
outbox-state-withheld = Not sent, because there is no reason for it any more.
outbox-state-withheld-why = Not sent: { $why }.
outbox-state-outdated = It cannot be sent again: { $why }. Reach the recipient by phone or Zalo if needed.
outbox-state-held = Held with its message; it has not left.
outbox-failed-link = Send all failed mails again
outbox-failed-title = Send failed mails again
outbox-failed-text = Each mail keeps its words and its identity, so that somebody who has it knows it again. A wrong address will fail once more: correct it, or call.
outbox-failed-none = There is nothing to send again.
outbox-failed-outdated = { $number ->
    [one] One mail stays
   *[other] { $number } mails stay
 }, since what it says is no longer so: the schedule has changed, the workshop was called off or has ended, or the recipient has no seat any more.
outbox-failed-act = { $number ->
    [one] Send one mail again
   *[other] Send { $number } mails again
 }
outbox-failed-done = { $number ->
    [one] One mail is to be sent again
   *[other] { $number } mails are to be sent again
 }
outbox-failed-before = These mails have been sent again already
outbox-failed-watch = Reload the page to see the latest state.
