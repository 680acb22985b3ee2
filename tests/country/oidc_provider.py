"""A real OpenID Connect provider (django-oauth-toolkit) as a program of its own: its keys, users and database.

Run as ``python oidc_provider.py PORT FOLDER RETURN_ADDRESS``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

PASSWORD = "of an invented person"  # noqa: S105 - invented
CLIENT, SECRET = "eenthuis", "the secret of eenthuis, long enough"
AFTER = "http://testserver/"
HOUR = 3600
LIES: dict[str, dict[str, Any]] = {
    "wrong-issuer": {"iss": "http://127.0.0.1:1/o"},
    "wrong-audience": {"aud": "another-client"},
    "two-audiences": {"aud": ["eenthuis", "another-client"]},
    "wrong-party": {"aud": ["eenthuis", "another-client"], "azp": "another-client"},
    "expired": {"exp": -HOUR, "iat": -2 * HOUR},
    "just-expired": {"exp": -20, "iat": -HOUR},
    "of-tomorrow": {"iat": 24 * HOUR, "exp": 48 * HOUR},
    "just-ahead": {"iat": 20, "exp": HOUR},
    "no-expiry": {"exp": None},
    "wrong-nonce": {"nonce": "of-an-earlier-sign-in"},
    "no-nonce": {"nonce": None},
    "no-subject": {"sub": None},
    "wrong-token-digest": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
}
"""What is said in place of the truth; times count in seconds from now, None leaves a claim out."""

TIMES = {"exp", "iat"}
VERIFIED = {"email_verified": True}
SAID: dict[str, dict[str, Any]] = {
    "unverified": {"email_verified": False},
    "with-acr": {**VERIFIED, "acr": "urn:example:strong"},
    "with-amr": {**VERIFIED, "amr": ["pwd", "mfa"]},
    "with-a-password": {**VERIFIED, "amr": ["pwd"]},
}


class Quiet(WSGIRequestHandler):
    """Answers without telling of it."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        del format, args


def configure(port: int, folder: Path) -> None:
    from django.conf import settings
    from jwcrypto import jwk

    settings.configure(
        SECRET_KEY="of-the-tests-only",  # noqa: S106 - invented
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="lying_provider",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "provider.sqlite3"}},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "oauth2_provider",
        ],
        MIGRATION_MODULES=dict.fromkeys(("auth", "contenttypes", "sessions", "oauth2_provider")),
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        OAUTH2_PROVIDER={
            "OIDC_ENABLED": True,
            "OIDC_ISS_ENDPOINT": f"http://127.0.0.1:{port}/o",
            "OIDC_RSA_PRIVATE_KEY": jwk.JWK.generate(kty="RSA", size=2048)
            .export_to_pem(private_key=True, password=None)
            .decode(),
            "OIDC_RP_INITIATED_LOGOUT_ENABLED": True,
            "OIDC_RP_INITIATED_LOGOUT_ALWAYS_PROMPT": False,
            "OAUTH2_VALIDATOR_CLASS": "lying_provider.Validator",
            "PKCE_REQUIRED": True,
            "SCOPES": {"openid": "who", "email": "address"},
        },
    )


def fill(return_address: str) -> None:
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from oauth2_provider.models import get_application_model

    call_command("migrate", run_syncdb=True, verbosity=0)
    applications = get_application_model()
    applications.objects.create(
        client_id=CLIENT,
        client_secret=SECRET,
        client_type=applications.CLIENT_CONFIDENTIAL,
        authorization_grant_type=applications.GRANT_AUTHORIZATION_CODE,
        redirect_uris=return_address,
        post_logout_redirect_uris=AFTER,
        algorithm=applications.RS256_ALGORITHM,
        skip_authorization=True,
    )
    users = get_user_model()
    for name in ("anna", "bram", "stranger", "unsigned", "shared-secret", "other-key", *LIES, *SAID):
        users.objects.create_user(username=name, password=PASSWORD)


def main() -> None:
    import django

    configure(int(sys.argv[1]), Path(sys.argv[2]))
    django.setup()
    fill(sys.argv[3])
    from django.core.wsgi import get_wsgi_application

    with make_server("127.0.0.1", int(sys.argv[1]), get_wsgi_application(), handler_class=Quiet) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
