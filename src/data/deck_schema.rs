//! The form of a talk as JSON Schema (draft 2020-12), made of the same contracts that `deck` reads by. `seal` writes it beside the
//! descriptor for editors and other tools. What needs the package (figures, views, stories that exist) only `validate` can say.

use super::contract::{CALLOUT, Contract, DECK, Field, ID_PATTERN, Kind, SLIDE};
use super::deck::{CALLOUTS, NUMBER, needed};
use super::record::MAX_NUMBER;
use crate::model::words::SlideKind;
use serde_json::{Map, Value, json};

/// Where the schema lies in a package.
pub const FILE: &str = "deck.schema.json";

const DATE_PATTERN: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
/// No space at either end, and not empty.
const TRIMMED_PATTERN: &str = r"^\S([\s\S]*\S)?$";
/// `issue::is_unsafe_char`, as a pattern.
const UNSAFE_PATTERN: &str = r"[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]";

/// The whole schema.
pub fn schema() -> Value {
    let mut deck = object(&DECK, Vec::new());
    deck["properties"]["slides"] = json!({"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/slide"}});
    if let Some(required) = deck["required"].as_array_mut() {
        required.push("slides".into());
    }
    let of_kinds = SlideKind::ALL.iter().map(|&kind| {
        let given: Vec<Value> = needed(kind).iter().map(|field| given(field)).collect();
        json!({"if": {"properties": {"kind": {"const": kind.id()}}, "required": ["kind"]}, "then": {"allOf": given}})
    });
    let mut slide = object(&SLIDE, of_kinds.collect());
    slide["properties"][CALLOUTS] = json!({"type": ["array", "null"], "items": {"$ref": "#/$defs/callout"}});
    deck["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    deck["$defs"] = json!({"slide": slide, "callout": object(&CALLOUT, Vec::new())});
    deck
}

/// The file as `seal` writes it.
pub fn text() -> String {
    format!("{:#}\n", schema())
}

/// What a contract says of one row, and what `rules` say besides.
fn object(contract: &Contract, mut rules: Vec<Value>) -> Value {
    let fields = || contract.fields.iter().filter(|field| field.name != NUMBER);
    let properties: Map<String, Value> = fields().map(|field| (field.name.to_owned(), value(field))).collect();
    let required: Vec<&str> = fields().filter(|field| field.required).map(|field| field.name).collect();
    for field in fields().filter(|field| !field.required) {
        let Some(twin) = field.name.strip_suffix("_en").map(|stem| format!("{stem}_uk")) else { continue };
        for (one, other) in [(field.name, twin.as_str()), (twin.as_str(), field.name)] {
            rules.push(json!({"if": given(one), "then": given(other)}));
        }
    }
    let mut object = json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false});
    if !rules.is_empty() {
        object["allOf"] = rules.into();
    }
    object
}

/// There, and not null: null is as good as absent where a field may be.
fn given(field: &str) -> Value {
    json!({"properties": {field: {"not": {"type": "null"}}}, "required": [field]})
}

fn value(field: &Field) -> Value {
    let mut value = match field.kind {
        Kind::Id | Kind::Key(_) => json!({"type": "string", "pattern": ID_PATTERN}),
        Kind::Word(words) => json!({"type": "string", "enum": words}),
        Kind::Date => json!({"type": "string", "format": "date", "pattern": DATE_PATTERN}),
        Kind::Integer => json!({"type": "integer", "minimum": -MAX_NUMBER, "maximum": MAX_NUMBER}),
        // No talk has a field of another kind; one that comes is a text until this says otherwise.
        _ => json!({"type": "string", "pattern": TRIMMED_PATTERN, "not": {"type": "string", "pattern": UNSAFE_PATTERN}}),
    };
    if !field.required {
        let kind = value["type"].take();
        value["type"] = json!([kind, "null"]);
        if let Some(words) = value.get_mut("enum").and_then(Value::as_array_mut) {
            words.push(Value::Null);
        }
    }
    value
}
