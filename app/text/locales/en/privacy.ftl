# The notice on personal data. One point or paragraph a line. Whoever changes it raises CONSENT_TEXT_VERSION.
privacy-title = Personal data
privacy-lead = What we need, what we use it for, how long we keep it, and which rights you have, under the Law on Personal Data Protection 91/2025/QH15 and Decree 356/2025/NĐ-CP.
privacy-controller-title = Who answers for it
privacy-controller = { $organizer } is the controller and processor of the data: it decides what the data is used for and how, and answers for it.
privacy-data-title = Which data
privacy-data =
    When you register: full name, phone number, role, establishment, locality; an e-mail address if you give one.
    The consents you ticked, with when and where, and the version of the words.
    When you attend: which session and when you were checked in; whether you cancelled or somebody came in your place.
    Mail sent to you: about what, when, and whether it went out.
privacy-data-not = We collect no identity papers, no bank data and no sensitive data, and do not track whether you open our mail.
privacy-purposes-title = What it is used for
privacy-purposes-lead = Each purpose has a box of its own, and none is ticked beforehand. Without the first we cannot take the registration; the other two are entirely up to you.
privacy-purposes =
    Registration and reporting: keeping a seat, telling you about changes, check-in, the sign-in sheet, and the report on the results of the programme.
    Materials: sending you by e-mail the materials of a workshop you attended.
    Invitations: inviting you to later workshops.
privacy-nominated = If a colleague registers you, we use the data only to prepare that workshop, until we have been able to ask you.
privacy-seen-title = Who sees it
privacy-seen =
    The organiser’s staff, for the purposes above.
    Door staff: only the people of the workshop they look after.
    Trainers: numbers, and the names in their own sessions.
    Public authorities, where the law demands it.
    Public reports hold numbers and no names. We sell no data and let nobody advertise with it.
privacy-kept-title = How long it is kept
privacy-kept =
    The data is kept while the programme runs and until its reports and accounts are closed. After that, or earlier if you ask for deletion, names and contacts are deleted; only figures remain that do not tell who you are.
    Signed paper lists are kept as the rules on accounts and archives demand.
privacy-rights-title = Your rights
privacy-rights-lead = You have the right to
privacy-rights =
    know how your data is processed;
    consent, refuse, and withdraw a consent;
    see your data, correct it or have it corrected;
    be given your data, have it deleted, or have its use restricted;
    object to its use;
    complain, report, sue and claim damages as the law provides;
    ask the authorities to protect your data.
privacy-withdraw-title = Withdrawing a consent, and other requests
privacy-withdraw =
    To withdraw a consent or to correct your data, call, write to or visit the organiser at the address at the top of this page; no reason is needed and it costs nothing. To cancel a registration, use your own registration page.
    We answer within 2 working days and are done within 15 days, in difficult cases 20.
    Withdrawing a consent does not undo what was done before. If you withdraw the first one before the workshop, you no longer have a seat there.
privacy-duties-title = Your duties
privacy-duties =
    Protect your own data: for example, do not pass on your registration page or your check-in code.
    Give correct and complete information where you have agreed to give it.
    Respect the data of others: ask a colleague before you register them.
privacy-cookies-title = Cookies
privacy-cookies = This site uses necessary cookies only: one to remember the language you chose, one to keep staff signed in. There are none for advertising or statistics.
privacy-version = Version of this notice and of the consents: { $version }.
