//! The input from the client.
//!
//! Reading on a thread makes every keystroke wake two threads. If the system can report when there is something to read, the
//! message loop reads it, as soon as it has nothing else to do.

use std::io::Read;

use tokio::sync::mpsc;

use super::frames::{Frame, Frames};

/// The maximum number of messages that wait for the loop, if a thread reads.
const QUEUE: usize = 256;

/// How many bytes are read at once.
const CHUNK: usize = 64 * 1024;

/// The source of messages.
pub(in crate::server) enum Input {
    /// A separate thread reads.
    Thread(mpsc::Receiver<Frame>),
    /// The loop reads when the system reports input.
    #[cfg(unix)]
    Watched(watched::Watched),
}

impl Input {
    /// Opens standard input, to be read in the cheapest way. Must be called within a runtime.
    pub(in crate::server) fn open() -> Input {
        #[cfg(unix)]
        if let Some(input) =
            std::os::fd::AsFd::as_fd(&std::io::stdin()).try_clone_to_owned().ok().and_then(Input::watch)
        {
            return input;
        }
        Input::thread(std::io::stdin())
    }

    /// Watches `input`, if the system can report when there is something to read: it can for pipes, sockets and terminals, but
    /// not for files.
    #[cfg(unix)]
    fn watch(input: std::os::fd::OwnedFd) -> Option<Input> {
        watched::Watched::new(input).map(Input::Watched)
    }

    /// Reads `input` on a separate thread.
    pub(in crate::server) fn thread(mut input: impl Read + Send + 'static) -> Input {
        let (sender, receiver) = mpsc::channel(QUEUE);
        std::thread::spawn(move || {
            let (mut frames, mut chunk) = (Frames::default(), vec![0; CHUNK]);
            loop {
                while let Some(frame) = frames.next() {
                    let is_last = matches!(frame, Frame::End | Frame::TooLarge(_));
                    if sender.blocking_send(frame).is_err() || is_last {
                        return;
                    }
                }
                match input.read(&mut chunk) {
                    Ok(read) => frames.push(&chunk[..read]),
                    Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                    Err(_) => frames.push(&[]),
                }
            }
        });
        Input::Thread(receiver)
    }

    /// Returns the next frame. Cancel-safe: what has been read is not lost if the future is dropped.
    pub(in crate::server) async fn next(&mut self) -> Frame {
        match self {
            Input::Thread(frames) => frames.recv().await.unwrap_or(Frame::End),
            #[cfg(unix)]
            Input::Watched(input) => input.next().await,
        }
    }
}

#[cfg(unix)]
mod watched {
    use std::io;
    use std::os::fd::OwnedFd;

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::io::retry_on_intr;
    use tokio::io::Interest;
    use tokio::io::unix::AsyncFd;

    use super::CHUNK;
    use crate::server::wire::frames::{Frame, Frames};

    /// An input that is read when the system reports that there is something to read.
    pub(in crate::server) struct Watched {
        input: AsyncFd<OwnedFd>,
        frames: Frames,
        chunk: Vec<u8>,
    }

    impl Watched {
        #[expect(deprecated, reason = "it is unsound for a type that gives its descriptor away, and this one owns it")]
        pub(in crate::server) fn new(input: OwnedFd) -> Option<Watched> {
            let input = AsyncFd::with_interest(input, Interest::READABLE).ok()?;
            Some(Watched { input, frames: Frames::default(), chunk: vec![0; CHUNK] })
        }

        pub(in crate::server) async fn next(&mut self) -> Frame {
            loop {
                if let Some(frame) = self.frames.next() {
                    return frame;
                }
                let Ok(mut ready) = self.input.readable().await else { return Frame::End };
                match ready.try_io(|input| read(input.get_ref(), &mut self.chunk)) {
                    Ok(Ok(length)) => {
                        // A short read means that there is no more input at the moment.
                        if length < self.chunk.len() {
                            ready.clear_ready();
                        }
                        self.frames.push(&self.chunk[..length]);
                    }
                    Ok(Err(_)) => self.frames.push(&[]),
                    // The input is not ready after all.
                    Err(_) => {}
                }
            }
        }
    }

    /// Reads what there is without waiting. The input's mode is not changed to nonblocking, because other processes may share it.
    fn read(input: &OwnedFd, chunk: &mut [u8]) -> io::Result<usize> {
        let now = Timespec { tv_sec: 0, tv_nsec: 0 };
        let is_ready = retry_on_intr(|| poll(&mut [PollFd::new(input, PollFlags::IN)], Some(&now)))?;
        if is_ready == 0 {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        Ok(retry_on_intr(|| rustix::io::read(input, &mut *chunk))?)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{PipeWriter, Write, pipe};
    use std::time::Duration;

    use super::*;

    /// Both kinds of input, each with the pipe that writes to it.
    fn inputs() -> Vec<(Input, PipeWriter)> {
        let (reader, writer) = pipe().expect("a pipe");
        let thread = (Input::thread(reader), writer);
        #[cfg(unix)]
        let watched = {
            let (reader, writer) = pipe().expect("a pipe");
            Some((Input::watch(reader.into()).expect("a pipe can be watched"), writer))
        };
        #[cfg(not(unix))]
        let watched = None;
        [thread].into_iter().chain(watched).collect()
    }

    fn run(test: impl AsyncFn(Input, PipeWriter)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            for (input, writer) in inputs() {
                test(input, writer).await;
            }
        });
        runtime.shutdown_background();
    }

    #[test]
    fn messages_come_in_pieces_and_several_at_once() {
        run(async |mut input, mut writer| {
            writer.write_all(b"Content-Length: 2\r\n\r\n{}Content-Length: 3\r\n\r\n[").expect("written");
            assert_eq!(input.next().await, Frame::Content(b"{}".into()));
            // What has been read is kept when waiting for more ends early.
            assert!(tokio::time::timeout(Duration::from_millis(1), input.next()).await.is_err());
            writer.write_all(b" ]").expect("written");
            assert_eq!(input.next().await, Frame::Content(b"[ ]".into()));
            drop(writer);
            assert_eq!(input.next().await, Frame::End);
        });
    }

    #[test]
    fn a_message_larger_than_a_pipe_comes_whole() {
        run(async |mut input, mut writer| {
            let text = "x".repeat(5 * CHUNK);
            let message = format!("Content-Length: {}\r\n\r\n{text}", text.len());
            let sent = std::thread::spawn(move || writer.write_all(message.as_bytes()));
            assert_eq!(input.next().await, Frame::Content(text.into()));
            sent.join().expect("no panic").expect("written");
            assert_eq!(input.next().await, Frame::End);
        });
    }

    #[test]
    #[cfg(unix)]
    fn files_cannot_be_watched() {
        run(async |_, _| {
            let file = tempfile::tempfile().expect("a file");
            assert!(cfg!(not(target_os = "linux")) || Input::watch(file.into()).is_none());
        });
    }
}
