//! What the value of a setting must be, for messages.

use super::table::{Form, Setting};

impl<T> Form<T> {
    /// Whether it is a table whose keys are not settings.
    pub(super) fn is_table(&self) -> bool {
        matches!(self, Form::Rules(_) | Form::Sections(_) | Form::Stages(_) | Form::Keys(_))
    }
}

impl<T> Setting<T> {
    /// Describes the expected value, for a message.
    pub(super) fn expected(&self) -> String {
        let expected = match &self.form {
            Form::Name(_) => "a string",
            Form::Path(_) => "a path",
            Form::File(_) => "the name of a file, without folders",
            Form::Globs(_) => "a list of globs",
            Form::Values { .. } => "a list of strings",
            Form::Flag(_) => return "true or false".to_owned(),
            Form::Word(_, words) => {
                return words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" or ");
            }
            Form::Count(_) => "a whole number above 0",
            Form::Percentage(_) => "a whole number from 1 to 100",
            Form::Rules(_) => "a table of rules and their severities",
            Form::Sections(_) => "a table of sections and their settings",
            Form::Stages(_) => "a table of states and their settings",
            Form::Keys(_) => "a table of metadata keys and their settings",
            Form::Conditions(_) => "a table of metadata keys and their values",
            Form::Patterns(_) => "a table of names and regular expressions",
            Form::References(_) | Form::Body(_) => "a table",
            Form::Named(_) => "a table of names and conditions",
            Form::Steps(_) => "a list of lists of strings",
            Form::Text(_) => "a text",
            Form::Families(_) => "a list of tables",
        };
        format!("{expected}, such as {}", self.example)
    }
}
