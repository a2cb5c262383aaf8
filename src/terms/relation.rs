//! How proposals relate to each other, by the names of keys and the words of statuses in many languages.

use super::{Meaning, behind, first_of, is};

/// What a proposal says about another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RelationKind {
    /// It takes the place of the other one.
    Supersedes,
    /// The other one takes its place.
    SupersededBy,
    /// It changes a part of the other one.
    Amends,
    /// The other one changes a part of it.
    AmendedBy,
    /// It adds to the other one.
    Extends,
    /// The other one adds to it.
    ExtendedBy,
    /// It needs the other one.
    Requires,
    /// The other one needs it.
    RequiredBy,
    /// The two have to do with each other.
    Related,
}

/// The directed kinds, in pairs.
const KINDS: [(Meaning, RelationKind); 8] = [
    (Meaning::SupersededBy, RelationKind::SupersededBy),
    (Meaning::Supersedes, RelationKind::Supersedes),
    (Meaning::AmendedBy, RelationKind::AmendedBy),
    (Meaning::Amends, RelationKind::Amends),
    (Meaning::ExtendedBy, RelationKind::ExtendedBy),
    (Meaning::Extends, RelationKind::Extends),
    (Meaning::RequiredBy, RelationKind::RequiredBy),
    (Meaning::Requires, RelationKind::Requires),
];

impl RelationKind {
    /// Returns the kind of the same relation as the other proposal states it.
    pub fn inverse(self) -> RelationKind {
        match self {
            RelationKind::Supersedes => RelationKind::SupersededBy,
            RelationKind::SupersededBy => RelationKind::Supersedes,
            RelationKind::Amends => RelationKind::AmendedBy,
            RelationKind::AmendedBy => RelationKind::Amends,
            RelationKind::Extends => RelationKind::ExtendedBy,
            RelationKind::ExtendedBy => RelationKind::Extends,
            RelationKind::Requires => RelationKind::RequiredBy,
            RelationKind::RequiredBy => RelationKind::Requires,
            RelationKind::Related => RelationKind::Related,
        }
    }

    /// Whether it is the other proposal that acts, as in `superseded by`.
    pub fn is_passive(self) -> bool {
        matches!(
            self,
            RelationKind::SupersededBy | RelationKind::AmendedBy | RelationKind::ExtendedBy | RelationKind::RequiredBy
        )
    }

    /// Returns the English words for it.
    pub fn as_str(self) -> &'static str {
        match self {
            RelationKind::Supersedes => "supersedes",
            RelationKind::SupersededBy => "superseded by",
            RelationKind::Amends => "amends",
            RelationKind::AmendedBy => "amended by",
            RelationKind::Extends => "extends",
            RelationKind::ExtendedBy => "extended by",
            RelationKind::Requires => "requires",
            RelationKind::RequiredBy => "required by",
            RelationKind::Related => "related",
        }
    }
}

/// Returns what the key called `name` says about the proposals in its value, in any language and spelling: `Superseded-By`,
/// `superseded_by`, `supersededBy`. A key for references that says no more than that relates.
pub fn relation_of_key(name: &str) -> Option<RelationKind> {
    let name = spaced(name);
    let name = name.split(['(', '（']).next().unwrap_or_default().trim();
    first_of(&KINDS, name).or_else(|| is(name, Meaning::Relation).then_some(RelationKind::Related))
}

/// Returns what `text`, in lowercase, says at its start about the proposals that follow, and those. Of several words, the longest
/// counts.
pub fn relation_at(text: &str) -> Option<(RelationKind, &str)> {
    let found = KINDS.iter().filter_map(|(meaning, kind)| Some((*kind, behind(text, *meaning)?)));
    found.min_by_key(|(_, rest)| rest.len())
}

/// Returns `name` in lowercase with blanks between its words.
fn spaced(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 1);
    let mut was_small = false;
    for sign in name.chars() {
        if sign.is_uppercase() && was_small {
            words.push(' ');
        }
        was_small = sign.is_lowercase();
        match sign {
            '-' | '_' => words.push(' '),
            sign => words.extend(sign.to_lowercase()),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_any_spelling_and_language_relate() {
        for (name, expected) in [
            ("Superseded-By", Some(RelationKind::SupersededBy)),
            ("supersededBy", Some(RelationKind::SupersededBy)),
            ("superseded_by", Some(RelationKind::SupersededBy)),
            ("Replaces", Some(RelationKind::Supersedes)),
            ("Obsoleted by", Some(RelationKind::SupersededBy)),
            ("Updates", Some(RelationKind::Amends)),
            ("requires (optional)", Some(RelationKind::Requires)),
            ("dependsOn", Some(RelationKind::Requires)),
            ("See also", Some(RelationKind::Related)),
            ("Ersetzt", Some(RelationKind::Supersedes)),
            ("Ersetzt durch", Some(RelationKind::SupersededBy)),
            ("Remplacé par", Some(RelationKind::SupersededBy)),
            ("被取代", Some(RelationKind::SupersededBy)),
            ("取代", Some(RelationKind::Supersedes)),
            ("Updated", None),
            ("Status", None),
        ] {
            assert_eq!(relation_of_key(name), expected, "{name}");
        }
    }

    #[test]
    fn a_status_may_say_how_proposals_relate() {
        assert_eq!(relation_at("superseded by adr-7"), Some((RelationKind::SupersededBy, " adr-7")));
        assert_eq!(relation_at("supercedes 7"), Some((RelationKind::Supersedes, " 7")));
        assert_eq!(relation_at("ersetzt durch adr-7"), Some((RelationKind::SupersededBy, " adr-7")));
        assert_eq!(relation_at("accepted"), None);
    }

    #[test]
    fn each_kind_has_an_inverse() {
        for (_, kind) in KINDS {
            assert_eq!(kind.inverse().inverse(), kind);
            assert_ne!(kind.is_passive(), kind.inverse().is_passive(), "{kind:?}");
        }
    }
}
