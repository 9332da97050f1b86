"""A virtual month: residents, members and secretaries live it through the emulated platforms on a pushed clock."""
