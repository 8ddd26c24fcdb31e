//! JSON as it stands in a file: one row, judged and put into columns before the next one is read; a descriptor; a language's words. Not
//! `serde_json::Value`: texts are borrowed from the file wherever they stand there as they are, and an object is a list of pairs.

use crate::model::decimal::decimal;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;

#[derive(Clone, Debug)]
pub enum Given<'a> {
    Null,
    Flag(bool),
    Number(f64),
    Text(Cow<'a, str>),
    List(Vec<Given<'a>>),
    /// Names and values as they come; where a name comes twice, programs take the last.
    Object(Vec<(Cow<'a, str>, Given<'a>)>),
}

impl<'a> Given<'a> {
    /// A field of an object.
    pub fn get(&self, name: &str) -> Option<&Given<'a>> {
        match self {
            Given::Object(pairs) => pairs.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value),
            _ => None,
        }
    }

    pub fn text(&self) -> Option<&str> {
        match self {
            Given::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a list; nothing else has any.
    pub fn items(&self) -> Option<&[Given<'a>]> {
        match self {
            Given::List(items) => Some(items),
            _ => None,
        }
    }

    /// As its reader would name it. Not JSON's own writer: it brings number tables that nothing else in the app needs.
    pub fn plain(&self) -> String {
        match self {
            Given::Null => "null".to_owned(),
            Given::Flag(flag) => flag.to_string(),
            Given::Number(number) => decimal(*number),
            Given::Text(text) => text.to_string(),
            Given::List(items) => format!("[{}]", items.iter().map(Given::plain).collect::<Vec<_>>().join(", ")),
            Given::Object(_) => "{…}".to_owned(),
        }
    }
}

impl<'de> Deserialize<'de> for Given<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Given<'de>;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Given::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Self::Value, E> {
        Ok(Given::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Given::Number(number as f64))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Given::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Given::Number(number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Given::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Given::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Given::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some((name, value)) = map.next_entry()? {
            if let Given::Text(name) = name {
                pairs.push((name, value));
            }
        }
        Ok(Given::Object(pairs))
    }
}
