//! The floor of reading a record: `serde_json` parses it into a struct of borrowed texts.

use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// A record of the built-in pack.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(dead_code, reason = "the parsed values are not used")]
pub(crate) struct Record<'l> {
    format: u32,
    #[serde(borrow)]
    pack: Cow<'l, str>,
    id: Option<Cow<'l, str>>,
    #[serde(rename = "pack_version")]
    pack_version: Option<Cow<'l, str>>,
    language: Option<Cow<'l, str>>,
    date: Option<Cow<'l, str>>,
    #[serde(rename = "filled_in_by")]
    filled_in_by: Option<Cow<'l, str>>,
    answers: Answers<'l>,
}

macro_rules! answers {
    ($($field:ident,)*) => {
        #[derive(Debug, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case", deny_unknown_fields)]
        #[allow(dead_code, reason = "the parsed values are not used")]
        struct Answers<'l> {
            $(#[serde(borrow, default, skip_serializing_if = "Option::is_none")] $field: Option<Reply<'l>>,)*
        }
    };
}

answers! {
    concerns, concern_other, severity, skin_health, treatments_had, more, area, duration, tried, scar_kind,
    treatments_planned, products, change_hoped_for, history, medicines, reactions, pregnancy, sun, home_roller, questions,
    label, age_band,
}

#[derive(Debug)]
#[allow(dead_code, reason = "the parsed values are not used")]
enum Reply<'l> {
    Flag(bool),
    Text(Cow<'l, str>),
    List(Vec<Reply<'l>>),
    Object(Vec<(Cow<'l, str>, Reply<'l>)>),
}

impl Serialize for Reply<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(list) => serializer.collect_seq(list),
            Self::Object(members) => serializer.collect_map(members.iter().map(|(key, value)| (key, value))),
        }
    }
}

impl<'de: 'l, 'l> Deserialize<'de> for Reply<'l> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Reply<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an answer")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Reply<'de>, E> {
        Ok(Reply::Flag(flag))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Reply<'de>, E> {
        Ok(Reply::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Reply<'de>, E> {
        Ok(Reply::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Reply<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(reply) = access.next_element()? {
            list.push(reply);
        }
        Ok(Reply::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Reply<'de>, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = access.next_entry()? {
            members.push(member);
        }
        Ok(Reply::Object(members))
    }
}
