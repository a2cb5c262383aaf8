//! The process's standard output: written to at once, and by whoever has something to say where that cannot take long.

use std::io::{self, Write};

/// Standard output, which writes what it is given at once: a buffer that ends with lines would write the header of a message, and
/// then the rest.
pub(in crate::server) fn open() -> Box<dyn Write + Send> {
    #[cfg(unix)]
    {
        use std::os::fd::AsFd;
        if let Ok(output) = io::stdout().as_fd().try_clone_to_owned() {
            return Box::new(std::fs::File::from(output));
        }
    }
    #[cfg(windows)]
    {
        use std::os::windows::io::AsHandle;
        if let Ok(output) = io::stdout().as_handle().try_clone_to_owned() {
            return Box::new(std::fs::File::from(output));
        }
    }
    Box::new(io::stdout())
}

/// A pipe to the client, as far as it can be told how much goes into it without waiting.
#[derive(Debug)]
pub(in crate::server) struct Pipe {
    #[cfg(target_os = "linux")]
    file: std::fs::File,
    /// How many bytes go into it when it is empty.
    #[cfg(target_os = "linux")]
    size: usize,
}

impl Pipe {
    /// Standard output, if it is one.
    #[cfg(target_os = "linux")]
    pub(in crate::server) fn open() -> Option<Pipe> {
        use std::os::fd::AsFd;
        let output = io::stdout().as_fd().try_clone_to_owned().ok()?;
        let size = rustix::pipe::fcntl_getpipe_size(&output).ok()?;
        Some(Pipe { file: output.into(), size })
    }

    /// Standard output, if it is one: that is told on Linux alone.
    #[cfg(not(target_os = "linux"))]
    pub(in crate::server) fn open() -> Option<Pipe> {
        None
    }

    /// Writes `bytes` if that need not wait: the client has read all that was written before, and they go in. Whether it did.
    ///
    /// # Errors
    ///
    /// When the client has closed it.
    #[cfg(target_os = "linux")]
    pub(in crate::server) fn try_write(&self, bytes: &[u8]) -> io::Result<bool> {
        let is_room =
            bytes.len() <= self.size && rustix::io::ioctl_fionread(&self.file).is_ok_and(|unread| unread == 0);
        if is_room {
            (&self.file).write_all(bytes)?;
        }
        Ok(is_room)
    }

    /// Whether it wrote `bytes`, which it does nowhere but on Linux.
    #[cfg(not(target_os = "linux"))]
    pub(in crate::server) fn try_write(&self, _: &[u8]) -> io::Result<bool> {
        Ok(false)
    }
}
