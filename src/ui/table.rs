//! The same numbers as the chart, as a table. One tab stop; arrow keys walk the cells, Enter opens the certificate.

use super::certificate::OpenCertificate;
use crate::app_state::locale::Here;
use crate::model::decimal::decimal;
use crate::view::spec::{TableCell, TableSpec};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

#[component]
pub fn DataTable(
    #[prop(into)] table: Signal<TableSpec>,
    /// Id of the sentence that describes the figure.
    described_by: String,
) -> impl IntoView {
    let here = Here::expect();
    let body: NodeRef<html::Tbody> = NodeRef::new();
    let on_key = move |event: KeyboardEvent| {
        if let Some(body) = body.get_untracked() {
            walk(&body, &event);
        }
    };
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=move || table.with(|t| t.caption.clone())>
            <table aria-describedby=described_by>
                <caption>{move || table.with(|t| t.caption.clone())} <span class="table-hint">{here.t("table.hint")}</span></caption>
                <thead>
                    <tr>
                        {move || {
                            table
                                .with(|t| {
                                    t.columns
                                        .iter()
                                        .map(|column| {
                                            view! {
                                                <th scope="col" class:numeric=column.numeric>
                                                    {column.title.clone()}
                                                </th>
                                            }
                                        })
                                        .collect_view()
                                })
                        }}
                    </tr>
                </thead>
                <tbody node_ref=body on:keydown=on_key>
                    {move || table.with(rows)}
                </tbody>
            </table>
        </div>
    }
}

fn rows(table: &TableSpec) -> impl IntoView + use<> {
    let mut first = true;
    let numeric: Vec<bool> = table.columns.iter().map(|column| column.numeric).collect();
    table
        .rows
        .iter()
        .map(|row| {
            let cells = row
                .iter()
                .enumerate()
                .map(|(i, cell)| {
                    let tab_stop = first && cell.fact.is_some();
                    first &= !tab_stop;
                    one(cell, i, numeric.get(i).copied().unwrap_or(false), tab_stop)
                })
                .collect_view();
            view! { <tr>{cells}</tr> }
        })
        .collect_view()
}

fn one(cell: &TableCell, column: usize, numeric: bool, tab_stop: bool) -> AnyView {
    let open = OpenCertificate::expect();
    let text = cell.text.clone();
    let content = match cell.fact {
        Some(fact) => view! {
            <button
                type="button"
                class="cell"
                data-column=column.to_string()
                tabindex=if tab_stop { "0" } else { "-1" }
                on:click=move |_| open.show(fact)
            >
                {text}
            </button>
        }
        .into_any(),
        None => text.into_any(),
    };
    if column == 0 {
        view! { <th scope="row">{content}</th> }.into_any()
    } else {
        view! {
            <td class:numeric=numeric data-value=cell.number.map(decimal) data-qualifier=cell.qualifier.map(|q| q.id())>
                {content}
            </td>
        }
        .into_any()
    }
}

/// Arrow keys among the cells that open a certificate.
fn walk(body: &HtmlElement, event: &KeyboardEvent) {
    let Some(current) = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else { return };
    let Ok(list) = body.query_selector_all("button.cell") else { return };
    let cells: Vec<HtmlElement> = (0..list.length()).filter_map(|i| list.get(i)?.dyn_into().ok()).collect();
    let Some(position) = cells.iter().position(|cell| *cell == current) else { return };
    let column = |cell: &HtmlElement| cell.get_attribute("data-column");
    let here = column(&current);
    let target = match event.key().as_str() {
        "ArrowRight" => cells.get(position + 1),
        "ArrowLeft" => position.checked_sub(1).and_then(|i| cells.get(i)),
        "ArrowDown" => cells.iter().skip(position + 1).find(|cell| column(cell) == here),
        "ArrowUp" => cells.iter().take(position).rev().find(|cell| column(cell) == here),
        "Home" => cells.first(),
        "End" => cells.last(),
        _ => return,
    };
    event.prevent_default();
    if let Some(target) = target {
        current.set_tab_index(-1);
        target.set_tab_index(0);
        let _ = target.focus();
    }
}
