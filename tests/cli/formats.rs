//! What each format writes.

use serde_json::{Value, json};

use super::{TEMPLATE, folder, run, said};

/// A name and a document with everything that a format has to escape; Windows has no such name with `<`.
const NAME: &str = if cfg!(windows) { "vip-2 100%, & 'b'.md" } else { "vip-2 100%, <a> & 'b'.md" };
const PROPOSAL: &str = "# VIP-2: 💡\n\n## Introduction\n\nOne 💡 two three [four][<%25, \"&\">].\n";

fn workspace() -> tempfile::TempDir {
    folder(&[("vip-template.md", TEMPLATE), (NAME, PROPOSAL), ("vip-1.md", "# VIP-1: A\n")])
}

/// The column after the last character of the proposal, from 1.
fn end_column() -> usize {
    PROPOSAL.lines().nth(4).expect("a line").chars().count() + 1
}

fn output(format: &str) -> String {
    let (output, error, code) = said(&run(workspace().path(), &["check", "--output-format", format]));
    assert_eq!((error.as_str(), code), ("", Some(1)), "{format}");
    let again = run(workspace().path(), &["check", "--output-format", format]);
    assert_eq!(output, String::from_utf8_lossy(&again.stdout), "{format}");
    output
}

fn json_of(format: &str) -> Value {
    serde_json::from_str(&output(format)).expect("JSON")
}

#[test]
fn full_shows_the_lines_with_the_place_and_a_way_out() {
    let (full, last) = (output("full"), PROPOSAL.lines().nth(4).expect("a line"));
    let expected = format!(
        "\
warning[missing-section]: section \"Design\" is missing; add it after \"Introduction\"
 --> {NAME}:5:{}
  |
5 | {last}
  | {:width$}^
  |
  = help: Insert section \"Design\"
",
        end_column(),
        "",
        // 💡 is two columns wide.
        width = last.chars().count() + 1,
    );
    assert!(full.contains(&expected), "{full}");
    assert!(full.contains("information[stub-proposal]: "), "{full}");
    assert!(!full.contains('\u{1b}'), "no colours in a pipe");
}

#[test]
fn json_has_places_from_1_and_fixes() {
    let findings = json_of("json");
    let findings = findings.as_array().expect("an array");
    let missing = findings.iter().find(|finding| finding["rule"] == "missing-section").expect("a finding");
    assert_eq!(missing["path"], NAME);
    assert_eq!(missing["severity"], "warning");
    assert_eq!(missing["message"], "section \"Design\" is missing; add it after \"Introduction\"");
    // Columns count 💡 once.
    let end = json!({"line": 5, "column": end_column()});
    assert_eq!((&missing["start"], &missing["end"]), (&end, &end));
    let edits = json!([{"start": end, "end": end, "content": "\n\n## Design"}]);
    assert_eq!(missing["fixes"][0], json!({"title": "Insert section \"Design\"", "safety": "unsafe", "edits": edits}));
}

#[test]
fn json_of_nothing_is_an_empty_array() {
    let folder = folder(&[("notes.md", "# Notes\n")]);
    for format in ["json", "gitlab"] {
        let output = run(folder.path(), &["check", "--quiet", "--allow-empty", "--output-format", format]);
        assert_eq!(said(&output), ("[]\n".to_owned(), String::new(), Some(0)));
    }
}

#[test]
fn github_gets_escaped_annotations() {
    let output = output("github");
    let file = NAME.replace('%', "%25").replace(',', "%2C");
    let column = end_column();
    let missing = format!(
        "::warning title=vip-lsp (missing-section),file={file},line=5,endLine=5,col={column},endColumn={column}::\
         {}:5:{column}: warning[missing-section] section \"Design\" is missing; add it after \"Introduction\"\n",
        NAME.replace('%', "%25"),
    );
    assert!(output.contains(&missing), "{output}");
    assert!(output.contains("::notice title=vip-lsp (stub-proposal),file=vip-1.md,line=1,"), "{output}");
}

#[test]
fn gitlab_gets_fingerprints_that_stay() {
    let findings = json_of("gitlab");
    let findings = findings.as_array().expect("an array");
    let fingerprints: Vec<_> =
        findings.iter().map(|finding| finding["fingerprint"].as_str().expect("a text")).collect();
    let distinct: std::collections::HashSet<_> = fingerprints.iter().collect();
    assert_eq!(distinct.len(), findings.len());
    let missing = findings.iter().find(|finding| finding["check_name"] == "missing-section").expect("a finding");
    assert_eq!(missing["severity"], "major");
    assert_eq!(missing["location"], json!({"path": NAME, "lines": {"begin": 5, "end": 5}}));
    assert_eq!(missing["fingerprint"].as_str().map(str::len), Some(16));
}

#[test]
fn sarif_has_what_the_schema_requires() {
    let log = json_of("sarif");
    assert_eq!((&log["version"], &log["runs"][0]["columnKind"]), (&json!("2.1.0"), &json!("unicodeCodePoints")));
    let driver = &log["runs"][0]["tool"]["driver"];
    assert_eq!(driver["name"], "vip-lsp");
    let rules = driver["rules"].as_array().expect("an array");
    let levels = ["error", "warning", "note"];
    let is_level = |level: &Value| levels.contains(&level.as_str().expect("a text"));
    assert!(rules.iter().all(|rule| rule["shortDescription"]["text"].is_string()));
    assert!(rules.iter().all(|rule| is_level(&rule["defaultConfiguration"]["level"])));
    let results = log["runs"][0]["results"].as_array().expect("an array");
    assert_eq!(results.len(), output("concise").lines().count());
    for result in results {
        let rule = &rules[result["ruleIndex"].as_u64().expect("a number") as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(is_level(&result["level"]) && result["message"]["text"].is_string());
        assert!(result["partialFingerprints"]["vip-lsp/v1"].is_string());
        let region = &result["locations"][0]["physicalLocation"]["region"];
        for name in ["startLine", "startColumn", "endLine", "endColumn"] {
            assert!(region[name].as_u64().is_some_and(|number| number > 0), "{region}");
        }
    }
    let uris = results.iter().map(|result| &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]);
    let encoded = "vip-2%20100%25%2C%20%3Ca%3E%20%26%20%27b%27.md";
    let encoded = if cfg!(windows) { encoded.replace("%3Ca%3E%20", "") } else { encoded.to_owned() };
    assert_eq!(uris.filter(|uri| **uri == encoded.as_str()).count(), results.len() - 1);
}

/// The names and attributes of the elements in `document`, which has to be well-formed as far as `<` and `>` tell.
fn elements(document: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut open = Vec::new();
    let mut found = Vec::new();
    for tag in document.split('<').skip(1).map(|rest| rest.split_once('>').expect("an end").0) {
        let name = tag.split([' ', '/']).find(|name| !name.is_empty()).expect("a name").to_owned();
        if let Some(closed) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(closed));
            continue;
        }
        let parts: Vec<&str> = tag.split('"').collect();
        let attributes = parts.chunks_exact(2).map(|pair| {
            let name = pair[0].trim().trim_end_matches('=').rsplit(' ').next().unwrap_or_default();
            (name.to_owned(), pair[1].to_owned())
        });
        found.push((name.clone(), attributes.collect()));
        if !tag.ends_with(['/', '?']) {
            open.push(name);
        }
    }
    assert_eq!(open, Vec::<String>::new());
    found
}

#[test]
fn junit_has_what_its_schemas_require() {
    let elements = elements(&output("junit"));
    let of = |name: &str| -> Vec<Vec<(String, String)>> {
        elements.iter().filter(|(own, _)| own == name).map(|(_, attributes)| attributes.clone()).collect()
    };
    let names = |attributes: &[(String, String)]| {
        let mut names: Vec<_> = attributes.iter().map(|(name, _)| name.clone()).collect();
        names.sort();
        names
    };
    assert_eq!(of("testsuites"), [vec![]]);
    let suites = of("testsuite");
    let required = ["errors", "failures", "hostname", "id", "name", "package", "tests", "time", "timestamp"];
    assert!(suites.iter().all(|suite| names(suite) == required), "{suites:?}");
    let value = |attributes: &[(String, String)], name: &str| {
        attributes.iter().find(|(own, _)| own == name).expect("an attribute").1.clone()
    };
    assert_eq!(value(&suites[1], "name"), NAME.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"));
    assert_eq!((value(&suites[0], "failures"), value(&suites[0], "tests")), ("0".to_owned(), "1".to_owned()));
    let cases = of("testcase");
    assert!(cases.iter().all(|case| names(case) == ["classname", "name", "time"]), "{cases:?}");
    let failures = of("failure");
    assert!(failures.iter().all(|failure| names(failure) == ["message", "type"]), "{failures:?}");
    let count: usize = suites.iter().map(|suite| value(suite, "tests").parse::<usize>().expect("a number")).sum();
    assert_eq!(count, cases.len());
    assert!(!failures.is_empty() && failures.len() < cases.len());
}

#[test]
fn junit_of_nothing_has_a_test_that_passes() {
    let folder = folder(&[("notes.md", "# Notes\n")]);
    let (output, _, code) = said(&run(folder.path(), &["check", "--allow-empty", "--output-format", "junit"]));
    assert!(output.contains("tests=\"1\" failures=\"0\""), "{output}");
    assert_eq!(code, Some(0));
}

#[test]
fn statistics_count_by_rule() {
    let statistics = |format: &str| run(workspace().path(), &["check", "--statistics", "--output-format", format]);
    let (text, _, code) = said(&statistics("concise"));
    assert!(text.lines().any(|line| line.starts_with("1  missing-section ")), "{text}");
    assert_eq!(code, Some(1));
    let counts: Value = serde_json::from_slice(&statistics("json").stdout).expect("JSON");
    let count: u64 =
        counts.as_array().expect("an array").iter().map(|rule| rule["count"].as_u64().expect("a number")).sum();
    assert_eq!(count as usize, output("concise").lines().count());
    let (_, error, code) = said(&statistics("sarif"));
    assert!(error.contains("--statistics supports only the formats") && code == Some(2), "{error}");
}
