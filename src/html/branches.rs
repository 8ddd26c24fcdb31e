//! Names and the nodes that are tied to them, drawn as text: readable on any screen, found by search, and there without the app.
//! One tab stop, as in a table: arrow keys walk the nodes, Enter opens the certificate.

use super::plot::mark;
use super::{Markup, Site, tone};
use crate::view::spec::{Branch, Mark};
use maud::html;

pub fn branches(site: &Site, key: &[(Mark, String)], branches: &[Branch]) -> Markup {
    let first = branches.iter().position(|branch| branch.fact.is_some() || !branch.nodes.is_empty());
    html! {
        @if !branches.is_empty() {
            p.branches-hint { (site.t("branches.hint")) }
            ul.legend {
                @for (key, words) in key { li { span.swatch data-mark=(mark(*key)) {} (words) } }
            }
            div.branches {
                @for (i, branch) in branches.iter().enumerate() {
                    @let stop = |leads: bool| if Some(i) == first && leads { "0" } else { "-1" };
                    @if let Some(heading) = &branch.heading { p.branches-heading { (heading) } }
                    div.branch {
                        p.branch-title {
                            @if let Some(fact) = branch.fact {
                                button.cell type="button" data-column="0" tabindex=(stop(true)) data-fact=(fact.token()) { (branch.title) }
                            } @else {
                                (branch.title)
                            }
                        }
                        @if let Some(note) = &branch.note { p.branch-note { (note) } }
                        ul {
                            @for (n, node) in branch.nodes.iter().enumerate() {
                                li {
                                    button.cell type="button" data-column="0" tabindex=(stop(n == 0 && branch.fact.is_none())) data-fact=(node.fact.token()) {
                                        span.swatch data-mark=(mark(node.mark)) data-tone=(tone(node.tone)) {}
                                        span.node-text { (node.text) " " span.node-detail { (node.detail) } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
