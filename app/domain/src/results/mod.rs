//! What may be seen when, and the figures of an announcement.
