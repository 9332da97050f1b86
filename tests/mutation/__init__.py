"""Mutations: each small wrong change to the code a promise hangs on must make a test fail."""
