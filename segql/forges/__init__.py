"""The services on which people review: the comments of the pull request that a CI job runs for."""
