//! Stable sorting with one copy of the sort in the binary: the standard sort is compiled anew for each type and comparison,
//! which cost 60 kB of wasm here (measured). And each once, for the same reason.

use std::cmp::Ordering;

/// Stable; `compare` as for `slice::sort_by`.
pub fn sort_by<T>(list: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let order = {
        let items: &[T] = list;
        positions(items.len(), &|a, b| match (items.get(a), items.get(b)) {
            (Some(a), Some(b)) => compare(a, b),
            _ => Ordering::Equal,
        })
    };
    let mut slots: Vec<Option<T>> = list.drain(..).map(Some).collect();
    list.extend(order.into_iter().filter_map(|i| slots.get_mut(i as usize)?.take()));
}

/// Stable, by a key that is computed for each comparison.
pub fn sort_by_key<T, K: Ord>(list: &mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_by(list, |a, b| key(a).cmp(&key(b)));
}

/// Each item once, in the order in which they first come.
pub fn distinct<T: PartialEq>(all: &mut dyn Iterator<Item = T>) -> Vec<T> {
    let mut list = Vec::new();
    for one in all {
        // Where all are in order, most are the one before.
        if list.last() != Some(&one) && !list.contains(&one) {
            list.push(one);
        }
    }
    list
}

/// The positions of items in their order.
#[inline(never)]
pub fn positions(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<u32> {
    let mut order: Vec<u32> = (0..len as u32).collect();
    order.sort_by(|a, b| compare(*a as usize, *b as usize));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_like_the_standard_library_and_keeps_equals_in_order() {
        let mut ours: Vec<(i32, usize)> = (0..200).map(|i| ((i * 7919) % 13, i as usize)).collect();
        let mut theirs = ours.clone();
        sort_by_key(&mut ours, |&(key, _)| key);
        theirs.sort_by_key(|&(key, _)| key);
        assert_eq!(ours, theirs);
    }
}
