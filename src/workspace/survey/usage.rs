//! How the documents of a template deviate from it.

use std::cmp::Reverse;
use std::path::Path;

use crate::document::{Deviation, Evidence, Share};
use crate::template::Template;
use crate::workspace::documents::Workspace;
use crate::workspace::index::{DeviationKey, TemplateKey};

impl Workspace {
    /// Returns how many documents of `template` on disk, except the one at `except`, have this deviation. Of what is missing, documents
    /// that follow another version of the template count, too, if that one asks for it.
    pub(in crate::workspace) fn share(&self, template: &Template, deviation: Deviation, except: &Path) -> Share {
        let own = self.share_of(template, deviation, except);
        if !matches!(deviation, Deviation::NoSection(_) | Deviation::NoKey(_)) || !self.has_history() {
            return own;
        }
        let others = self.share_of_others(template, DeviationKey::of(template, deviation));
        Share { count: own.count + others.count, all: own.all + others.all }
    }

    /// Returns how many of the documents that follow other versions of `template`, and were asked for it, have the deviation with this
    /// `key`.
    fn share_of_others(&self, template: &Template, key: DeviationKey) -> Share {
        self.counted(template, key, || {
            let others = self.versions_of(template).into_iter().filter(|other| other.version != template.version);
            let asked = others.filter(|version| self.asked(version).contains(&key));
            let sum = |sum: Share, other: Share| Share { count: sum.count + other.count, all: sum.all + other.all };
            asked.map(|version| self.share_by_key(&version, key)).fold(Share::default(), sum)
        })
    }

    /// Returns how many documents of `template` on disk have the deviation with this `key`.
    fn share_by_key(&self, template: &Template, key: DeviationKey) -> Share {
        let usage = self.index.usage.get(&TemplateKey::of(template));
        usage.map_or_else(Share::default, |usage| {
            let count = usage.deviations.get(&key).copied().unwrap_or_default();
            Share { count, all: usage.documents }
        })
    }

    fn share_of(&self, template: &Template, deviation: Deviation, except: &Path) -> Share {
        let source = TemplateKey::of(template);
        let Some(usage) = self.index.usage.get(&source) else { return Share::default() };
        let page = self.on_disk(except);
        let own = page.as_ref().and_then(|page| page.deviations.as_ref()).filter(|(template, _)| *template == source);
        let count = |deviation| {
            let deviation = DeviationKey::of(template, deviation);
            let is_own = own.is_some_and(|(_, own)| own.binary_search(&deviation).is_ok());
            usage.deviations.get(&deviation).copied().unwrap_or_default().saturating_sub(usize::from(is_own))
        };
        let all = usage.documents.saturating_sub(usize::from(own.is_some()));
        // For the name of a section, only documents that have the section count.
        let all = match deviation {
            Deviation::OtherName(index) => all.saturating_sub(count(Deviation::NoSection(index))),
            _ => all,
        };
        Share { count: count(deviation), all }
    }

    /// Returns the deviations of the documents of `template` on disk that are frequent enough for `evidence`, the most frequent
    /// first.
    pub fn usage(&self, template: &Template, evidence: Evidence) -> Vec<(Deviation, Share)> {
        let Some(usage) = self.index.usage.get(&TemplateKey::of(template)) else { return Vec::new() };
        let all = usage.documents;
        let share = |deviation: Deviation| {
            let count = usage.deviations.get(&DeviationKey::of(template, deviation)).copied();
            (deviation, Share { count: count.unwrap_or_default(), all })
        };
        let mut found: Vec<_> = Deviation::all(template).map(share).collect();
        found.retain(|(deviation, share)| {
            let least = if matches!(deviation, Deviation::Keeps(_)) { evidence.kept } else { evidence.information };
            all > evidence.documents && share.is_over(least)
        });
        found.sort_by_key(|(_, share)| Reverse(share.count));
        found
    }
}
