//! Keys with a number each: a sorted list and a binary search, a tenth of a `BTreeMap`'s code. Published rows come nearly in
//! order, so most go to its end.

#[derive(Clone, Debug, Default)]
pub struct Keys(Vec<(String, u32)>);

impl Keys {
    pub fn get(&self, key: &str) -> Option<u32> {
        let at = self.find(key).ok()?;
        self.0.get(at).map(|&(_, number)| number)
    }

    /// Keeps the first number that a key was given, and tells it.
    pub fn insert(&mut self, key: String, number: u32) -> Option<u32> {
        match self.find(&key) {
            Ok(at) => self.0.get(at).map(|&(_, first)| first),
            Err(at) => {
                self.0.insert(at, (key, number));
                None
            }
        }
    }

    fn find(&self, key: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.as_str().cmp(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_number_of_a_key_stays() {
        let mut keys = Keys::default();
        let given = [("b", 0), ("a", 1), ("c", 2), ("a", 3), ("b", 4)];
        let told = given.map(|(key, number)| keys.insert(key.to_owned(), number));
        assert_eq!(told, [None, None, None, Some(1), Some(0)]);
        assert_eq!(["a", "b", "c", "d"].map(|key| keys.get(key)), [Some(1), Some(0), Some(2), None]);
    }
}
