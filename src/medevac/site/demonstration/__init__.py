"""What exists in `medevac demo` and nowhere else: accounts to look around with, and their switcher.

The settings of the service do not name this application, so its addresses, templates and banner are not
there; and its pages answer only beside a database that `medevac demo` made, to the machine itself.
"""
