//! The process's standard output: unbuffered, and written to directly by any task if that does not block.

use std::io::{self, Write};

/// Opens standard output without a buffer: a line buffer would write the header of a message and the rest separately.
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

/// A pipe to the client, if the system can tell how much fits into it without blocking.
#[derive(Debug)]
pub(in crate::server) struct Pipe {
    #[cfg(target_os = "linux")]
    file: std::fs::File,
    /// How many bytes fit into it when it is empty.
    #[cfg(target_os = "linux")]
    size: usize,
}

impl Pipe {
    /// Opens standard output, if it is a pipe.
    #[cfg(target_os = "linux")]
    pub(in crate::server) fn open() -> Option<Pipe> {
        use std::os::fd::AsFd;
        let output = io::stdout().as_fd().try_clone_to_owned().ok()?;
        let size = rustix::pipe::fcntl_getpipe_size(&output).ok()?;
        Some(Pipe { file: output.into(), size })
    }

    /// Opens nothing: only Linux can tell how much fits into a pipe.
    #[cfg(not(target_os = "linux"))]
    pub(in crate::server) fn open() -> Option<Pipe> {
        None
    }

    /// Writes `bytes` if that does not block, that is, if the client has read everything before and they fit. Returns whether it
    /// did.
    ///
    /// # Errors
    ///
    /// When the client has closed the pipe.
    #[cfg(target_os = "linux")]
    pub(in crate::server) fn try_write(&self, bytes: &[u8]) -> io::Result<bool> {
        let is_room =
            bytes.len() <= self.size && rustix::io::ioctl_fionread(&self.file).is_ok_and(|unread| unread == 0);
        if is_room {
            (&self.file).write_all(bytes)?;
        }
        Ok(is_room)
    }

    /// Writes nothing, and returns `false`: only Linux has such pipes.
    #[cfg(not(target_os = "linux"))]
    pub(in crate::server) fn try_write(&self, _: &[u8]) -> io::Result<bool> {
        Ok(false)
    }
}
