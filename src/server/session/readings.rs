//! The reading of the index as the client shows it: its progress, and a way to cancel it.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::time::Duration;

use tokio::sync::watch;
use tower_lsp::Client;
use tower_lsp::lsp_types::notification::Progress as ProgressNotification;
use tower_lsp::lsp_types::request::WorkDoneProgressCreate;
use tower_lsp::lsp_types::{
    ProgressParams, ProgressParamsValue, ProgressToken, WorkDoneProgress, WorkDoneProgressBegin,
    WorkDoneProgressCreateParams, WorkDoneProgressEnd, WorkDoneProgressReport,
};

use crate::workspace::Progress;

/// A reading is shown once it has taken this long,
const LONG: Duration = Duration::from_millis(200);

/// or once there are more files to read than this.
const MANY: usize = 200;

/// The pause between two progress reports.
const PAUSE: Duration = Duration::from_millis(100);

/// The readings of all files, numbered; the number is also the progress token. Cancelling one also cancels those before it.
#[derive(Clone, Debug, Default)]
pub(in crate::server) struct Readings(Arc<Numbers>);

#[derive(Debug, Default)]
struct Numbers {
    last: AtomicI32,
    /// The last one that the user has cancelled.
    cancelled: AtomicI32,
}

impl Readings {
    /// Cancels the reading shown as `token`, and those before it.
    pub(in crate::server) fn cancel(&self, token: &ProgressToken) {
        if let ProgressToken::Number(number) = token
            && *number <= self.0.last.load(Ordering::Relaxed)
        {
            self.0.cancelled.fetch_max(*number, Ordering::Relaxed);
        }
    }

    fn is_cancelled(&self, number: i32) -> bool {
        self.0.cancelled.load(Ordering::Relaxed) >= number
    }

    /// Shows `client` the progress of a reading that is about to start, until the returned closure is dropped. The closure takes
    /// the current progress and says whether to go on. Without a client, nothing is shown.
    pub(super) fn show(&self, client: Option<&Client>) -> impl Fn(Progress) -> ControlFlow<()> + Send + Sync + use<> {
        let number = self.0.last.fetch_add(1, Ordering::Relaxed) + 1;
        let (sender, receiver) = watch::channel(Progress::default());
        if let Some(client) = client {
            tokio::spawn(show(client.clone(), ProgressToken::Number(number), receiver));
        }
        let readings = self.clone();
        move |progress| {
            // Several threads read, and the progress shown must not go back.
            sender.send_if_modified(|known| {
                let is_further = known.total == 0 || progress.read > known.read;
                if is_further {
                    *known = progress;
                }
                is_further
            });
            match readings.is_cancelled(number) {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        }
    }
}

/// Shows the progress until the sender is gone. A short reading is not shown at all.
async fn show(client: Client, token: ProgressToken, mut progress: watch::Receiver<Progress>) {
    let is_large = progress.wait_for(|progress| progress.total > MANY);
    let is_over = matches!(tokio::time::timeout(LONG, is_large).await, Ok(Err(_)));
    let create = WorkDoneProgressCreateParams { token: token.clone() };
    if is_over || client.send_request::<WorkDoneProgressCreate>(create).await.is_err() {
        return;
    }
    send(&client, &token, begin()).await;
    while progress.changed().await.is_ok() {
        let now = *progress.borrow_and_update();
        send(&client, &token, report(now)).await;
        tokio::time::sleep(PAUSE).await;
    }
    send(&client, &token, WorkDoneProgress::End(WorkDoneProgressEnd::default())).await;
}

async fn send(client: &Client, token: &ProgressToken, value: WorkDoneProgress) {
    let params = ProgressParams { token: token.clone(), value: ProgressParamsValue::WorkDone(value) };
    client.send_notification::<ProgressNotification>(params).await;
}

fn begin() -> WorkDoneProgress {
    WorkDoneProgress::Begin(WorkDoneProgressBegin {
        title: "Reading proposals".to_owned(),
        cancellable: Some(true),
        percentage: Some(0),
        message: None,
    })
}

fn report(progress: Progress) -> WorkDoneProgress {
    let percentage = progress.read * 100 / progress.total.max(1);
    WorkDoneProgress::Report(WorkDoneProgressReport {
        percentage: u32::try_from(percentage).ok(),
        message: Some(format!("{} of {} files", progress.read, progress.total)),
        cancellable: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cancelled_reading_ends_with_those_before_it_and_none_to_come() {
        let readings = Readings::default();
        readings.0.last.store(2, Ordering::Relaxed);
        for token in [ProgressToken::Number(i32::MAX), ProgressToken::String("2".into())] {
            readings.cancel(&token);
            assert!(!readings.is_cancelled(1));
        }
        readings.cancel(&ProgressToken::Number(2));
        assert_eq!([1, 2, 3].map(|number| readings.is_cancelled(number)), [true, true, false]);
    }
}
