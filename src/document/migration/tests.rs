//! Documents before and after their template changed.

use super::*;

const OLD: &str = "# XIP-0000: Title\n\n- Status: draft | accepted\n- Author: Name\n- Issue: Link\n\n## Summary\n\nSay it in short.\n\n\
                   ## Background\n\nTell what there is.\n\n## Alternatives\n\nWhat other designs have been considered, and why not.\n\n\
                   ## Risks\n\nWhat may go wrong.\n";
const NEW: &str = "# XIP-0000: Title\n\n- Status: Draft | Accepted\n- Owner: Name\n- Author: Name\n\n## Summary\n\nSay it in one sentence.\n\n\
                   ## Design\n\nSay how it works.\n\n## Risks\n\nWhat may go wrong.\n\n\
                   ## Rationale and alternatives\n\nWhat other designs have been considered, and what is their impact.\n";

/// What is done to `document`, a line each, and the document afterwards.
fn migrated(old: &str, new: &str, document: &str) -> (Vec<String>, String) {
    let (old, new) = (Template::derive(old, None), Template::derive(new, None));
    let document = Document::closed(document);
    let migration = migrate(&Proposal::of(&document, &old), &new);
    let after = apply(document.text(), &migration.edited.edits).to_string();
    // A second migration changes nothing, whichever version the document is read with.
    for version in [&old, &new] {
        let after = Document::closed(&after);
        let again = migrate(&Proposal::of(&after, version), &new);
        assert!(!again.steps.iter().any(Step::is_change), "{:?}", again.steps);
        assert!(again.edited.edits.is_empty());
    }
    (migration.steps.iter().map(ToString::to_string).collect(), after)
}

#[test]
fn a_document_gets_what_the_template_has_got_and_keeps_its_words() {
    let document = "# XIP-0007: Caches\n\n- Status: accepted\n- Author: A. Author\n- Issue: none\n\n## Summary\n\nSay it in short.\n\n\
                    ## Background\n\nThere are none. See [below](#alternatives).\n\n## Alternatives\n\nNone are better.\n\n\
                    ## Risks\n\nThey may be full.\n\n## Thanks\n\nTo all.\n";
    let (steps, after) = migrated(OLD, NEW, document);
    assert_eq!(
        steps,
        [
            "rename section \"Alternatives\" to \"Rationale and alternatives\"",
            "update the guidance of \"Summary\"",
            "write \"Accepted\" in place of \"accepted\" for \"Status\"",
            "insert metadata \"Owner\"",
            "insert section \"Design\"",
            "put the sections in the new order",
            "keep section \"Background\", which the template has no more",
            "keep metadata \"Issue\", which the template has no more",
        ]
    );
    let expected = "# XIP-0007: Caches\n\n- Status: Accepted\n- Owner:\n- Author: A. Author\n- Issue: none\n\n## Summary\n\n\
                    Say it in one sentence.\n\n## Design\n\nSay how it works.\n\n## Background\n\n\
                    There are none. See [below](#rationale-and-alternatives).\n\n## Risks\n\nThey may be full.\n\n\
                    ## Thanks\n\nTo all.\n\n## Rationale and alternatives\n\nNone are better.\n";
    assert_eq!(after, expected);
}

#[test]
fn what_is_not_filled_in_and_not_asked_for_any_more_goes() {
    let document = "# XIP-0007: Caches\n\n## Summary\n\nA.\n\n## Background\n\nTell what there is.\n\n## Risks\n\nB.\n";
    let new = "# XIP-0000: Title\n\n## Summary\n\nSay it.\n\n## Risks\n\nWhat may go wrong.\n";
    let (steps, after) = migrated(OLD, new, document);
    assert_eq!(steps, ["remove section \"Background\", which is not filled in"]);
    assert_eq!(after, "# XIP-0007: Caches\n\n## Summary\n\nA.\n\n## Risks\n\nB.\n");
    // It stays if the author wrote even one word.
    let (steps, after) = migrated(OLD, new, &document.replace("Tell what there is.", "TBD"));
    assert_eq!(steps, ["keep section \"Background\", which the template has no more"]);
    assert!(after.contains("## Background\n\nTBD\n"));
    let noted = document.replace("## Background", "<!-- A. Author: is this needed? -->\n## Background");
    assert_eq!(migrated(OLD, new, &noted), (steps, noted));
}

#[test]
fn only_the_words_of_a_heading_change() {
    let document =
        |heading: &str| format!("# XIP-0007: Caches\n\n## Summary\n\nA.\n\n{heading}\n\nB.\n\n## Risks\n\nC.\n");
    for (heading, expected) in [
        ("## Alternatives {#other} ##", "## Rationale and alternatives {#other} ##"),
        ("## **Alternatives**", "## **Rationale and alternatives**"),
        ("## [Alternatives](a.md)", "## [Rationale and alternatives](a.md)"),
        ("## Alternatives <a id=\"x\"></a>", "## Rationale and alternatives <a id=\"x\"></a>"),
        ("## ALTERNATIVES", "## Rationale and alternatives"),
        ("Alternatives\n---", "Rationale and alternatives\n---"),
        ("## Drawbacks and alternatives", "## Drawbacks and alternatives"),
    ] {
        let (_, after) = migrated(OLD, NEW, &document(heading));
        assert!(after.contains(&format!("{expected}\n\nB.\n")), "{after}");
    }
    // Numbers and line endings are those of the document.
    let document = "# XIP-0007: Caches\r\n\r\n## 1. Summary\r\n\r\nA.\r\n\r\n## 2. Alternatives\r\n\r\nB.\r\n";
    let (steps, after) = migrated(OLD, NEW, document);
    assert!(after.contains("## 2. Rationale and alternatives\r\n\r\nB.\r\n"), "{after}");
    assert!(!after.replace("\r\n", "").contains('\n'), "{after:?}");
    assert!(steps.contains(&"insert section \"Design\"".to_owned()), "{steps:?}");
}

#[test]
fn a_document_without_a_form_gets_none() {
    for document in ["# XIP-0007: Moved\n\nSee [there](a.md).\n", ""] {
        assert_eq!(migrated(OLD, NEW, document), (Vec::new(), document.to_owned()));
    }
}

#[test]
fn a_template_that_is_the_same_changes_nothing() {
    let document = OLD.replace("XIP-0000: Title", "XIP-0001: A").replace("What may go wrong.", "Nothing.");
    assert_eq!(migrated(OLD, OLD, &document), (Vec::new(), document));
    let template = Template::derive(OLD, None);
    assert!(TemplateChanges::between(&template, &template).is_empty());
}

#[test]
fn a_key_that_is_there_already_is_not_written_twice() {
    let old = "---\ntype: Core\nauthor: Name\n---\n\n# Title\n\n## Summary\n\nSay it.\n";
    let new = old.replace("type: Core", "category type: Core");
    let document = "---\ntype: A\ncategory type: B\nauthor: A. Author\n---\n\n# Caches\n\n## Summary\n\nA.\n";
    assert_eq!(migrated(old, &new, document).1, document);
    let (steps, after) = migrated(old, &new, &document.replace("category type: B\n", ""));
    assert_eq!(steps, ["rename metadata \"type\" to \"category type\""]);
    assert!(after.starts_with("---\ncategory type: A\nauthor: A. Author\n---\n"), "{after}");
}

#[test]
fn a_value_that_is_not_listed_any_more_is_named() {
    let new = OLD.replace("draft | accepted", "draft | final");
    let document = "# XIP-0007: Caches\n\n- Status: accepted\n- Author: A. Author\n- Issue: none\n\n## Summary\n\nA.\n";
    let (steps, after) = migrated(OLD, &new, document);
    assert_eq!(steps, ["keep \"accepted\" for \"Status\", which the template does not list any more"]);
    assert_eq!(after, document);
}

#[test]
fn a_part_that_the_document_has_elsewhere_does_not_come_twice() {
    let old = "# Title\n\n## Summary\n\nSay it.\n\n## Alternatives\n\nSay what else.\n";
    let new = "# Title\n\n## Summary\n\nSay it.\n\n## Evaluation\n\nWeigh it.\n\n### Drawbacks\n\nWhy not.\n\n### Alternatives\n\n\
               Say what else.\n\n#### Prior work\n\nName it.\n";
    for own in ["## Alternatives", "# Alternatives"] {
        let document = format!("# Caches\n\n## Summary\n\nA.\n\n{own}\n\nMine.\n");
        let (_, after) = migrated(old, new, &document);
        assert_eq!(after.matches("Alternatives").count(), 1, "{after}");
        assert!(
            after.contains("## Evaluation\n\nWeigh it.\n\n### Drawbacks\n\nWhy not.\n") && after.contains("Mine."),
            "{after}"
        );
    }
}

#[test]
fn a_part_that_became_a_section_gets_its_level() {
    let old = "# Title\n\n## Summary\n\nSay it.\n\n### Risks\n\nSay what may go wrong.\n\n## Notes\n\nSay more.\n";
    let new = old.replace("### Risks", "## Risks");
    let document = "# Caches\n\n## Summary\n\nA.\n\n### Risks\n\nFew.\n\n#### Costs\n\nNone.\n\n## Notes\n\nB.\n";
    let (steps, after) = migrated(old, &new, document);
    assert_eq!(steps, ["make \"Risks\" a section of its own"]);
    assert_eq!(after, document.replace("### Risks", "## Risks").replace("#### Costs", "### Costs"));
    assert_eq!(migrated(old, &new, &after), (Vec::new(), after));
}

#[test]
fn the_last_section_goes_with_the_blank_lines_before_it() {
    let old = "# Title\n\n## Summary\n\nSay it.\n\n## Risks\n\nSay what may go wrong.\n";
    let new = "# Title\n\n## Summary\n\nSay it.\n";
    for (end, ending) in [("\n", "\n"), ("", "\n"), ("\n\n\n", "\n")] {
        let document = format!("# Caches\n\n## Summary\n\nA.\n\n\n## Risks\n\nSay what may go wrong.{end}");
        assert_eq!(migrated(old, new, &document).1, format!("# Caches\n\n## Summary\n\nA.{ending}"), "{end:?}");
    }
}

#[test]
fn what_stays_although_the_template_has_it_otherwise_is_named() {
    let old = "# Title\n\n- Status: draft\n- Author: Name\n\n## Summary\n\nSay it.\n\n## Detailed Design\n\nSay how it works in \
               detail and why.\n\n## Risks\n\nSay what may go wrong.\n";
    let new = "---\nstatus: draft\nauthor: Name\n---\n\n# Title\n\n## Summary\n\nSay it.\n\n## Design\n\nSay how it works in \
               detail and why.\n\n### Risks\n\nSay what may go wrong.\n";
    let document = "# Caches\n\n- Status: draft\n- Author: A. Author\n\n## Summary\n\nA.\n\n## Design\n\nMine.\n\n## Detailed Design\n\nB.\n\n\
                    ## Risks\n\nC.\n";
    let (steps, after) = migrated(old, new, document);
    let expected = [
        "keep section \"Detailed Design\", which the template has no more",
        "keep section \"Risks\" where it is, though the template has it in \"Design\"",
        "keep the metadata as it is, though the template has it in another form",
    ];
    assert_eq!(steps, expected);
    assert_eq!(after, document);
}
