//! Texts and rows found by what they are: each distinct text once, with a number of its own. `HashMap` would be compiled anew for
//! each kind of key, and its hash function with it; one table of numbers serves them all here.

/// Numbers found by a hash: open addressing, at most half full.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// Hash, and the number plus one; 0 is free.
    slots: Vec<(u32, u32)>,
    len: usize,
}

impl Index {
    /// The number with this hash that `is` the one looked for.
    pub fn find(&self, hash: u32, is: &dyn Fn(u32) -> bool) -> Option<u32> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = hash as usize & mask;
        loop {
            match self.slots.get(at) {
                None | Some((_, 0)) => return None,
                Some(&(known, number)) if known == hash && is(number - 1) => return Some(number - 1),
                Some(_) => at = (at + 1) & mask,
            }
        }
    }

    /// Adds a number that `find` does not find.
    pub fn insert(&mut self, hash: u32, number: u32) {
        if self.len * 2 >= self.slots.len() {
            let old = std::mem::take(&mut self.slots);
            self.slots.resize((old.len() * 2).max(16), (0, 0));
            old.into_iter().filter(|(_, number)| *number > 0).for_each(|(hash, number)| self.place(hash, number));
        }
        self.len += 1;
        self.place(hash, number + 1);
    }

    fn place(&mut self, hash: u32, number: u32) {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while self.slots.get(at).is_some_and(|(_, number)| *number > 0) {
            at = (at + 1) & mask;
        }
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = (hash, number);
        }
    }
}

/// FNV-1a with the bits of murmur's last step, because a table of a power of two looks at the low ones only.
pub fn hash(parts: impl Iterator<Item = u32>) -> u32 {
    let hash = parts.fold(0x811c_9dc5_u32, |hash, part| (hash ^ part).wrapping_mul(0x0100_0193));
    let hash = (hash ^ (hash >> 16)).wrapping_mul(0x85eb_ca6b);
    hash ^ (hash >> 13)
}

/// Distinct texts, numbered from 0 in the order in which they come.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    all: String,
    ends: Vec<u32>,
    index: Index,
}

impl Texts {
    /// The number of a text, new or known, and whether it was known.
    pub fn add(&mut self, text: &str) -> (u32, bool) {
        let hash = hash(text.bytes().map(u32::from));
        if let Some(known) = self.index.find(hash, &|number| self.get(number) == text) {
            return (known, true);
        }
        let number = self.ends.len() as u32;
        self.all.push_str(text);
        self.ends.push(self.all.len() as u32);
        self.index.insert(hash, number);
        (number, false)
    }

    pub fn find(&self, text: &str) -> Option<u32> {
        self.index.find(hash(text.bytes().map(u32::from)), &|number| self.get(number) == text)
    }

    /// Empty for a number that no text has.
    pub fn get(&self, number: u32) -> &str {
        let at = number as usize;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end as usize);
        self.ends.get(at).and_then(|end| self.all.get(start..*end as usize)).unwrap_or_default()
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn each_text_has_the_number_of_its_first_time() {
        let mut texts = Texts::default();
        let told = ["b", "", "a", "c", "a", "b", ""].map(|text| texts.add(text));
        assert_eq!(told, [(0, false), (1, false), (2, false), (3, false), (2, true), (0, true), (1, true)]);
        assert_eq!(["a", "b", "c", "", "d"].map(|text| texts.find(text)), [Some(2), Some(0), Some(3), Some(1), None]);
        assert_eq!([0, 1, 2, 3, 4].map(|number| texts.get(number)), ["b", "", "a", "c", ""]);
    }

    #[test]
    fn many_texts_are_found_as_the_standard_library_finds_them() {
        let (mut ours, mut theirs) = (Texts::default(), HashMap::new());
        for i in 0..20_000_u64 {
            let text = format!("{:x}", i.wrapping_mul(0x9e37_79b9) % 7_919);
            let next = theirs.len() as u32;
            assert_eq!(ours.add(&text).0, *theirs.entry(text).or_insert(next));
        }
        assert_eq!(ours.len(), theirs.len());
    }
}
