//! JSON literals whose fields are a list and not code: serde_json's own macro writes an insertion for each, a third of this layer's wasm.

use serde_json::{Map, Value};

/// As `serde_json::json!`; a value of more than one token stands in parentheses.
macro_rules! json {
    ({ $($key:literal : $value:tt),* $(,)? }) => { $crate::charts::json::object(vec![$(($key, $crate::charts::json::json!($value))),*]) };
    ([ $($value:tt),* $(,)? ]) => { serde_json::Value::Array(vec![$($crate::charts::json::json!($value)),*]) };
    ($value:expr) => { serde_json::Value::from($value) };
}
pub(super) use json;

pub(super) fn object(fields: Vec<(&'static str, Value)>) -> Value {
    let mut map = Map::new();
    for (name, value) in fields {
        map.insert(name.to_owned(), value);
    }
    Value::Object(map)
}

/// Words of a label. ECharts would fill in `{b}` and its like, once with a character that no picture may hold: an invisible joiner keeps
/// them words.
pub fn words(text: &str) -> String {
    text.replace('{', "{\u{2060}")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_label_is_no_template() {
        assert_eq!(super::words("{b}: over 5"), "{\u{2060}b}: over 5");
    }
}
