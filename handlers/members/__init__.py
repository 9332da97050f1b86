"""A member or secretary speaks: takes, reports, asks, orders, hands on."""
