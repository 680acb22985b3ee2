"""The table of the journal's chain: a digest per line that rests on the one before it."""

from __future__ import annotations

from django.db import models


class JournalChainRow(models.Model):
    """The place of one line of the journal in the chain, written by the database when its transaction ends.

    ``digest`` is the SHA-256 of ``previous`` and ``content_digest``; the content begins with ``salt``, so that nobody
    who holds the digest alone can guess it. When the content of a line is erased, its salt goes, the digests stay and
    ``erasure`` names the erasure.
    """

    line = models.OneToOneField(
        "store.JournalRow", on_delete=models.PROTECT, primary_key=True, related_name="chain"
    )
    position = models.PositiveBigIntegerField(unique=True)
    salt = models.CharField(max_length=32, blank=True)
    content_digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    erasure = models.PositiveIntegerField(null=True)


class VerificationRow(models.Model):
    """That the journal was verified on a day: how many lines, the last digest, and where it breaks, if it does."""

    on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)
    lines = models.PositiveBigIntegerField()
    head = models.CharField(max_length=64, blank=True)
    broken_line = models.PositiveBigIntegerField(null=True)
    fault = models.CharField(max_length=120, blank=True)
