//! A piece of markup on the page that follows what it is made of.

use crate::app_state::locale::Here;
use crate::app_state::reactive::effect;
use crate::html::{Markup, problems};
use crate::io::patch::{patch, patch_later, take_written};
use crate::state::route::Page;
use leptos::html::{Div, ElementType};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

/// Markup that is made anew when a signal that it reads changes; what is the same in it stays as it is, focus included.
pub fn part(markup: impl Fn() -> Markup + 'static) -> AnyView {
    place(Box::new(markup), None)
}

/// A part of which nothing is seen while `hidden`: it changes after what the reader waits for is painted.
pub fn part_behind(markup: impl Fn() -> Markup + 'static, hidden: impl Fn() -> bool + 'static) -> AnyView {
    place(Box::new(markup), Some(Box::new(hidden)))
}

/// One type for all parts: each closure type of its own would be compiled anew.
fn place(markup: Box<dyn Fn() -> Markup>, hidden: Option<Box<dyn Fn() -> bool>>) -> AnyView {
    let element: NodeRef<Div> = NodeRef::new();
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
pub fn attribute<E>(element: NodeRef<E>, name: &'static str, value: impl Fn() -> String + 'static)
where
    E: ElementType + 'static,
    E::Output: JsCast + Clone + AsRef<web_sys::Element> + 'static,
{
    effect(move || {
        if let Some(element) = element.get() {
            let element: &web_sys::Element = element.as_ref();
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
