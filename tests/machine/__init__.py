"""A machine that does whatever residents, members, secretaries and time can do, in any order, and a model beside it."""
