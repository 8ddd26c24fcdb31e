//! A piece of markup on the page that follows what it is made of.

use crate::app_state::locale::Here;
use crate::app_state::reactive::effect;
use crate::html::{Markup, problems};
use crate::io::patch::{patch, patch_later, take_written};
use crate::state::route::Page;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Markup that is made anew when a signal that it reads changes; what is the same in it stays as it is, focus included.
pub fn part(markup: impl Fn() -> Markup + 'static) -> AnyView {
    place(NodeRef::new(), Box::new(markup), None)
}

/// The same in an element that is asked for its parent: a reference for each kind of element would be compiled anew.
pub fn part_at(element: NodeRef<Div>, markup: impl Fn() -> Markup + 'static) -> AnyView {
    place(element, Box::new(markup), None)
}

/// A part of which nothing is seen while `hidden`: it changes after what the reader waits for is painted.
pub fn part_behind(markup: impl Fn() -> Markup + 'static, hidden: impl Fn() -> bool + 'static) -> AnyView {
    place(NodeRef::new(), Box::new(markup), Some(Box::new(hidden)))
}

/// One type for all parts: each closure type of its own would be compiled anew.
fn place(element: NodeRef<Div>, markup: Box<dyn Fn() -> Markup>, hidden: Option<Box<dyn Fn() -> bool>>) -> AnyView {
    let mut shown = None; // the element may be one used before, and full
    effect(move || {
        if let Some(element) = element.get() {
            let markup = markup();
            let is_hidden = hidden.as_ref().is_some_and(|hidden| hidden());
            if shown.as_ref() != Some(&markup.0) || (hidden.is_some() && !is_hidden) {
                // What is empty is filled at once: a page comes as a whole.
                if is_hidden && shown.is_some() {
                    patch_later(&element, &markup)
                } else {
                    patch(&element, &markup)
                }
                shown = Some(markup.0);
            }
        }
    });
    view! { <div class="part" node_ref=element></div> }.into_any()
}

/// Components that are made anew when a signal that `view` reads changes. One type for all of them, as above.
pub fn changing(view: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let view: Box<dyn Fn() -> AnyView + Send> = Box::new(view);
    view.into_any()
}

/// Keeps an attribute of an element as `value` says.
pub fn attribute(element: NodeRef<Div>, name: &'static str, value: impl Fn() -> String + 'static) {
    keep(element, false, name, Box::new(value));
}

/// The same of the element around it.
pub fn attribute_around(element: NodeRef<Div>, name: &'static str, value: impl Fn() -> String + 'static) {
    keep(element, true, name, Box::new(value));
}

fn keep(element: NodeRef<Div>, around: bool, name: &'static str, value: Box<dyn Fn() -> String>) {
    effect(move || {
        let element = element.get().map(web_sys::Element::from);
        if let Some(element) = if around { element.and_then(|element| element.parent_element()) } else { element } {
            let _ = element.set_attribute(name, &value());
        }
    });
}

/// The part of a page that the build wrote and the app cannot make (`data-written` in `html`): from the document that was opened,
/// otherwise from the page's own file. Without that file it says so; the link then loads the page anew.
pub fn written(name: &'static str, page: Page) -> AnyView {
    let here = Here::expect();
    let element: NodeRef<Div> = NodeRef::new();
    effect(move || {
        if let Some(element) = element.get() {
            let (site, address) = (here.site(), here.href(&page));
            spawn_local(async move {
                if !take_written(&element, name, &address).await {
                    patch(&element, &problems::unwritten(&site, &address));
                }
            });
        }
    });
    view! { <div class="written" node_ref=element></div> }.into_any()
}
