//! Compressed bytes of a file, read within bounds. A file is read and not mapped: one that gets shorter meanwhile is an error then,
//! and does not end the program.

use std::fs::File;
use std::io::{BufReader, Error, ErrorKind, Read, Result};

use flate2::bufread::ZlibDecoder;

/// How many bytes are read from a file at once.
const CHUNK: usize = 4096;

/// Reads `file` from the byte `at` on, whatever others read of it.
struct From<'a> {
    file: &'a File,
    at: u64,
}

impl Read for From<'_> {
    fn read(&mut self, to: &mut [u8]) -> Result<usize> {
        let count = read_some(self.file, to, self.at)?;
        self.at = self.at.saturating_add(count as u64);
        Ok(count)
    }
}

#[cfg(unix)]
fn read_some(file: &File, to: &mut [u8], at: u64) -> Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, to, at)
}

#[cfg(windows)]
fn read_some(file: &File, to: &mut [u8], at: u64) -> Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, to, at)
}

/// Fills `to` with what `file` has from the byte `at` on.
///
/// # Errors
///
/// When there is less, or it cannot be read.
pub(super) fn read_exact(file: &File, to: &mut [u8], at: u64) -> Result<()> {
    From { file, at }.read_exact(to)
}

/// Up to `most` bytes of what `file` has from the byte `at` on.
pub(super) fn read_up_to(file: &File, most: usize, at: u64) -> Result<Vec<u8>> {
    let mut content = Vec::with_capacity(most);
    From { file, at }.take(most as u64).read_to_end(&mut content)?;
    Ok(content)
}

/// What is compressed in `file` from the byte `at` on.
pub(super) fn stream(file: &File, at: u64) -> impl Read {
    ZlibDecoder::new(BufReader::with_capacity(CHUNK, From { file, at }))
}

/// The `size` bytes that `from` has.
///
/// # Errors
///
/// When it has more or less, or is no compressed stream.
pub(super) fn exactly(from: impl Read, size: usize) -> Result<Vec<u8>> {
    // What is said to be long may be short, so that nothing is set aside for it.
    let mut content = Vec::new();
    from.take(size as u64 + 1).read_to_end(&mut content)?;
    match content.len() == size {
        true => Ok(content),
        false => Err(Error::new(ErrorKind::InvalidData, format!("not {size} bytes as it says"))),
    }
}
