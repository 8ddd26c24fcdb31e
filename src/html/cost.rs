//! The calculator of what sending money costs. Its choices are the address's; the answer is announced when it changes.

use super::{Markup, Site};
use crate::model::decimal::decimal;
use crate::view::cost::CostSpec;
use crate::view::spec::Choice;
use maud::html;

pub fn calculator(site: &Site, view: &str, cost: &CostSpec) -> Markup {
    let hint = super::figure::id(view, "cost-hint");
    let select = |name: &str, label: String, choices: &[Choice], set: &dyn Fn(&Choice) -> String| {
        html! {
            label.field {
                span { (label) }
                select data-control=(name) {
                    @for choice in choices {
                        option value=(choice.value) selected[choice.chosen] data-set=(set(choice)) { (choice.label) }
                    }
                }
            }
        }
    };
    html! {
        fieldset.cost {
            legend { (site.t("cost.title")) }
            div.cost-fields {
                label.field {
                    span { (site.t("cost.amount")) }
                    input type="number" data-name="amount" inputmode="numeric" required min="1" max=(cost.max) step="1"
                        value=(cost.amount) aria-describedby=(hint);
                }
                // Another sender has other periods: the newest of them opens.
                (select("cost-sender", site.t("cost.sender"), &cost.senders, &|choice| format!("counterpart={}&at=..", choice.value)))
                (select("cost-period", site.t("cost.period"), &cost.periods, &|choice| format!("at={}", choice.value)))
            }
            p.cost-answer role="status" { (cost.answer) }
            p.cost-source {
                (site.t("cost.source")) " "
                button.cell type="button" data-fact=[cost.share.fact.map(|fact| fact.token())] data-value=[cost.share.number.map(decimal)]
                    data-qualifier=[cost.share.qualifier.map(|q| q.id())]
                { (cost.share.text) }
                " " (cost.series)
            }
            p.cost-hint id=(hint) { (cost.caution) }
        }
    }
}
