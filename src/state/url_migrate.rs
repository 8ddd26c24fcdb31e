//! Old addresses keep working for ever: names that were once ours, or are Our World in Data's, and what they are called now.

/// (old name, name today)
pub const OLD_NAMES: &[(&str, &str)] = &[("country", "place"), ("yScale", "scale")];

/// Renames old parameters; a parameter under its present name wins.
pub fn migrate(pairs: &[(String, String)]) -> Vec<(String, String)> {
    let has = |name: &str| pairs.iter().any(|(key, _)| key == name);
    pairs
        .iter()
        .filter_map(|(key, value)| match OLD_NAMES.iter().find(|(old, _)| old == key) {
            Some((_, new)) if has(new) => None,
            Some((_, new)) => Some(((*new).to_owned(), value.clone())),
            None => Some((key.clone(), value.clone())),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn old_links_still_open() {
        let migrate = |query: &str| super::super::url::query_string(&super::migrate(&super::super::url::query_pairs(query)));
        assert_eq!(migrate("country=UKR~MDA"), "place=UKR~MDA");
        assert_eq!(migrate("country=UKR&place=POL"), "place=POL");
        assert_eq!(migrate("yScale=log&tab=table"), "scale=log&tab=table");
    }
}
