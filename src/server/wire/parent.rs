//! Exiting when the editor dies without notice (LSP 3.17, `InitializeParams.processId`).

use std::time::Duration;

/// How often to check.
const INTERVAL: Duration = Duration::from_secs(1);

/// Returns a future that waits for the end of the process `id`. `None` if that cannot be observed: the process does not exist at
/// the start (an editor on another machine or in another container has an ID of its own world), or the system is not Unix, where
/// the end of the input has to do. The start is the call and not the first poll: the process may end in between.
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
