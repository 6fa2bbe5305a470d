"""The operations: one file a resource, from a request to a reply, without HTTP.

Where the vendor's documents are silent: what is not there is 404, a name that is taken 409, a
request that goes beyond a published limit 422, anything else wrong with one 400.
"""
