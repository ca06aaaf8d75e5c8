"""Prints every error that fhirkit finds in the files named, one a line."""

import sys

import fhirkit

for name in sys.argv[1:]:
    with open(name, "rb") as file:
        for issue in fhirkit.validate(file.read()):
            if issue.severity == "error":
                print(f"{name}: {issue}")
