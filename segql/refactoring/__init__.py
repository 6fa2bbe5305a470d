"""Texts rewritten on request: what an editor offers for a place. Offsets go in, edits come out.

A refactoring does not change what a segment means, unless its name says so. Whatever is made is
read again, and an edit that is not read as it was meant is not offered. No comment is lost.
"""
