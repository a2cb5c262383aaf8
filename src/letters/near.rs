//! Finds names that differ from another in few letters, without looking at all of them.

/// The largest number of letters in which a name may differ.
pub const MAX_DISTANCE: usize = 3;

/// The distances to what is written around one of its letters: from [`MAX_DISTANCE`] letters before it to as many after it.
type Row = [u8; 2 * MAX_DISTANCE + 1];

/// A distance larger than any that counts as near.
const FAR: u8 = u8::MAX / 2;

/// Names in alphabetical order, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    list: Vec<Box<[char]>>,
}

/// A visitor of names.
pub trait Seek {
    /// Returns the place of the next name to visit, which is `from` or a later one. A place past the last name ends the visit.
    fn next(&mut self, from: usize) -> usize;

    /// Records that the name at `place` differs by `distance` letters.
    fn found(&mut self, place: usize, distance: usize);
}

/// A difference between two names that costs one letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// A letter.
    Letter,
    /// A letter, or the order of two letters.
    LetterOrOrder,
}

impl Names {
    /// Creates the list of all of `names`.
    pub fn of<'a>(names: impl IntoIterator<Item = &'a str>) -> Names {
        let mut list: Vec<Box<[char]>> = names.into_iter().map(|name| name.chars().collect()).collect();
        list.sort_unstable();
        list.dedup();
        Names { list }
    }

    /// Returns the number of names.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are no names.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Returns the name at `place`.
    pub fn get(&self, place: usize) -> String {
        self.list[place].iter().collect()
    }

    /// Returns the place of `name`.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.list.binary_search_by(|other| other.iter().copied().cmp(name.chars())).ok()
    }

    /// Shows `seek` the names that are at most `most` letters off from `written`, in order. If a prefix is too far off already, all
    /// names with that prefix are skipped at once.
    pub fn near(&self, written: &str, most: usize, slip: Slip, seek: &mut impl Seek) {
        let written: Vec<char> = written.chars().collect();
        let most = most.min(MAX_DISTANCE);
        // The distances for each prefix of the current name, starting with the empty one.
        let mut rows: Vec<Row> = vec![first_row(&written)];
        let mut before: &[char] = &[];
        let mut place = seek.next(0);
        while let Some(name) = self.list.get(place) {
            let common = name.iter().zip(before).take_while(|(one, other)| one == other).count();
            rows.truncate(common + 1);
            before = name;
            let is_near = rows.len() == common + 1 && is_within(&rows[rows.len() - 1], most);
            let reach = if is_near { follow(&mut rows, name, &written, most, slip) } else { Reach::Far };
            if reach == Reach::Passed {
                let (start, letter) = (&name[..rows.len() - 1], name[rows.len() - 1]);
                let next = around(&written, rows.len()).iter().filter(|next| **next > letter).min();
                let is_before = |other: &[char]| {
                    let own = other.get(start.len());
                    other.starts_with(start) && next.is_none_or(|next| own.is_none_or(|own| own < next))
                };
                place += self.list[place..].partition_point(|other| is_before(other));
                place = seek.next(place);
            } else if reach == Reach::Near {
                let distance = usize::from(at_end(&rows, name.len(), written.len()));
                if distance <= most {
                    seek.found(place, distance);
                }
                place = seek.next(place + 1);
            } else {
                let start = &name[..rows.len() - 1];
                place += self.list[place..].partition_point(|other| other.starts_with(start));
                place = seek.next(place);
            }
        }
    }
}

/// What is known of a name after its near prefixes.
#[derive(PartialEq, Eq)]
enum Reach {
    /// The whole name may be near.
    Near,
    /// One of its prefixes is too far off.
    Far,
    /// No further letter may differ, and the next one does.
    Passed,
}

/// Adds to `rows` the distances for each prefix of `name` that is near.
fn follow(rows: &mut Vec<Row>, name: &[char], written: &[char], most: usize, slip: Slip) -> Reach {
    while rows.len() <= name.len() {
        let length = rows.len();
        // Lets the caller skip all names that continue with a wrong letter.
        if !is_within_less(&rows[length - 1], most) && !around(written, length).contains(&name[length - 1]) {
            return Reach::Passed;
        }
        let row = next_row(rows, name, written, slip);
        let is_near = is_within(&row, most);
        rows.push(row);
        if !is_near {
            return Reach::Far;
        }
    }
    Reach::Near
}

/// Returns the letters of what is written that may end a prefix of this length.
fn around(written: &[char], length: usize) -> &[char] {
    let end = (length + MAX_DISTANCE).min(written.len());
    &written[length.saturating_sub(MAX_DISTANCE + 1).min(end)..end]
}

fn is_within_less(row: &Row, most: usize) -> bool {
    row.iter().any(|distance| usize::from(*distance) < most)
}

fn is_within(row: &Row, most: usize) -> bool {
    row.iter().any(|distance| usize::from(*distance) <= most)
}

/// Returns the distances from the empty prefix.
fn first_row(written: &[char]) -> Row {
    let mut row = [FAR; 2 * MAX_DISTANCE + 1];
    for (length, distance) in (0..=MAX_DISTANCE.min(written.len())).zip(0..) {
        row[MAX_DISTANCE + length] = distance;
    }
    row
}

/// Returns the distances for the prefix of `name` that is one letter longer than that of the last of `rows`.
fn next_row(rows: &[Row], name: &[char], written: &[char], slip: Slip) -> Row {
    let length = rows.len();
    let (above, letter) = (&rows[length - 1], name[length - 1]);
    let mut row = [FAR; 2 * MAX_DISTANCE + 1];
    for at in 0..row.len() {
        // How much of what is written is compared with that prefix.
        let Some(own) = (length + at).checked_sub(MAX_DISTANCE).filter(|own| *own <= written.len()) else { continue };
        let mut least = above.get(at + 1).map_or(FAR, |distance| distance + 1);
        if own > 0 {
            least = least.min(above[at] + u8::from(written[own - 1] != letter));
            if at > 0 {
                least = least.min(row[at - 1] + 1);
            }
            let is_swapped = slip == Slip::LetterOrOrder
                && own > 1
                && length > 1
                && written[own - 1] == name[length - 2]
                && written[own - 2] == letter;
            if is_swapped {
                least = least.min(rows[length - 2][at] + 1);
            }
        }
        row[at] = least.min(FAR);
    }
    row
}

/// Returns the distance between a whole name and all that is written, by their lengths.
fn at_end(rows: &[Row], length: usize, written: usize) -> u8 {
    let at = (written + MAX_DISTANCE).checked_sub(length);
    at.and_then(|at| rows[length].get(at)).copied().unwrap_or(FAR)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct All(Vec<(usize, usize)>);

    impl Seek for All {
        fn next(&mut self, from: usize) -> usize {
            from
        }

        fn found(&mut self, place: usize, distance: usize) {
            self.0.push((place, distance));
        }
    }

    #[test]
    fn names_are_as_near_as_they_are_one_by_one() {
        let letters = ['a', 'b', 'é'];
        let word = |mut number: usize| {
            let mut word = String::new();
            while number > 0 {
                word.push(letters[number % 3]);
                number /= 3;
            }
            word
        };
        let all: Vec<String> = (0..700).map(word).collect();
        let names = Names::of(all.iter().map(String::as_str));
        for written in all.iter().step_by(7) {
            for (slip, most) in [(Slip::Letter, 3), (Slip::LetterOrOrder, 2), (Slip::Letter, 1)] {
                let distance = |name: &str| match slip {
                    Slip::Letter => strsim::levenshtein(name, written),
                    Slip::LetterOrOrder => strsim::osa_distance(name, written),
                };
                let one_by_one = (0..names.len()).map(|place| (place, distance(&names.get(place))));
                let expected: Vec<_> = one_by_one.filter(|(_, distance)| *distance <= most).collect();
                let mut found = All(Vec::new());
                names.near(written, most, slip, &mut found);
                assert_eq!(found.0, expected, "{written} {slip:?}");
            }
        }
    }
}
