"""The algorithms that exported configurations name: NCSC's PRIME profile, and the same strength for TLS."""

from datetime import timedelta

# PRIME (NCSC, "Using IPsec to protect data"): IKEv2, AES-128-GCM (16-octet tag), PRF HMAC-SHA-256, group 19.
# The proposals stay these whatever the type of the pinned key.
IKE_LIFETIME = timedelta(hours=24)
CHILD_LIFETIME = timedelta(hours=8)

STRONGSWAN_IKE = "aes128gcm16-prfsha256-ecp256"
STRONGSWAN_ESP = "aes128gcm16-ecp256"
STRONGSWAN_RSA = "ike:rsa/pss-sha256"  # strongSwan signs PKCS#1 v1.5 unless told; Libreswan refuses that

LIBRESWAN_IKE = "aes_gcm128-sha2_256-dh19"
LIBRESWAN_ESP = "aes_gcm128-null-dh19"

IKED_IKE = "enc aes-128-gcm prf hmac-sha2-256 group ecp256"
IKED_ESP = "enc aes-128-gcm group ecp256"

TLS_SUITE = "TLS_AES_128_GCM_SHA256"
TLS_GROUP = "P-256"
OPENVPN_CIPHER = "AES-128-GCM"


def hours(lifetime: timedelta) -> int:
    """A lifetime in whole hours, as configurations write it."""
    return int(lifetime.total_seconds()) // 3600
