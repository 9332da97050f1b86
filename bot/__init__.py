"""The outside: doors, clocks and wires."""
