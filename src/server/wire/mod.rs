//! Messages between the client and the service: frames, the loop that turns them into calls, and the output.

pub(super) mod echo;
pub(super) mod frames;
mod initialize;
pub(super) mod input;
mod message;
pub(super) mod outbox;
pub(super) mod output;
pub(super) mod parent;
pub(super) mod snippets;
pub(super) mod transport;
