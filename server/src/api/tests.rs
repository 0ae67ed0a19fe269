//! The description as a whole. The doors themselves are tested from outside.

use super::*;

#[test]
fn every_door_is_described_with_its_answers() {
    let description = serde_json::to_value(doors().into_openapi()).unwrap();
    let doors = [
        ("/healthz", "get", "200"),
        ("/readyz", "get", "503"),
        ("/api/v1/workshops", "get", "200"),
        ("/api/v1/workshops", "post", "201"),
        ("/api/v1/workshops/{slug}", "get", "404"),
        ("/api/v1/workshops/{slug}/publish", "post", "409"),
        ("/api/v1/workshops/{slug}/registrations", "post", "201"),
        ("/api/v1/workshops/{slug}/checkins", "post", "422"),
        ("/api/v1/programme/summary", "get", "403"),
    ];
    for (path, method, status) in doors {
        let door = &description["paths"][path][method];
        assert!(
            door["responses"][status].is_object(),
            "{method} {path} {status}"
        );
        let open = path.ends_with('z');
        assert_eq!(door["security"].is_null(), open, "{method} {path}");
    }
    let schemas = &description["components"]["schemas"];
    assert!(schemas["ProblemsBody"].is_object());
    let scheme = &description["components"]["securitySchemes"]["token"];
    assert_eq!(scheme["scheme"], "bearer");
    let required = &schemas["NewRegistration"]["required"];
    assert!(required.to_string().contains("full_name"), "{required}");
    assert!(!required.to_string().contains("email"), "{required}");
    assert_eq!(
        schemas["NewRegistration"]["properties"]["phone"]["type"],
        "string"
    );
}
