//! Folders of many proposals for the benchmarks: the same files for the same count.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use super::generate::{Random, proposal};

const STATUSES: [&str; 5] = ["Under Discussion", "Accepted", "Implemented", "Adopted", "Rejected"];
const SUBJECTS: [&str; 6] = ["Cache", "Offsets", "Größe", "Leader", "Quota 💡", "Schema"];
const DEEDS: [&str; 7] = ["warm-up", "repair", "limits", "for all regions", "in batches", "by default", "on request"];

/// The number of the proposal among `count` that a tenth of all refer to.
pub(crate) fn most_linked(count: usize) -> usize {
    count / 2 + 1
}

/// Writes the proposals `vip-1.md` to `vip-<count>.md` and the page that lists them, `index.md`, into `folder`.
pub(crate) fn write(folder: &Path, count: usize) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut index = "# Proposals\n\n| VIP | Title | Status |\n| --- | --- | --- |\n".to_owned();
    for number in 1..=count {
        let mut random = Random(number as u64);
        // A generator's first numbers are near each other when its seeds are.
        random.below(1);
        let subject = SUBJECTS[random.below(SUBJECTS.len())];
        let title = format!("{subject} {} {number}", DEEDS[random.below(DEEDS.len())]);
        let status = STATUSES[random.below(STATUSES.len())];
        let _ = writeln!(index, "| [VIP-{number}](vip-{number}.md) | {title} | {status} |");
        fs::write(folder.join(format!("vip-{number}.md")), content(number, count, &title, status, &mut random))?;
    }
    fs::write(folder.join("index.md"), index + "\nAll proposals are in this table, be they under discussion or not.\n")
}

fn content(number: usize, count: usize, title: &str, status: &str, random: &mut Random) -> String {
    let bytes = if random.below(20) == 0 { 20_000 } else { 2_000 + random.below(4_000) };
    let body = proposal(bytes, number as u64).replace("[VIP-7](vip-7.md)", "row");
    let body = body.replacen("VIP-4242: Cache warm-up for café stores 💡", &format!("VIP-{number}: {title}"), 1);
    let body = body.replacen("Under Discussion", status, 1).replace("4242", &number.to_string());
    body + &references(number, count, random)
}

/// A list of five to ten references to other proposals, and the label that one of them uses.
fn references(number: usize, count: usize, random: &mut Random) -> String {
    let mut list = "\n".to_owned();
    for place in 0..5 + random.below(6) {
        let any = 1 + random.below(count);
        let to = if place == 0 && number.is_multiple_of(10) { most_linked(count) } else { any };
        let _ = match (place + number / 10) % 4 {
            0 => writeln!(list, "- Rows as in VIP-{to} are kept"),
            1 => writeln!(list, "- What [the other](vip-{to}.md) says of rows"),
            2 => writeln!(list, "- The [plan](vip-{to}.md#test-plan) for rows"),
            _ => writeln!(list, "- Rows are in [a table][table-{place}]\n\n[table-{place}]: vip-{to}.md\n"),
        };
    }
    list
}
