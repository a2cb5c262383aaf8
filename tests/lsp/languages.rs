//! Documents in many languages, in the editor: what is offered, mended, shown and counted.

use serde_json::{Value, json};

use super::capable;
use super::client::{Client, Folder, applied};

/// A template in one language, and what a section of its document counts to.
struct Language {
    /// The template's file.
    template: &'static str,
    /// The key of the status, with what comes before and behind it.
    status: &'static str,
    /// What the template has as its value.
    list: &'static str,
    values: [&'static str; 3],
    /// The headings, of which the document has the first and the last.
    headings: [&'static str; 3],
    /// What stands behind the first heading in the template.
    limit: &'static str,
    guidance: &'static str,
    /// What the document has below the first heading.
    text: &'static str,
    length: &'static str,
}

const LANGUAGES: [Language; 11] = [
    Language {
        template: "0000-模板.md",
        status: "- **状态**：",
        list: "【草案｜已接受｜已废弃】",
        values: ["草案", "已接受", "已废弃"],
        headings: ["摘要", "决定", "后果"],
        limit: "（30字以内）",
        guidance: "用一句话概括这个决定。",
        text: "我们用 Redis 缓存热数据。",
        length: "15 of at most 30 characters",
    },
    Language {
        template: "0000-テンプレート.md",
        status: "ステータス：",
        list: "提案中｜承認済み｜却下",
        values: ["提案中", "承認済み", "却下"],
        headings: ["概要", "決定事項", "影響"],
        limit: "（30語以内）",
        guidance: "何を決めたのかを一文で書いてください。",
        text: "データをメモリに置く。",
        length: "10 of at most 30 words",
    },
    // The text is decomposed: a syllable is still one character.
    Language {
        template: "0000-템플릿.md",
        status: "- **상태**: ",
        list: "초안 | 승인됨 | 거절됨",
        values: ["초안", "승인됨", "거절됨"],
        headings: ["요약", "결정 내용", "영향"],
        limit: "(50자 이내)",
        guidance: "무엇을 바꾸는지 한 문장으로 적어 주세요.",
        text: "\u{1106}\u{1166}\u{1106}\u{1169}\u{1105}\u{1175}\u{110b}\u{1166} \u{1103}\u{116e}\u{11ab}\u{1103}\u{1161}.",
        length: "8 of at most 50 characters",
    },
    Language {
        template: "0000-vorlage.md",
        status: "* Status: ",
        list: "[vorgeschlagen | angenommen | abgelehnt]",
        values: ["vorgeschlagen", "angenommen", "abgelehnt"],
        headings: ["Zusammenfassung", "Größe der Änderung", "Auswirkungen"],
        limit: "(höchstens 15 Wörter)",
        guidance: "In einem Satz: Was haben wir entschieden?",
        text: "Häufig gelesene Daten bleiben im Speicher.",
        length: "6 of at most 15 words",
    },
    // Its accents are decomposed.
    Language {
        template: "0000-modele.md",
        status: "**Statut :** ",
        list: "{proposée | acceptée | rejetée}",
        values: ["proposée", "acceptée", "rejetée"],
        headings: ["Résumé", "Décision", "Conséquences sur l'équipe"],
        limit: "(60 caractères maximum)",
        guidance: "Résumez la décision en une phrase.",
        text: "La me\u{301}moire est re\u{301}duite.",
        length: "23 of at most 60 characters",
    },
    Language {
        template: "0000-plantilla.md",
        status: "- **Estado**: ",
        list: "{propuesta | aceptada | rechazada}",
        values: ["propuesta", "aceptada", "rechazada"],
        headings: ["Resumen", "Decisión", "Riesgos"],
        limit: "(máximo 12 palabras)",
        guidance: "Decir en una frase qué cambia.",
        text: "Los datos calientes están en memoria.",
        length: "6 of at most 12 words",
    },
    Language {
        template: "0000-modelo.md",
        status: "- **Situação**: ",
        list: "proposta | aceita | rejeitada",
        values: ["proposta", "aceita", "rejeitada"],
        headings: ["Resumo", "Decisão", "Consequências"],
        limit: "(no máximo 15 palavras)",
        guidance: "Descreva a decisão em uma frase.",
        text: "Os dados mais lidos ficam na memória.",
        length: "7 of at most 15 words",
    },
    Language {
        template: "0000-modello.md",
        status: "- **Stato**: ",
        list: "Proposto | Accettato | Rifiutato",
        values: ["Proposto", "Accettato", "Rifiutato"],
        headings: ["Sintesi", "Qualità del servizio", "Rischi"],
        limit: "(massimo 15 parole)",
        guidance: "Riassumi la decisione in una frase.",
        text: "Un'unica tabella resta in memoria.",
        length: "5 of at most 15 words",
    },
    Language {
        template: "0000-шаблон.md",
        status: "- **Статус:** ",
        list: "предложено | принято | отклонено",
        values: ["предложено", "принято", "отклонено"],
        headings: ["Краткое описание", "Решение", "Учёт последствий"],
        limit: "(не более 15 слов)",
        guidance: "Опишите решение одним предложением.",
        text: "Часто читаемые данные лежат в памяти.",
        length: "6 of at most 15 words",
    },
    Language {
        template: "0000-قالب.md",
        status: "- **الحالة**: ",
        list: "مقترح | مقبول | مرفوض",
        values: ["مقترح", "مقبول", "مرفوض"],
        headings: ["الملخص", "القرار", "الأثر على الفريق"],
        limit: "(15 كلمة كحد أقصى)",
        guidance: "اكتب القرار في جملة واحدة.",
        text: "نحفظ البيانات في الذاكرة.",
        length: "4 of at most 15 words",
    },
    // Between the words of Thai are no blanks.
    Language {
        template: "0000-template.md",
        status: "- **Status**: ",
        list: "ร่าง | อนุมัติ | ปฏิเสธ",
        values: ["ร่าง", "อนุมัติ", "ปฏิเสธ"],
        headings: ["บทคัดย่อ", "การตัดสินใจ", "ผลกระทบ"],
        limit: "(max 15 words)",
        guidance: "สรุปการตัดสินใจ",
        text: "เราเก็บข้อมูลในหน่วยความจำ",
        length: "7 of at most 15 words",
    },
];

/// The line of the status in the document, and that of the first heading.
const STATUS_LINE: u32 = 2;
const FIRST_LINE: u32 = 4;

impl Language {
    /// A folder with the template.
    fn folder(&self) -> Folder {
        let Language { status, list, headings: [first, second, third], limit, guidance, .. } = self;
        let template = format!(
            "# ADR-NNNN: X\n\n{status}{list}\n\n## {first} {limit}\n\n_{guidance}_\n\n## {second}\n\n_{guidance}_\n\n## {third}\n"
        );
        Folder::new(&[(&format!("docs/adr/{}", self.template), &template)])
    }

    /// The document, with `between` before its last heading.
    fn document(&self, between: &str) -> String {
        let Language { status, headings: [first, _, third], text, .. } = self;
        format!("# ADR-0001: X\n\n{status}\n\n## {first}\n\n{text}\n\n{between}## {third}\n\nX.\n")
    }
}

fn at(line: u32, character: usize) -> Value {
    json!({"line": line, "character": character})
}

/// How many units of UTF-16 `text` has.
fn width(text: &str) -> usize {
    text.encode_utf16().count()
}

fn labels(items: &Value) -> Vec<&str> {
    let items = items.as_array().map(Vec::as_slice).unwrap_or_default();
    items.iter().map(|item| item["label"].as_str().expect("a label")).collect()
}

/// `check` with a client that has the document of each language open, with `between` before its last heading, where `{}` is the
/// heading that is else missing.
fn each(between: &str, check: impl Fn(&Language, &mut Client, &str)) {
    for language in &LANGUAGES {
        let folder = language.folder();
        let mut capabilities = capable();
        capabilities["textDocument"]["hover"] = json!({"contentFormat": ["markdown"]});
        let (mut client, _) = Client::initialized(Some(folder.root()), &capabilities, &Value::Null);
        let uri = folder.uri("docs/adr/0001-x.md");
        client.open(&uri, &language.document(&between.replace("{}", language.headings[1])));
        check(language, &mut client, &uri);
        client.close();
    }
}

#[test]
fn statuses_and_missing_headings_are_offered() {
    each("## \n\n", |language, client, uri| {
        let mut complete = |line: u32, character: usize| {
            let params = json!({"textDocument": {"uri": uri}, "position": at(line, character)});
            client.request("textDocument/completion", &params)
        };
        let values = complete(STATUS_LINE, width(language.status));
        assert_eq!(labels(&values), language.values, "{}", language.template);
        let headings = complete(FIRST_LINE + 4, 3);
        assert_eq!(labels(&headings), [format!("## {}", language.headings[1])], "{}", language.template);
    });
}

#[test]
fn a_missing_heading_is_inserted_in_its_place() {
    each("", |language, client, uri| {
        let [first, second, third] = language.headings;
        let diagnostics = client.published(uri)["diagnostics"].clone();
        let diagnostics = diagnostics.as_array().expect("a list").clone();
        let missing: Vec<_> = diagnostics.into_iter().filter(|found| found["code"] == "missing-section").collect();
        assert_eq!(missing.len(), 1, "{}", language.template);
        let params = json!({
            "textDocument": {"uri": uri}, "range": missing[0]["range"], "context": {"diagnostics": missing},
        });
        let actions = client.request("textDocument/codeAction", &params);
        assert_eq!(actions[0]["title"], format!("Insert section \"{second}\""));
        let text = applied(&language.document(""), &actions[0]["edit"]["documentChanges"][0]["edits"]);
        let headings: Vec<_> = text.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(headings, [first, second, third]);
    });
}

#[test]
fn the_outline_has_the_headings() {
    each("## {}\n\nY.\n\n", |language, client, uri| {
        let outline = client.request("textDocument/documentSymbol", &json!({"textDocument": {"uri": uri}}));
        let below = outline[0]["children"].as_array().expect("a list");
        let names: Vec<_> = below.iter().map(|symbol| symbol["name"].as_str().expect("a name")).collect();
        assert!(names.ends_with(&language.headings), "{names:?}");
    });
}

#[test]
fn hover_counts_and_shows_the_guidance() {
    each("## {}\n\nY.\n\n", |language, client, uri| {
        let params = json!({"textDocument": {"uri": uri}, "position": at(FIRST_LINE, 3)});
        let shown = client.request("textDocument/hover", &params);
        let expected = format!("{}\n\n> _{}_", language.length, language.guidance);
        assert_eq!(shown["contents"]["value"], expected, "{}", language.template);
    });
}
