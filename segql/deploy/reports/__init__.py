"""Plans and drift for people, for programs and for pull requests: one file a format."""
