//! Approval, publication, corrections.
