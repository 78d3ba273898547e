"""Tests of the providers, without a network."""
