//! How fast it is, beside what anybody's program would need for the same.
