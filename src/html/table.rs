//! The same numbers as the chart, as a table. One tab stop; arrow keys walk the cells, Enter opens the certificate.

use super::{Markup, Site};
use crate::model::decimal::decimal;
use crate::view::spec::TableSpec;
use maud::html;

/// `described_by` is the id of the sentence that describes the figure; empty where there is none. Without facts it has no keys.
pub fn table(site: &Site, table: &TableSpec, described_by: &str) -> Markup {
    let first = table.rows.iter().enumerate().find_map(|(r, row)| Some((r, row.iter().position(|cell| cell.fact.is_some())?)));
    html! {
        div.table-scroll tabindex="0" role="region" aria-label=(table.caption) {
            table aria-describedby=[Some(described_by).filter(|id| !id.is_empty())] {
                caption { (table.caption) @if first.is_some() { " " span.table-hint { (site.t("table.hint")) } } }
                thead {
                    tr {
                        @for column in &table.columns { th class=[column.numeric.then_some("numeric")] scope="col" { (column.title) } }
                    }
                }
                tbody {
                    @for (r, row) in table.rows.iter().enumerate() {
                        tr {
                            @for (c, cell) in row.iter().enumerate() {
                                @let content = html! {
                                    @if let Some(fact) = cell.fact {
                                        @let stop = if first == Some((r, c)) { "0" } else { "-1" };
                                        button.cell type="button" data-column=(c) tabindex=(stop) data-fact=(fact.token()) { (cell.text) }
                                    } @else if let Some(page) = &cell.page {
                                        a.page-link href=(site.href(page)) { (cell.text) }
                                    } @else {
                                        (cell.text)
                                    }
                                };
                                @if c == 0 {
                                    th scope="row" { (content) }
                                } @else {
                                    @let numeric = table.columns.get(c).is_some_and(|column| column.numeric);
                                    td class=[numeric.then_some("numeric")] data-value=[cell.number.map(decimal)] data-qualifier=[cell.qualifier.map(|q| q.id())] { (content) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
