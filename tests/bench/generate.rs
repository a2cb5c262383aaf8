//! Proposals of any size for the benchmarks: the same bytes for the same size and seed.

/// The sections of the built-in template but for one optional one, so that something is missing.
const SECTIONS: [&str; 8] = [
    "Problem Statement",
    "Scope",
    "Project Justification",
    "Functional specification",
    "Proposed Design",
    "Test Plan",
    "References _(optional)_",
    "Appendix _(optional)_",
];

const HEAD: &str = "\
# VIP-4242: Cache warm-up for café stores 💡

- **Status**: Under Discussion
- **Author(s)**: Renée Müller, 一平
- **Pull Request**: https://example.org/pull/4242

## Introduction _(200 words at most)_

A reader that starts cold waits for its rows. This proposal lets a store name the rows that are worth loading first.

";

const WORDS: [&str; 40] = [
    "a",
    "the",
    "store",
    "reader",
    "writer",
    "region",
    "replica",
    "version",
    "key",
    "row",
    "cache",
    "request",
    "batch",
    "topic",
    "partition",
    "offset",
    "schema",
    "field",
    "leader",
    "quota",
    "limit",
    "when",
    "until",
    "after",
    "before",
    "keeps",
    "reads",
    "sends",
    "loads",
    "drops",
    "slowly",
    "once",
    "again",
    "**must**",
    "_may_",
    "`ttl_ms`",
    "[VIP-7](vip-7.md)",
    "café",
    "💡",
    "一",
];

/// A proposal of at most `bytes` bytes, and at least that less a paragraph or so for each section.
pub(crate) fn proposal(bytes: usize, seed: u64) -> String {
    let mut writer = Writer { out: HEAD.to_owned(), random: Random(seed) };
    let share = bytes.saturating_sub(HEAD.len()) / SECTIONS.len();
    for (index, name) in SECTIONS.iter().enumerate() {
        let end = HEAD.len() + share * (index + 1);
        writer.out.push_str(&format!("## {name}\n\n"));
        loop {
            let block = writer.block();
            if writer.out.len() + block.len() > end {
                break;
            }
            writer.out.push_str(&block);
        }
    }
    writer.out
}

struct Writer {
    out: String,
    random: Random,
}

impl Writer {
    /// A block and the blank line after it: mostly prose, as in proposals.
    fn block(&mut self) -> String {
        match self.random.below(20) {
            0 | 1 => format!("### {}\n\n", self.words(4)),
            2 => self.fence(),
            3 => self.table(),
            4 => self.lines(|_| "1. ".to_owned()),
            5 | 6 => self.lines(|index| if index % 3 == 2 { "  - ".to_owned() } else { "- ".to_owned() }),
            7 => self.lines(|_| "> ".to_owned()),
            _ => self.lines(|_| String::new()),
        }
    }

    fn lines(&mut self, mark: impl Fn(usize) -> String) -> String {
        let count = 2 + self.random.below(5);
        let lines = (0..count).map(|index| format!("{}{}.\n", mark(index), self.words(14)));
        lines.chain(["\n".to_owned()]).collect()
    }

    fn fence(&mut self) -> String {
        let count = 2 + self.random.below(8);
        let lines = (0..count).map(|_| format!("    client.get(\"{}\"); # no heading\n", self.words(3)));
        format!("```java\n{}```\n\n", lines.collect::<String>())
    }

    fn table(&mut self) -> String {
        let count = 2 + self.random.below(6);
        let rows = (0..count).map(|_| format!("| {} | {} | {} |\n", self.words(1), self.words(6), self.words(2)));
        format!("| Name | Meaning | Value |\n| --- | --- | ---: |\n{}\n", rows.collect::<String>())
    }

    fn words(&mut self, count: usize) -> String {
        (0..count).map(|_| WORDS[self.random.below(WORDS.len())]).collect::<Vec<_>>().join(" ")
    }
}

/// A linear congruential generator, with Knuth's constants for MMIX.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// The next number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}
