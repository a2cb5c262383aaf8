//! What a template says about when a key is there: `# Only required for Standards Track. Otherwise, remove this field.`

use super::{Condition, MetadataKey};

/// Phrases after which the values follow for which a proposal has the key.
const PHRASES: [&str; 7] = [
    "only required for",
    "required only for",
    "only needed for",
    "only applies to",
    "only for",
    "required for",
    "mandatory for",
];

/// Phrases that tell to leave out the key otherwise.
const OTHERWISE: [&str; 5] =
    ["otherwise, remove", "otherwise remove", "otherwise, delete", "otherwise, omit", "otherwise, leave out"];

/// Reads what `keys` say about each other. A key that is for some values of another one is required exactly then.
pub(super) fn read(keys: &mut [MetadataKey]) {
    let found: Vec<_> = (0..keys.len()).map(|index| condition(keys, index)).collect();
    for (key, found) in keys.iter_mut().zip(found) {
        let Some((condition, is_only)) = found else { continue };
        key.only_when = is_only.then(|| vec![condition.clone()]);
        key.required_when = Some(vec![condition]);
        key.is_optional = true;
    }
}

/// Returns the condition under which the key at `index` is required, and whether a proposal must not have it otherwise.
fn condition(keys: &[MetadataKey], index: usize) -> Option<(Condition, bool)> {
    let said = format!("{} {}", keys[index].note, keys[index].placeholder).to_lowercase();
    let (at, phrase) = PHRASES.iter().find_map(|phrase| Some((said.find(phrase)?, phrase)))?;
    let rest = &said[at + phrase.len()..];
    let sentence = rest.split(['.', ';', '\n']).next().unwrap_or_default();
    let mut others = keys.iter().enumerate().filter(|(other, key)| *other != index && !key.values.is_empty());
    let (key, values) = others.find_map(|(_, key)| {
        let named: Vec<String> = key.values.iter().filter(|value| names(sentence, value)).cloned().collect();
        (!named.is_empty()).then_some((key, named))
    })?;
    // `not required for …`, and `required for all but …`, say something else.
    let before = said[..at].trim_end();
    let is_plain =
        !before.ends_with("not") && !["all but", "except", "other than"].iter().any(|but| sentence.contains(but));
    let is_only = OTHERWISE.iter().any(|phrase| said.contains(phrase));
    is_plain.then(|| (Condition { key: key.name.clone(), values }, is_only))
}

/// Whether `sentence`, in lowercase, has `value` as whole words.
fn names(sentence: &str, value: &str) -> bool {
    let value = value.to_lowercase();
    let is_word = |sign: Option<char>| sign.is_some_and(|sign| sign.is_alphanumeric() || sign == '-');
    !value.is_empty()
        && sentence.match_indices(&value).any(|(at, _)| {
            !is_word(sentence[..at].chars().next_back()) && !is_word(sentence[at + value.len()..].chars().next())
        })
}

#[cfg(test)]
mod tests {
    use crate::template::Template;

    #[test]
    fn a_key_may_be_for_some_values_of_another_one() {
        let told = |template: &str| -> Vec<(String, Option<String>, bool)> {
            let template = Template::derive(template, None);
            let told = template.metadata.iter().map(|key| {
                let condition = key.required_when.as_ref().map(|all| all[0].to_string());
                (key.name.clone(), condition, key.only_when.is_some())
            });
            told.filter(|(_, condition, _)| condition.is_some()).collect()
        };
        let with = |comment: &str| {
            format!(
                "---\ntype: <Standards Track, Meta, or Core>\narea: <A, or B> # {comment}\nneeds: <numbers>\n---\n\n## S\n"
            )
        };
        for (comment, expected, is_only) in [
            (
                "Only required for Standards Track. Otherwise, remove this field.",
                "\"type\" is \"Standards Track\"",
                true,
            ),
            ("required for Meta and Core", "\"type\" is \"Meta\" or \"Core\"", false),
        ] {
            assert_eq!(told(&with(comment)), [("area".to_owned(), Some(expected.to_owned()), is_only)], "{comment}");
        }
        for comment in [
            "Only required when you reference one. Otherwise, remove this field.",
            "not required for Meta",
            "required for all but Meta",
            "Only required for Metadata.",
            "Meta",
        ] {
            assert_eq!(told(&with(comment)), [], "{comment}");
        }
        let bullets = "# T\n\n- **Type**: A | B\n- **Release**: x <!-- only for B -->\n\n## S\n";
        assert_eq!(told(bullets), [("Release".to_owned(), Some("\"Type\" is \"B\"".to_owned()), false)]);
    }
}
