"""A passkey on a phone: made, used to sign in, refused while nobody confirms it (Chromium plays the phone)."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_passkey_signs_in_under_the_content_policy(chromium, service):
    # Passkeys belong to a name, and 127.0.0.1 is none.
    base = service.url.replace("127.0.0.1", "localhost")
    page = chromium.new_context(locale="id-ID", viewport={"width": 390, "height": 844}).new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    phone = device.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE})["authenticatorId"]

    page.goto(base + "/sign-in/" + service.login_link("yoga").split("/sign-in/")[1])
    page.locator("form.form button").click()
    page.wait_for_url(re.compile("/sekar-pandan/"))
    page.goto(base + "/accounts/passkeys/new/")
    page.locator("[name=name]").fill("HP Yoga")
    page.locator("form[data-passkey] button").click()
    expect(page.locator(".person")).to_contain_text("HP Yoga")

    page.goto(base + "/accounts/logout/")
    page.locator("main form button").click()
    page.goto(base + "/accounts/login/?next=/sekar-pandan/settings/profile/")
    button = page.locator("form[data-passkey] button")
    device.send("WebAuthn.setUserVerified", {"authenticatorId": phone, "isUserVerified": False})
    button.click()
    expect(page.locator("[data-passkey-error]")).to_be_visible()
    device.send("WebAuthn.setUserVerified", {"authenticatorId": phone, "isUserVerified": True})
    button.click()
    page.wait_for_url(base + "/sekar-pandan/settings/profile/")
    expect(page.locator("[name=name]")).to_have_value("Mas Yoga")
    page.context.close()
    assert not complaints
