# A parent by name.
INSERT DATA { <org/un-security-council> org:subOrganizationOf "UN" }
