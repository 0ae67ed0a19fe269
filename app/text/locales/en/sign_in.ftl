# Signing in.
sign-in-title = Sign in
sign-in-lead = For organisers, trainers and door staff. To register for a workshop you need no account.
sign-in-act = Sign in
sign-in-refused = You are not signed in
