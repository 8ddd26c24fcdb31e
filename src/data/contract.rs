//! The fields of each resource. This is the one definition: validation reads it, and `seal` writes it as Table Schema
//! into `datapackage.json` for everybody else.

use crate::model::words::*;
use serde_json::{Value, json};

/// What a field may hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// `[A-Za-z0-9][A-Za-z0-9_-]*`
    Id,
    Text,
    Number,
    Integer,
    Bool,
    /// `YYYY-MM-DD`
    Date,
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`
    PartialDate,
    /// http or https
    Url,
    Word(&'static [&'static str]),
    Words(&'static [&'static str]),
    /// The key of a row in another resource.
    Key(&'static str),
    Keys(&'static str),
}

#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub name: &'static str,
    pub kind: Kind,
    pub required: bool,
}

/// One resource: its name, file, key and fields in file order.
#[derive(Clone, Copy, Debug)]
pub struct Contract {
    pub name: &'static str,
    pub primary_key: &'static [&'static str],
    pub fields: &'static [Field],
}

const fn must(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, required: true }
}

const fn may(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, required: false }
}

use Kind::{Bool, Date, Id, Integer, Key, Keys, Number, PartialDate, Text, Url, Word, Words};

/// Upper limit of one resource's bytes, before anything is parsed.
pub const MAX_RESOURCE_BYTES: usize = 8 * 1024 * 1024;
/// The same of observations, which may be many, as they lie and unpacked: millions of rows.
pub const MAX_LARGE_BYTES: usize = 512 * 1024 * 1024;
/// From here on a browser reads a resource beside the page, where it holds nobody up.
pub const LARGE_BYTES: usize = 1024 * 1024;

/// Whether a resource may be larger than others.
pub fn may_be_large(resource: &str) -> bool {
    resource.starts_with("observations-")
}

/// Upper limit of a resource's bytes.
pub fn max_bytes(resource: &str) -> usize {
    if may_be_large(resource) { MAX_LARGE_BYTES } else { MAX_RESOURCE_BYTES }
}

const OBSERVATION_KEY: &[&str] = &["series", "place", "counterpart", "sector", "period_start", "period_end", "standing", "source"];
const OBSERVATION: &[Field] = &[
    must("series", Key("series")),
    must("place", Key("places")),
    may("counterpart", Key("places")),
    may("sector", Key("sectors")),
    may("period_start", Date),
    may("period_end", Date),
    may("value", Number),
    may("value_max", Number),
    may("qualifier", Word(Qualifier::IDS)),
    may("missing", Word(Missing::IDS)),
    must("standing", Word(Standing::IDS)),
    must("computed", Bool),
    may("vintage", PartialDate),
    must("source", Key("sources")),
    must("more_sources", Keys("sources")),
    may("note_en", Text),
    may("note_uk", Text),
    may("date_precision", Word(Rough::IDS)),
];

/// Every resource that the app knows, in the order of `datapackage.json`.
pub const CONTRACTS: &[Contract] = &[
    Contract {
        name: "sources",
        primary_key: &["id"],
        fields: &[
            must("id", Id),
            must("publisher", Text),
            may("publisher_uk", Text),
            must("title", Text),
            may("url", Url),
            may("published_on", PartialDate),
            must("kind", Word(SourceKind::IDS)),
            must("licence", Word(Licence::IDS)),
            may("note_en", Text),
            may("note_uk", Text),
        ],
    },
    Contract {
        name: "places",
        primary_key: &["code"],
        fields: &[
            must("code", Id),
            must("kind", Word(PlaceKind::IDS)),
            may("parent", Key("places")),
            must("name_en", Text),
            must("name_uk", Text),
        ],
    },
    Contract { name: "sectors", primary_key: &["id"], fields: &[must("id", Id), must("name_en", Text), must("name_uk", Text)] },
    Contract {
        name: "units",
        primary_key: &["id"],
        fields: &[
            must("id", Id),
            must("kind", Word(UnitKind::IDS)),
            may("currency", Id),
            must("one_en", Text),
            must("other_en", Text),
            must("one_uk", Text),
            must("few_uk", Text),
            must("many_uk", Text),
            must("other_uk", Text),
            may("accusative_uk", Text),
            must("axis_en", Text),
            must("axis_uk", Text),
        ],
    },
    Contract {
        name: "series",
        primary_key: &["id"],
        fields: &[
            must("id", Id),
            must("topic", Word(Topic::IDS)),
            must("name_en", Text),
            must("name_uk", Text),
            must("definition_en", Text),
            must("definition_uk", Text),
            must("scope_en", Text),
            must("scope_uk", Text),
            must("silent_en", Text),
            must("silent_uk", Text),
            must("unit", Key("units")),
            must("nature", Word(Nature::IDS)),
            must("basis", Word(Basis::IDS)),
            must("additive_over", Words(Dimension::IDS)),
            may("subset_of", Key("series")),
            must("licence", Word(Licence::IDS)),
        ],
    },
    Contract {
        name: "breaks",
        primary_key: &["series", "on", "place"],
        fields: &[
            must("series", Key("series")),
            must("on", Date),
            may("place", Key("places")),
            must("reason_en", Text),
            must("reason_uk", Text),
        ],
    },
    Contract { name: "observations-people", primary_key: OBSERVATION_KEY, fields: OBSERVATION },
    Contract { name: "observations-remittances", primary_key: OBSERVATION_KEY, fields: OBSERVATION },
    Contract { name: "observations-context", primary_key: OBSERVATION_KEY, fields: OBSERVATION },
    Contract { name: "observations-funding", primary_key: OBSERVATION_KEY, fields: OBSERVATION },
    Contract {
        name: "agreements",
        primary_key: &["id"],
        fields: &[
            must("id", Id),
            must("counterpart_en", Text),
            must("counterpart_uk", Text),
            must("counterpart_type", Word(CounterpartType::IDS)),
            may("place", Key("places")),
            may("city_en", Text),
            may("city_uk", Text),
            must("instrument", Word(Instrument::IDS)),
            must("form", Word(Form::IDS)),
            may("papers", Integer),
            may("signed_on", PartialDate),
            must("date_precision", Word(DatePrecision::IDS)),
            may("date_basis_en", Text),
            may("date_basis_uk", Text),
            may("signatories_en", Text),
            may("signatories_uk", Text),
            must("topics", Keys("sectors")),
            may("diaspora_en", Text),
            may("diaspora_uk", Text),
            may("pillar", Word(Pillar::IDS)),
            must("says_en", Text),
            must("says_uk", Text),
            may("silent_en", Text),
            may("silent_uk", Text),
            may("followed_en", Text),
            may("followed_uk", Text),
            must("status", Word(AgreementStatus::IDS)),
            must("confidence", Word(Confidence::IDS)),
            must("source", Key("sources")),
            must("more_sources", Keys("sources")),
        ],
    },
    Contract {
        name: "organisations",
        primary_key: &["id"],
        fields: &[
            must("id", Id),
            must("name_en", Text),
            must("name_uk", Text),
            may("place", Key("places")),
            may("city_en", Text),
            may("city_uk", Text),
            may("founded", Integer),
            must("kind", Word(OrganisationKind::IDS)),
            may("focus_en", Text),
            may("focus_uk", Text),
            may("iom_relation_en", Text),
            may("iom_relation_uk", Text),
            may("note_en", Text),
            may("note_uk", Text),
            must("source", Key("sources")),
            must("more_sources", Keys("sources")),
        ],
    },
    Contract {
        name: "organisation-figures",
        primary_key: &["id"],
        fields: &[
            must("id", Id),
            must("organisation", Key("organisations")),
            must("name_en", Text),
            must("name_uk", Text),
            must("value", Number),
            may("value_max", Number),
            must("unit", Key("units")),
            must("qualifier", Word(Qualifier::IDS)),
            must("standing", Word(Standing::IDS)),
            may("period_start", PartialDate),
            may("as_of", PartialDate),
            must("basis", Word(FigureBasis::IDS)),
            may("note_en", Text),
            may("note_uk", Text),
            must("source", Key("sources")),
            must("more_sources", Keys("sources")),
        ],
    },
    Contract {
        name: "events",
        primary_key: &["id"],
        fields: &[
            must("id", Id),
            must("title_en", Text),
            must("title_uk", Text),
            may("starts_on", PartialDate),
            may("ends_on", PartialDate),
            must("date_precision", Word(DatePrecision::IDS)),
            may("date_basis_en", Text),
            may("date_basis_uk", Text),
            may("place", Key("places")),
            may("city_en", Text),
            may("city_uk", Text),
            may("mode", Word(EventMode::IDS)),
            may("organisers_en", Text),
            may("organisers_uk", Text),
            must("purpose_en", Text),
            must("purpose_uk", Text),
            must("diaspora", Word(DiasporaPart::IDS)),
            must("confidence", Word(Confidence::IDS)),
            must("source", Key("sources")),
            must("more_sources", Keys("sources")),
        ],
    },
    Contract {
        name: "stories",
        primary_key: &["id"],
        fields: &[
            must("id", Id),
            must("title_en", Text),
            must("title_uk", Text),
            must("first_name_en", Text),
            must("first_name_uk", Text),
            may("name_note_en", Text),
            may("name_note_uk", Text),
            may("place", Key("places")),
            may("city_en", Text),
            may("city_uk", Text),
            may("told_on", PartialDate),
            must("date_precision", Word(DatePrecision::IDS)),
            must("fact_en", Text),
            must("fact_uk", Text),
            may("programme_en", Text),
            may("programme_uk", Text),
            may("sector", Key("sectors")),
            may("view", Key("views")),
            must("url", Url),
            must("source", Key("sources")),
            must("more_sources", Keys("sources")),
        ],
    },
    Contract {
        name: "opportunities",
        primary_key: &["id"],
        fields: &[
            must("id", Id),
            must("title_en", Text),
            must("title_uk", Text),
            must("kind", Word(OpportunityKind::IDS)),
            must("provider_en", Text),
            must("provider_uk", Text),
            may("target_en", Text),
            may("target_uk", Text),
            may("scope_en", Text),
            may("scope_uk", Text),
            may("places", Keys("places")),
            must("what_en", Text),
            must("what_uk", Text),
            may("published_on", PartialDate),
            may("ends_on", PartialDate),
            may("status_en", Text),
            may("status_uk", Text),
            may("url", Url),
            may("iom_role_en", Text),
            may("iom_role_uk", Text),
            must("source", Key("sources")),
            must("more_sources", Keys("sources")),
        ],
    },
    Contract {
        name: "facts",
        primary_key: &["id"],
        fields: &[
            must("id", Id),
            must("subject", Id),
            must("text_en", Text),
            must("text_uk", Text),
            may("as_of", PartialDate),
            must("source", Key("sources")),
            must("more_sources", Keys("sources")),
        ],
    },
    Contract {
        name: "headlines",
        primary_key: &["id"],
        fields: &[
            must("id", Id),
            must("kind", Word(HeadlineKind::IDS)),
            may("series", Key("series")),
            may("place", Key("places")),
            may("period_end", Date),
            may("rival_series", Key("series")),
            must("meaning_en", Text),
            must("meaning_uk", Text),
            may("caution_en", Text),
            may("caution_uk", Text),
            may("view", Key("views")),
        ],
    },
    Contract {
        name: "views",
        primary_key: &["id"],
        fields: &[
            must("id", Id),
            must("topic", Word(Topic::IDS)),
            must("kind", Word(ViewKind::IDS)),
            must("title_en", Text),
            must("title_uk", Text),
            must("lead_en", Text),
            must("lead_uk", Text),
            must("series", Keys("series")),
            must("marks", Keys("series")),
            must("controls", Words(Control::IDS)),
            may("defaults", Text),
            may("notes_en", Text),
            may("notes_uk", Text),
            must("featured", Bool),
        ],
    },
];

/// A talk, without its slides: `decks/<id>.json`.
pub const DECK: Contract = Contract {
    name: "deck",
    primary_key: &["id"],
    fields: &[
        must("id", Id),
        must("title_en", Text),
        must("title_uk", Text),
        must("lead_en", Text),
        must("lead_uk", Text),
        must("minutes", Integer),
    ],
};

/// One slide. Its number is its place in the list; what a kind needs more is checked in `deck`.
pub const SLIDE: Contract = Contract {
    name: "slide",
    primary_key: &["number"],
    fields: &[
        must("number", Integer),
        must("kind", Word(SlideKind::IDS)),
        must("headline_en", Text),
        must("headline_uk", Text),
        may("text_en", Text),
        may("text_uk", Text),
        must("notes_en", Text),
        must("notes_uk", Text),
        may("view", Key("views")),
        may("state", Text),
        may("with", Key("views")),
        may("with_state", Text),
        may("series", Key("series")),
        may("place", Key("places")),
        may("counterpart", Key("places")),
        may("period_end", Date),
        may("story", Key("stories")),
        may("link", Text),
    ],
};

/// Words at one point of a slide's chart.
pub const CALLOUT: Contract = Contract {
    name: "callout",
    primary_key: &["number"],
    fields: &[
        must("number", Integer),
        must("series", Key("series")),
        must("place", Key("places")),
        may("counterpart", Key("places")),
        must("period_end", Date),
        must("text_en", Text),
        must("text_uk", Text),
    ],
};

pub fn contract(name: &str) -> Option<&'static Contract> {
    CONTRACTS.iter().find(|contract| contract.name == name)
}

impl Contract {
    pub fn field(&self, name: &str) -> Option<(usize, &'static Field)> {
        let fields: &'static [Field] = self.fields;
        fields.iter().enumerate().find(|(_, field)| field.name == name)
    }

    /// The Table Schema of this resource (Frictionless), keys in a stable order.
    pub fn table_schema(&self) -> Value {
        self.schema_among(&|_| true)
    }

    /// The same in a package that lists only some resources: nothing refers to the others.
    pub fn schema_among(&self, is_listed: &dyn Fn(&str) -> bool) -> Value {
        let fields: Vec<Value> = self.fields.iter().map(field_schema).collect();
        let foreign_keys: Vec<Value> = self
            .fields
            .iter()
            .filter_map(|field| match field.kind {
                Kind::Key(target) if is_listed(target) => {
                    let key = contract(target).and_then(|c| c.primary_key.first()).copied().unwrap_or("id");
                    let resource = if target == self.name { "" } else { target };
                    Some(json!({"fields": [field.name], "reference": {"resource": resource, "fields": [key]}}))
                }
                _ => None,
            })
            .collect();
        let mut schema = json!({"fields": fields, "primaryKey": self.primary_key, "missingValues": [""]});
        if !foreign_keys.is_empty() {
            schema["foreignKeys"] = Value::Array(foreign_keys);
        }
        schema
    }
}

/// Written as a pattern in the schema and checked by `record::is_id`.
pub const ID_PATTERN: &str = "^[A-Za-z0-9][A-Za-z0-9_-]*$";
const PARTIAL_DATE_PATTERN: &str = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$";
const URL_PATTERN: &str = "^https?://[^ ]+$";

fn field_schema(field: &Field) -> Value {
    let mut constraints = serde_json::Map::new();
    if field.required {
        constraints.insert("required".into(), true.into());
    }
    let kind = match field.kind {
        Kind::Id | Kind::Key(_) => {
            constraints.insert("pattern".into(), ID_PATTERN.into());
            "string"
        }
        Kind::PartialDate => {
            constraints.insert("pattern".into(), PARTIAL_DATE_PATTERN.into());
            "string"
        }
        Kind::Url => {
            constraints.insert("pattern".into(), URL_PATTERN.into());
            "string"
        }
        Kind::Word(words) => {
            constraints.insert("enum".into(), json!(words));
            "string"
        }
        Kind::Text => "string",
        Kind::Number => "number",
        Kind::Integer => "integer",
        Kind::Bool => "boolean",
        Kind::Date => "date",
        Kind::Words(_) | Kind::Keys(_) => "array",
    };
    let mut schema = json!({"name": field.name, "type": kind});
    if !constraints.is_empty() {
        schema["constraints"] = Value::Object(constraints);
    }
    schema
}
