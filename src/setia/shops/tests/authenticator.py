"""A passkey device in a few lines: what a phone does, with a key in memory."""

import hashlib
import json
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

FLAGS = AuthenticatorData.FLAG


class Device:
    """Makes one passkey for one site and confirms with it."""

    def __init__(self, site: str = "testserver") -> None:
        self.site = site
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = b"a passkey of a test"
        self.user_handle = b""

    def _client_data(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": f"https://{self.site}"}).encode()

    def _site_hash(self) -> bytes:
        return hashlib.sha256(self.site.encode()).digest()

    def make(self, options: dict[str, Any]) -> str:
        """The answer to a creation request, as the page's script would post it."""
        public = options["publicKey"]
        self.user_handle = public["user"]["id"]
        known = AttestedCredentialData.create(b"\0" * 16, self.id, ES256.from_cryptography_key(self.key.public_key()))
        data = AuthenticatorData.create(self._site_hash(), FLAGS.UP | FLAGS.UV | FLAGS.AT, 0, known)
        return self._answer(
            {
                "clientDataJSON": websafe_encode(self._client_data("webauthn.create", public["challenge"])),
                "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
            }
        )

    def use(self, options: dict[str, Any]) -> str:
        """The answer to a request to confirm."""
        client = self._client_data("webauthn.get", options["publicKey"]["challenge"])
        data = AuthenticatorData.create(self._site_hash(), FLAGS.UP | FLAGS.UV, 1)
        signature = self.key.sign(bytes(data) + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            {
                "clientDataJSON": websafe_encode(client),
                "authenticatorData": websafe_encode(data),
                "signature": websafe_encode(signature),
                "userHandle": self.user_handle,
            }
        )

    def _answer(self, response: dict[str, Any]) -> str:
        name = websafe_encode(self.id)
        extensions = {"credProps": {"rk": True}}
        return json.dumps(
            {
                "id": name,
                "rawId": name,
                "type": "public-key",
                "clientExtensionResults": extensions,
                "response": response,
            }
        )
