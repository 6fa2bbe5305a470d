"""A file or folder is there, and the system does not let it be read.

It may belong to somebody else, be a link that leads nowhere, or have been removed while it was
looked for. What is in it is unknown: segments that it holds are missing for every INCLUDE. The
message tells what the system says. Mend the rights of the file, or leave it out with `exclude` in
`segql.toml`. A file that can be read and is no text is another problem, not-text.
"""
