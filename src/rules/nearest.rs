//! What is nearest to something that is not there, and may have been meant.

/// The most letters in which it may differ.
const MAX_DISTANCE: usize = 3;

/// The name that is nearest to another.
pub(super) struct Nearest {
    /// The name.
    pub(super) name: String,
    /// Whether it is the only one so near, and near enough to be meant.
    pub(super) is_certain: bool,
}

/// The nearest of `names` to `written`, if one is near.
pub(super) fn nearest(written: &str, names: impl IntoIterator<Item = String>) -> Option<Nearest> {
    let near = names.into_iter().map(|name| (strsim::levenshtein(&name, written), name));
    let mut near: Vec<_> = near.filter(|(distance, _)| *distance <= MAX_DISTANCE).collect();
    near.sort();
    near.dedup();
    let is_only = near.get(1).is_none_or(|next| next.0 > near[0].0);
    let (distance, name) = near.into_iter().next()?;
    let is_certain = is_only && is_near(written, &name, distance);
    Some(Nearest { name, is_certain })
}

/// Whether `written`, which is `distance` letters off from `meant`, is near enough to be that: most letters are the same, and
/// the numbers are.
pub(super) fn is_near(written: &str, meant: &str, distance: usize) -> bool {
    let digits = |text: &str| -> String { text.chars().filter(|sign| sign.is_numeric()).collect() };
    3 * distance <= written.chars().count().min(meant.chars().count()) && digits(written) == digits(meant)
}
