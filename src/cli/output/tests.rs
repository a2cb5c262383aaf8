//! What formats write.
