//! JSON that is written while it is generated.

use std::io::{Result, Write};

use serde::{Serialize, Serializer};

use crate::letters::in_json;

/// Writes `items` as a JSON array one by one, because there may be many.
pub(super) fn write_array<T: Serialize>(items: impl Iterator<Item = T>, output: &mut dyn Write) -> Result<()> {
    serde_json::Serializer::pretty(Escaped(output)).collect_seq(items)?;
    writeln!(output)
}

/// A writer of JSON to `0` that escapes characters with an effect on terminals.
pub(super) struct Escaped<'a>(pub(super) &'a mut dyn Write);

impl Write for Escaped<'_> {
    /// Expects whole characters, as JSON serializers write them.
    fn write(&mut self, json: &[u8]) -> Result<usize> {
        match std::str::from_utf8(json) {
            Ok(text) => self.0.write_all(in_json(text).as_bytes())?,
            Err(_) => self.0.write_all(json)?,
        }
        Ok(json.len())
    }

    fn flush(&mut self) -> Result<()> {
        self.0.flush()
    }
}
