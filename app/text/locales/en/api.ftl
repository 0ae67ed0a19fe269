# Answers to programs, and refusals before anything is done.
api-token_needed = A valid token is needed in the header "Authorization: Bearer …". Ask the operator for one.
api-forbidden = This token may not do this. Use a token of another role.
api-not_found = There is nothing at this address, or it is not for this token.
api-malformed_json = What was sent is no valid JSON. Check its brackets, its commas, and that it is UTF-8.
api-wrong_type = The value has the wrong type. See the right one at /api/docs.
api-unsupported_media_type = Send JSON with the header "Content-Type: application/json".
api-payload_too_large = What was sent is larger than allowed. Make it smaller and send it again.
api-method_not_allowed = This address does not take that method. The header "Allow" says which it takes.
api-cross_site = The request came from another site and was not taken. Open the form on this site again and send it from there.
api-overloaded = The server is busy. Try again in a few minutes.
api-not_understood = The server did not understand this request. Check it and send it again.
