//! Addresses with a query.

/// A path with the values that are there; what is missing or empty is left
/// out, so that the plain list has the plain address.
pub(crate) fn address(path: &str, pairs: &[(&'static str, Option<&str>)]) -> String {
    let given = pairs
        .iter()
        .filter_map(|(name, value)| Some((*name, value.filter(|value| !value.is_empty())?)));
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(given)
        .finish();
    match query.as_str() {
        "" => path.to_owned(),
        query => format!("{path}?{query}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_empty_is_left_out() {
        let pairs = [("q", Some("thủy sản")), ("year", None), ("place", Some(""))];
        assert_eq!(address("/w", &pairs), "/w?q=th%E1%BB%A7y+s%E1%BA%A3n");
        assert_eq!(address("/w", &pairs[1..]), "/w");
    }
}
