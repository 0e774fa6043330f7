"""The WhatsApp Cloud API: what it sends us (`payload`, `content`), what we send it (`bodies`, `client`), and what its
error codes mean (`errors`). Plain values in and out; no table, no shop.
"""
