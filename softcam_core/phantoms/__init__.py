"""Synthetic fundus photographs, OCT scans and chest films with known lesions."""
