"""Lists across processes lead a visitor to the sign-in, both in the same way."""

import pytest


@pytest.mark.parametrize("address", ["/visits/", "/requests/"])
def test_a_visitor_is_led_to_the_sign_in(db, client, address):
    response = client.get(address)

    assert response.status_code == 302
    assert response["Location"].endswith(f"?next={address}")
