//! One sitting: start, save, hand in, sweep.
