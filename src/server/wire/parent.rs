//! Leaving when the editor dies without a word (LSP 3.17, `InitializeParams.processId`).

use std::time::Duration;

/// How often to look.
const INTERVAL: Duration = Duration::from_secs(1);

/// What waits for the end of the process `id`. None, where that cannot be told: for a process that is not there at the start
/// (an editor on another machine or in another container has an id of its own world), and outside Unix, where the end of
/// the input has to do. The start is the call, not the first poll: the process may end in between.
pub(in crate::server) fn ended(id: u32) -> Option<impl Future<Output = ()>> {
    is_alive(id).then_some(async move {
        while is_alive(id) {
            tokio::time::sleep(INTERVAL).await;
        }
    })
}

#[cfg(unix)]
fn is_alive(id: u32) -> bool {
    let id = i32::try_from(id).ok().and_then(rustix::process::Pid::from_raw);
    // A process of another user is alive, too.
    id.is_some_and(|id| rustix::process::test_kill_process(id) != Err(rustix::io::Errno::SRCH))
}

#[cfg(not(unix))]
fn is_alive(_: u32) -> bool {
    false
}
