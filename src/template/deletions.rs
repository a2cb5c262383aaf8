//! Finds names that differ in at most two letters, by comparing what is left of them without those letters.

/// The hashes of what is left of names without up to two letters.
#[derive(Clone, Debug, Default)]
pub(super) struct Deletions {
    /// For each start of a hash, where its entries start.
    starts: Vec<u32>,
    /// The hashes, each with the place of its name.
    entries: Vec<(u32, u32)>,
    /// For each start of a hash, longer than above, a bit that is set if there is such a hash. Nearly all lookups fail, and this
    /// table is more compact.
    there: Vec<u64>,
}

/// How many more bits of a hash the table `there` looks at.
const FURTHER: u32 = 5;

/// The number of hashes with the same start, as a power of two.
const ALIKE: u32 = 2;

/// The number of parts that hashes are distributed to first, because hashes that are close together are faster to sort.
const PARTS: usize = 256;

impl Deletions {
    /// The maximum length of a name that is hashed, in letters. The number of hashes grows with the square of the length.
    pub(super) const MAX_LETTERS: usize = 32;

    /// Creates the hashes of `names`. `most` tells how many letters may be missing from a name, by its length.
    pub(super) fn of(names: &[String], most: impl Fn(usize) -> usize) -> Deletions {
        let counts = names.iter().map(|name| name.chars().count()).filter(|count| *count <= Deletions::MAX_LETTERS);
        let room = counts.map(|count| count * (count + 1) / 2 + 1).sum::<usize>() / PARTS;
        let mut parts: Vec<Vec<(u32, u32)>> = (0..PARTS).map(|_| Vec::with_capacity(room + room / 8)).collect();
        for (place, name) in (0..).zip(names) {
            let letters: Vec<char> = name.chars().collect();
            if letters.len() <= Deletions::MAX_LETTERS {
                each(&letters, most(letters.len()), |hash| {
                    parts[hash as usize >> (u32::BITS - PARTS.ilog2())].push((hash, place))
                });
            }
        }
        let count: usize = parts.iter().map(Vec::len).sum();
        let bits = count.next_power_of_two().trailing_zeros().saturating_sub(ALIKE).min(u32::BITS - 1 - FURTHER);
        let mut starts = vec![0_u32; (1 << bits) + 1];
        let mut there = vec![0_u64; (1 << (bits + FURTHER)).max(64) / 64];
        for (hash, _) in parts.iter().flatten() {
            starts[slot(*hash, bits) + 1] += 1;
            let further = slot(*hash, bits + FURTHER);
            there[further / 64] |= 1 << (further % 64);
        }
        (1..starts.len()).for_each(|at| starts[at] += starts[at - 1]);
        let mut next = starts.clone();
        let mut entries = vec![(0, 0); count];
        for entry in parts.into_iter().flatten() {
            let next = &mut next[slot(entry.0, bits)];
            entries[*next as usize] = entry;
            *next += 1;
        }
        Deletions { starts, entries, there }
    }

    /// Returns the places of the names that may differ from `name` in at most `most` letters, in order.
    pub(super) fn near(&self, name: &str, most: usize) -> Vec<usize> {
        let letters: Vec<char> = name.chars().collect();
        let bits = (self.starts.len() - 1).trailing_zeros();
        let mut found = Vec::new();
        each(&letters, most, |hash| {
            let further = slot(hash, bits + FURTHER);
            if self.there[further / 64] >> (further % 64) & 1 == 0 {
                return;
            }
            let slot = slot(hash, bits);
            let entries = &self.entries[self.starts[slot] as usize..self.starts[slot + 1] as usize];
            found.extend(entries.iter().filter(|(other, _)| *other == hash).map(|(_, place)| *place as usize));
        });
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Returns the first `bits` bits of `hash`.
fn slot(hash: u32, bits: u32) -> usize {
    (u64::from(hash) << bits >> u32::BITS) as usize
}

/// Passes `take` the hashes of `letters`, and of what is left of them without one letter, and without two if `most` is two.
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
