//! What search engines and catalogues read: schema.org for the page of a view, DCAT for the whole site, both as JSON-LD.
//!
//! Addresses are whole only where the site's own address is known; else they begin at the root, which JSON-LD allows.

use super::{Published, Takeaway};
use crate::model::lang::Lang;
use crate::model::words::Licence;
use crate::state::route::Page;
use serde_json::{Value, json};

/// Media types of the files with rows.
const DISTRIBUTIONS: [(&str, &str); 3] = [("csv", "text/csv"), ("json", "application/json"), ("zip", "application/zip")];
/// The catalogue's file, below the site's root.
pub const CATALOGUE: &str = "data/catalog.jsonld";

/// The licence's own page; ours explains those that have none.
fn licence(all: &Published, licence: Licence) -> String {
    match licence {
        Licence::CcBy4 => "https://creativecommons.org/licenses/by/4.0/".to_owned(),
        Licence::CcBy3Igo => "https://creativecommons.org/licenses/by/3.0/igo/".to_owned(),
        _ => all.address(&all.site.file("data/LICENSES.md")),
    }
}

fn licences(view: &Takeaway) -> Vec<String> {
    let mut all: Vec<String> = view.behind.licences.iter().map(|&one| licence(view.all, one)).collect();
    all.dedup();
    all
}

fn organisation(name: &str) -> Value {
    json!({ "@type": "Organization", "name": name })
}

/// `schema.org/Dataset` of one view, for the head of its page.
pub fn dataset(view: &Takeaway) -> Value {
    let (all, behind) = (view.all, &view.behind);
    let name = all.site.t("site.name");
    let days = |day: Option<crate::model::date::Date>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
    let based_on = behind.sources.iter().map(|source| {
        let mut work = json!({ "@type": "CreativeWork", "name": source.title, "publisher": organisation(&source.publisher) });
        if let Some(url) = &source.url {
            work["url"] = json!(url);
        }
        work
    });
    let files = DISTRIBUTIONS
        .iter()
        .map(|(end, kind)| json!({ "@type": "DataDownload", "encodingFormat": kind, "contentUrl": all.address(&view.path(end)) }));
    let mut dataset = json!({
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": all.address(&view.page()),
        "url": all.address(&view.page()),
        "name": view.title(),
        "description": description(view),
        "inLanguage": all.site.text.lang.tag(),
        "isAccessibleForFree": true,
        "license": licences(view),
        "creator": behind.publishers.iter().map(|publisher| organisation(publisher)).collect::<Vec<_>>(),
        "publisher": organisation(&name),
        "version": all.version(),
        "dateModified": all.date().map(|date| date.first_day().to_string()),
        "variableMeasured": behind.definitions.iter().map(|d| d.name.as_str()).collect::<Vec<_>>(),
        "spatialCoverage": behind.places.iter().map(|place| json!({ "@type": "Place", "name": place })).collect::<Vec<_>>(),
        "isBasedOn": based_on.collect::<Vec<_>>(),
        "distribution": files.collect::<Vec<_>>(),
        "includedInDataCatalog": { "@type": "DataCatalog", "name": name, "url": all.address(&all.site.href(&Page::Data)) },
    });
    if behind.first_day.is_some() || behind.last_day.is_some() {
        dataset["temporalCoverage"] = json!(format!("{}/{}", days(behind.first_day), days(behind.last_day)));
    }
    dataset
}

/// The lead, then what is measured and within which limits.
fn description(view: &Takeaway) -> String {
    let definitions = view.behind.definitions.iter().map(|d| d.definition.as_str());
    std::iter::once(view.lead()).chain(definitions).chain(view.behind.limits.iter().map(String::as_str)).collect::<Vec<_>>().join(" ")
}

/// A DCAT catalogue of all resources and views; `languages` are the same package in each language, the first leads.
pub fn catalogue(languages: &[Published]) -> Value {
    let Some(first) = languages.first() else { return Value::Null };
    let words = |say: &dyn Fn(&Published) -> String| {
        let said = languages.iter().map(|all| json!({ "@language": all.site.text.lang.tag(), "@value": say(all) }));
        Value::from(said.collect::<Vec<_>>())
    };
    let distribution = |path: &str, kind: &str, lang: Option<Lang>| {
        let mut file = json!({
            "@type": "dcat:Distribution",
            "dcat:downloadURL": { "@id": first.address(path) },
            "dcat:mediaType": { "@id": format!("https://www.iana.org/assignments/media-types/{kind}") },
        });
        if let Some(lang) = lang {
            file["dct:language"] = json!(lang.tag());
        }
        file
    };
    let agent = |name: &str| json!({ "@type": "foaf:Agent", "foaf:name": name });
    let day = |day: String| json!({ "@type": "xsd:date", "@value": day });
    let modified = first.date().map(|date| day(date.first_day().to_string()));
    let folder = first.site.file("data/");
    let resources = first.package.descriptor.entries.iter().map(|entry| {
        json!({
            "@type": "dcat:Dataset",
            "@id": first.address(&format!("{folder}{}", entry.path)),
            "dct:identifier": entry.name,
            "dct:title": words(&|all| all.site.t(&format!("resource.{}", entry.name))),
            "dct:license": { "@id": first.address(&first.site.file("data/LICENSES.md")) },
            "dct:modified": modified,
            "dcat:distribution": [distribution(&format!("{folder}{}", entry.path), "application/json", None)],
        })
    });
    let views = first.package.dataset.catalog.views.iter().map(|def| {
        let each: Vec<Takeaway> = languages.iter().map(|all| all.view(def)).collect();
        let said = |say: &dyn Fn(&Takeaway) -> String| {
            let said = each.iter().map(|view| json!({ "@language": view.site().text.lang.tag(), "@value": say(view) }));
            Value::from(said.collect::<Vec<_>>())
        };
        let files = each
            .iter()
            .flat_map(|view| DISTRIBUTIONS.iter().map(|(end, kind)| distribution(&view.path(end), kind, Some(view.site().text.lang))));
        let mut dataset = json!({ "@type": "dcat:Dataset", "dct:identifier": def.id, "dct:modified": modified });
        if let Some(view) = each.first() {
            dataset["@id"] = json!(first.address(&view.page()));
            dataset["dct:title"] = said(&|view| view.title().to_owned());
            dataset["dct:description"] = said(&|view| view.lead().to_owned());
            dataset["dcat:landingPage"] = each.iter().map(|view| json!({ "@id": first.address(&view.page()) })).collect();
            dataset["dct:creator"] = view.behind.publishers.iter().map(|name| agent(name)).collect();
            dataset["dct:license"] = licences(view).iter().map(|licence| json!({ "@id": licence })).collect();
            dataset["dcat:theme"] = json!(def.topic.id());
            if let (Some(from), Some(to)) = (view.behind.first_day, view.behind.last_day) {
                dataset["dct:temporal"] =
                    json!({ "@type": "dct:PeriodOfTime", "dcat:startDate": day(from.to_string()), "dcat:endDate": day(to.to_string()) });
            }
            dataset["dct:spatial"] = view.behind.places.iter().map(|name| json!({ "@type": "dct:Location", "rdfs:label": name })).collect();
        }
        dataset["dcat:distribution"] = files.collect();
        dataset
    });
    json!({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@type": "dcat:Catalog",
        "@id": first.address(&first.site.file(CATALOGUE)),
        "dct:title": words(&|all| all.site.t("site.name")),
        "dct:description": words(&|all| all.site.t("about.lead")),
        "dct:publisher": agent(&first.site.t("site.name")),
        "dct:language": languages.iter().map(|all| all.site.text.lang.tag()).collect::<Vec<_>>(),
        "dct:license": { "@id": licence(first, Licence::CcBy4) },
        "dct:modified": modified,
        "foaf:homepage": { "@id": first.address(&first.site.href(&Page::Overview)) },
        "dcat:dataset": resources.chain(views).collect::<Vec<_>>(),
    })
}
