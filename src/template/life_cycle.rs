//! The states of proposals, which ones may follow each, and what each requires, as a team sets them.

/// The states of the proposals of a family. Without any, a status may change to any other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LifeCycle {
    /// The states, in the order in which they are set.
    pub stages: Vec<Stage>,
}

/// A state of a proposal: what may follow it, and what it requires.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stage {
    /// The value of the status.
    pub name: String,
    /// The values of the status that may follow; `None` if any may.
    pub next: Option<Vec<String>>,
    /// Whether a new proposal may start here. If no state says so, a proposal may start anywhere.
    pub is_start: bool,
    /// The keys that must have a value.
    pub keys: Vec<String>,
    /// The sections that must be filled in.
    pub sections: Vec<String>,
    /// Whether no instruction or placeholder of the template may be left.
    pub is_finished: bool,
    /// Whether a release must be named.
    pub has_release: bool,
    /// Whether a date must be named.
    pub has_date: bool,
}

impl LifeCycle {
    /// Whether any state says where a new proposal may start.
    pub fn has_start(&self) -> bool {
        self.stages.iter().any(|stage| stage.is_start)
    }

    /// Returns all states that are set or named as one that may follow, each once.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.stages.iter().map(|stage| stage.name.as_str()).collect();
        for next in self.stages.iter().flat_map(|stage| stage.next.iter().flatten()) {
            if !names.iter().any(|name| name.eq_ignore_ascii_case(next)) {
                names.push(next);
            }
        }
        names
    }
}
