//! Bounded decompression from a file. The file is read rather than mapped: if it is truncated meanwhile, that is an error and
//! does not kill the process.

use std::fs::File;
use std::io::{BufReader, Error, ErrorKind, Read, Result};

use flate2::bufread::ZlibDecoder;

/// How many bytes are read from a file at once.
const CHUNK: usize = 4096;

/// Reads `file` from the byte `at` on, whatever position other readers are at.
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

/// Fills `to` from `file`, starting at the byte `at`.
///
/// # Errors
///
/// When the file is too short or cannot be read.
pub(super) fn read_exact(file: &File, to: &mut [u8], at: u64) -> Result<()> {
    From { file, at }.read_exact(to)
}

/// Reads up to `most` bytes of `file` from the byte `at` on.
pub(super) fn read_up_to(file: &File, most: usize, at: u64) -> Result<Vec<u8>> {
    let mut content = Vec::with_capacity(most);
    From { file, at }.take(most as u64).read_to_end(&mut content)?;
    Ok(content)
}

/// Decompresses `file` from the byte `at` on, up to `most` bytes. A stream can go on without producing any output, so the input
/// is limited to what that many bytes can take.
pub(super) fn stream(file: &File, at: u64, most: usize) -> impl Read {
    let input = From { file, at }.take(2 * most as u64 + 64 * 1024);
    ZlibDecoder::new(BufReader::with_capacity(CHUNK, input))
}

/// Reads exactly `size` bytes from `from`.
///
/// # Errors
///
/// When there are more or fewer bytes, or the stream is not a valid compressed one.
pub(super) fn exactly(from: impl Read, size: usize) -> Result<Vec<u8>> {
    // The claimed size may be wrong, so no memory is reserved for it.
    let mut content = Vec::new();
    from.take(size as u64 + 1).read_to_end(&mut content)?;
    match content.len() == size {
        true => Ok(content),
        false => Err(Error::new(ErrorKind::InvalidData, format!("not {size} bytes as stated"))),
    }
}

/// Decompresses `size` bytes from `file`, starting at the byte `at`.
///
/// # Errors
///
/// Same as [`exactly`].
pub(super) fn whole(file: &File, at: u64, size: usize) -> Result<Vec<u8>> {
    exactly(stream(file, at, size), size)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn a_stream_that_says_nothing_ends() {
        let read = |blocks: usize| {
            let mut file = tempfile::tempfile().expect("a file");
            // Empty stored blocks, and a last one with `a` (RFC 1951, 3.2.4).
            let nothing = [0, 0, 0, 0xff, 0xff].repeat(blocks);
            let last = [1, 1, 0, 0xfe, 0xff, b'a', 0, 0x62, 0, 0x62];
            file.write_all(&[&[0x78, 0x9c][..], &nothing, &last].concat()).expect("it is written");
            exactly(stream(&file, 0, 10), 1).ok()
        };
        assert_eq!(read(1000), Some(vec![b'a']));
        assert_eq!(read(20_000), None);
    }
}
