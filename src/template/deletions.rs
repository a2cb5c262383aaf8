//! Names that are the same but for two letters, by what is left of them without those.

/// Of names: what is left of them without one letter or two, as hashes.
#[derive(Clone, Debug, Default)]
pub(super) struct Deletions {
    /// By how a hash starts: where its entries start.
    starts: Vec<u32>,
    /// The hashes, each with the place of its name.
    entries: Vec<(u32, u32)>,
}

impl Deletions {
    /// How many letters a name has at most that is looked at: what is left of it is as much as the square of that.
    pub(super) const MAX_LETTERS: usize = 32;

    /// Those of `names`, without as many letters as `most` says of their length.
    pub(super) fn of(names: &[String], most: impl Fn(usize) -> usize) -> Deletions {
        let mut hashes: Vec<(u32, u32)> = Vec::new();
        for (place, name) in (0..).zip(names) {
            let letters: Vec<char> = name.chars().collect();
            if letters.len() <= Deletions::MAX_LETTERS {
                each(&letters, most(letters.len()), |hash| hashes.push((hash, place)));
            }
        }
        let bits = hashes.len().next_power_of_two().trailing_zeros().min(u32::BITS - 1);
        let mut starts = vec![0_u32; (1 << bits) + 1];
        let slot = |hash: u32| (u64::from(hash) << bits >> u32::BITS) as usize;
        hashes.iter().for_each(|(hash, _)| starts[slot(*hash) + 1] += 1);
        (1..starts.len()).for_each(|at| starts[at] += starts[at - 1]);
        let mut next = starts.clone();
        let mut entries = vec![(0, 0); hashes.len()];
        for entry in hashes {
            let next = &mut next[slot(entry.0)];
            entries[*next as usize] = entry;
            *next += 1;
        }
        Deletions { starts, entries }
    }

    /// The places of the names that may be `name` but for `most` letters, in order.
    pub(super) fn near(&self, name: &str, most: usize) -> Vec<usize> {
        let letters: Vec<char> = name.chars().collect();
        let bits = (self.starts.len() - 1).trailing_zeros();
        let mut found = Vec::new();
        each(&letters, most, |hash| {
            let slot = (u64::from(hash) << bits >> u32::BITS) as usize;
            let entries = &self.entries[self.starts[slot] as usize..self.starts[slot + 1] as usize];
            found.extend(entries.iter().filter(|(other, _)| *other == hash).map(|(_, place)| *place as usize));
        });
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Hands `take` the hashes of `letters`, and of what is left of them without one letter, or two where `most` is two.
fn each(letters: &[char], most: usize, mut take: impl FnMut(u32)) {
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    let count = letters.len();
    let (mut starts, mut powers) = (vec![0_u64], vec![1_u64]);
    for (at, letter) in letters.iter().enumerate() {
        starts.push(starts[at].wrapping_mul(BASE).wrapping_add(u64::from(*letter) + 1));
        powers.push(powers[at].wrapping_mul(BASE));
    }
    let part = |from: usize, to: usize| starts[to].wrapping_sub(starts[from].wrapping_mul(powers[to - from]));
    let mut take = |hash: u64| take(((hash ^ hash >> 32).wrapping_mul(BASE) >> 32) as u32);
    take(starts[count]);
    for first in 0..if most > 0 { count } else { 0 } {
        let start = starts[first];
        take(start.wrapping_mul(powers[count - first - 1]).wrapping_add(part(first + 1, count)));
        for second in first + 1..if most > 1 { count } else { 0 } {
            let start = start.wrapping_mul(powers[second - first - 1]).wrapping_add(part(first + 1, second));
            take(start.wrapping_mul(powers[count - second - 1]).wrapping_add(part(second + 1, count)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_in_two_letters_at_most_are_found() {
        let word = |mut number: usize| {
            let mut word = String::new();
            while number > 0 {
                word.push(['a', 'b', 'é'][number % 3]);
                number /= 3;
            }
            word
        };
        let names: Vec<String> = (0..700).map(word).collect();
        let all = Deletions::of(&names, |_| 2);
        for written in names.iter().step_by(7) {
            for most in 0..3 {
                let near = |place: &usize| strsim::osa_distance(&names[*place], written) <= most;
                let found = all.near(written, most);
                assert!((0..names.len()).filter(near).all(|place| found.contains(&place)), "{written} {most}");
            }
        }
        assert!(Deletions::of(&[], |_| 2).near("a", 2).is_empty());
    }
}
