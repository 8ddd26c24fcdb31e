//! Regions as tiles. One tab stop; arrow keys walk them, Enter opens the certificate. Every number is text: no shade speaks alone.

use super::{Markup, Site};
use crate::model::decimal::decimal;
use crate::view::spec::{Tile, TilesSpec};
use maud::html;

pub fn tiles(site: &Site, spec: &TilesSpec) -> Markup {
    let first = spec.rows.iter().flatten().flatten().find(|tile| tile.fact.is_some()).map(|tile| tile.code.as_str());
    html! {
        p.panel-title { (spec.title) }
        p.tiles-unit { (spec.unit) }
        div.tiles-scroll {
            div.tiles role="group" aria-label=(site.text.t("tiles.keys", &[("title", &spec.title)])) {
                @for (column, place) in spec.rows.iter().flat_map(|row| row.iter().enumerate()) {
                    @match place {
                        Some(one) => (tile(one, column, first == Some(one.code.as_str()))),
                        None => span {},
                    }
                }
            }
        }
        ul.legend {
            li {
                @for shade in 1..=5 { span.tile-shade data-shade=(shade) {} }
                (spec.shades)
            }
            @for reason in &spec.reasons { li { span.tile-shade {} (reason) } }
        }
    }
}

fn tile(tile: &Tile, column: usize, is_first: bool) -> Markup {
    html! {
        button.tile type="button" data-region=(tile.code) data-column=(column) data-shade=[tile.shade] data-label=(tile.label)
            data-value=[tile.number.map(decimal)] data-qualifier=[tile.qualifier.map(|q| q.id())] data-fact=[tile.fact.map(|fact| fact.token())]
            tabindex=(if is_first { "0" } else { "-1" }) disabled[tile.fact.is_none()]
        {
            span.visually-hidden { (tile.label) }
            span.tile-name aria-hidden="true" { (tile.name) }
            span.tile-value aria-hidden="true" { (tile.text) }
        }
    }
}
