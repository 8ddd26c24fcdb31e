//! Leptos' signals behind one type each: a memo, a signal or an effect is compiled anew for every type that it holds,
//! which cost 15 kB (ARCHITECTURE.md, "Size of the app").

use leptos::prelude::*;
use std::any::Any;
use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;
use std::sync::Arc;

/// A value of a type that the signal itself does not know.
#[derive(Clone)]
struct Value {
    any: Arc<dyn Any + Send + Sync>,
    same: fn(&Value, &Value) -> bool,
}

impl Value {
    #[inline(never)]
    fn new<T: PartialEq + Send + Sync + 'static>(value: T) -> Value {
        Value { any: Arc::new(value), same: |a, b| a.of::<T>() == b.of::<T>() }
    }

    #[inline(never)]
    fn of<T: 'static>(&self) -> &T {
        match self.any.downcast_ref() {
            Some(value) => value,
            None => unreachable!("only Derived<T> and State<T> make a value, of type T"),
        }
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Value) -> bool {
        Arc::ptr_eq(&self.any, &other.any) || (self.same)(self, other)
    }
}

/// A value computed from others: told on only when it differs from the one before.
pub struct Derived<T>(Memo<Value>, PhantomData<fn() -> T>);

/// A value that is set.
pub struct State<T>(RwSignal<Value>, PhantomData<fn() -> T>);

/// What both have in common: they are copied freely and read in the same ways.
macro_rules! readable {
    ($name:ident) => {
        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> Copy for $name<T> {}

        impl<T: PartialEq + Send + Sync + 'static> $name<T> {
            /// Reads it (tracked).
            pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
                read(self.0.get().of())
            }

            /// Reads it without being told of changes.
            pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
                read(self.0.get_untracked().of())
            }

            /// Wants to be told of changes.
            pub fn track(self) {
                self.0.track();
            }
        }

        impl<T: Clone + PartialEq + Send + Sync + 'static> $name<T> {
            /// A copy (tracked).
            pub fn get(self) -> T {
                self.with(T::clone)
            }

            pub fn get_untracked(self) -> T {
                self.with_untracked(T::clone)
            }

            /// `None` once what it belongs to is gone.
            pub fn try_get_untracked(self) -> Option<T> {
                self.0.try_get_untracked().map(|value| value.of::<T>().clone())
            }
        }
    };
}

readable!(Derived);
readable!(State);

fn memo(compute: Box<dyn Fn() -> Value + Send + Sync>) -> Memo<Value> {
    Memo::new(move |_| compute())
}

impl<T: PartialEq + Send + Sync + 'static> Derived<T> {
    pub fn new(compute: impl Fn() -> T + Send + Sync + 'static) -> Derived<T> {
        Derived(memo(Box::new(move || Value::new(compute()))), PhantomData)
    }
}

impl<T: PartialEq + Send + Sync + 'static> State<T> {
    pub fn new(value: T) -> State<T> {
        State(RwSignal::new(Value::new(value)), PhantomData)
    }

    /// Sets it, if it differs and what it belongs to is still there.
    pub fn set(self, value: T) {
        let value = Value::new(value);
        if self.0.try_get_untracked().is_some_and(|now| now != value) {
            self.0.set(value);
        }
    }

    /// Sets what `change` makes of it.
    pub fn update(self, change: impl FnOnce(&mut T))
    where
        T: Clone,
    {
        if let Some(now) = self.0.try_get_untracked() {
            let mut value = now.of::<T>().clone();
            change(&mut value);
            self.set(value);
        }
    }
}

/// What belongs to a component, or to the page, and nobody is told of; a `Cell` or `RefCell` in it may change.
pub struct Held<T>(StoredValue<Rc<dyn Any>, LocalStorage>, PhantomData<fn() -> T>);

impl<T> Clone for Held<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Held<T> {}

impl<T: 'static> Held<T> {
    pub fn new(value: T) -> Held<T> {
        Held(StoredValue::new_local(Rc::new(value)), PhantomData)
    }

    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        match self.try_with(read) {
            Some(read) => read,
            None => unreachable!("what belongs to a component is asked for by it alone"),
        }
    }

    /// `None` once what it belongs to is gone.
    pub fn try_with<R>(self, read: impl FnOnce(&T) -> R) -> Option<R> {
        self.get().map(|held| read(&held))
    }

    /// Once for each type, not for each use.
    #[inline(never)]
    fn get(self) -> Option<Rc<T>> {
        self.0.try_get_value()?.downcast().ok()
    }
}

impl<T: 'static> Held<RefCell<Option<T>>> {
    /// What was there, which is dropped unless it is wanted.
    pub fn take(self) -> Option<T> {
        self.try_with(RefCell::take).flatten()
    }
}

thread_local! {
    static SHARED: RefCell<Vec<Rc<dyn Any>>> = const { RefCell::new(Vec::new()) };
}

/// Shares a handle with all that is built from now on, in the place of an earlier one of its type: there is one app on a page. A list of a few, where
/// Leptos' contexts bring a hash table.
pub fn share<T: Copy + 'static>(handle: T) -> T {
    SHARED.with_borrow_mut(|all| {
        all.retain(|one| !one.is::<T>());
        all.push(Rc::new(handle));
    });
    handle
}

/// The handle of this type.
#[inline(never)]
pub fn shared_handle<T: Copy + 'static>() -> T {
    match SHARED.with_borrow(|all| all.iter().find_map(|one| one.downcast_ref().copied())) {
        Some(handle) => handle,
        None => unreachable!("the app shares all of them before it builds anything that asks"),
    }
}

/// Runs `act` now and when a value that it reads changes.
pub fn effect(act: impl FnMut() + 'static) {
    fn run(mut act: Box<dyn FnMut()>) {
        Effect::new(move |_| act());
    }
    run(Box::new(act));
}
